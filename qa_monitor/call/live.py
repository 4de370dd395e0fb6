"""The live transcript of each call: what a console that follows one call is told while it goes on."""

from collections.abc import AsyncIterator
from contextlib import closing
from datetime import datetime

from qa_monitor.bus.port import Bus, Resync
from qa_monitor.feed_events import FeedEvent, FeedKind
from qa_monitor.schemas import DynamicsJson, HealthJson, UtteranceJson
from qa_monitor.store.port import Store
from qa_monitor.store.records import CallState, StoredCall
from qa_monitor.wire import call_json, dynamics_json, utterance_json
from sentiment.records import Dynamics, EmotionScore
from streams.records import CallId, Utterance, UtteranceId

Told = UtteranceJson | DynamicsJson | HealthJson


class LiveTranscripts:
    """Utterances, dynamics and health of live calls. A console too slow to follow is given everything again."""

    def __init__(self, store: Store, bus: Bus[FeedEvent]) -> None:
        self._store, self._bus = store, bus
        self._spoken: dict[CallId, dict[UtteranceId, UtteranceJson]] = {}
        self._dynamics: dict[CallId, DynamicsJson] = {}
        self._health: dict[CallId, HealthJson] = {}

    def begin(self, call_id: CallId) -> None:
        """A call starts."""
        self._spoken[call_id] = {}

    def watched(self, call_id: CallId) -> bool:
        """Whether somebody follows this call now."""
        return self._bus.subscribers(_topic(call_id)) > 0

    def say(self, utterance: Utterance, emotion: EmotionScore | None = None, *, late: bool = False) -> None:
        """A partial or a final; an empty final takes back its partials. `late`: it was transcribed after the fact."""
        told = utterance_json(utterance, emotion, late=late)
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

    def health(self, call_id: CallId, health: HealthJson) -> None:
        """How well the call is heard now."""
        self._health[call_id] = health
        self._publish(call_id, FeedKind.HEALTH, health)

    def forget_emotions(self, call_id: CallId) -> None:
        """Nobody can tell whose voice was heard: every score told is taken back."""
        spoken = self._spoken.get(call_id, {})
        for utterance_id, told in spoken.items():
            if told.emotion is not None:
                spoken[utterance_id] = told.model_copy(update={"emotion": None})
                self._publish(call_id, FeedKind.UTTERANCE, spoken[utterance_id])

    def end(self, stored: StoredCall, now: datetime) -> None:
        """The call has ended; what was said is in the store."""
        call_id = stored.call.call_id
        self._spoken.pop(call_id, None)
        self._dynamics.pop(call_id, None)
        self._health.pop(call_id, None)
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
            for event in self._of_live_call(call_id):
                yield event
            return
        record = await self._store.record(call_id)
        if record is None:
            return
        for kept in record.utterances:
            yield _event(FeedKind.UTTERANCE, utterance_json(kept.utterance, kept.emotion, late=kept.late))
        if record.call.dynamics is not None:
            yield _event(FeedKind.DYNAMICS, dynamics_json(record.call.dynamics))
        if record.call.state is not CallState.LIVE:
            yield _ended(record.call, now)

    def _of_live_call(self, call_id: CallId) -> list[FeedEvent]:
        events = [_event(FeedKind.UTTERANCE, told) for told in self._spoken[call_id].values()]
        if call_id in self._dynamics:
            events.append(_event(FeedKind.DYNAMICS, self._dynamics[call_id]))
        if call_id in self._health:
            events.append(_event(FeedKind.HEALTH, self._health[call_id]))
        return events

    def _publish(self, call_id: CallId, kind: FeedKind, told: Told) -> None:
        self._bus.publish(_topic(call_id), _event(kind, told))


def _topic(call_id: CallId) -> str:
    return f"call:{call_id}"


def _event(kind: FeedKind, told: Told) -> FeedEvent:
    return FeedEvent(event=kind, data=told.model_dump(mode="json"))


def _ended(stored: StoredCall, now: datetime) -> FeedEvent:
    return FeedEvent(event=FeedKind.ENDED, data=call_json(stored, now).model_dump(mode="json"))
