"""Flags raised against flags expected: what was found, what is missing, what is extra, and how long it took. Pure."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qa_monitor.demo.truth import CallTruth, ExpectedFlag, Mention
from streams.records import CallId

NEAR_S = 3.0
"""A phrase counts as found by a flag whose span lies this close to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenFlag:
    """A flag as it came down the event stream."""

    flag_id: str
    call_id: CallId
    rule_id: str
    priority: str
    speaker: str | None
    start_s: float
    end_s: float
    first_seen_s: float
    """On the watcher's clock, in whichever state it first came."""
    withdrawn: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFlag:
    """An expected flag and the flag that met it."""

    expected: ExpectedFlag
    flag: SeenFlag
    latency_s: float
    """From the end of the phrase, as it was sent, to the flag on the event stream."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallScore:
    """How one call went."""

    call_id: CallId
    found: tuple[FoundFlag, ...]
    missing: tuple[ExpectedFlag, ...]
    extra: tuple[SeenFlag, ...]
    sprung: tuple[Mention, ...]
    """Traps among which an extra flag fell."""
    withdrawn: tuple[SeenFlag, ...]


def score_call(
    call_id: CallId, truth: CallTruth, flags: Sequence[SeenFlag], sent_at_s: Mapping[ExpectedFlag, float]
) -> CallScore:
    """Match the flags of one call. `sent_at_s`: when each expectation's second was sent, on the watcher's clock."""
    standing = sorted((flag for flag in flags if not flag.withdrawn), key=lambda flag: flag.first_seen_s)
    found: list[FoundFlag] = []
    missing: list[ExpectedFlag] = []
    for expected in truth.expected:
        flag = next((flag for flag in standing if meets(flag, expected)), None)
        if flag is None:
            missing.append(expected)
            continue
        standing.remove(flag)
        found.append(FoundFlag(expected=expected, flag=flag, latency_s=flag.first_seen_s - sent_at_s[expected]))
    extra = [flag for flag in standing if not any(follows(flag, mention) for mention in truth.may)]
    return CallScore(
        call_id=call_id,
        found=tuple(found),
        missing=tuple(missing),
        extra=tuple(extra),
        sprung=tuple(trap for trap in truth.must_not if any(follows(flag, trap) for flag in extra)),
        withdrawn=tuple(flag for flag in flags if flag.withdrawn),
    )


def meets(flag: SeenFlag, expected: ExpectedFlag) -> bool:
    """Whether this flag is the expected one: same rule and speaker and, for words, the same moment."""
    if flag.rule_id != expected.rule_id:
        return False
    if not expected.phrase:
        return True  # measured: its span is the measurement's affair
    return flag.speaker == expected.speaker and flag.start_s - NEAR_S <= expected.due_s <= flag.end_s + NEAR_S


def follows(flag: SeenFlag, mention: Mention) -> bool:
    """Whether a flag is of this rule and falls among these words."""
    return flag.rule_id == mention.rule_id and flag.start_s <= mention.end_s and flag.end_s >= mention.start_s


def percentile(values: Sequence[float], share: float) -> float | None:
    """The value that `share` of the values do not exceed (nearest rank); none without values."""
    if not values:
        return None
    ranked = sorted(values)
    return ranked[max(0, math.ceil(share * len(ranked)) - 1)]
