"""The feed of red flags to every console: nothing missed, nothing doubled, saved before it is told.

A flag is told when the store has it on disk, under the store's number. When it cannot be saved it is told all the same,
without a number and marked unsaved: a coach who hears twice is better off than one who never hears.
"""

from asyncio import timeout
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import chain

from alerts.acts import Act
from alerts.records import CoachId, FlagId, FlagState, RedFlag
from qa_monitor.bus.port import Bus, Resync
from qa_monitor.feed_events import (
    Cursors,
    FeedEvent,
    Recent,
    call_event,
    flag_event,
    heartbeat_event,
    resync_event,
    snapshot_event,
)
from qa_monitor.records.calls import CallState, StoredCall
from qa_monitor.records.errors import NotKept, StoreError
from qa_monitor.records.flags import FlagEvent, StoredFlag
from qa_monitor.records.verdicts import Verdict, VerdictKind
from qa_monitor.schemas.feed import HeartbeatJson
from qa_monitor.store.port import Store
from streams.records import CallId, CallStarted

TOPIC = "flags"
CATCH_UP = 5_000
"""Most changes replayed to one console; beyond that a snapshot says the same in less."""
LIVE_CALLS = 10_000
RECENT_CALLS = 50
"""Past calls shown again to a console that comes back, since their changes are not numbered."""
UNDO_WITHIN = timedelta(seconds=12)
"""How long a coach can take back what they did: ten seconds on the page, and two for the way."""
UNSAVED = 1_000
"""Flags kept in memory until they can be saved. One more, and the oldest is given up and counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLimits:
    """What the feed allows itself."""

    ring: int = 1_000
    """Changes kept in memory for consoles that come back; older ones are read from the store."""
    patience_s: float = 1.5
    """Wall seconds a flag waits for the disk; then it is told unsaved, and once more when it is on disk after all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsaved:
    """A flag that was told but is not on disk."""

    flag: StoredFlag
    call: CallStarted


class FlagFeed:
    """Made by `open`; one per process. `clock` gives the wall time."""

    def __init__(
        self, store: Store, bus: Bus[FeedEvent], clock: Callable[[], datetime], head: int, limits: FeedLimits
    ) -> None:
        self._store = store
        self._bus = bus
        self._clock = clock
        self._head = head
        """Number of the last change told."""
        self._patience_s = limits.patience_s
        self._cursors = Cursors(generation=store.generation)
        self._recent = Recent(limits.ring)
        self._awaited: dict[tuple[FlagId, FlagState], Callable[[], float] | None] = {}
        """Changes that `tell` waits for now, and how to measure them."""
        self._told: dict[tuple[FlagId, FlagState], StoredFlag] = {}
        """Those of them that are on disk and told."""
        self._unsaved: dict[FlagId, Unsaved] = {}
        self.given_up = 0
        """Flags that could not be saved for so long that memory ran out for them."""
        self.trouble: str | None = None
        """Why the last flag could not be saved; none while saving works."""

    @classmethod
    async def open(
        cls, store: Store, bus: Bus[FeedEvent], clock: Callable[[], datetime], limits: FeedLimits | None = None
    ) -> "FlagFeed":
        """Follow the store from its last change on. Raises `StoreError` when it cannot be read."""
        feed = cls(store, bus, clock, head=(await store.snapshot()).sequence, limits=limits or FeedLimits())
        store.follow(feed._committed)
        return feed

    @property
    def unsaved(self) -> int:
        """How many told flags wait to be saved."""
        return len(self._unsaved)

    @property
    def consoles(self) -> int:
        """How many follow the feed."""
        return self._bus.subscribers(TOPIC)

    async def tell(self, flag: RedFlag, call: CallStarted, elapsed: Callable[[], float] | None = None) -> StoredFlag:
        """Save a new flag or its new state, then tell every console. Never raises for a store in trouble.

        `elapsed` gives the wall seconds since the end of what caused the flag, to measure the last two stages.
        """
        stored = await self._save(flag, call, elapsed)
        return self._tell_unsaved(flag, call) if stored is None else stored

    async def acknowledge(self, flag_id: FlagId, by: CoachId) -> StoredFlag:
        """A coach took a flag on: every console hears of it. Raises `NotKept` or `StoreError`."""
        return await self._kept(flag_id, self._store.acknowledge(flag_id, by, self._clock()))

    async def judge(self, flag_id: FlagId, kind: VerdictKind, by: CoachId) -> StoredFlag:
        """A coach says what a flag was worth, and has taken it on with that. Raises `NotKept` or `StoreError`."""
        verdict = Verdict(flag_id=flag_id, kind=kind, by=by, at=self._clock())
        return await self._kept(flag_id, self._store.save_verdict(verdict))

    async def act(self, flag_id: FlagId, act: Act, by: CoachId) -> StoredFlag:
        """A coach did something else to a flag. Raises `WrongAct`, `WrongTransition`, `NotKept` or `StoreError`."""
        return await self._kept(flag_id, self._store.act(flag_id, act, by, self._clock()))

    async def take_back(self, flag_id: FlagId, by: CoachId) -> StoredFlag:
        """Undo what this coach did to a flag just now. Raises `TooLate`, `NotKept` or `StoreError`."""
        now = self._clock()
        return await self._kept(flag_id, self._store.take_back(flag_id, by, since=now - UNDO_WITHIN, at=now))

    async def save_unsaved(self) -> int:
        """Try again to save what was told unsaved, oldest first; gives how many are left. Call it every few seconds."""
        for flag_id, unsaved in list(self._unsaved.items()):
            if self._unsaved.get(flag_id) is not unsaved:
                continue  # saved meanwhile, or replaced by a newer state
            if await self._save(unsaved.flag.flag, unsaved.call, None) is None:
                break
        return len(self._unsaved)

    def forget(self, call_id: CallId) -> None:
        """A call was deleted: nothing of it is told again."""
        self._recent.clear()
        self._unsaved = {name: one for name, one in self._unsaved.items() if one.call.call_id != call_id}

    def tell_call(self, stored: StoredCall) -> None:
        """A call started, ended or changed."""
        self._bus.publish(TOPIC, call_event(stored, self._clock()))

    def beat(self, heartbeat: HeartbeatJson) -> None:
        """Sign of life."""
        self._bus.publish(TOPIC, heartbeat_event(heartbeat))

    async def subscribe(self, after: str | None = None) -> AsyncGenerator[FeedEvent, None]:
        """All a console needs, for as long as it reads. `after` is the last id it saw.

        Without it a snapshot comes first; where it cannot be resumed, `resync` and a snapshot. A console too slow to
        follow gets those two as well. Raises `StoreError` when the store cannot be read: let the console come back.
        """
        # collecting begins before the store is read: what is told meanwhile is in one of the two, or in both
        with closing(self._bus.subscribe(TOPIC)) as subscription:
            seen = 0
            for event in await self._beginning(after):
                seen = max(seen, event.sequence or 0)
                yield event
            async for message in subscription:
                if isinstance(message, Resync):
                    for event in await self._afresh("slow"):
                        seen = max(seen, event.sequence or 0)
                        yield event
                elif message.sequence is None or message.sequence > seen:
                    seen = max(seen, message.sequence or 0)
                    yield message

    async def _kept(self, flag_id: FlagId, change: Awaitable[StoredFlag]) -> StoredFlag:
        """What a coach does to a flag; one that is told but not on disk yet says so."""
        try:
            return await change
        except NotKept as error:
            if flag_id not in self._unsaved:
                raise
            raise StoreError(f"flag {flag_id} is not saved yet: try again when saving works again") from error

    async def _save(self, flag: RedFlag, call: CallStarted, elapsed: Callable[[], float] | None) -> StoredFlag | None:
        """Save a flag, which tells it; none when that failed or takes too long, and `trouble` says why."""
        key = (flag.flag_id, flag.state)
        self._awaited[key] = elapsed
        stored, trouble = None, None
        try:
            async with timeout(self._patience_s):
                stored = await self._store.save_flag(flag, call, self._clock())
        except StoreError as error:
            trouble = str(error)
        except TimeoutError:
            trouble = f"the disk takes longer than {self._patience_s} s to save a flag"
        finally:
            del self._awaited[key]
            # may have come just before patience ran out
            told = self._told.pop(key, None)
        stored = told or stored
        self.trouble = None if stored else trouble
        if stored is not None:
            self._unsaved.pop(flag.flag_id, None)
        if told is not None and elapsed is not None:
            await self._keep_latency(told)
        return stored

    async def _keep_latency(self, told: StoredFlag) -> None:
        # the flag itself is on disk and told: only its figures can be lost here, and the next write says why
        with suppress(StoreError, TimeoutError):
            async with timeout(self._patience_s):
                await self._store.save_latency(told.flag.flag_id, told.flag.latency)

    def _tell_unsaved(self, flag: RedFlag, call: CallStarted) -> StoredFlag:
        stored = StoredFlag(
            flag=flag, agent_id=call.agent_id, team=call.team, language=call.language, tenant=call.tenant
        )
        self._unsaved.pop(flag.flag_id, None)
        if len(self._unsaved) >= UNSAVED:
            del self._unsaved[next(iter(self._unsaved))]
            self.given_up += 1
        self._unsaved[flag.flag_id] = Unsaved(flag=stored, call=call)
        self._bus.publish(TOPIC, flag_event(stored, self._cursors))
        return stored

    def _committed(self, change: FlagEvent) -> None:
        """The store has a change on disk. Changes come here in order of their numbers."""
        stored = change.flag
        key = (stored.flag.flag_id, stored.flag.state)
        if key in self._awaited:
            elapsed = self._awaited[key]
            stored = stored if elapsed is None else with_latency(stored, elapsed())
            self._told[key] = stored
        elif key[0] in self._unsaved and self._unsaved[key[0]].flag.flag.state is key[1]:
            # it took long, but here it is
            del self._unsaved[key[0]]
            self.trouble = None
        event = flag_event(stored, self._cursors)
        self._head = change.sequence
        self._recent.add(change.sequence, event)
        self._bus.publish(TOPIC, event)

    async def _beginning(self, after: str | None) -> Iterable[FeedEvent]:
        """What a console gets before it follows."""
        if after is None:
            return (await self._snapshot(),)
        cursor = self._cursors.sequence(after)
        if cursor is None or cursor > self._head:
            return await self._afresh("unknown id")
        missed: Iterable[FeedEvent] | None = self._recent.since(cursor)
        if missed is None:
            missed = await self._from_store(cursor)
        if missed is None:
            return await self._afresh("too far back")
        unsaved = [flag_event(unsaved.flag, self._cursors) for unsaved in self._unsaved.values()]
        return chain(missed, unsaved, await self._calls())

    async def _from_store(self, cursor: int) -> Iterable[FeedEvent] | None:
        """Changes after this number, each written as it is read, or none when they are too many to be replayed."""
        changes = await self._store.flag_events(cursor, CATCH_UP + 1)
        if len(changes) > CATCH_UP:
            return None
        return (flag_event(change.flag, self._cursors) for change in changes)

    async def _calls(self) -> Sequence[FeedEvent]:
        """Live calls and the latest past ones: their changes are not numbered, so they are told again."""
        now = self._clock()
        past = await self._store.calls(CallState.ENDED, RECENT_CALLS)
        live = await self._store.calls(CallState.LIVE, LIVE_CALLS)
        return [call_event(stored, now) for stored in (*past[::-1], *live[::-1])]

    async def _afresh(self, reason: str) -> Sequence[FeedEvent]:
        return (resync_event(reason), await self._snapshot())

    async def _snapshot(self) -> FeedEvent:
        snapshot = await self._store.snapshot()
        unsaved = [unsaved.flag for unsaved in self._unsaved.values()]
        return snapshot_event(snapshot, unsaved, self._clock(), self._cursors)


def with_latency(stored: StoredFlag, now_s: float) -> StoredFlag:
    """The same flag with its last two stages measured: within one process, from the disk to the consoles is no time."""
    known = replace(stored.flag.latency, stored_s=now_s, feed_s=now_s)
    return replace(stored, flag=replace(stored.flag, latency=known))
