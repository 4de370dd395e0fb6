"""A store for tests."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from qa_monitor.store.sqlite import SqliteStore
from streams.records import CallId

CALL = CallId("call-1")


@asynccontextmanager
async def a_store(folder: Path) -> AsyncIterator[SqliteStore]:
    """On real files; closed at the end."""
    store = await SqliteStore.open(folder, busy_ms=50)
    try:
        yield store
    finally:
        await store.close()
