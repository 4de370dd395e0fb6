"""Where an utterance begins and ends, by audio time alone."""

from collections.abc import Sequence

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from streams.activity.segmenter import (
    PartialDue,
    PauseBegan,
    Segmenter,
    SegmentEvent,
    SegmentPolicy,
    SpeechBegan,
    SpeechEnded,
    SpeechResumed,
)

POLICY = SegmentPolicy()
HASTY = SegmentPolicy(longest_s=3.0, search_s=1.0)
STEP_S = POLICY.step_s
Steps = list[tuple[float, float]]
"""Probability and level of each step."""


def steps_of(duration_s: float, probability: float, level: float = 0.1) -> Steps:
    """The same for a while."""
    return [(probability, level)] * round(duration_s / STEP_S)


def speech(duration_s: float, level: float = 0.1) -> Steps:
    """Somebody speaks."""
    return steps_of(duration_s, 0.9, level)


def pause(duration_s: float) -> Steps:
    """Nobody speaks."""
    return steps_of(duration_s, 0.05, 0.001)


def feed(segmenter: Segmenter, steps: Steps) -> list[SegmentEvent]:
    """All that happens during these steps."""
    return list(segmenter.feed([step[0] for step in steps], [step[1] for step in steps]))


def events_of(steps: Steps, policy: SegmentPolicy = POLICY) -> list[SegmentEvent]:
    """All that happens on a channel that consists of these steps."""
    segmenter = Segmenter(policy)
    return [*feed(segmenter, steps), *segmenter.finish()]


def endings(events: Sequence[SegmentEvent]) -> list[SpeechEnded]:
    """The utterances among what happened."""
    return [event for event in events if isinstance(event, SpeechEnded)]


stretches = st.lists(
    st.tuples(
        st.sampled_from([0.0, 0.3, 0.36, 0.49, 0.5, 0.9, 1.0]),
        st.integers(min_value=1, max_value=60),
        st.lists(st.floats(min_value=0, max_value=1), min_size=1, max_size=4),
    ),
    max_size=20,
)
channels = stretches.map(
    lambda parts: [(chance, levels[index % len(levels)]) for chance, count, levels in parts for index in range(count)]
)
policies = st.sampled_from([HASTY, SegmentPolicy(longest_s=1.0, search_s=1.5), POLICY])


@given(steps=channels, policy=policies)
def test_events_come_in_an_order_that_makes_sense(steps: Steps, policy: SegmentPolicy) -> None:
    """Nothing inside before a beginning, one end for each beginning, no partial in a pause, each resumption once."""
    speaking = paused = False
    start_s = -1.0

    for event in events_of(steps, policy):
        match event:
            case SpeechBegan():
                assert not speaking
                speaking, paused, start_s = True, False, event.start_s
            case PartialDue():
                assert speaking
                assert not paused
            case PauseBegan():
                assert speaking
                assert not paused
                paused = True
            case SpeechResumed():
                assert speaking
                assert paused
                paused = False
            case SpeechEnded():
                assert speaking
                speaking = False
        assert event.start_s == start_s
    assert not speaking


@given(steps=channels, policy=policies)
def test_utterances_never_overlap_and_have_a_length(steps: Steps, policy: SegmentPolicy) -> None:
    """Each second of a channel belongs to one utterance at most."""
    free_from_s = 0.0

    for ended in endings(events_of(steps, policy)):
        assert free_from_s <= ended.start_s < ended.end_s
        assert ended.start_s <= ended.last_speech_s <= ended.end_s
        free_from_s = ended.end_s


@given(steps=channels, policy=policies)
def test_no_utterance_is_longer_than_allowed_or_ends_in_the_future(steps: Steps, policy: SegmentPolicy) -> None:
    """What the speech model is given always fits, and exists already."""
    total_s = len(steps) * STEP_S

    for ended in endings(events_of(steps, policy)):
        assert ended.end_s - ended.start_s <= policy.longest_s + 1e-6
        assert ended.end_s <= ended.decided_s <= total_s + 1e-6
        assert 0 < ended.voiced_s <= ended.end_s - ended.start_s + 1e-6


@given(steps=channels, policy=policies)
def test_every_step_of_certain_speech_is_inside_an_utterance(steps: Steps, policy: SegmentPolicy) -> None:
    """Speech long enough to begin an utterance is never left out, wherever utterances were cut."""
    covered = [(ended.start_s, ended.end_s) for ended in endings(events_of(steps, policy))]

    for index in range(1, len(steps)):
        if steps[index][0] >= policy.begin_at and steps[index - 1][0] >= policy.begin_at:
            middle_s = (index + 0.5) * STEP_S
            assert any(start_s <= middle_s <= end_s for start_s, end_s in covered)


@given(steps=channels, policy=policies)
def test_audio_is_kept_for_as_long_as_it_can_be_asked_for(steps: Steps, policy: SegmentPolicy) -> None:
    """What was given up before a step is in no event of that step or later."""
    segmenter = Segmenter(policy)

    for step in steps:
        needed_from_s = segmenter.needed_from_s
        assert all(event.start_s >= needed_from_s for event in feed(segmenter, [step]))


@given(steps=channels, cuts=st.lists(st.integers(min_value=1, max_value=50), max_size=20))
def test_it_does_not_matter_how_steps_are_grouped(steps: Steps, cuts: list[int]) -> None:
    """Packets of any size give the same utterances."""
    segmenter = Segmenter(HASTY)
    events: list[SegmentEvent] = []
    rest = steps
    for count in cuts:
        events += feed(segmenter, rest[:count])
        rest = rest[count:]
    events += [*feed(segmenter, rest), *segmenter.finish()]

    assert events == events_of(steps, HASTY)


@given(
    parts=st.lists(st.tuples(st.floats(0.1, 1.5), st.floats(0.032, POLICY.endpoint_s - STEP_S)), min_size=1, max_size=7)
)
def test_a_pause_shorter_than_the_endpoint_never_splits(parts: list[tuple[float, float]]) -> None:
    """People breathe in the middle of a sentence, up to the length at which patience begins to end."""
    steps = [step for said_s, silent_s in parts for step in (*speech(said_s), *pause(silent_s))]
    assume(len(steps) * STEP_S <= POLICY.patient_s)

    assert len(endings(events_of(steps))) == 1


def test_a_long_utterance_ends_at_a_short_pause() -> None:
    """So that its text is not late and no word is cut through."""
    steps = [*speech(12.5), *pause(0.25), *speech(3.0), *pause(1.0)]

    first, second = endings(events_of(steps))

    assert not first.forced
    assert first.decided_s - first.last_speech_s < 0.25
    assert second.start_s >= first.last_speech_s


@given(length_s=st.floats(0, 60), longer_s=st.floats(0, 60))
def test_patience_only_ever_shrinks(length_s: float, longer_s: float) -> None:
    """The longer someone speaks, the shorter the pause that ends the utterance, within the two limits."""
    now, later = POLICY.pause_s(length_s), POLICY.pause_s(length_s + longer_s)

    assert POLICY.hasty_endpoint_s - 1e-9 <= later <= now <= POLICY.endpoint_s


@given(steps=channels, gap_s=st.floats(0.3, 100))
def test_missing_audio_ends_what_was_being_said_and_time_goes_on_behind_it(steps: Steps, gap_s: float) -> None:
    """Nothing is invented in a gap, and no utterance reaches across it."""
    segmenter = Segmenter(POLICY)
    before = feed(segmenter, steps)
    missing_from_s = len(steps) * STEP_S
    until_s = missing_from_s + gap_s

    before += segmenter.skip(until_s)
    assert segmenter.open_from_s is None
    after = [*feed(segmenter, speech(1.0)), *segmenter.finish()]

    assert all(ended.end_s <= missing_from_s + 1e-6 for ended in endings(before))
    (behind,) = endings(after)
    assert behind.start_s == until_s
    assert behind.end_s == pytest.approx(until_s + round(1.0 / STEP_S) * STEP_S)


def test_an_utterance_has_room_before_and_after() -> None:
    """Soft first and last sounds are inside."""
    (ended,) = endings(events_of([*pause(1.024), *speech(1.024), *pause(2.0)]))

    assert ended.start_s == pytest.approx(1.024 - POLICY.pre_roll_s)
    assert ended.end_s == pytest.approx(2.048 + POLICY.post_roll_s)
    assert ended.last_speech_s == pytest.approx(2.048)
    assert ended.voiced_s == pytest.approx(1.024)
    assert not ended.forced


def test_the_end_is_certain_once_the_pause_lasted() -> None:
    """The wait is the endpoint, give or take a step."""
    (ended,) = endings(events_of([*speech(1.024), *pause(3.0)]))

    assert POLICY.endpoint_s <= ended.decided_s - ended.last_speech_s < POLICY.endpoint_s + STEP_S


def test_a_click_is_no_utterance() -> None:
    """One step of noise begins nothing, however often it comes."""
    assert events_of([*pause(0.5), (0.99, 0.9), *pause(0.5), (0.99, 0.9), *pause(0.5)]) == []


def test_speech_that_hardly_goes_on_keeps_its_utterance_but_begins_none() -> None:
    """Two thresholds: a voice that fades is not chopped."""
    faint = steps_of(1.0, 0.4)

    assert events_of(faint) == []
    (ended,) = endings(events_of([*speech(0.5), *faint, *pause(1.0)]))
    assert ended.last_speech_s > 1.4


def test_a_pause_is_tried_as_the_end_and_given_up_when_speech_goes_on() -> None:
    """The final is tried ahead of time, with the same audio it will have."""
    events = events_of([*speech(0.512), *pause(0.32), *speech(0.512), *pause(1.0)])
    kinds = [type(event) for event in events if not isinstance(event, PartialDue)]

    assert kinds == [SpeechBegan, PauseBegan, SpeechResumed, PauseBegan, SpeechEnded]
    *_, last_pause = [event for event in events if isinstance(event, PauseBegan)]
    (ended,) = endings(events)
    assert (last_pause.start_s, last_pause.end_s) == (ended.start_s, ended.end_s)


def test_partials_fall_due_while_someone_speaks() -> None:
    """A look at every 0.7 s of speech."""
    due = [event.end_s for event in events_of(speech(3.0)) if isinstance(event, PartialDue)]

    assert len(due) == 4
    assert due[0] == pytest.approx(0.7, abs=STEP_S)
    assert all(later - sooner == pytest.approx(0.7, abs=STEP_S) for sooner, later in zip(due, due[1:], strict=False))


def test_a_forced_cut_is_made_at_the_quietest_moment() -> None:
    """Between two words rather than inside one; what follows opens the next utterance at once."""
    steps = [*speech(14.08), (0.9, 0.01), *speech(5.0), *pause(1.0)]
    quiet_s = round(14.08 / STEP_S + 1) * STEP_S

    first, second = endings(events_of(steps))

    assert first.forced
    assert first.end_s == pytest.approx(quiet_s)
    assert second.start_s == first.end_s
    assert not second.forced
    assert first.voiced_s + second.voiced_s == pytest.approx(len(speech(19.08)) * STEP_S + STEP_S)


def test_a_cut_in_a_pause_opens_nothing_by_itself() -> None:
    """Where nobody says a word after the cut there is no second utterance."""
    steps = [*speech(14.7), *pause(2.0)]

    (ended,) = endings(events_of(steps))

    assert ended.last_speech_s == pytest.approx(len(speech(14.7)) * STEP_S)


def test_finish_closes_what_is_being_said() -> None:
    """A call that ends in mid-word loses nothing."""
    segmenter = Segmenter(POLICY)
    feed(segmenter, speech(1.024))

    (ended,) = segmenter.finish()

    assert isinstance(ended, SpeechEnded)
    assert ended.end_s == pytest.approx(1.024)
    assert list(segmenter.finish()) == []


def test_probabilities_and_levels_come_in_pairs() -> None:
    """A step with one and not the other is a mistake of the caller."""
    with pytest.raises(ValueError, match="shorter"):
        list(Segmenter(POLICY).feed([0.1, 0.2], [0.1]))
