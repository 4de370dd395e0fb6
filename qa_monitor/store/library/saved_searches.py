"""The queries about searches that somebody named."""

from sqlalchemy import Connection, delete, func, or_, select
from sqlalchemy.dialects.sqlite import insert as upsert

from qa_monitor.library.records import SavedSearch
from qa_monitor.records.errors import NotKept
from qa_monitor.store.tables import schema

searches = schema.saved_searches


def find_searches(connection: Connection, owner: str) -> tuple[SavedSearch, ...]:
    """Their own and the shared ones, by name."""
    seen = or_(searches.c.account_id == owner, searches.c.shared)
    return tuple(
        SavedSearch(
            search_id=row.search_id,
            owner=row.account_id,
            name=row.name,
            query=row.query,
            shared=row.shared,
            made_at=row.made_at,
        )
        for row in connection.execute(
            select(searches).where(seen).order_by(func.lower(searches.c.name), searches.c.search_id)
        )
    )


def save_search(connection: Connection, search: SavedSearch) -> None:
    """Keep it, in place of one of the same id."""
    cells: dict[str, object] = {
        "account_id": search.owner,
        "name": search.name,
        "query": search.query,
        "shared": search.shared,
        "made_at": search.made_at,
    }
    statement = upsert(searches).values({"search_id": search.search_id, **cells})
    connection.execute(statement.on_conflict_do_update(index_elements=["search_id"], set_=cells))


def remove_search(connection: Connection, search_id: str) -> None:
    """Forget it. Raises `NotKept`."""
    if not connection.execute(delete(searches).where(searches.c.search_id == search_id)).rowcount:
        raise NotKept("search", search_id)
