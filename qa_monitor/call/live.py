"""The live transcript of each call: what a console that follows one call is told while it goes on."""

from collections.abc import AsyncIterator
from contextlib import closing
from datetime import datetime

from qa_monitor.bus.port import Bus, Resync
from qa_monitor.feed_events import FeedEvent, FeedKind
from qa_monitor.schemas import DynamicsJson, UtteranceJson
from qa_monitor.store.port import Store
from qa_monitor.store.records import CallState, StoredCall
from qa_monitor.wire import call_json, dynamics_json, utterance_json
from sentiment.records import Dynamics, EmotionScore
from streams.records import CallId, Utterance, UtteranceId


class LiveTranscripts:
    """Utterances and dynamics of live calls, by call. A console too slow to follow is given everything again."""

    def __init__(self, store: Store, bus: Bus[FeedEvent]) -> None:
        self._store, self._bus = store, bus
        self._spoken: dict[CallId, dict[UtteranceId, UtteranceJson]] = {}
        self._dynamics: dict[CallId, DynamicsJson] = {}

    def begin(self, call_id: CallId) -> None:
        """A call starts."""
        self._spoken[call_id] = {}

    def say(self, utterance: Utterance, emotion: EmotionScore | None = None) -> None:
        """A partial or a final; an empty final takes back its partials."""
        told = utterance_json(utterance, emotion)
        spoken = self._spoken.get(utterance.call_id, {})
        if utterance.text or not utterance.final:
            spoken[utterance.utterance_id] = told
        else:
            spoken.pop(utterance.utterance_id, None)
        self._publish(utterance.call_id, FeedKind.UTTERANCE, told)

    def flow(self, call_id: CallId, dynamics: Dynamics) -> None:
        """How the conversation flows now."""
        self._dynamics[call_id] = dynamics_json(dynamics)
        self._publish(call_id, FeedKind.DYNAMICS, self._dynamics[call_id])

    def end(self, stored: StoredCall, now: datetime) -> None:
        """The call has ended; what was said is in the store."""
        call_id = stored.call.call_id
        self._spoken.pop(call_id, None)
        self._dynamics.pop(call_id, None)
        self._bus.publish(_topic(call_id), _ended(stored, now))

    async def follow(self, call_id: CallId, now: datetime) -> AsyncIterator[FeedEvent]:
        """Everything so far, then what comes, until the call ends. Raises `StoreError`; nothing for an unknown call."""
        with closing(self._bus.subscribe(_topic(call_id))) as subscription:
            async for event in self._so_far(call_id, now):
                yield event
                if event.event is FeedKind.ENDED:
                    return
            async for message in subscription:
                if isinstance(message, Resync):
                    async for event in self._so_far(call_id, now):
                        yield event
                    continue
                yield message
                if message.event is FeedKind.ENDED:
                    return

    async def _so_far(self, call_id: CallId, now: datetime) -> AsyncIterator[FeedEvent]:
        if call_id in self._spoken:
            for told in list(self._spoken[call_id].values()):
                yield _event(FeedKind.UTTERANCE, told)
            if call_id in self._dynamics:
                yield _event(FeedKind.DYNAMICS, self._dynamics[call_id])
            return
        record = await self._store.record(call_id)
        if record is None:
            return
        for kept in record.utterances:
            yield _event(FeedKind.UTTERANCE, utterance_json(kept.utterance, kept.emotion))
        if record.call.dynamics is not None:
            yield _event(FeedKind.DYNAMICS, dynamics_json(record.call.dynamics))
        if record.call.state is not CallState.LIVE:
            yield _ended(record.call, now)

    def _publish(self, call_id: CallId, kind: FeedKind, told: UtteranceJson | DynamicsJson) -> None:
        self._bus.publish(_topic(call_id), _event(kind, told))


def _topic(call_id: CallId) -> str:
    return f"call:{call_id}"


def _event(kind: FeedKind, told: UtteranceJson | DynamicsJson) -> FeedEvent:
    return FeedEvent(event=kind, data=told.model_dump(mode="json"))


def _ended(stored: StoredCall, now: datetime) -> FeedEvent:
    return FeedEvent(event=FeedKind.ENDED, data=call_json(stored, now).model_dump(mode="json"))
