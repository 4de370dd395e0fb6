"""What a channel asks of a busy engine, and what becomes of what the engine had no time for."""

import pytest

from streams.engine.batching import Kind
from streams.engine.engine import Overtaken, TooLate
from streams.model.gates import Distrust
from streams.records import CallId
from tests.streams.scripted import recognised
from tests.streams.utterances.one_channel import Channel, began, due, ended, paused


def test_it_becomes_a_final_at_the_endpoint() -> None:
    """From then on it is somebody's turn, not a try."""
    channel = Channel().notice(began(), paused(2.2))
    assert channel.engine.promoted == []

    channel.notice(ended(2.2))

    assert channel.engine.promoted == [channel.engine.asked[0][2]]
    assert channel.kinds() == [Kind.EARLY]
    assert channel.collect() == []


@pytest.mark.parametrize("given_up", [Overtaken(), TooLate()])
def test_it_is_asked_for_again_when_the_engine_gave_it_up(given_up: Exception) -> None:
    """A try that made room for others is no loss."""
    channel = Channel().notice(began(), paused(2.2))
    channel.engine.fail(0, given_up)
    assert channel.collect() == []

    channel.notice(ended(2.2))
    channel.engine.answer(1)

    assert channel.kinds() == [Kind.EARLY, Kind.FINAL]
    assert [one.lost for one in channel.collect()] == [False]


def test_it_is_asked_for_at_the_endpoint_when_there_was_no_room_for_a_try() -> None:
    """A full moment in a pause is forgotten when the pause is over."""
    channel = Channel().notice(began())
    channel.engine.full = True
    channel.notice(paused(2.2))
    channel.engine.full = False

    channel.notice(ended(2.2))

    assert channel.kinds() == [Kind.FINAL]


@pytest.mark.parametrize("error", [TooLate(), RuntimeError("cannot transcribe this")])
def test_what_was_not_transcribed_comes_with_its_audio_and_in_its_place(error: Exception) -> None:
    """Somebody may transcribe it after the call."""
    channel = Channel().notice(began(1.0), ended(2.0), began(3.0), ended(4.5, 3.0))
    channel.engine.answer(1)
    assert channel.collect() == []
    channel.engine.fail(0, error)

    missed, heard = channel.collect()

    assert (missed.lost, missed.distrust, len(missed.audio)) == (True, Distrust.NOTHING, 16_000)
    assert (heard.lost, heard.utterance.start_s) == (False, 3.0)


def test_no_partials_are_asked_for_while_they_are_not_wanted() -> None:
    """The one under way is still shown, and finals come as before."""
    channel = Channel().notice(began(), due(1.7))
    channel.engine.begin(0)
    channel.transcriber.wants_partials = False
    channel.notice(due(2.4))
    channel.engine.answer(0, recognised("je veux"))
    assert [one.utterance.text for one in channel.collect()] == ["je veux"]

    channel.notice(due(3.1), paused(3.4), ended(3.4))

    assert channel.kinds() == [Kind.PARTIAL, Kind.EARLY]


def test_word_times_are_asked_for_while_they_are_wanted() -> None:
    """They cost a pass of their own."""
    channel = Channel().notice(began(), due(1.7))
    channel.transcriber.wants_times = False
    channel.notice(ended(3.0))

    assert [window.wants_times for window, _, _ in channel.engine.asked] == [True, False]


def test_a_call_that_is_not_followed_asks_for_nothing() -> None:
    """Every utterance comes out at its end, with its audio, to be transcribed after the call."""
    channel = Channel()
    channel.transcriber.follows = False
    channel.notice(began(), due(1.7), paused(3.0), ended(3.0))

    (missed,) = channel.collect()

    assert channel.engine.asked == []
    assert channel.woken > 0
    assert (missed.lost, missed.utterance.final, len(missed.audio)) == (True, True, 32_000)
    assert channel.transcriber.pending_from_s is None


def test_a_call_given_up_in_the_middle_keeps_its_order() -> None:
    """What is under way is waited for; what nobody has begun is taken back, and so waits in no one's way."""
    channel = Channel().notice(began(1.0), ended(2.0), began(3.0), ended(4.0, 3.0), began(5.0), paused(6.0, 5.0))
    channel.engine.begin(0)
    channel.transcriber.follows = False
    channel.notice(ended(6.0, 5.0))
    assert [future.cancelled() for _, _, future in channel.engine.asked] == [False, True, True]
    assert channel.collect() == []

    channel.engine.answer(0)

    assert [one.lost for one in channel.collect()] == [False, True, True]


def test_a_try_under_way_is_used_though_the_call_is_no_longer_followed() -> None:
    """It is paid for."""
    channel = Channel().notice(began(), paused(2.2))
    channel.engine.begin(0)
    channel.transcriber.follows = False
    channel.notice(ended(2.2))
    channel.engine.answer(0)

    assert [one.lost for one in channel.collect()] == [False]


def test_a_call_is_followed_again() -> None:
    """From its next stretch of speech on."""
    channel = Channel()
    channel.transcriber.follows = False
    channel.notice(began(1.0), ended(2.0))
    channel.transcriber.follows = True
    channel.notice(began(3.0), ended(4.0, 3.0))
    channel.engine.answer(0)

    assert [one.lost for one in channel.collect()] == [True, False]


def test_the_engine_knows_which_call_asks() -> None:
    """So that none delays all others; both sides of a call are one."""
    channel = Channel().notice(began(), due(1.7), paused(2.2), ended(2.2))

    assert channel.engine.sources == {CallId("call-1")}
