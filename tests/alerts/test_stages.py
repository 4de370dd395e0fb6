"""What a coach is not told, and why."""

import pytest

from alerts.policy import AlertPolicy
from alerts.records import FlagState, HoldReason, Priority, RedFlag
from alerts.stages import Candidate, Confirm, DropRepeats, Inhibit, Memory, Stage, stages_for
from tests.alerts.builders import a_flag, a_rule

NOTHING_TOLD = Memory()


def verdict(stage: Stage, flag: RedFlag, memory: Memory, *, sure: bool = True) -> HoldReason | None:
    sifted = stage.sift([Candidate(flag=flag, sure=sure)], memory)
    assert len(sifted.passed) + len(sifted.held) == 1
    return sifted.held[0].reason if sifted.held else None


def told(*flags: RedFlag) -> Memory:
    memory = Memory()
    for flag in flags:
        memory = memory.remember(flag)
    return memory


def test_doubtful_words_are_held_as_unconfirmed() -> None:
    """Sure ones pass, in the same look."""
    sure, doubtful = Candidate(flag=a_flag("a"), sure=True), Candidate(flag=a_flag("b"), sure=False)

    sifted = Confirm().sift([sure, doubtful], NOTHING_TOLD)

    assert sifted.passed == (sure,)
    assert [(held.flag.flag_id, held.reason) for held in sifted.held] == [("b", HoldReason.UNCONFIRMED)]


@pytest.mark.parametrize(("apart_s", "held"), [(0.0, True), (29.9, True), (30.0, False), (-29.9, True), (-30.0, False)])
def test_a_more_pressing_flag_close_by_inhibits(apart_s: float, held: bool) -> None:
    """Measured between the starts of the spans, whichever came first on the audio clock."""
    stage = Inhibit(by={"complaint": frozenset({"cancellation"})}, for_s=30.0)
    lesser = a_flag("b", rule_id="complaint", start_s=100.0 + apart_s)

    found = verdict(stage, lesser, told(a_flag("a", start_s=100.0)))

    assert found is (HoldReason.INHIBITED if held else None)


def test_inhibiting_goes_one_way_and_not_from_what_was_withdrawn() -> None:
    """The lesser flag never holds the greater; a flag taken back holds nobody."""
    stage = Inhibit(by={"complaint": frozenset({"cancellation"})}, for_s=30.0)
    lesser, greater = a_flag("b", rule_id="complaint"), a_flag("a")

    assert verdict(stage, greater, told(lesser)) is None
    assert verdict(stage, lesser, told(greater.moved(FlagState.WITHDRAWN))) is None
    assert verdict(stage, a_flag("c", rule_id="refund"), told(greater)) is None


@pytest.mark.parametrize(("apart_s", "held"), [(0.1, True), (59.9, True), (60.0, False)])
def test_the_same_rule_again_too_soon_is_a_repeat(apart_s: float, held: bool) -> None:
    """The coach already knows; after a minute it is news again."""
    stage = DropRepeats(after_s=60.0, after_s_by_rule={})

    found = verdict(stage, a_flag("b", start_s=20.0 + apart_s), told(a_flag("a", start_s=20.0)))

    assert found is (HoldReason.REPEAT if held else None)


def test_a_rule_may_say_when_it_is_news_again() -> None:
    """Its own time goes before that of the policy."""
    stage = DropRepeats(after_s=60.0, after_s_by_rule={"cancellation": 5.0})

    assert verdict(stage, a_flag("b", start_s=26.0), told(a_flag("a", start_s=20.0))) is None
    assert verdict(stage, a_flag("b", start_s=24.0), told(a_flag("a", start_s=20.0))) is HoldReason.REPEAT


def test_a_withdrawn_flag_makes_no_repeat() -> None:
    """What was taken back was never news."""
    stage = DropRepeats(after_s=60.0, after_s_by_rule={})
    withdrawn = a_flag("a").moved(FlagState.WITHDRAWN)

    assert verdict(stage, a_flag("b"), told(withdrawn)) is None


def test_news_of_a_flag_already_told_passes() -> None:
    """A confirmation is neither a repeat of itself nor inhibited by what came between."""
    raised = a_flag("a", rule_id="complaint", state=FlagState.RAISED)
    memory = told(raised, a_flag("b", rule_id="cancellation"), a_flag("c", rule_id="complaint", start_s=25.0))

    for stage in (
        Inhibit(by={"complaint": frozenset({"cancellation"})}, for_s=30.0),
        DropRepeats(after_s=60.0, after_s_by_rule={}),
    ):
        assert verdict(stage, raised.moved(FlagState.CONFIRMED), memory) is None


def test_the_order_is_written_once_and_built_from_the_rules() -> None:
    """Confirm, inhibit, drop repeats, with the pairs and times the rules name."""
    rules = [
        a_rule("cancellation", inhibits=("complaint",), repeat_after_s=5.0),
        a_rule("complaint", priority=Priority.MEDIUM),
    ]

    confirm, inhibit, repeats = stages_for(AlertPolicy(), rules)

    assert confirm == Confirm()
    assert inhibit == Inhibit(by={"cancellation": frozenset(), "complaint": frozenset({"cancellation"})}, for_s=30.0)
    assert repeats == DropRepeats(after_s=60.0, after_s_by_rule={"cancellation": 5.0})


def test_memory_holds_each_flag_as_it_stands_now() -> None:
    """A new state replaces the old one; memories handed out before do not change."""
    before = told(a_flag("a", state=FlagState.RAISED))
    after = before.remember(a_flag("a", state=FlagState.CONFIRMED))

    assert [flag.state for flag in before.told] == [FlagState.RAISED]
    assert [flag.state for flag in after.told] == [FlagState.CONFIRMED]
    assert after.raised() == ()
