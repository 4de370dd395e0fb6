"""Holds of a call that was recorded for a while, each once: what was heard live and what was heard later. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from qa_monitor.late_listening.put_aside import Span
from qa_monitor.records.holds import OnHold
from sentiment.hold import TONES_APART_S, HoldCause

SEAM_S = 2.0
"""Music is told this late at most: a hold that begins so soon after another ended is the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinedHolds:
    """What to keep of them, and which rows are a part of another now."""

    kept: tuple[OnHold, ...]
    gone_s: tuple[float, ...]
    """Where those begin."""


def joined_holds(before: Sequence[OnHold], found: Iterable[OnHold], spans: Sequence[Span], end_s: float) -> JoinedHolds:
    """One that goes on across a seam is one, in whichever direction; joining what was joined changes nothing.

    `before`: what is kept already; `spans`: where the call was only recorded; `end_s`: its end.
    """
    alike: defaultdict[tuple[HoldCause, int | None], list[OnHold]] = defaultdict(list)
    late = [_within(hold, spans, end_s) for hold in found]
    for hold in (*before, *late):
        alike[hold.cause, hold.channel].append(hold)
    chains = [chain for own in alike.values() for chain in _chains(own, spans)]
    wholes = [_whole(chain) for chain in chains if len(chain) > 1 or chain[0] not in before]
    kept = tuple(sorted(wholes, key=lambda hold: hold.start_s))
    known = {hold.start_s for hold in kept}
    gone = [hold.start_s for chain in chains for hold in chain[1:] if hold in before and hold.start_s not in known]
    return JoinedHolds(kept=kept, gone_s=tuple(sorted(gone)))


def _within(hold: OnHold, spans: Sequence[Span], end_s: float) -> OnHold:
    """It ends where recording ended, as far as anybody knows, unless the call ended there too."""
    until_s = next((until_s for from_s, until_s in spans if from_s <= hold.start_s <= until_s), end_s)
    if hold.end_s is not None or until_s >= end_s - SEAM_S:
        return hold
    return replace(hold, end_s=until_s, end_told_s=until_s)


def _chains(holds: Sequence[OnHold], spans: Sequence[Span]) -> list[list[OnHold]]:
    """Those that are one, behind one another."""
    chains: list[list[OnHold]] = []
    for hold in sorted(holds, key=lambda hold: hold.start_s):
        if chains and _goes_on(_whole(chains[-1]), hold, spans):
            chains[-1].append(hold)
        else:
            chains.append([hold])
    return chains


def _goes_on(hold: OnHold, after: OnHold, spans: Sequence[Span]) -> bool:
    # both at once: the source told it both times, or they were joined before
    if hold.end_s is None or after.start_s < hold.end_s or after.start_s == hold.start_s:
        return True
    near_s = TONES_APART_S[1] if hold.cause is HoldCause.TONES else SEAM_S
    return after.start_s - hold.end_s < near_s and any(
        hold.end_s - near_s <= seam_s <= after.start_s + near_s for span in spans for seam_s in span
    )


def _whole(chain: Sequence[OnHold]) -> OnHold:
    """From the start of the first to the end of the last."""
    ended = [hold for hold in chain if hold.end_s is not None]
    goes_on = chain[-1].end_s is None and chain[-1].start_s > chain[0].start_s
    if not ended or goes_on:
        return replace(chain[0], end_s=None, end_told_s=None)
    last = max(ended, key=lambda hold: hold.end_s or 0.0)
    return replace(chain[0], end_s=last.end_s, end_told_s=last.end_told_s)
