"""Builds and connects everything; the only place that does."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import monotonic

from threadpoolctl import threadpool_limits

from alerts.policy import AlertPolicy
from qa_monitor.backtest.jobs import BackTests
from qa_monitor.bus.embedded import EmbeddedBus
from qa_monitor.bus.port import Bus
from qa_monitor.call.judge import Judges
from qa_monitor.call.keypad import KeyAction
from qa_monitor.call.latencies import RecentLatencies
from qa_monitor.call.live import LiveTranscripts
from qa_monitor.call.pair_lines import PairLines
from qa_monitor.call.shared import Shared
from qa_monitor.call.switchboard import Switchboard
from qa_monitor.config import Settings
from qa_monitor.delivery.opening import a_relay
from qa_monitor.delivery.relay import Relay
from qa_monitor.delivery.settings_file import load_targets
from qa_monitor.expiry import Expiry
from qa_monitor.feed import FlagFeed
from qa_monitor.feed_events import FeedEvent
from qa_monitor.heartbeat import Heart
from qa_monitor.load.after_call import AfterCall
from qa_monitor.load.care import NONE, CarePolicy, Caring
from qa_monitor.load.later import LaterSpeech
from qa_monitor.load.shedding import Current, Shed
from qa_monitor.load.warden import Warden
from qa_monitor.metrics import Metrics
from qa_monitor.rules.publishing import Publishing
from qa_monitor.rules.rulesets import RuleSets
from qa_monitor.rules.weighing import weigh
from qa_monitor.security.sessions import Sessions
from qa_monitor.security.tokens import Tokens, load_tokens
from qa_monitor.store.audio import AUDIO_FOLDER, AudioFiles
from qa_monitor.store.port import AudioStore, Store
from qa_monitor.store.records import StoreError
from qa_monitor.store.sqlite import SqliteStore
from qa_monitor.telephony.arrivals import Arrivals
from qa_monitor.telephony.audiosocket import Asterisk, open_audiosocket
from qa_monitor.telephony.door import Door
from qa_monitor.telephony.reception import Reception, a_reception
from qa_monitor.telephony.settings import Telephony
from qa_monitor.telephony.settings_file import load_telephony
from qa_monitor.vocabulary import load_vocabularies
from sentiment.voice import VoiceModel as EmotionModel
from streams.cores import usable_cores
from streams.engine import SpeechEngine
from streams.models import ensure_model
from streams.recipe import Recipe
from streams.segmenter import SegmentPolicy
from streams.vad import VoiceModel as VoiceActivityModel
from streams.warming import warm_up
from streams.whisper import SpeechModel
from streams.workers import plan_workers

DRAIN_S = 20.0
"""How long the calls that are ending are waited for, and then what is still to be transcribed."""
LATER_DRAIN_S = 5.0
"""At least so long."""


class SteadyClock:
    """Wall time that nobody sets: the time of the start plus what has passed since."""

    def __init__(self) -> None:
        self._began = datetime.now(UTC)
        self._began_s = monotonic()

    def __call__(self) -> datetime:
        return self._began + timedelta(seconds=monotonic() - self._began_s)


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """The running parts that routes need."""

    settings: Settings
    clock: SteadyClock
    store: Store
    audio: AudioStore
    feed: FlagFeed
    live: LiveTranscripts
    engine: SpeechEngine
    switchboard: Switchboard
    pair_lines: PairLines
    heart: Heart
    metrics: Metrics
    sessions: Sessions
    tokens: Tokens
    reception: Reception
    door: Door
    arrivals: Arrivals
    audiosocket_port: int | None
    """Where AudioSocket is taken; none: it is off, or the port was taken by another program."""
    rules: RuleSets
    publishing: Publishing
    back_tests: BackTests
    relay: Relay
    bus: Bus[FeedEvent]
    stopping: asyncio.Event
    """Set when the service is about to end: new calls are refused."""

    def stop(self) -> None:
        """The service is about to end: event streams end, new calls are refused."""
        self.stopping.set()
        self.bus.close()

    @property
    def free_bytes(self) -> int:
        """Room left on the disk of the data folder."""
        return shutil.disk_usage(self.settings.data_dir).free


def speech_engine(settings: Settings) -> SpeechEngine:
    """The speech model of the settings, loaded and tried, with its workers. Raises `ModelError`."""
    workers, threads = plan_workers(
        usable_cores(), settings.device, threads=settings.speech_threads, workers=settings.speech_workers
    )
    model = SpeechModel(
        ensure_model(settings.model, settings.models_dir),
        device=settings.device,
        compute_type=settings.compute_type,
        workers=workers,
        threads=threads,
    )
    warm_up(model, settings.languages, workers)
    return SpeechEngine(
        model,
        workers=workers,
        batch_size=settings.batch_size,
        recipe=Recipe(beam=settings.beam, encode_together=settings.device == "cuda"),
    )


@asynccontextmanager
async def open_application(
    settings: Settings, make_engine: Callable[[Settings], SpeechEngine] = speech_engine
) -> AsyncIterator[Application]:
    """Load models and rules, open the store, start the workers; on the way out, end calls first.

    Raises ModelError, RuleError, HistoryError, EmotionModelError or StoreError in words for the operator.
    """
    _make_folder(settings)
    telephony = load_telephony(settings.telephony, settings.data_dir)
    targets = load_targets(settings.delivery, settings.data_dir)
    clock, metrics = SteadyClock(), Metrics()
    async with AsyncExitStack() as stack:
        # numpy's own threads wait by spinning: they took half a core from the speech model (docs/performance.md)
        stack.enter_context(threadpool_limits(limits=1, user_api="blas"))
        rules = RuleSets(settings.rules, starter=settings.starter_rules, data_dir=settings.data_dir, clock=clock)
        audio = AudioFiles(settings.data_dir / AUDIO_FOLDER, settings.disk_floor_mb * 1024 * 1024)
        store = await SqliteStore.open(
            settings.data_dir, heard_s=audio.duration_s, wants=targets.wanting if targets.every else None
        )
        stack.push_async_callback(store.close)
        rules.begin()
        await weigh(store, rules)
        engine = await asyncio.to_thread(make_engine, settings)
        stack.callback(engine.close)
        listening = ThreadPoolExecutor(max_workers=2, thread_name_prefix="listening")
        stack.callback(listening.shutdown)
        bus: EmbeddedBus[FeedEvent] = EmbeddedBus()
        feed = await FlagFeed.open(store, bus, clock)
        live = LiveTranscripts(store, bus)
        shared = Shared(
            engine=engine,
            voice_activity=VoiceActivityModel(),
            segments=_segments(settings),
            languages=settings.languages,
            vocabularies=load_vocabularies(settings.vocabulary, settings.data_dir),
            judges=Judges(
                rules=rules,
                policy=AlertPolicy(longest_utterance_s=settings.longest_utterance_s),
                voice=await asyncio.to_thread(_emotion, settings),
                redacted=frozenset(settings.redact),
            ),
            store=store,
            audio=audio if settings.keep_audio else None,
            feed=feed,
            live=live,
            listening=listening,
            metrics=metrics,
            final_latencies=RecentLatencies(),
            flag_latencies=RecentLatencies(),
            clock=clock,
            shedding=Current(),
            later=LaterSpeech(settings.later_mb * 1024 * 1024),
            scores_phrases=settings.score_phrases,
        )
        switchboard = Switchboard(shared, clock, settings.max_calls, keys=_keys(telephony))
        warden, after_call = (
            Warden(shared, switchboard, caring=Caring(CarePolicy() if settings.extra_care else NONE)),
            AfterCall(shared),
        )
        heart = Heart(shared, switchboard, warden, settings)
        tokens = load_tokens(settings.data_dir)
        reception = a_reception(settings, telephony, tokens, room=switchboard, clock=clock, refused=metrics.refused)
        stopping, arrivals = asyncio.Event(), Arrivals(clock)
        back_tests = BackTests()
        stack.push_async_callback(back_tests.close)

        def full() -> str | None:
            if shared.shedding.now.refuses:
                metrics.shed(Shed.REFUSED)
            return "no room for another call" if switchboard.full or stopping.is_set() else None

        audiosocket = Asterisk(reception=reception, switchboard=switchboard, arrivals=arrivals, metrics=metrics)
        relay = a_relay(targets, store.outbox, metrics, clock)
        store.follow(relay.told)
        expiry = Expiry(store, metrics, clock, timedelta(hours=settings.flag_life_h))
        tasks = (
            heart.beat(),
            heart.save_again(),
            warden.watch(),
            after_call.work(),
            rules.watch(),
            expiry.watch(),
            relay.work(),
        )
        owned = [asyncio.create_task(task) for task in tasks]
        try:
            port = await stack.enter_async_context(open_audiosocket(settings, clock, audiosocket))
            yield Application(
                settings=settings,
                clock=clock,
                store=store,
                audio=audio,
                feed=feed,
                live=live,
                engine=engine,
                switchboard=switchboard,
                pair_lines=PairLines(),
                heart=heart,
                metrics=metrics,
                sessions=Sessions(clock),
                tokens=tokens,
                reception=reception,
                door=Door(reception, lambda: datetime.now(UTC), full, stopping.is_set),
                arrivals=arrivals,
                audiosocket_port=port,
                rules=rules,
                publishing=Publishing(rules),
                back_tests=back_tests,
                relay=relay,
                bus=bus,
                stopping=stopping,
            )
        finally:
            stopping.set()
            until_s = monotonic() + DRAIN_S
            await switchboard.drain(DRAIN_S)
            await after_call.drain(max(LATER_DRAIN_S, until_s - monotonic()))
            for task in owned:
                task.cancel()
            await asyncio.gather(*owned, return_exceptions=True)
            await after_call.give_up()


def _keys(telephony: Telephony) -> Mapping[str, KeyAction]:
    """Sequences of telephone keys, and what they do."""
    keys = telephony.keys
    actions = {keys.pause: KeyAction.PAUSE, keys.resume: KeyAction.RESUME, keys.off_record: KeyAction.OFF_RECORD}
    return {sequence: action for sequence, action in actions.items() if sequence is not None}


def _make_folder(settings: Settings) -> None:
    try:
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"data_dir: cannot make {settings.data_dir} ({error.strerror}): choose a folder this user may write to"
        ) from error


def _emotion(settings: Settings) -> EmotionModel:
    """The weights for the speech model's encoder states, or others', which then judge by prosody alone."""
    return EmotionModel.load(settings.model)


def _segments(settings: Settings) -> SegmentPolicy:
    return SegmentPolicy(
        endpoint_s=settings.endpoint_s,
        speculate_s=settings.speculate_s,
        pre_roll_s=settings.pre_roll_s,
        longest_s=settings.longest_utterance_s,
        partial_every_s=settings.partial_every_s,
    )
