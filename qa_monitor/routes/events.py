"""Adapter: event streams to browsers, through sse-starlette."""

import json
from collections.abc import AsyncIterator

import structlog
from sse_starlette import EventSourceResponse, ServerSentEvent

from qa_monitor.feed_events import FeedEvent
from qa_monitor.store.records import StoreError

log = structlog.get_logger()

PING_S = 15


def event_stream(events: AsyncIterator[FeedEvent]) -> EventSourceResponse:
    """Send events until the reader leaves or they end; they end when the service stops."""
    return EventSourceResponse(_sent(events), ping=PING_S, headers={"cache-control": "no-store"})


async def _sent(events: AsyncIterator[FeedEvent]) -> AsyncIterator[ServerSentEvent]:
    try:
        async for event in events:
            data = json.dumps(event.data, ensure_ascii=False, separators=(",", ":"))
            yield ServerSentEvent(data=data, event=event.event.value, id=event.id)
    except StoreError as error:
        # the stream just ends: the page comes back by itself and tries again
        log.warning("an event stream ended", why=str(error))
