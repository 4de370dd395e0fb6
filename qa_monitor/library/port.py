"""What lists, searches and samples of calls ask of a store."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from qa_monitor.library.records import Asked, CallFilter, Case, Choices, FoundCall, FoundPage, SavedSearch
from qa_monitor.library.sampling import Candidate
from qa_monitor.people.sight import Sight
from streams.records import CallId


class LibraryStore(Protocol):
    """The database's part. Every method raises `StoreError`."""

    async def calls(self, asked: Asked, sight: Sight) -> FoundPage:
        """One page of the calls that are asked for and may be seen."""

    async def choices(self, sight: Sight) -> Choices:
        """What there is to filter by."""

    async def candidates(self, asked: CallFilter, sight: Sight, *, rules: bool) -> Sequence[Candidate]:
        """All calls that are over, asked for and may be seen, in the order they began; with their rules if wanted."""

    async def named(self, call_ids: Sequence[CallId], sight: Sight) -> Mapping[CallId, FoundCall]:
        """Those of these calls that are kept and may be seen."""

    async def case(self, call_id: CallId, sight: Sight) -> Case:
        """Earlier calls of the same case that may be seen."""

    async def searches(self, owner: str) -> Sequence[SavedSearch]:
        """Their own, and those that are shared, by name."""

    async def save_search(self, search: SavedSearch) -> None:
        """Keep it; it replaces one of the same id."""

    async def remove_search(self, search_id: str) -> None:
        """Raises `NotKept` where there is none."""
