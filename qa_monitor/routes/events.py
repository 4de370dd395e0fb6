"""Adapter: event streams to browsers, through sse-starlette. One that is not read is cut by `connections/web.py`."""

from collections.abc import AsyncIterator

import structlog
from sse_starlette import EventSourceResponse

from qa_monitor.feed_events import FeedEvent
from qa_monitor.records.errors import StoreError

log = structlog.get_logger()

PING_S = 15


def event_stream(events: AsyncIterator[FeedEvent]) -> EventSourceResponse:
    """Send events until the reader leaves or they end; they end when the service stops."""
    return EventSourceResponse(_sent(events), ping=PING_S, headers={"cache-control": "no-store"})


async def _sent(events: AsyncIterator[FeedEvent]) -> AsyncIterator[bytes]:
    try:
        async for event in events:
            yield event.wire()
    except StoreError as error:
        # the stream just ends: the page comes back by itself and tries again
        log.warning("an event stream ended", why=str(error))
