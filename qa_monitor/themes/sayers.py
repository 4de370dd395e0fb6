"""Which calls say a theme, as far back as that is known: of each only the newest examples are kept. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from streams.records import CallId

MOST_EXAMPLES = 40
"""Examples kept of each theme, the newest."""
EVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sayers:
    """Calls that said a theme."""

    calls: Mapping[CallId, datetime] = field(default_factory=dict)
    """And when they were."""
    known_since: datetime = EVER
    """From when on none is missing."""

    def since(self, begin: datetime) -> frozenset[CallId]:
        """Those from then on."""
        return frozenset(call for call, at in self.calls.items() if at >= begin)


def newest(calls: Mapping[CallId, datetime], most: int = MOST_EXAMPLES) -> Sayers:
    """Of which no more than the newest `most` are known: where there are fewer, none is missing."""
    return Sayers(calls=calls, known_since=min(calls.values()) if len(calls) >= most else EVER)


def aligned(some: Sayers, others: Sayers) -> tuple[frozenset[CallId], frozenset[CallId]]:
    """Both as far back as both are known: of a frequent term that is for minutes, of a rare one for days."""
    begin = max(some.known_since, others.known_since)
    return some.since(begin), others.since(begin)


def all_since(many: Sequence[Sayers], begin: datetime) -> frozenset[CallId]:
    """Calls from then on that said any of these, of those that are known so far back."""
    return frozenset[CallId]().union(*(each.since(begin) for each in many if each.known_since <= begin))
