"""What came of many calls, added up. Pure."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from qa_monitor.backtest.difference import joined
from qa_monitor.backtest.records import Amount, CallOutcome, Difference, Occurrence, RuleCount, Share

Counts = Mapping[str, RuleCount]


def add_call(
    share: Share, new: CallOutcome, old: CallOutcome | None, found: Mapping[str, Difference], kept: int
) -> Share:
    """The share with one more call. `kept`: how many occurrences of each kind are kept per rule."""
    told: dict[str, tuple[Occurrence, ...]] = {}
    for one in new.told:
        told[one.rule_id] = (*told.get(one.rule_id, ()), one)
    return replace(
        share,
        new=_added(share.new, new.counts),
        old=share.old if old is None else _added(share.old, old.counts),
        told=_more(share.told, told, kept),
        differences=_joined(share.differences, found, kept),
    )


def merged(one: Share, other: Share, kept: int) -> Share:
    """Two shares of different calls as one."""
    return Share(
        amount=Amount(
            calls=one.amount.calls + other.amount.calls,
            calls_replayed=one.amount.calls_replayed + other.amount.calls_replayed,
            call_s=one.amount.call_s + other.amount.call_s,
            utterances=one.amount.utterances + other.amount.utterances,
            work_s=one.amount.work_s + other.amount.work_s,
        ),
        new=_added(one.new, other.new),
        old=_added(one.old, other.old),
        told=_more(one.told, other.told, kept),
        differences=_joined(one.differences, other.differences, kept),
    )


def _added(one: Counts, other: Counts) -> dict[str, RuleCount]:
    nothing = RuleCount()
    return dict(one) | {rule_id: _sum(one.get(rule_id, nothing), count) for rule_id, count in other.items()}


def _sum(one: RuleCount, other: RuleCount) -> RuleCount:
    return RuleCount(
        hits=one.hits + other.hits,
        calls_hit=one.calls_hit + other.calls_hit,
        flags=one.flags + other.flags,
        held=dict(Counter(one.held) + Counter(other.held)),
        listening_s=one.listening_s + other.listening_s,
    )


def _more(
    one: Mapping[str, tuple[Occurrence, ...]], other: Mapping[str, tuple[Occurrence, ...]], kept: int
) -> dict[str, tuple[Occurrence, ...]]:
    return dict(one) | {rule_id: (*one.get(rule_id, ()), *more)[:kept] for rule_id, more in other.items()}


def _joined(one: Mapping[str, Difference], other: Mapping[str, Difference], kept: int) -> dict[str, Difference]:
    nothing = Difference()
    return dict(one) | {rule_id: joined(one.get(rule_id, nothing), more, kept) for rule_id, more in other.items()}
