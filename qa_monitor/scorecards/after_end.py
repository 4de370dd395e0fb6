"""Scores calls once they are over and wholly transcribed, beside the calls that go on.

What waits is asked of the database, so nothing is lost however the service ends, and no queue can overflow: a few calls
at a time, those that began first first. Calls that began, and recordings that
were brought in, longer ago than `REACH` are left to re-scoring.
"""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import datetime, timedelta

import structlog

from qa_monitor.backtest.port import PastCalls
from qa_monitor.backtest.replay import openers
from qa_monitor.faults import fault_of
from qa_monitor.records.errors import StoreError
from qa_monitor.scorecards.in_force import ScorecardsInForce
from qa_monitor.scorecards.port import ScoreStore
from qa_monitor.scorecards.records import CallScore
from qa_monitor.scorecards.scoring import Left, score_call
from streams.records import CallId

log = structlog.get_logger()

LOOK_S = 2.0
SETTLES = timedelta(seconds=2)
"""How long a call must be over: its last words may be on their way to the disk."""
REACH = timedelta(hours=48)
AT_ONCE = 8
"""Calls scored between two looks at what waits."""


def none_left_out() -> Left:
    """The machine answers every question."""
    return ()


class AfterEnd:
    """One per application; `watch` is its task."""

    def __init__(
        self,
        store: ScoreStore,
        scorecards: ScorecardsInForce,
        past: Callable[[], PastCalls],
        clock: Callable[[], datetime],
        late_idle: Callable[[], bool],
    ) -> None:
        """`past`: opens the calls that are over.

        `late_idle`: nothing waits to be transcribed, so what is missing of a call will never come.
        """
        self._store, self._scorecards, self._past = store, scorecards, past
        self._clock, self._late_idle = clock, late_idle
        self._openers = openers()
        self._apart: set[CallId] = set()
        """Calls that no scorecard is for, or that cannot be scored: not looked at again until scorecards change."""
        self._for = scorecards.since
        self._known: set[tuple[str, str]] = set()
        """Versions of scorecards that are kept."""
        self.left_out: Callable[[], Left] = none_left_out
        """The questions the machine does not answer any more."""

    async def watch(self) -> None:
        """Until cancelled: score what waits, first of all at the start."""
        while True:
            try:
                done = await self.look()
            except StoreError as error:
                # the calls stay unscored and are looked at again
                log.warning("calls are not scored", why=str(error))
                done = 0
            await asyncio.sleep(0 if done else LOOK_S)

    async def look(self) -> int:
        """Score a few of the calls that wait; gives how many were looked at. Raises `StoreError`."""
        if self._for != self._scorecards.since:
            self._for = self._scorecards.since
            self._apart.clear()
        now = self._clock()
        limit, late_too = AT_ONCE + len(self._apart), self._late_idle()
        waiting = await self._store.unscored(now - REACH, now - SETTLES, limit, late_too=late_too)
        chosen = [call_id for call_id in waiting if call_id not in self._apart][:AT_ONCE]
        for call_id in chosen:
            scores = await asyncio.to_thread(self._scored, call_id)
            if not scores:
                self._apart.add(call_id)
                continue
            await self._keep_scorecards()
            for score in scores:
                await self._store.save_score(score)
        return len(chosen)

    async def _keep_scorecards(self) -> None:
        for ready in self._scorecards.ready:
            scorecard = ready.scorecard
            if (scorecard.scorecard_id, scorecard.version) not in self._known:
                await self._store.save_scorecard(scorecard, self._clock())
                self._known.add((scorecard.scorecard_id, scorecard.version))

    def _scored(self, call_id: CallId) -> Sequence[CallScore]:
        try:
            with closing(self._past()) as past:
                record = next(past.records([call_id]), None)
            if record is None:
                return ()
            call = record.call.call
            bound = self._scorecards.bound(call.tenant, call.team)
            return score_call(record, bound, self._openers, self._clock(), self.left_out())
        except StoreError:
            raise
        except Exception as error:
            # one call's fault must not keep the others waiting: it stays without a score
            log.error("a call cannot be scored", **fault_of(error), call_id=call_id)
            return ()
