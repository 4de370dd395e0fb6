"""The live transcript of each call: what a console that follows one call is told while it goes on."""

from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from datetime import datetime

from alerts.voiced import MEASURED_OF_VOICE
from qa_monitor.bus.port import Bus, Resync
from qa_monitor.call.transcript import Transcript
from qa_monitor.feed_events import FeedEvent, FeedKind
from qa_monitor.records.calls import CallState, StoredCall
from qa_monitor.records.whole_calls import CallRecord
from qa_monitor.schemas.course import CourseJson
from qa_monitor.schemas.dynamics import DynamicsJson
from qa_monitor.schemas.flags import FlagJson, NotesJson
from qa_monitor.schemas.health import HealthJson
from qa_monitor.schemas.utterances import UtteranceJson
from qa_monitor.store.port import Store
from qa_monitor.wire.calls import call_json
from qa_monitor.wire.course import course_json
from qa_monitor.wire.dynamics import dynamics_json
from qa_monitor.wire.flags import notes_json
from qa_monitor.wire.utterances import utterance_json
from sentiment.course import NOTHING_TOLD
from sentiment.records import Dynamics, EmotionScore
from streams.records import CallId, Utterance

Told = UtteranceJson | DynamicsJson | HealthJson | CourseJson | NotesJson


class LiveTranscripts:
    """Utterances, dynamics and health of live calls. A console too slow to follow is given everything again."""

    def __init__(self, store: Store, bus: Bus[FeedEvent]) -> None:
        self._store, self._bus = store, bus
        self._spoken: dict[CallId, Transcript] = {}
        self._dynamics: dict[CallId, DynamicsJson] = {}
        self._health: dict[CallId, HealthJson] = {}
        self._courses: dict[CallId, CourseJson] = {}
        self._notes: dict[CallId, tuple[FlagJson, ...]] = {}

    def begin(self, call_id: CallId) -> None:
        """A call starts."""
        self._spoken[call_id] = Transcript()

    def watched(self, call_id: CallId) -> bool:
        """Whether somebody follows this call now."""
        return self._bus.subscribers(_topic(call_id)) > 0

    def say(self, utterance: Utterance, emotion: EmotionScore | None = None, *, late: bool = False) -> None:
        """A partial or a final; an empty final takes back its partials. `late`: it was transcribed after the fact."""
        told = utterance_json(utterance, emotion, late=late)
        if utterance.call_id in self._spoken:
            self._spoken[utterance.call_id].say(utterance.utterance_id, told)
        self._publish(utterance.call_id, FeedKind.UTTERANCE, told)

    def flow(self, call_id: CallId, dynamics: Dynamics) -> None:
        """How the conversation flows now."""
        self._dynamics[call_id] = dynamics_json(dynamics)
        self._publish(call_id, FeedKind.DYNAMICS, self._dynamics[call_id])

    def health(self, call_id: CallId, health: HealthJson) -> None:
        """How well the call is heard now."""
        self._health[call_id] = health
        self._publish(call_id, FeedKind.HEALTH, health)

    def course(self, call_id: CallId, course: CourseJson) -> None:
        """How the customer has been so far."""
        self._courses[call_id] = course
        self._publish(call_id, FeedKind.COURSE, course)

    def note(self, call_id: CallId, note: FlagJson) -> None:
        """Good news: for those who look at the call, and nobody else."""
        others = tuple(one for one in self._notes.get(call_id, ()) if one.flag_id != note.flag_id)
        self._notes[call_id] = (*others, note)
        self._publish(call_id, FeedKind.NOTES, NotesJson(notes=list(self._notes[call_id])))

    def forget_emotions(self, call_id: CallId) -> None:
        """The voice was not to be judged: every score told is taken back, and what was made of them."""
        if self._courses.pop(call_id, None) is not None:
            self._publish(call_id, FeedKind.COURSE, course_json(NOTHING_TOLD))
        notes = self._notes.pop(call_id, ())
        if notes:
            kept = tuple(
                note for note in notes if MEASURED_OF_VOICE.isdisjoint(one.name for one in note.evidence.measured)
            )
            self._notes[call_id] = kept
            self._publish(call_id, FeedKind.NOTES, NotesJson(notes=list(kept)))
        for told in self._spoken[call_id].forget_emotions() if call_id in self._spoken else ():
            self._publish(call_id, FeedKind.UTTERANCE, told)

    def end(self, stored: StoredCall, now: datetime) -> None:
        """The call has ended; what was said is in the store."""
        call_id = stored.call.call_id
        self._spoken.pop(call_id, None)
        self._dynamics.pop(call_id, None)
        self._health.pop(call_id, None)
        self._courses.pop(call_id, None)
        self._notes.pop(call_id, None)
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
        for event in _of_kept_call(record):
            yield event
        if record.call.state is not CallState.LIVE:
            yield _ended(record.call, now)

    def _of_live_call(self, call_id: CallId) -> list[FeedEvent]:
        events = [_event(FeedKind.UTTERANCE, told) for told in self._spoken[call_id]]
        if call_id in self._dynamics:
            events.append(_event(FeedKind.DYNAMICS, self._dynamics[call_id]))
        if call_id in self._health:
            events.append(_event(FeedKind.HEALTH, self._health[call_id]))
        if call_id in self._courses:
            events.append(_event(FeedKind.COURSE, self._courses[call_id]))
        if call_id in self._notes:
            events.append(_event(FeedKind.NOTES, NotesJson(notes=list(self._notes[call_id]))))
        return events

    def _publish(self, call_id: CallId, kind: FeedKind, told: Told) -> None:
        self._bus.publish(_topic(call_id), _event(kind, told))


def _of_kept_call(record: CallRecord) -> Iterator[FeedEvent]:
    for kept in record.utterances:
        yield _event(FeedKind.UTTERANCE, utterance_json(kept.utterance, kept.emotion, late=kept.late))
    if record.call.dynamics is not None:
        yield _event(FeedKind.DYNAMICS, dynamics_json(record.call.dynamics))
    if record.call.course is not None:
        yield _event(FeedKind.COURSE, course_json(record.call.course))
    if notes := notes_json(record):
        yield _event(FeedKind.NOTES, notes)


def _topic(call_id: CallId) -> str:
    return f"call:{call_id}"


def _event(kind: FeedKind, told: Told) -> FeedEvent:
    return FeedEvent(event=kind, data=told.model_dump(mode="json"))


def _ended(stored: StoredCall, now: datetime) -> FeedEvent:
    return FeedEvent(event=FeedKind.ENDED, data=call_json(stored, now).model_dump(mode="json"))
