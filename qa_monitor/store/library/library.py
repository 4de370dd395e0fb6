"""Lists, searches and samples of kept calls, in the SQLite file."""

from collections.abc import Mapping, Sequence

from qa_monitor.library.records import Asked, CallFilter, Case, Choices, FoundCall, FoundPage, SavedSearch
from qa_monitor.library.sampling import Candidate
from qa_monitor.people.sight import Sight
from qa_monitor.store.library import call_list, cases, saved_searches
from qa_monitor.store.shared.running import Running
from streams.records import CallId


class SqliteLibrary:
    """See `library.port.LibraryStore`. Made by the store."""

    def __init__(self, write: Running, read: Running) -> None:
        self._write, self._read = write, read

    async def calls(self, asked: Asked, sight: Sight) -> FoundPage:
        return await self._read(lambda connection: call_list.find_page(connection, asked, sight))

    async def choices(self, sight: Sight) -> Choices:
        return await self._read(lambda connection: call_list.find_choices(connection, sight))

    async def candidates(self, asked: CallFilter, sight: Sight, *, rules: bool) -> Sequence[Candidate]:
        return await self._read(lambda connection: call_list.find_candidates(connection, asked, sight, rules))

    async def named(self, call_ids: Sequence[CallId], sight: Sight) -> Mapping[CallId, FoundCall]:
        return await self._read(lambda connection: call_list.find_named(connection, call_ids, sight))

    async def case(self, call_id: CallId, sight: Sight) -> Case:
        return await self._read(lambda connection: cases.find_case(connection, call_id, sight))

    async def searches(self, owner: str) -> Sequence[SavedSearch]:
        return await self._read(lambda connection: saved_searches.find_searches(connection, owner))

    async def save_search(self, search: SavedSearch) -> None:
        await self._write(lambda connection: saved_searches.save_search(connection, search))

    async def remove_search(self, search_id: str) -> None:
        await self._write(lambda connection: saved_searches.remove_search(connection, search_id))
