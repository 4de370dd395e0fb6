"""Which calls are transcribed later, and which come back. Pure: times are arguments."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from qa_monitor.load.shedding import Shedding
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
class ChoosingPolicy:
    """How fast calls are put off, and when they come back."""

    share: float = 0.05
    """Of the calls followed, how many are put off at each look; at least one."""
    oldest_s: float = 0.8
    """Only while a final waits longer than this: what was put off must have had time to show."""
    back_after_s: float = 5.0
    """How long there has to be room before the first call comes back."""
    back_every_s: float = 2.0
    headroom: float = 0.75
    """Utilisation above which none comes back."""


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

    def at(
        self,
        now_s: float,
        calls: Sequence[Candidate],
        *,
        level: Shedding,
        oldest_s: float,
        utilisation: float,
    ) -> Choice:
        """`level`: whether calls are put off now, watched ones too, or come back.

        Newest first go those nobody watches. One that somebody opens comes back at once, the others oldest first.
        """
        sheds, room = level.puts_calls_off, level.makes_up
        spared = not level.puts_watched_calls_off
        wanted = tuple(call.call_id for call in calls if spared and call.watched and not call.follows)
        has_room = room and utilisation < self._policy.headroom
        if not has_room:
            self._room_from_s = None
        elif self._room_from_s is None:
            self._room_from_s = now_s
        if sheds:
            return Choice(off=self._off(calls, spared) if oldest_s > self._policy.oldest_s else (), back=wanted)
        if wanted or not self._is_time(now_s):
            return Choice(back=wanted)
        waiting = sorted((call for call in calls if not call.follows), key=lambda call: call.started_at)
        return Choice(back=tuple(call.call_id for call in waiting[:1]))

    def _off(self, calls: Sequence[Candidate], spared: bool) -> tuple[CallId, ...]:
        """The watched ones last, and not at all where they are spared."""
        followed = [call for call in calls if call.follows]
        newest = sorted(followed, key=lambda call: call.started_at, reverse=True)
        going = [call for call in newest if not call.watched] + [call for call in newest if call.watched and not spared]
        count = max(1, ceil(len(followed) * self._policy.share))
        return tuple(call.call_id for call in going[:count])

    def _is_time(self, now_s: float) -> bool:
        if self._room_from_s is None or now_s - self._room_from_s < self._policy.back_after_s:
            return False
        self._room_from_s = now_s - self._policy.back_after_s + self._policy.back_every_s
        return True
