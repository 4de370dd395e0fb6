"""A call as it was beside the call as it is: what belongs together stands side by side."""

from dataclasses import replace

from qa_monitor.records.calls import CallState, StoredCall
from qa_monitor.records.flags import StoredFlag
from qa_monitor.records.whole_calls import CallRecord
from qa_monitor.replay.difference import Change, of_records
from tests.qa_monitor.builders import a_call, a_stored_flag


def a_record(*flags: StoredFlag) -> CallRecord:
    call = StoredCall(call=a_call(), state=CallState.ENDED)
    return CallRecord(call=call, utterances=(), flags=flags, held=(), gaps=())


def a_stood(name: str, start_s: float, rule_id: str = "cancellation") -> StoredFlag:
    """A flag of half a second."""
    stored = a_stored_flag(name)
    return replace(stored, flag=replace(stored.flag, rule_id=rule_id, start_s=start_s, end_s=start_s + 0.5))


def test_flags_that_are_the_same_to_the_byte_are_the_same() -> None:
    found = of_records(a_record(a_stood("f1", 2.0)), a_record(a_stood("f1", 2.0)))

    assert found.same
    assert [pair.change for pair in found.flags] == [Change.SAME]


def test_a_flag_of_one_rule_that_began_a_breath_later_is_one_flag_changed() -> None:
    """Its id is another, as it is told from where it began."""
    found = of_records(a_record(a_stood("f1", 2.0)), a_record(a_stood("f9", 2.2)))

    (pair,) = found.flags
    assert pair.change is Change.CHANGED
    assert (pair.before and pair.before.flag_id, pair.now and pair.now.flag_id) == ("f1", "f9")


def test_each_flag_has_one_partner_its_own_first() -> None:
    """Of three of a rule at the same time, one by its id, one by its seconds, and one that is new."""
    before = a_record(a_stood("f1", 2.0), a_stood("f2", 2.1))
    now = a_record(a_stood("f2", 2.1), a_stood("f8", 2.2), a_stood("f9", 2.3))
    found = of_records(before, now)

    pairs = {(pair.before and pair.before.flag_id, pair.now and pair.now.flag_id) for pair in found.flags}
    assert pairs == {("f1", "f8"), ("f2", "f2"), (None, "f9")}


def test_flags_of_other_rules_or_other_seconds_are_not_put_together() -> None:
    now = a_record(a_stood("f8", 2.0, rule_id="refund"), a_stood("f9", 9.0))
    found = of_records(a_record(a_stood("f1", 2.0)), now)

    assert sorted(pair.change for pair in found.flags) == [Change.GONE, Change.NEW, Change.NEW]
