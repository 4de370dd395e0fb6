"""The life of a flag: which change of state is allowed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType

from alerts.records import FlagId, FlagState, Latency, RedFlag

ALLOWED: Mapping[FlagState, frozenset[FlagState]] = MappingProxyType(
    {
        FlagState.RAISED: frozenset(
            {FlagState.CONFIRMED, FlagState.WITHDRAWN, FlagState.ACKNOWLEDGED, FlagState.EXPIRED}
        ),
        FlagState.CONFIRMED: frozenset({FlagState.ACKNOWLEDGED, FlagState.RESOLVED, FlagState.EXPIRED}),
        # a coach may be quicker than the final that takes the words back
        FlagState.ACKNOWLEDGED: frozenset({FlagState.RESOLVED, FlagState.WITHDRAWN}),
        FlagState.WITHDRAWN: frozenset(),
        FlagState.RESOLVED: frozenset(),
        FlagState.EXPIRED: frozenset(),
    }
)
OPEN: frozenset[FlagState] = frozenset({FlagState.RAISED, FlagState.CONFIRMED})
"""A flag in one of these states still asks a coach to act."""


class WrongTransition(Exception):
    """A flag cannot go from one state to the other."""

    def __init__(self, flag_id: FlagId, found: FlagState, wanted: FlagState) -> None:
        super().__init__(flag_id, found, wanted)
        self.flag_id = flag_id
        self.found = found
        self.wanted = wanted

    def __str__(self) -> str:
        allowed = ", ".join(sorted(ALLOWED[self.found])) or "nothing more"
        return f"flag {self.flag_id} is {self.found} and cannot become {self.wanted}; allowed: {allowed}"


def changed(flag: RedFlag, state: FlagState) -> RedFlag:
    """The flag in another state. Raises `WrongTransition` where that is not allowed."""
    if state not in ALLOWED[flag.state]:
        raise WrongTransition(flag.flag_id, flag.state, state)
    return flag.moved(state)


def settled(current: RedFlag, news: RedFlag) -> RedFlag:
    """The flag as it stands after the engine's news of it, which may come after a coach has already acted.

    What the coach did is kept, with the newest evidence; only a withdrawal overrules it. When it was first raised
    stays as it was. The same news a second time changes nothing. Raises `WrongTransition` for news that cannot be.
    """
    if current.flag_id != news.flag_id:
        raise ValueError(f"news of flag {news.flag_id} cannot settle flag {current.flag_id}")
    merged = replace(news, raised_s=current.raised_s, raised_at=current.raised_at or news.raised_at)
    coach_acted = current.state in (FlagState.ACKNOWLEDGED, FlagState.RESOLVED)
    if news.state is current.state or (coach_acted and news.state is FlagState.CONFIRMED):
        return merged.moved(current.state)
    return replace(merged, state=changed(current, news.state).state)


def reopened(current: RedFlag, before: RedFlag) -> RedFlag:
    """The flag once what a coach did to its state is taken back. `before`: as it was when that was done.

    Where the engine has told news of it since, its words are final. What has come to an end by itself stays so.
    """
    if current.state in (FlagState.WITHDRAWN, FlagState.EXPIRED):
        return current
    if before.state is FlagState.ACKNOWLEDGED:
        return current.moved(before.state)
    if current.state in OPEN:
        return current
    return current.moved(before.state if _same_but_state(current, before) else FlagState.CONFIRMED)


def has_expired(flag: RedFlag, *, ended_at: datetime | None, now: datetime, life: timedelta) -> bool:
    """Whether a flag nobody took on is out of date.

    That is `life` after its call ended, or after it was raised where that came later; never while the call goes on
    (`ended_at`: none).
    """
    if flag.state not in OPEN or ended_at is None:
        return False
    return now - max(ended_at, flag.raised_at or ended_at) >= life


def _same_but_state(one: RedFlag, other: RedFlag) -> bool:
    return replace(one, state=other.state, latency=Latency()) == replace(other, latency=Latency())
