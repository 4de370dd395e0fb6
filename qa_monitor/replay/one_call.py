"""One call through the whole pipeline once more, in a store of its own that is thrown away: nobody is told of it."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

from qa_monitor.bus.embedded import EmbeddedBus
from qa_monitor.call.latency.flag_latencies import FlagLatencies
from qa_monitor.call.latency.latencies import RecentLatencies
from qa_monitor.call.live import LiveTranscripts
from qa_monitor.call.pace.pace import Beginning, Pace, PaceError, Standing, Step
from qa_monitor.call.pace.reading import unpacked
from qa_monitor.call.pipeline import CallPipeline
from qa_monitor.call.shared import Shared
from qa_monitor.feed import FlagFeed
from qa_monitor.feed_events import FeedEvent
from qa_monitor.load.after_call import AfterCall
from qa_monitor.metrics import Metrics
from qa_monitor.records.calls import StoredCall
from qa_monitor.records.whole_calls import CallRecord
from qa_monitor.replay.answers import Answering
from qa_monitor.replay.pacing import Progress, ReplayPacing
from qa_monitor.replay.sound import kept_sound
from qa_monitor.replay.spare import AT_ONCE, SpareEngine
from qa_monitor.replay.steady import steady_steps
from qa_monitor.shedding.care import Care
from qa_monitor.shedding.later import LaterSpeech
from qa_monitor.shedding.levels import Current, Shedding
from qa_monitor.store.port import AudioStore
from qa_monitor.store.sqlite import SqliteStore
from sentiment.profile import CONSENT_BY
from streams.consent import Consent
from streams.records import CallStarted, ConsentChanged

FOLDER = "replays"
"""In the data folder; each replay has a folder in it for as long as it goes on."""
LATER_BYTES = 64 * 1024 * 1024
LATER_S = 3600.0


class NoSound(Exception):
    """No sound of the call is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """What a call comes to today."""

    record: CallRecord
    as_live: bool
    """At the pace it had live; otherwise steadily, with every text known at once."""
    strayed: int
    """Passes that were not asked for live: settings or models have changed, or a part of the sound is silenced."""
    shared_passes: int
    """Passes that were shared with other windows live, where the last digit may differ."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What replays need of the application."""

    shared: Shared
    audio: AudioStore
    data_dir: Path
    room: Callable[[], bool]
    """Whether live calls leave the speech engine time now."""


async def replay_call(stage: Stage, source: CallRecord, packed: bytes | None, run: "Run") -> Replayed:
    """Raises `NoSound`, `Stopped` or `StoreError`. `packed`: its pace, where one is kept."""
    kept, call_id = source.call, source.call.call.call_id
    duration_s = await asyncio.to_thread(stage.audio.duration_s, call_id)
    if duration_s <= 0.0:
        raise NoSound(f"no sound of call {call_id} is kept: replay its text")
    pace = _pace(packed, kept)
    call = as_it_began(kept, None if pace is None else pace.beginning)
    async with apart(stage) as (shared, spare, executor):
        answers = {} if pace is None else pace.answers
        care = shared.most_care
        steps = steady_steps(call, duration_s, care, source.gaps, kept.agents) if pace is None else _lawful(pace, kept)
        needed = frozenset(asked for step in (() if pace is None else pace.steps) for asked in step.known)
        answering = Answering(spare=spare, answers=answers, needed=needed)
        pacing = ReplayPacing(steps, kept_sound(call, stage.audio), answering, executor, run.progress)
        pacing.speed = run.speed
        record = await followed(call, shared, pacing)
    return Replayed(
        record=record,
        as_live=pace is not None,
        strayed=0 if pace is None else answering.strayed,
        shared_passes=0 if pace is None else pace.shared_passes,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """How one replay goes."""

    progress: Progress
    speed: float | None = None
    """Seconds of the call per second; none: as fast as it goes."""


def sweep(data_dir: Path) -> None:
    """Throw away what a service that was killed left of its replays."""
    shutil.rmtree(data_dir / FOLDER, ignore_errors=True)


def _pace(packed: bytes | None, kept: StoredCall) -> Pace | None:
    """None too where a pace cannot be read, or the call was not followed all the time: an earlier release's."""
    if packed is None:
        return None
    try:
        pace = unpacked(packed, kept.call.call_id, kept.call.rate_hz)
    except PaceError:
        return None
    return pace if all(step.standing.follows for step in pace.steps) else None


def as_it_began(kept: StoredCall, beginning: Beginning | None) -> CallStarted:
    """The start of a call as announced; but a voice that may not be judged today is not judged once more."""
    call = kept.call
    if kept.agents:
        call = replace(call, agent_id=kept.agents[0].agent_id, team=kept.agents[0].team)
    if beginning is None:
        return call
    call = replace(call, agent_id=beginning.agent_id, team=beginning.team)
    if call.consent is not Consent.GRANTED or (call.notice, call.consent) == (beginning.notice, beginning.consent):
        return call
    announced = {name: value for name, value in call.metadata.items() if name != CONSENT_BY}
    return replace(call, notice=beginning.notice, consent=beginning.consent, metadata=MappingProxyType(announced))


def _lawful(pace: Pace, kept: StoredCall) -> Iterable[Step]:
    """Without what the customer once granted, where they no longer do."""
    if kept.call.consent is Consent.GRANTED:
        return pace.steps
    return (
        replace(step, came=[one for one in step.came if not isinstance(one, ConsentChanged)]) for step in pace.steps
    )


@asynccontextmanager
async def apart(
    stage: Stage, audio: AudioStore | None = None, at_once: int = AT_ONCE
) -> AsyncIterator[tuple[Shared, SpareEngine, ThreadPoolExecutor]]:
    """All that a call needs, and nothing of it anybody's but the replay's: beside rules and models."""
    folder = stage.data_dir / FOLDER
    await asyncio.to_thread(folder.mkdir, mode=0o700, exist_ok=True)
    spare = SpareEngine(stage.shared.engine, stage.room, at_once)
    with TemporaryDirectory(dir=folder) as own, ThreadPoolExecutor(1, thread_name_prefix="replay") as executor:
        store = await SqliteStore.open(Path(own))
        working = asyncio.create_task(spare.work())
        try:
            bus: EmbeddedBus[FeedEvent] = EmbeddedBus()
            yield (
                replace(
                    stage.shared,
                    store=store,
                    audio=audio,
                    paces=None,
                    feed=await FlagFeed.open(store, bus, stage.shared.clock),
                    live=LiveTranscripts(store, bus),
                    listening=executor,
                    metrics=Metrics(),
                    final_latencies=RecentLatencies(),
                    flag_latencies=RecentLatencies(),
                    shedding=Current(),
                    later=LaterSpeech(LATER_BYTES),
                    unheard=None,
                    stages=FlagLatencies(),
                ),
                spare,
                executor,
            )
        finally:
            working.cancel()
            await asyncio.gather(working, return_exceptions=True)
            await store.close()


async def followed(
    call: CallStarted,
    shared: Shared,
    pacing: ReplayPacing,
    ended_at: datetime | None = None,
    prepare: Callable[[CallPipeline], None] = lambda pipeline: None,
) -> CallRecord:
    """The call from its first look to its last flag, and what is made up for after it.

    `prepare` is given its pipeline before it runs.
    """
    await shared.store.save_call(call)
    pipeline = CallPipeline(call, shared, pacing)
    prepare(pipeline)
    pacing.on_standing = lambda standing: _stand(pipeline, shared, standing)
    pacing.on_frame = pipeline.arrived
    shared.live.begin(call.call_id)
    ended = await pipeline.run()
    await shared.store.end_call(replace(ended, call_id=call.call_id), ended_at or shared.clock())
    if not shared.later.idle:
        after = AfterCall(shared, pacing.room)
        making_up = asyncio.create_task(after.work())
        try:
            await after.caught_up(LATER_S)
        finally:
            making_up.cancel()
            await asyncio.gather(making_up, return_exceptions=True)
    record = await shared.store.record(call.call_id)
    assert record is not None
    return record


def _stand(pipeline: CallPipeline, shared: Shared, standing: Standing) -> None:
    """What was decided about the call live is decided again."""
    care = Care(company=standing.company, beam=standing.beam, twice=standing.twice)
    shared.shedding.now = Shedding(level=standing.level, care=care)
    pipeline.closed = standing.closed
