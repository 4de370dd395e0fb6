"""Builds and connects everything; the only place that does."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from time import monotonic

from threadpoolctl import threadpool_limits

from alerts.desk import DeskPolicy
from alerts.policy import AlertPolicy
from qa_monitor.afterwards import Ground, open_afterwards
from qa_monitor.application import Application
from qa_monitor.backtest.jobs import BackTests
from qa_monitor.bus.embedded import EmbeddedBus
from qa_monitor.call.flag_latencies import FlagLatencies
from qa_monitor.call.judges import Judges
from qa_monitor.call.keypad import KeyAction
from qa_monitor.call.latencies import RecentLatencies
from qa_monitor.call.live import LiveTranscripts
from qa_monitor.call.pair_lines import PairLines
from qa_monitor.call.shared import Shared
from qa_monitor.call.switchboard import Switchboard
from qa_monitor.call.unheard import UnheardCalls
from qa_monitor.chores import Chores
from qa_monitor.clock import SteadyClock
from qa_monitor.config import Settings
from qa_monitor.delivery.in_force import TargetsInForce
from qa_monitor.delivery.opening import a_relay
from qa_monitor.deskwatch import DeskWatch
from qa_monitor.expiry import Expiry
from qa_monitor.feed import FlagFeed
from qa_monitor.feed_events import FeedEvent
from qa_monitor.heartbeat import Heart
from qa_monitor.interpreter import quick_turns, settled
from qa_monitor.load.after_call import AfterCall
from qa_monitor.load.allocator import keep_giving_back
from qa_monitor.load.warden import Warden
from qa_monitor.metrics import Metrics
from qa_monitor.models import emotion_model, segment_policy, speech_engine
from qa_monitor.people.duty import Duty
from qa_monitor.records.errors import StoreError
from qa_monitor.rules.publishing import Publishing
from qa_monitor.rules.rulesets import RuleSets
from qa_monitor.rules.weighing import weigh
from qa_monitor.scorecards.in_force import ScorecardsInForce
from qa_monitor.security.opening import open_entrance
from qa_monitor.security.tokens import load_tokens
from qa_monitor.shedding.care import NONE, CarePolicy, Caring
from qa_monitor.shedding.later import LaterSpeech
from qa_monitor.shedding.levels import Current, Shed
from qa_monitor.store.audio.files import AUDIO_FOLDER, AudioFiles
from qa_monitor.store.flags.desks import Desks
from qa_monitor.store.sqlite import SqliteStore
from qa_monitor.store.unheard.sealed import UNHEARD_FOLDER, SealedFiles
from qa_monitor.telephony.arrivals import Arrivals
from qa_monitor.telephony.audiosocket import Asterisk, open_audiosocket
from qa_monitor.telephony.door import Door
from qa_monitor.telephony.reception import a_reception
from qa_monitor.telephony.settings import Telephony
from qa_monitor.telephony.settings_file import load_telephony
from qa_monitor.themes.reasons import load_reasons
from qa_monitor.vocabulary import load_vocabularies
from qa_monitor.workers import backtest
from streams.engine import SpeechEngine
from streams.vad import VoiceModel as VoiceActivityModel

DRAIN_S = 20.0
"""How long the calls that are ending are waited for, and then what is still to be transcribed."""
LATER_DRAIN_S = 5.0
"""At least so long."""


@asynccontextmanager
async def open_application(
    settings: Settings, make_engine: Callable[[Settings], SpeechEngine] = speech_engine
) -> AsyncIterator[Application]:
    """Load models and rules, open the store, start the workers; on the way out, end calls first.

    Raises ModelError, RuleError, HistoryError, EmotionModelError or StoreError in words for the operator.
    """
    _make_folder(settings)
    telephony = load_telephony(settings.telephony, settings.data_dir)
    targets = TargetsInForce(settings.delivery, settings.data_dir)
    reasons = load_reasons(settings.reasons, settings.data_dir)
    clock, metrics = SteadyClock(), Metrics()
    async with AsyncExitStack() as stack:
        stack.enter_context(quick_turns())
        # numpy's own threads wait by spinning: they took half a core from the speech model (docs/performance.md)
        stack.enter_context(threadpool_limits(limits=1, user_api="blas"))
        rules = RuleSets(settings.rules, starter=settings.starter_rules, data_dir=settings.data_dir, clock=clock)
        audio = AudioFiles(settings.data_dir / AUDIO_FOLDER, settings.disk_floor_mb * 1024 * 1024)
        # whom flags go to is known once people are read and desks are watched, before the first call
        duty = Duty(lambda: register.directory, clock, lambda: desks.flooded)
        store = await SqliteStore.open(
            settings.data_dir,
            heard_s=audio.duration_s,
            wants=targets.wanting,
            desks=Desks(policy=_budget(settings), whose=duty.desk),
        )
        stack.push_async_callback(store.close)
        policy = AlertPolicy(longest_utterance_s=settings.longest_utterance_s)
        scorecards = ScorecardsInForce(
            settings.scorecards, data_dir=settings.data_dir, rules=rules, policy=policy, clock=clock
        )
        rules.begin()
        await weigh(store, rules)
        engine = await asyncio.to_thread(make_engine, settings)
        stack.callback(engine.close)
        listening = ThreadPoolExecutor(max_workers=2, thread_name_prefix="listening")
        stack.callback(listening.shutdown)
        # apart from those who listen: what is followed waits for nothing that is only recorded
        recording = ThreadPoolExecutor(max_workers=1, thread_name_prefix="recording")
        stack.callback(recording.shutdown)
        sealed = SealedFiles(settings.data_dir / UNHEARD_FOLDER, settings.disk_floor_mb * 1024 * 1024)
        bus: EmbeddedBus[FeedEvent] = EmbeddedBus()
        feed = await FlagFeed.open(store, bus, clock)
        live = LiveTranscripts(store, bus)
        shared = Shared(
            engine=engine,
            voice_activity=VoiceActivityModel(),
            segments=segment_policy(settings),
            languages=settings.languages,
            vocabularies=load_vocabularies(settings.vocabulary, settings.data_dir),
            judges=Judges(
                rules=rules,
                policy=policy,
                voice=await asyncio.to_thread(emotion_model, settings),
                redacted=frozenset(settings.redact),
                profile=settings.emotion,
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
            shedding=Current(settings.follow_calls),
            later=LaterSpeech(settings.later_mb * 1024 * 1024),
            unheard=UnheardCalls(sealed, store.unheard, recording, keeps=settings.keep_audio),
            stages=FlagLatencies(settings.latency_alarm_s),
            paces=store.paces,
            scores_phrases=settings.score_phrases,
        )
        switchboard = Switchboard(shared, clock, settings.max_calls, keys=_keys(telephony))
        warden, after_call = (
            Warden(
                shared,
                switchboard,
                caring=Caring(CarePolicy() if settings.extra_care else NONE),
            ),
            AfterCall(shared),
        )
        desks = DeskWatch(store, clock)
        await desks.begin()
        store.follow(desks.told)
        heart = Heart(shared, switchboard, warden, settings, desks)
        tokens = load_tokens(settings.data_dir)
        reception = a_reception(settings, telephony, tokens, room=switchboard, clock=clock, refused=metrics.refused)
        register, entrance = await open_entrance(store.people, settings, clock, tokens)
        store.follow(lambda change: duty.noticed(change.flag))
        stopping, arrivals = asyncio.Event(), Arrivals(clock)
        back_tests = BackTests(backtest.__name__)
        stack.push_async_callback(back_tests.close)
        after = await open_afterwards(
            stack,
            Ground(
                settings=settings,
                store=store,
                audio=audio,
                shared=shared,
                register=register,
                targets=targets,
                rules=rules,
                scorecards=scorecards,
                reasons=reasons,
            ),
        )

        def full() -> str | None:
            if shared.shedding.now.refuses:
                metrics.shed(Shed.REFUSED)
            return "no room for another call" if switchboard.full or stopping.is_set() else None

        audiosocket = Asterisk(reception=reception, switchboard=switchboard, arrivals=arrivals, metrics=metrics)
        relay = a_relay(targets.now, store.outbox, metrics, clock)
        store.follow(relay.told)
        store.notices.follow(relay.look)
        expiry = Expiry(store, metrics, clock, timedelta(hours=settings.flag_life_h))
        chores = Chores(metrics.background_failed)
        chores.begin(
            {
                "heartbeat": heart.beat,
                "save_again": heart.save_again,
                "load": warden.watch,
                "after_call": after_call.work,
                "memory": keep_giving_back,
                "rules": rules.watch,
                "expiry": expiry.watch,
                "desks": desks.watch,
                "delivery": relay.work,
                **after.chores,
                "delivery_targets": lambda: targets.watch(lambda: relay.use(targets.now)),
            }
        )
        try:
            port = await stack.enter_async_context(open_audiosocket(settings, clock, audiosocket))
            stack.enter_context(settled())
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
                tokens=tokens,
                register=register,
                entrance=entrance,
                duty=duty,
                reception=reception,
                door=Door(reception, lambda: datetime.now(UTC), full, stopping.is_set),
                arrivals=arrivals,
                audiosocket_port=port,
                stages=shared.stages,
                rules=rules,
                publishing=Publishing(rules),
                back_tests=back_tests,
                after=after,
                relay=relay,
                targets=targets,
                bus=bus,
                stopping=stopping,
            )
        finally:
            stopping.set()
            until_s = monotonic() + DRAIN_S
            await switchboard.drain(DRAIN_S)
            await after_call.drain(max(LATER_DRAIN_S, until_s - monotonic()))
            await chores.end()
            await after_call.give_up()


def _keys(telephony: Telephony) -> Mapping[str, KeyAction]:
    """Sequences of telephone keys, and what they do."""
    keys = telephony.keys
    actions = {keys.pause: KeyAction.PAUSE, keys.resume: KeyAction.RESUME, keys.off_record: KeyAction.OFF_RECORD}
    return {sequence: action for sequence, action in actions.items() if sequence is not None}


def _budget(settings: Settings) -> DeskPolicy:
    """How often coaches may be interrupted."""
    return DeskPolicy(
        every=timedelta(minutes=settings.interrupt_every_min),
        burst=settings.interrupt_burst,
        sharing=settings.shared_desk_coaches,
    )


def _make_folder(settings: Settings) -> None:
    try:
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"data_dir: cannot make {settings.data_dir} ({error.strerror}): choose a folder this user may write to"
        ) from error
