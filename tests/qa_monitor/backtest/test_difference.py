"""Flags of one call under two sets of rules."""

from alerts.records import FlagId
from qa_monitor.backtest.difference import differences, joined
from qa_monitor.backtest.records import Difference, Occurrence
from streams.records import CallId, Speaker


def an_occurrence(name: str, start_s: float = 10.0, rule_id: str = "r") -> Occurrence:
    return Occurrence(
        rule_id=rule_id,
        call_id=CallId("call-1"),
        flag_id=FlagId(name),
        start_s=start_s,
        end_s=start_s + 1,
        speaker=Speaker.CUSTOMER,
        text="Je veux résilier.",
        words=("résilier.",),
        phrase="résilier",
        explanation_en="",
        explanation_fr="",
        clip_start_s=0.0,
        clip_end_s=16.0,
    )


def test_the_same_flag_is_in_both() -> None:
    assert differences(["r"], [an_occurrence("a")], [an_occurrence("a", 12.0)]) == {"r": Difference(both=1)}


def test_the_same_moment_under_another_id_is_in_both() -> None:
    """Each is paired once."""
    found = differences(["r"], [an_occurrence("a"), an_occurrence("b", 12.0)], [an_occurrence("c", 13.0)])["r"]

    assert (found.both, found.new, found.old) == (1, 1, 0)


def test_what_is_far_apart_differs() -> None:
    new, old = an_occurrence("a"), an_occurrence("b", 40.0)

    assert differences(["r"], [new], [old])["r"] == Difference(only_new=(new,), only_old=(old,), new=1, old=1)


def test_rules_do_not_mix() -> None:
    found = differences(["r", "s"], [an_occurrence("a")], [an_occurrence("b", rule_id="s")])

    assert (found["r"].new, found["s"].old) == (1, 1)


def test_all_are_counted_and_the_first_kept() -> None:
    one = Difference(only_new=(an_occurrence("a"),), new=3, both=2)

    assert joined(one, Difference(only_new=(an_occurrence("b"),), new=4, old=1), 1) == Difference(
        only_new=(an_occurrence("a"),), new=7, old=1, both=2
    )


def test_the_clip_is_an_address_of_the_interface() -> None:
    assert an_occurrence("a").clip == "/v1/calls/call-1/audio?start_s=0.0&end_s=16.0"
