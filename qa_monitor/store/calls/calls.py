"""Calls, what was said and heard in them: that part of `port.Writes` and `port.Reads`."""

from collections.abc import Sequence
from datetime import datetime

from qa_monitor.people.sight import EVERYTHING, Sight
from qa_monitor.records.calls import CallAgent, CallState, Hold, StoredCall
from qa_monitor.records.holds import OnHold
from qa_monitor.store.calls import consents, finds, saves, stretch_saves, utterance_saves
from qa_monitor.store.database.database import Database
from sentiment.records import Course, Dynamics, EmotionScore
from streams.records import CallEnded, CallId, CallStarted, ConsentChanged, Gap, Utterance


class SqliteCalls:
    """A part of `SqliteStore`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def save_call(self, call: CallStarted) -> StoredCall:
        return await self._database.write(lambda connection: saves.save_call(connection, call))

    async def save_blind(self, call_id: CallId, reason: str | None) -> None:
        await self._database.write(lambda connection: saves.save_blind(connection, call_id, reason))

    async def save_hold(self, call_id: CallId, hold: Hold | None) -> None:
        await self._database.write(lambda connection: saves.save_hold(connection, call_id, hold))

    async def save_agent(self, call_id: CallId, agent: CallAgent) -> StoredCall:
        return await self._database.write(lambda connection: saves.save_agent(connection, call_id, agent))

    async def forget_emotions(self, call_id: CallId) -> None:
        await self._database.write(lambda connection: consents.forget_voice(connection, call_id))

    async def save_consent(self, change: ConsentChanged, call: CallStarted, at: datetime) -> None:
        await self._database.write(lambda connection: consents.save_consent(connection, change, call, at), urgent=True)

    async def save_course(self, call_id: CallId, course: Course) -> None:
        await self._database.write(
            lambda connection: consents.save_course(connection, saves.existing_call(connection, call_id), course)
        )

    async def save_dynamics(self, call_id: CallId, dynamics: Dynamics) -> None:
        await self._database.write(lambda connection: saves.save_dynamics(connection, call_id, dynamics))

    async def end_call(self, ended: CallEnded, ended_at: datetime) -> StoredCall:
        return await self._database.write(lambda connection: saves.end_call(connection, ended, ended_at))

    async def save_utterance(
        self, utterance: Utterance, emotion: EmotionScore | None = None, *, late: bool = False
    ) -> None:
        await self._database.write(
            lambda connection: utterance_saves.save_utterance(connection, utterance, emotion, late=late)
        )

    async def save_gap(self, gap: Gap) -> None:
        await self._database.write(lambda connection: stretch_saves.save_gap(connection, gap))

    async def save_on_hold(self, hold: OnHold) -> None:
        await self._database.write(lambda connection: stretch_saves.save_on_hold(connection, hold))

    async def save_joined_holds(self, call_id: CallId, holds: Sequence[OnHold], gone_s: Sequence[float]) -> None:
        await self._database.write(
            lambda connection: stretch_saves.save_joined_holds(connection, call_id, holds, gone_s)
        )

    async def calls(
        self, state: CallState | None = None, limit: int = 50, sight: Sight = EVERYTHING
    ) -> tuple[StoredCall, ...]:
        return await self._database.read(lambda connection: finds.find_calls(connection, state, limit, sight))

    async def call(self, call_id: CallId) -> StoredCall | None:
        return await self._database.read(lambda connection: finds.find_call(connection, call_id))
