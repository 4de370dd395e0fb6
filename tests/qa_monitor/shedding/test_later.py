"""What waits to be transcribed: bounded, in order, compressed without loss."""

import numpy as np
import pytest
from numpy.typing import NDArray

from qa_monitor.shedding.flac import compressed, restored
from qa_monitor.shedding.late_text import late_text
from qa_monitor.shedding.later import LaterSpeech
from streams.model.window import Recognised
from streams.records import Language, Word
from tests.qa_monitor.builders import a_call
from tests.qa_monitor.late import a_late_call, a_piece


def some_speech(seconds: float = 2.0) -> NDArray[np.float32]:
    """Noise whose colour moves, as a voice's does."""
    noise = np.random.default_rng(4).normal(0, 0.05, round(seconds * 16_000))
    return np.asarray(np.convolve(noise, np.hanning(40) / 20, "same"), np.float32)


def heard(text: str, *, confidence: float = 0.9, no_speech: float = 0.0) -> Recognised:
    words = tuple(
        Word(text=one, start_s=number * 0.9, end_s=number * 0.9 + 0.8, probability=0.9)
        for number, one in enumerate(text.split())
    )
    return Recognised(
        text=text,
        words=words,
        language=Language.EN,
        language_probability=1.0,
        confidence=confidence,
        no_speech=no_speech,
        retried=False,
        looping=False,
        embedding=None,
    )


def test_what_is_compressed_comes_back_to_the_sample() -> None:
    """To 16 bits, and in less room."""
    audio = some_speech()
    data = compressed(audio)

    assert np.max(np.abs(restored(data) - audio)) <= 1 / 32768
    assert len(data) < len(audio) * 2 * 0.7


def test_full_scale_and_beyond_is_clipped_not_wrapped() -> None:
    """Loud stays loud."""
    found = restored(compressed(np.array([1.5, -1.5] * 800, np.float32)))

    assert found.max() > 0.999
    assert found.min() == -1.0


def test_within_a_call_in_order_and_the_call_that_waits_longest_first() -> None:
    """A call with all its text is worth more than two with holes."""
    later, first, second = LaterSpeech(10**6), a_late_call(), a_late_call(a_call("call-2"))
    for late, start_s in ((first, 1.0), (second, 2.0), (first, 3.0)):
        assert later.add(a_piece(late, start_s))
    taken = [later.take() for _ in range(4)]

    assert [None if one is None else (one.utterance.call_id, one.utterance.start_s) for one in taken] == [
        ("call-1", 1.0),
        ("call-1", 3.0),
        ("call-2", 2.0),
        None,
    ]
    assert (later.waiting_s, later.held_bytes) == (0.0, 0)


def test_what_is_put_back_is_next_again() -> None:
    """Though another call has been waiting."""
    later, first, second = LaterSpeech(10**6), a_late_call(), a_late_call(a_call("call-2"))
    for late, start_s in ((first, 1.0), (second, 2.0)):
        later.add(a_piece(late, start_s))
    piece = later.take()
    assert piece is not None
    later.put_back(piece)

    assert later.take() is piece
    assert first.waiting == 1


def test_when_it_is_full_the_newest_is_refused() -> None:
    """What is there stays; room comes back as it is worked off."""
    later, late = LaterSpeech(1000), a_late_call()
    kept = [later.add(a_piece(late, float(number), flac=bytes(400))) for number in range(4)]

    assert kept == [True, True, False, False]
    assert (late.waiting, later.waiting_s, later.held_bytes) == (2, 4.0, 800)
    assert not later.nearly_full
    later.take()
    assert later.add(a_piece(late, 9.0, flac=bytes(600)))
    assert later.nearly_full


def test_a_call_is_settled_once_when_it_is_over_and_nothing_of_it_waits() -> None:
    """Not before."""
    later, late = LaterSpeech(1000), a_late_call()
    later.add(a_piece(late, flac=b"x"))
    later.over(late)
    assert later.settled() == []
    later.take()
    late.waiting -= 1

    assert not later.idle
    assert later.settled() == [late]
    assert later.settled() == []
    assert later.idle


def test_late_words_stand_at_their_seconds_in_the_call() -> None:
    """Inside their utterance."""
    piece = a_piece(a_late_call(), 10.0)
    found = late_text(piece, some_speech(), heard("I want a refund"))

    assert found is not None
    assert (found.text, found.language, found.final, found.trusted) == ("I want a refund", Language.EN, True, True)
    assert [word.start_s for word in found.words] == [10.0, 10.9, 11.8, 12.0]
    assert found.utterance_id == piece.utterance.utterance_id


@pytest.mark.parametrize("nothing", [heard(""), heard("Thanks for watching", confidence=0.1)])
def test_the_same_guards_stand_before_late_text(nothing: Recognised) -> None:
    """Text that silence produces is dropped."""
    quiet = np.random.default_rng(1).normal(0, 1e-4, 16_000).astype(np.float32)

    assert late_text(a_piece(a_late_call()), quiet, nothing) is None


def test_late_text_of_low_confidence_is_kept_and_not_trusted() -> None:
    """Grey, like any other."""
    found = late_text(a_piece(a_late_call()), some_speech(), heard("perhaps a refund", confidence=0.2))

    assert found is not None
    assert not found.trusted


def test_of_a_deleted_call_nothing_waits_any_more() -> None:
    """Also what was taken from it just then is not put back; other calls wait on."""
    later, gone, other = LaterSpeech(1000), a_late_call(), a_late_call(a_call("call-2"))
    for late, start_s in ((gone, 1.0), (gone, 2.0), (other, 3.0)):
        later.add(a_piece(late, start_s, flac=b"xx"))
    for late in (gone, other):
        later.over(late)
    taken = later.take()
    assert taken is not None
    later.forget(gone.call.call_id)
    later.put_back(taken)

    assert (gone.forgotten, other.forgotten) == (True, False)
    assert not later.unsettled(gone.call.call_id)
    assert (later.waiting_s, later.held_bytes) == (2.0, 2)
    following = later.take()
    assert following is not None
    assert following.late is other
