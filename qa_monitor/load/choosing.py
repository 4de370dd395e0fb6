"""Which calls are only recorded and listened to later, and which come back. Pure: times are arguments."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from qa_monitor.shedding.levels import Shedding
from streams.records import CallId


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A live call, as far as the choice depends on it."""

    call_id: CallId
    started_at: datetime
    watched: bool
    """Somebody reads it now, or its source asked for the text."""
    follows: bool
    """It is transcribed while it goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """How the speech workers stand."""

    oldest_s: float
    """How long the final has waited that waits longest."""
    utilisation: float
    """0 to 1: of the workers."""
    calls: int | None
    """How many calls are sure to be followed in time, as far as anybody knows."""
    most: int | None
    """How many may be followed while all goes well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoosingPolicy:
    """How fast calls are put off, and when they come back."""

    share: float = 0.05
    """Of the calls followed, how many are put off at once where the number of calls does not say why; at least one."""
    again_after_s: float = 1.5
    """Then only after this time: what was put off must have had time to show."""
    oldest_s: float = 0.8
    """And only while a final waits longer than this."""
    back_after_s: float = 5.0
    """How long there has to be room before the first call comes back."""
    back_every_s: float = 2.0
    headroom: float = 0.75
    """Utilisation above which none comes back."""
    fresh_s: float = 5.0
    """A call that began so recently has not shown yet what it asks for; nor has the utilisation."""
    fresh_share: float = 0.5
    """So much of the calls sure to be followed may be as fresh as that: where many begin at once, many speak at once,
    and of each the language has to be found out."""
    fresh_few: int = 8
    """So many may be that fresh in any case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Calls to put off, and calls to follow again."""

    off: tuple[CallId, ...] = ()
    back: tuple[CallId, ...] = ()


class Choosing:
    """Look with it twice a second or so."""

    def __init__(self, policy: ChoosingPolicy | None = None) -> None:
        self._policy = policy or ChoosingPolicy()
        self._room_from_s: float | None = None
        self._cut_at_s: float | None = None

    def at(self, now_s: float, calls: Sequence[Candidate], *, level: Shedding, room: Room) -> Choice:
        """`level`: whether calls are put off now, watched ones too, or come back.

        Newest first go those nobody watches. One that somebody opens comes back at once, below the levels at which
        calls are put off, in the place of the newest nobody watches where there is no other; the others oldest first.
        """
        wanted = _wanted(calls, level, room)
        if level.cuts_to_capacity:
            self._room_from_s = None
        if wanted:
            return Choice(off=_giving_way(calls, len(wanted), room), back=wanted)
        if level.cuts_to_capacity:
            return Choice(off=self._off(now_s, calls, level, room))
        return Choice(back=self._back(now_s, calls, level, room))

    def _off(self, now_s: float, calls: Sequence[Candidate], level: Shedding, room: Room) -> tuple[CallId, ...]:
        """Which are put off now."""
        policy, unwatched, watched = self._policy, *_newest(calls)
        if room.oldest_s <= policy.oldest_s:
            return ()
        followed = len(unwatched) + len(watched)
        if room.calls is not None and followed > room.calls:
            self._cut_at_s = now_s
            going = (*unwatched, *watched) if level.cuts_watched_calls else unwatched
            return going[: followed - room.calls]
        if not level.puts_calls_off or (self._cut_at_s is not None and now_s - self._cut_at_s < policy.again_after_s):
            return ()
        self._cut_at_s = now_s
        going = (*unwatched, *watched) if level.puts_watched_calls_off else unwatched
        return going[: max(1, ceil(followed * policy.share))]

    def _back(self, now_s: float, calls: Sequence[Candidate], level: Shedding, room: Room) -> tuple[CallId, ...]:
        if not level.makes_up or room.utilisation >= self._policy.headroom:
            self._room_from_s = None
        elif self._room_from_s is None:
            self._room_from_s = now_s
        if not self._is_time(now_s):
            return ()
        waiting = sorted((call for call in calls if not call.follows), key=lambda call: call.started_at)
        # as many as are sure to fit, half of them at a time; one where only what comes of it will tell
        followed = len(calls) - len(waiting)
        free = 0 if room.calls is None else room.calls - followed
        places = len(waiting) if room.most is None else max(0, room.most - followed)
        return tuple(call.call_id for call in waiting[: min(places, max(1, free // 2))])

    def _is_time(self, now_s: float) -> bool:
        if self._room_from_s is None or now_s - self._room_from_s < self._policy.back_after_s:
            return False
        self._room_from_s = now_s - self._policy.back_after_s + self._policy.back_every_s
        return True


def places(
    calls: Sequence[Candidate], room: Room, now: datetime, policy: ChoosingPolicy = ChoosingPolicy()
) -> int | None:
    """How many calls that begin now are followed from their start; none: nobody knows. Others come back soon."""
    if room.calls is None or room.most is None:
        return None
    most_fresh = max(policy.fresh_few, ceil(room.calls * policy.fresh_share))
    followed = [call for call in calls if call.follows]
    fresh = sum((now - call.started_at).total_seconds() < policy.fresh_s for call in followed)
    return max(0, min(room.most - len(followed), most_fresh - fresh))


def _newest(calls: Sequence[Candidate]) -> tuple[tuple[CallId, ...], tuple[CallId, ...]]:
    """The calls that are followed, newest first: those nobody watches, and the others."""
    newest = sorted((call for call in calls if call.follows), key=lambda call: call.started_at, reverse=True)
    return (
        tuple(call.call_id for call in newest if not call.watched),
        tuple(call.call_id for call in newest if call.watched),
    )


def _wanted(calls: Sequence[Candidate], level: Shedding, room: Room) -> tuple[CallId, ...]:
    """Watched calls that are not followed, as many as may be again: under load, no more than there are places."""
    if level.puts_watched_calls_off:
        return ()
    wanted = tuple(call.call_id for call in calls if call.watched and not call.follows)
    if room.calls is None or not level.cuts_to_capacity:
        return wanted
    _, watched = _newest(calls)
    return wanted[: max(0, room.calls - len(watched))]


def _giving_way(calls: Sequence[Candidate], more: int, room: Room) -> tuple[CallId, ...]:
    """Which have to be put off for so many more; watched ones for nobody."""
    if room.most is None:
        return ()
    unwatched, watched = _newest(calls)
    return unwatched[: max(0, min(more, len(unwatched) + len(watched) + more - room.most))]
