"""Flags of one call under two sets of rules: which are new, which are gone. Pure."""

from collections.abc import Iterable, Sequence

from qa_monitor.backtest.records import Difference, Occurrence

NEAR_S = 5.0
"""Flags of one rule whose spans lie no further apart are about the same moment."""


def differences(rule_ids: Iterable[str], new: Sequence[Occurrence], old: Sequence[Occurrence]) -> dict[str, Difference]:
    """Per rule; all occurrences are of the same call."""
    return {
        rule_id: _difference(
            [one for one in new if one.rule_id == rule_id], [one for one in old if one.rule_id == rule_id]
        )
        for rule_id in rule_ids
    }


def joined(one: Difference, other: Difference, limit: int) -> Difference:
    """Two in one. Of each kind the first `limit` occurrences are kept, all are counted."""
    return Difference(
        only_new=(*one.only_new, *other.only_new)[:limit],
        only_old=(*one.only_old, *other.only_old)[:limit],
        new=one.new + other.new,
        old=one.old + other.old,
        both=one.both + other.both,
    )


def _difference(new: Sequence[Occurrence], old: Sequence[Occurrence]) -> Difference:
    """First those of the same id, then those of the same moment, are paired; what is left differs."""
    ids = {one.flag_id for one in new} & {one.flag_id for one in old}
    left_new = [one for one in new if one.flag_id not in ids]
    left_old = [one for one in old if one.flag_id not in ids]
    both = len(ids)
    for one in list(left_new):
        partner = next((other for other in left_old if _same_moment(one, other)), None)
        if partner is not None:
            left_new.remove(one)
            left_old.remove(partner)
            both += 1
    return Difference(
        only_new=tuple(left_new), only_old=tuple(left_old), new=len(left_new), old=len(left_old), both=both
    )


def _same_moment(one: Occurrence, other: Occurrence) -> bool:
    return one.start_s <= other.end_s + NEAR_S and other.start_s <= one.end_s + NEAR_S
