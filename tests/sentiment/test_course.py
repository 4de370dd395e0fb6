"""How a customer goes through a call: one utterance changes nothing, several do, what cannot be told stays untold."""

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest

from sentiment.course import CALM_AGAIN, CALM_BELOW, FEWEST, UNSURE_IN_A_ROW, UPSET_FROM, CourseWatch, upset
from sentiment.records import Course, CourseState, Emotion, EmotionScore, Prosody, Trend
from streams.records import CallId, Language, Speaker, Utterance, UtteranceId

EVERY_S = 5.0
LONG_S = 2.0
CALLS = 200
CALM, UPSET = 0.1, 0.9


def said(number: int, value: float | None, *, trusted: bool = True) -> tuple[Utterance, EmotionScore]:
    """The customer's utterance of this number, upset with this probability; none: not enough to tell."""
    utterance = Utterance(
        call_id=CallId("call"),
        utterance_id=UtteranceId(str(number)),
        speaker=Speaker.CUSTOMER,
        channel=0,
        start_s=number * EVERY_S,
        end_s=number * EVERY_S + LONG_S,
        text="words",
        words=(),
        language=Language.EN,
        confidence=0.9,
        final=True,
        revision=1,
        trusted=trusted,
    )
    likely = value or 0.0
    score = EmotionScore(
        call_id=utterance.call_id,
        utterance_id=utterance.utterance_id,
        probabilities={
            Emotion.ANGER: likely * 0.7,
            Emotion.DISTRESS: likely * 0.3,
            Emotion.NEUTRAL: (1 - likely) * 0.8,
            Emotion.HAPPY: (1 - likely) * 0.2,
        },
        arousal=0.0,
        valence=0.0,
        certainty=0.8,
        enough=value is not None,
        prosody=Prosody(
            voiced_s=1.0,
            pitch_hz=None,
            pitch_range_st=None,
            level_db=-20.0,
            pace_wps=3.0,
            pitch_change_st=None,
            level_change_db=None,
            pace_change=None,
        ),
        explanation_en="",
        explanation_fr="",
    )
    return utterance, score


def courses(values: Sequence[float | None]) -> list[Course]:
    """The course after each utterance."""
    watch = CourseWatch()
    return [one for number, value in enumerate(values) if (one := watch.heard(*said(number, value))) is not None]


def states(values: Sequence[float | None]) -> list[CourseState]:
    return [course.state for course in courses(values)]


@pytest.mark.parametrize("outlier", [0.0, 0.5, 1.0])
def test_one_utterance_changes_neither_state_nor_shifts(outlier: float) -> None:
    """Whatever it is, wherever it lies, in any calm call."""
    rng = random.Random(7)
    for _ in range(CALLS):
        values = [rng.uniform(0.0, 0.28) for _ in range(rng.randint(FEWEST + 1, 30))]
        values[rng.randrange(len(values))] = outlier
        found = courses(values)

        assert {course.state for course in found} <= {CourseState.UNKNOWN, CourseState.CALM}
        assert found[-1].shifts == ()
        assert found[-1].peak is not None
        assert found[-1].peak < CALM_BELOW


def test_levels_stay_within_what_was_heard_and_states_follow_from_them() -> None:
    """For any scores: nobody is upset who was not in two utterances, none recovers who was not upset."""
    rng = random.Random(11)
    for _ in range(CALLS):
        values = [rng.random() if rng.random() > 0.2 else None for _ in range(rng.randint(1, 40))]
        told = [value for value in values if value is not None]
        last = courses(values)[-1]

        assert (last.told, last.unsure) == (len(told), len(values) - len(told))
        assert last.level is None or min(told) <= last.level <= max(told) + 1e-9
        assert last.recoveries == 0 or last.upset_s is not None
        assert (last.level is None) is (last.state is CourseState.UNKNOWN) is (last.since_s is None)
        if sum(value >= UPSET_FROM for value in told) < 2:
            assert last.upset_s is None


def test_the_same_scores_give_the_same_course() -> None:
    """A recorded call replays."""
    values = [CALM] * 5 + [UPSET] * 4 + [None] + [CALM] * 8

    assert courses(values) == courses(values)


def test_several_upset_utterances_make_a_customer_upset() -> None:
    """Since the first of those whose level was high; and the trend rises before."""
    found = courses([CALM] * 4 + [UPSET] * 5)

    assert found[3].state is CourseState.CALM
    assert found[-1].state is CourseState.UPSET
    assert found[-1].since_s is not None
    assert 4 * EVERY_S <= found[-1].since_s <= 7 * EVERY_S
    assert Trend.RISING in {course.trend for course in found[4:]}


def test_who_grows_tense_is_said_to_before_being_upset() -> None:
    """A slow climb shows as rising."""
    found = states([0.1, 0.1, 0.2, 0.3, 0.4, 0.5, 0.55, 0.65, 0.75, 0.85, 0.9, 0.9])

    assert found.index(CourseState.RISING) < found.index(CourseState.UPSET)


def test_between_the_limits_nothing_changes() -> None:
    """Hysteresis: what ends a state is not what began it."""
    found = courses([UPSET] * 5 + [(UPSET_FROM + CALM_BELOW) / 2] * 20)

    assert found[-1].state is CourseState.UPSET
    assert courses([CALM] * 5 + [CALM_BELOW - 0.01] * 20)[-1].state is CourseState.CALM


def test_who_calms_down_for_several_utterances_has_recovered() -> None:
    """First recovering, then calm; the recovery is counted once, with its second."""
    found = courses([CALM] * 3 + [UPSET] * 5 + [CALM] * 10)
    names = [course.state for course in found]
    back = names.index(CourseState.RECOVERING)
    calm = names.index(CourseState.CALM, back)

    assert calm - back == CALM_AGAIN - 2
    assert found[calm].recovered_s == calm * EVERY_S + LONG_S
    assert found[-1].recoveries == 1
    assert found[-1].recovered_s == found[calm].recovered_s


def test_who_is_upset_again_before_that_has_not_recovered() -> None:
    """Two calm utterances between are no recovery."""
    found = courses([UPSET] * 5 + [CALM] * 2 + [UPSET] * 5)

    assert found[-1].recoveries == 0
    assert found[-1].state is CourseState.UPSET


@pytest.mark.parametrize("place", [4, 9, 20])
def test_a_shift_is_found_at_its_second(place: int) -> None:
    """Where the voice becomes another for good, within noise."""
    rng = random.Random(place)
    values = [rng.uniform(0.05, 0.2) for _ in range(place)] + [rng.uniform(0.7, 0.9) for _ in range(8)]
    shifts = courses(values)[-1].shifts

    assert [shift.at_s for shift in shifts] == [place * EVERY_S]
    assert shifts[0].before < 0.2 < 0.7 < shifts[0].after


def test_shifts_there_and_back_are_two() -> None:
    """Worse, then better."""
    shifts = courses([CALM] * 8 + [UPSET] * 8 + [CALM] * 8)[-1].shifts

    assert [shift.at_s for shift in shifts] == [8 * EVERY_S, 16 * EVERY_S]
    assert shifts[0].after > shifts[0].before
    assert shifts[1].after < shifts[1].before


def test_peak_and_end_are_kept() -> None:
    """The worst level and the latest, and their mean."""
    last = courses([CALM] * 3 + [UPSET] * 8 + [CALM] * 12)[-1]

    assert last.peak == pytest.approx(UPSET, abs=0.02)
    assert last.level == pytest.approx(CALM, abs=0.02)
    assert last.peak_end == pytest.approx(0.5, abs=0.02)
    assert last.peak_s is not None
    assert 10 * EVERY_S <= last.peak_s <= 11 * EVERY_S + LONG_S


def test_too_few_utterances_say_nothing() -> None:
    """Not even that someone is calm."""
    assert states([CALM] * (FEWEST - 1)) == [CourseState.UNKNOWN] * (FEWEST - 1)
    assert courses([UPSET, UPSET])[-1].level is None


def test_utterances_that_cannot_be_told_leave_the_present_unknown() -> None:
    """What was known comes back with the next that can be."""
    found = states([UPSET] * 5 + [None] * UNSURE_IN_A_ROW + [UPSET])

    assert found[5 : 4 + UNSURE_IN_A_ROW] == [CourseState.UPSET] * (UNSURE_IN_A_ROW - 1)
    assert found[-2:] == [CourseState.UNKNOWN, CourseState.UPSET]


def test_distrusted_text_and_unscored_utterances_tell_nothing() -> None:
    """The first count as unsure, the second not at all."""
    watch = CourseWatch()
    for number in range(5):
        watch.heard(*said(number, UPSET, trusted=False))
    course = watch.heard(said(5, UPSET)[0], None)

    assert course is not None
    assert (course.told, course.unsure) == (0, 5)
    assert CourseWatch().heard(said(0, UPSET)[0], None) is None


def test_an_agent_s_score_is_refused() -> None:
    """There is none; whoever brings one has a fault."""
    utterance, score = said(0, UPSET)

    with pytest.raises(ValueError, match="customer"):
        CourseWatch().heard(replace(utterance, speaker=Speaker.AGENT), score)
    with pytest.raises(ValueError, match="not about"):
        CourseWatch().heard(replace(utterance, utterance_id=UtteranceId("other")), score)


def test_being_upset_is_anger_or_distress() -> None:
    """Of calibrated probabilities the sum."""
    assert upset(said(0, 0.6)[1]) == pytest.approx(0.6)
