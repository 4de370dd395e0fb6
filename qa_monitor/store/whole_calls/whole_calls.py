"""Calls with everything kept about them: that part of `port.Reads`."""

from qa_monitor.people.records import AgentKey
from qa_monitor.records.whole_calls import CallRecord, OwnCall
from qa_monitor.store.database.database import Database
from qa_monitor.store.whole_calls import finds, own_calls
from streams.records import CallId


class SqliteWholeCalls:
    """A part of `SqliteStore`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def record(self, call_id: CallId) -> CallRecord | None:
        return await self._database.read(lambda connection: finds.find_record(connection, call_id))

    async def agents_calls(self, agent: AgentKey, limit: int) -> tuple[OwnCall, ...]:
        return await self._database.read(lambda connection: own_calls.find_own_calls(connection, agent, limit))
