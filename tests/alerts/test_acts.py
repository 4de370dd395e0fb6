"""What may be done to a flag at a desk, and what follows."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from alerts.acts import Act, Draw, HandOver, Resolve, Snooze, WrongAct, act_by, acted, due_at, turned, undone
from alerts.care import EVERYONE, Care, CareAct, DeskReason, Outcome
from alerts.lifecycle import WrongTransition
from alerts.records import CoachId, FlagState, Priority, RedFlag
from tests.alerts.builders import a_flag

NOON = datetime(2025, 3, 3, 12, tzinfo=UTC)
ANN, BEN = CoachId("ann"), CoachId("ben")
ASKED = Care(desk=ANN, asked_at=NOON)
HELD = Care(desk=ANN, held=DeskReason.BUDGET)


def at(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def flag(state: FlagState = FlagState.CONFIRMED, priority: Priority = Priority.MEDIUM) -> RedFlag:
    return replace(a_flag(state=state), priority=priority, raised_at=NOON, deadline_s=60.0)


def test_a_flag_is_delivered_once_by_the_first_console_that_draws_it() -> None:
    """Later ones change nothing."""
    _, care = acted(flag(), ASKED, Draw(), ANN, at(1))
    _, again = acted(flag(), care, Draw(), BEN, at(2))

    assert (care.delivered_at, care.delivered_to) == (at(1), ANN)
    assert again is care


@pytest.mark.parametrize("care", [HELD, replace(ASKED, snoozed_until=at(60))])
def test_what_asks_nobody_is_not_delivered(care: Care) -> None:
    """A row in the drawer is no interruption."""
    assert acted(flag(), care, Draw(), ANN, at(1)) == (flag(), care)


def test_a_flag_put_off_comes_back_by_itself_with_its_whole_deadline() -> None:
    """Not before, and nobody is pressed meanwhile."""
    _, care = acted(flag(), ASKED, Snooze(until=at(120)), ANN, at(5))

    assert (care.act, care.acted_by, care.acted_at) == (CareAct.SNOOZED, ANN, at(5))
    assert turned(flag(), care, at(119)) is care
    back = turned(flag(), care, at(121))
    assert (back.snoozed_until, back.asked_at, act_by(flag(), back)) == (None, at(121), at(181))


@pytest.mark.parametrize(
    ("stands", "care", "until", "why"),
    [
        (flag(), ASKED, at(-1), "flag f1 of medium priority can be put off for at most 30 minutes"),
        (flag(), ASKED, at(31 * 60), "flag f1 of medium priority can be put off for at most 30 minutes"),
        (
            flag(priority=Priority.HIGH),
            ASKED,
            at(6 * 60),
            "flag f1 of high priority can be put off for at most 5 minutes",
        ),
        (flag(), HELD, at(60), "flag f1 is held back and asks nobody: there is nothing to put off"),
        (flag(FlagState.RESOLVED), ASKED, at(60), "flag f1 is resolved: only an open one can be put off"),
    ],
)
def test_what_cannot_be_put_off_is_refused_in_words(stands: RedFlag, care: Care, until: datetime, why: str) -> None:
    """Too long, in the past, held or over."""
    with pytest.raises(WrongAct) as caught:
        acted(stands, care, Snooze(until=until), ANN, NOON)

    assert str(caught.value) == why


def test_a_flag_handed_over_asks_the_other_coach_with_a_word_and_a_whole_deadline() -> None:
    """It is theirs to draw, and what was pressing before begins anew."""
    pressed = replace(ASKED, escalations=1, escalated_at=at(60), delivered_at=at(1), delivered_to=ANN)
    _, care = acted(flag(), pressed, HandOver(to=BEN, word="You know him."), ANN, at(70))

    assert (care.desk, care.word, care.escalations, care.delivered_at) == (BEN, "You know him.", 0, None)
    assert act_by(flag(), care) == at(130)


@pytest.mark.parametrize(
    ("stands", "act", "why"),
    [
        (flag(), HandOver(to=ANN), "flag f1 is with ann already: name another coach"),
        (
            flag(FlagState.EXPIRED),
            HandOver(to=BEN),
            "flag f1 is expired: only an open or acknowledged one can be handed over",
        ),
    ],
)
def test_a_hand_over_that_makes_no_sense_is_refused(stands: RedFlag, act: Act, why: str) -> None:
    """To oneself, or of what is over."""
    with pytest.raises(WrongAct) as caught:
        acted(stands, ASKED, act, ANN, NOON)

    assert str(caught.value) == why


def test_a_flag_is_escalated_at_its_deadline_and_once_more() -> None:
    """Then never again: a third time would be noise."""
    assert due_at(flag(), ASKED) == at(60)
    assert turned(flag(), ASKED, at(59)) is ASKED
    once = turned(flag(), ASKED, at(60))
    assert (once.escalations, once.escalated_at, due_at(flag(), once)) == (1, at(60), at(120))
    twice = turned(flag(), once, at(120))
    assert (twice.escalations, due_at(flag(), twice)) == (2, None)
    assert turned(flag(), twice, at(9_999)) is twice


def test_what_is_held_is_never_escalated() -> None:
    """Nobody was told, so nobody failed to act; it is due until it is stale."""
    assert turned(flag(), HELD, at(600)) is HELD
    assert due_at(flag(), HELD) == at(60)
    assert act_by(flag(), HELD) is None


def test_a_flag_is_resolved_with_what_came_of_it() -> None:
    """From confirmed or acknowledged; what was put off does not come back."""
    put_off = replace(ASKED, snoozed_until=at(60))
    stands, care = acted(flag(), put_off, Resolve(outcome=Outcome.HELPED), ANN, at(5))

    assert (stands.state, care.outcome, care.snoozed_until) == (FlagState.RESOLVED, Outcome.HELPED, None)
    with pytest.raises(WrongTransition):
        acted(flag(FlagState.RAISED), ASKED, Resolve(outcome=Outcome.HELPED), ANN, at(5))


def test_undoing_keeps_what_a_console_has_drawn_meanwhile() -> None:
    """It was delivered, whatever the coach takes back; another desk's drawing does not count."""
    drawn = replace(ASKED, delivered_at=at(2), delivered_to=ANN)

    assert undone(replace(drawn, snoozed_until=at(60)), ASKED) == drawn
    assert undone(replace(drawn, desk=BEN), ASKED) == ASKED


@pytest.mark.parametrize(
    "wrong",
    [
        {"held": DeskReason.KNOWN, "asked_at": NOON},
        {"snoozed_until": NOON, "escalations": 1, "escalated_at": NOON},
        {"escalations": 3, "escalated_at": NOON},
        {"escalations": 1},
        {"act": CareAct.RESOLVED},
        {"word": "x" * 201},
    ],
)
def test_care_that_contradicts_itself_cannot_be_made(wrong: dict[str, object]) -> None:
    """So it cannot be kept either."""
    with pytest.raises(ValueError, match="^(a flag|an act|a word) "):
        replace(Care(desk=EVERYONE), **wrong)  # type: ignore[arg-type] # wrong on purpose
