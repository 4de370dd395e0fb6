"""Stretches of speech become passes, and passes become utterances in order."""

import pytest

from streams.engine.batching import Kind
from streams.model.gates import Distrust
from streams.records import Language, Speaker
from tests.streams.scripted import recognised
from tests.streams.utterances.one_channel import Channel, began, due, ended, paused, resumed, revisions


def test_partials_and_the_final_are_one_utterance() -> None:
    """The same id, revisions that count up, and times of words on the call's clock."""
    channel = Channel().notice(began(), due(1.7))
    channel.engine.answer(0, recognised("je veux", confidence=0.7))
    first = channel.collect()
    channel.notice(due(2.4))
    channel.engine.answer(1, recognised("je veux résilier"))
    second = channel.collect()
    channel.notice(ended(3.0))
    channel.engine.answer(2, recognised("je veux résilier demain"))
    last = channel.collect()

    utterances = [one.utterance for one in (*first, *second, *last)]
    assert [utterance.text for utterance in utterances] == ["je veux", "je veux résilier", "je veux résilier demain"]
    assert {utterance.utterance_id for utterance in utterances} == {"1-00001000"}
    assert [utterance.revision for utterance in utterances] == [1, 2, 3]
    assert [utterance.final for utterance in utterances] == [False, False, True]
    assert [utterance.end_s for utterance in utterances] == pytest.approx([1.7, 2.4, 2.8])
    assert utterances[-1].words[1].start_s == pytest.approx(1.2)
    assert utterances[-1].speaker is Speaker.CUSTOMER
    assert channel.kinds() == [Kind.PARTIAL, Kind.PARTIAL, Kind.FINAL]
    assert channel.woken == 3


def test_one_partial_at_a_time() -> None:
    """A slow engine is not asked again before it has answered."""
    channel = Channel().notice(began(), due(1.7), due(2.4), due(3.1))

    assert len(channel.engine.asked) == 1


def test_the_final_tried_ahead_of_time_is_used_when_speech_does_not_go_on() -> None:
    """It is the same audio: the wait for the endpoint costs nothing."""
    channel = Channel().notice(began(), paused(2.2))
    channel.engine.answer(0)
    assert channel.collect() == []

    channel.notice(ended(2.2))
    (final,) = channel.collect()

    assert len(channel.engine.asked) == 1
    assert final.utterance.final
    assert final.utterance.timing is not None
    assert final.utterance.timing.endpoint_s == pytest.approx(0.5)
    assert (final.utterance.timing.queued_s, final.utterance.timing.speech_s) == (0.1, 0.2)
    assert final.last_speech_s == pytest.approx(2.0)


def test_it_is_given_up_when_speech_goes_on() -> None:
    """Nobody pays for half a sentence twice."""
    channel = Channel().notice(began(), paused(2.2), resumed())
    assert channel.engine.asked[0][2].cancelled()

    channel.notice(ended(4.0))
    channel.engine.answer(1)

    assert [one.utterance.end_s for one in channel.collect()] == pytest.approx([3.8])


def test_it_serves_as_a_partial_when_it_was_already_under_way() -> None:
    """What was paid for is shown."""
    channel = Channel().notice(began(), paused(2.2))
    channel.engine.begin(0)
    channel.notice(resumed())
    channel.engine.answer(0, recognised("je veux"))

    (partial,) = channel.collect()

    assert not partial.utterance.final
    assert partial.utterance.text == "je veux"


def test_it_is_not_used_for_other_audio() -> None:
    """An utterance cut elsewhere is transcribed as it was cut."""
    channel = Channel().notice(began(), paused(2.2), ended(1.9, forced=True))

    assert channel.kinds() == [Kind.EARLY, Kind.FINAL]
    assert channel.engine.asked[0][2].cancelled()
    assert channel.collect() == []
    channel.engine.answer(1, recognised("un mot"))
    assert [one.utterance.text for one in channel.collect()] == ["un mot"]


def test_a_partial_that_is_too_late_is_not_shown() -> None:
    """Behind its final it would look like news."""
    channel = Channel().notice(began(), due(1.7))
    channel.engine.begin(0)
    channel.notice(ended(3.0), began(4.0))
    channel.engine.answer(0, recognised("je"))

    assert channel.collect() == []


def test_finals_come_in_order_even_when_passes_end_out_of_order() -> None:
    """The transcript reads as the call was spoken."""
    channel = Channel().notice(began(1.0), ended(2.0), began(3.0), ended(4.0, 3.0))
    channel.engine.answer(1, recognised("deux"))
    assert channel.collect() == []
    assert channel.transcriber.pending_from_s == 1.0

    channel.engine.answer(0, recognised("un"))

    assert [one.utterance.text for one in channel.collect()] == ["un", "deux"]
    assert channel.transcriber.pending_from_s is None


def test_the_final_has_the_highest_revision_even_when_the_next_utterance_has_begun() -> None:
    """A console that keeps the newest revision must not keep the guess."""
    channel = Channel().notice(began(), due(1.7))
    channel.engine.answer(0)
    seen = channel.collect()
    channel.notice(due(2.4))
    channel.engine.answer(1)
    seen += channel.collect()
    channel.notice(ended(3.0, forced=True), began(3.0), due(3.7, 3.0))
    channel.engine.answer(3)
    channel.engine.answer(2)
    found = channel.collect()

    first = [one for one in (*seen, *found) if one.utterance.start_s == 1.0]
    assert [one.utterance.final for one in first] == [False, False, True]
    assert revisions(first) == sorted(set(revisions(first)))


def test_an_utterance_in_progress_is_pending() -> None:
    """Audio from its start on has not passed the card screen."""
    channel = Channel()
    assert channel.transcriber.pending_from_s is None

    channel.notice(began(5.0))

    assert channel.transcriber.pending_from_s == 5.0


def test_a_full_engine_means_that_a_stretch_was_not_heard() -> None:
    """The call says so, in the right place, instead of looking calm."""
    channel = Channel().notice(began(1.0), ended(2.0))
    channel.engine.full = True
    channel.notice(began(3.0), due(3.7, 3.0), ended(4.0, 3.0))
    assert channel.woken > 0
    assert channel.collect() == []
    channel.engine.answer(0)

    heard, missed = channel.collect()

    assert not heard.lost
    assert missed.lost
    assert missed.distrust is Distrust.NOTHING
    assert (missed.utterance.text, missed.utterance.final) == ("", True)
    assert (missed.utterance.start_s, missed.utterance.end_s) == pytest.approx((3.0, 3.8))


def test_a_failed_pass_means_the_same() -> None:
    """A partial that failed is only missing; a final that failed was not heard."""
    channel = Channel().notice(began(), due(1.7))
    channel.engine.fail(0)
    assert channel.collect() == []
    channel.notice(ended(3.0))
    channel.engine.fail(1)

    (missed,) = channel.collect()

    assert missed.lost


def test_doubtful_text_is_not_trusted() -> None:
    """The guards decide with what the segmenter measured."""
    channel = Channel().notice(began(), ended(3.0))
    channel.engine.answer(0, recognised("peut-être bien", confidence=0.2))

    (final,) = channel.collect()

    assert final.distrust is Distrust.UNSURE
    assert not final.utterance.trusted


def test_hardly_voiced_text_is_dropped() -> None:
    """What the model writes on a click is nothing."""
    channel = Channel().notice(began(), ended(3.0, voiced_s=0.1))
    channel.engine.answer(0)

    (final,) = channel.collect()

    assert final.distrust is Distrust.NOISE


def test_embeddings_are_asked_of_finals_only_and_where_they_may_be_used() -> None:
    """A partial's voice is nobody's business."""
    spoken = (began(), due(1.7), ended(3.0), began(4.0), paused(5.0, 4.0))
    willing = Channel(wants_embedding=True).notice(*spoken)
    unwilling = Channel(wants_embedding=False).notice(*spoken)

    assert [window.wants_embedding for window, _, _ in willing.engine.asked] == [False, True, True]
    assert [window.wants_embedding for window, _, _ in unwilling.engine.asked] == [False, False, False]


def test_badly_understood_finals_lead_to_detection() -> None:
    """A call announced in the wrong language is not transcribed in it to its end."""
    channel = Channel(language=Language.FR)
    for index in range(2):
        channel.notice(began(5.0 * index), ended(5.0 * index + 3.0, 5.0 * index))
        channel.engine.answer(index, recognised("mon internet a été dans", confidence=0.2, language_probability=1.0))
        channel.collect()

    channel.notice(began(10.0), ended(13.0, 10.0))

    assert [window.language for window, _, _ in channel.engine.asked] == [Language.FR, Language.FR, None]


def test_noise_says_nothing_about_the_language() -> None:
    """A cough is neither French nor English."""
    channel = Channel(language=None).notice(began(), ended(3.0, voiced_s=0.05))
    channel.engine.answer(0, recognised("you", language=Language.EN))
    channel.collect()

    assert channel.language.current is None


def test_no_word_reaches_beyond_what_was_spoken() -> None:
    """The window has room after the last word; a word put there by the alignment is drawn back."""
    channel = Channel().notice(began(), ended(2.0))
    channel.engine.answer(0, recognised("un deux trois quatre cinq six"))

    (final,) = channel.collect()

    assert final.utterance.end_s == pytest.approx(1.8)
    assert all(1.0 <= word.start_s <= word.end_s <= 1.8 for word in final.utterance.words)


def test_a_fragment_is_heard_behind_what_the_same_speaker_said_before() -> None:
    """With its text; not while it is still speaking, and not once somebody else may have taken over."""
    channel = Channel().notice(began(), ended(4.0))
    channel.engine.answer(0, recognised("je veux résilier"))
    channel.collect()
    channel.notice(began(5.0), due(6.2, 5.0), ended(6.4, 5.0))
    (_, partial_kind, _), (fragment, _, _) = channel.engine.asked[1:]
    partial, _, _ = channel.engine.asked[1]
    channel.transcriber.handed()
    channel.notice(began(7.0), ended(8.0, 7.0))

    assert fragment.before is not None
    assert fragment.before.text == "je veux résilier"
    assert len(fragment.shown) == len(fragment.audio) + len(fragment.before.audio)
    assert partial_kind is Kind.PARTIAL
    assert partial.before is None
    assert channel.engine.asked[-1][0].before is None


@pytest.mark.parametrize("why", ["distrusted", "not wanted", "not timed"])
def test_a_fragment_is_heard_alone(why: str) -> None:
    """Behind what is not believed, behind words nobody aligned, and while there is no time for it."""
    channel = Channel()
    channel.transcriber.wants_times = why != "not timed"
    channel.notice(began(), ended(4.0))
    channel.engine.answer(0, recognised("je veux résilier", confidence=0.05 if why == "distrusted" else 0.9))
    channel.collect()
    channel.transcriber.wants_company = why != "not wanted"
    channel.notice(began(5.0), ended(6.4, 5.0))

    assert channel.engine.asked[-1][0].before is None


def test_finals_follow_as_many_guesses_as_there_is_time_for() -> None:
    """Partials follow one: the next comes in a second."""
    channel = Channel()
    channel.transcriber.beam = 5
    channel.notice(began(), due(1.7), ended(4.0))

    assert [window.beam for window, _, _ in channel.engine.asked] == [None, 5]


def test_only_finals_are_worth_a_second_try() -> None:
    """Halves where speech was passed over; a second hearing where there is time."""
    channel = Channel()
    channel.transcriber.hears_twice = True
    channel.notice(began(), due(1.7), ended(4.0))

    assert [(window.final, window.twice) for window, _, _ in channel.engine.asked] == [(False, False), (True, True)]
