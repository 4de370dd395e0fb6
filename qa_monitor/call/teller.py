"""Tells the flags of one call, with how long each took, and keeps what was held."""

from collections.abc import Awaitable
from dataclasses import replace
from time import monotonic

import structlog

from alerts.records import Decision, FlagId, HeldFlag, HoldReason, Latency, RedFlag
from qa_monitor.call.latency.heard import HeardClock
from qa_monitor.call.shared import Shared
from qa_monitor.records.errors import StoreError
from qa_monitor.records.flags import StoredFlag
from qa_monitor.schemas.flags import FlagJson
from qa_monitor.wire.flags import kept_json
from streams.records import CallStarted

log = structlog.get_logger()


class FlagTeller:
    """One per call; remembers when each flag was first told."""

    def __init__(self, call: CallStarted, shared: Shared, heard: HeardClock) -> None:
        self.call = call
        """The call as it is now: it may have been handed to another agent."""
        self._shared, self._heard = shared, heard
        self._told: dict[FlagId, RedFlag] = {}

    async def tell(self, decision: Decision, now_s: float, text_at_s: float | None = None) -> None:
        """Tell what is new and keep what is held. `text_at_s`: when the text was known, on the monotonic clock."""
        for flag in decision.told:
            await self._tell_one(flag, now_s, text_at_s)
        for held in decision.held:
            self._shared.metrics.held(held.reason)
            await self.keep(self._shared.store.save_held(held))
            if held.reason is HoldReason.GOOD_NEWS:
                self._shared.live.note(self.call.call_id, self._note(held))

    def _note(self, held: HeldFlag) -> FlagJson:
        call = self.call
        flag = replace(held.flag, raised_at=self._shared.clock())
        stored = StoredFlag(flag=flag, agent_id=call.agent_id, team=call.team, language=call.language)
        return kept_json(stored)

    async def _tell_one(self, flag: RedFlag, now_s: float, text_at_s: float | None) -> None:
        first = self._told.get(flag.flag_id)
        if first is not None:
            # when it was first told is what counts: later news keeps the figures of the first
            flag = replace(flag, latency=first.latency, raised_at=first.raised_at)
            await self._shared.feed.tell(flag, self.call)
        else:
            heard_at = self._heard.wall_s(min(flag.end_s, now_s))
            elapsed = None if heard_at is None else (lambda since=heard_at: monotonic() - since)
            rule_s = None if elapsed is None else elapsed()
            text_s = None if heard_at is None or text_at_s is None else text_at_s - heard_at
            flag = replace(flag, latency=Latency(text_s=text_s, rule_s=rule_s), raised_at=self._shared.clock())
            if heard_at is not None:
                self._shared.stages.began(flag.flag_id, heard_at, monotonic())
            stored = await self._shared.feed.tell(flag, self.call, elapsed)
            self._told[flag.flag_id] = stored.flag
            self._shared.stages.told(flag.flag_id, stored.flag.latency)
            if stored.flag.latency.feed_s is not None:
                self._shared.flag_latencies.add(stored.flag.latency.feed_s)
                self._shared.metrics.flag_latency(stored.flag.latency.feed_s)
        self._shared.metrics.flag(flag.rule_id, flag.state)

    async def tell_call(self) -> None:
        """The call has changed: every console shows it as it is kept."""
        try:
            stored = await self._shared.store.call(self.call.call_id)
        except StoreError as error:
            log.warning("change of a call not told", why=str(error))
            return
        if stored is not None:
            self._shared.feed.tell_call(stored)

    async def keep(self, saving: Awaitable[object]) -> None:
        """Wait for a write; a store in trouble never stops a call from being followed."""
        try:
            await saving
        except StoreError as error:
            self._shared.metrics.store_failed()
            log.warning("not saved", why=str(error))
