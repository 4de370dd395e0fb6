"""What all live calls go through: models, threads, judges, the feed."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack

from qa_monitor.building.around import Around
from qa_monitor.building.kept import MEGABYTE, Kept
from qa_monitor.call.judging.judges import Judges
from qa_monitor.call.latency.flag_latencies import FlagLatencies
from qa_monitor.call.latency.latencies import RecentLatencies
from qa_monitor.call.live import LiveTranscripts
from qa_monitor.call.recording.unheard import UnheardCalls
from qa_monitor.call.shared import Shared
from qa_monitor.config import Settings
from qa_monitor.feed import FlagFeed
from qa_monitor.models import emotion_model, segment_policy
from qa_monitor.shedding.care import FULL_CARE, PLAIN_CARE
from qa_monitor.shedding.later import LaterSpeech
from qa_monitor.shedding.levels import Current
from qa_monitor.store.unheard.sealed import UNHEARD_FOLDER, SealedFiles
from qa_monitor.vocabulary import load_vocabularies
from streams.activity.vad import VoiceModel as VoiceActivityModel
from streams.engine.engine import SpeechEngine


async def open_shared(
    stack: AsyncExitStack, around: Around, kept: Kept, make_engine: Callable[[Settings], SpeechEngine]
) -> Shared:
    """Models loaded, threads started. Raises ModelError, EmotionModelError or StoreError in words for the operator."""
    settings, store = around.settings, kept.store
    engine = await asyncio.to_thread(make_engine, settings)
    stack.callback(engine.close)
    listening = _threads(stack, "listening", 2)
    # apart from those who listen: what is followed waits for nothing that is only recorded
    recording = _threads(stack, "recording", 1)
    sealed = SealedFiles(settings.data_dir / UNHEARD_FOLDER, settings.disk_floor_mb * MEGABYTE)
    return Shared(
        engine=engine,
        voice_activity=VoiceActivityModel(),
        segments=segment_policy(settings),
        languages=settings.languages,
        vocabularies=load_vocabularies(settings.vocabulary, settings.data_dir),
        judges=await _judges(settings, kept),
        store=store,
        audio=kept.audio if settings.keep_audio else None,
        feed=await FlagFeed.open(store, around.bus, around.clock),
        live=LiveTranscripts(store, around.bus),
        listening=listening,
        metrics=around.metrics,
        final_latencies=RecentLatencies(),
        flag_latencies=RecentLatencies(),
        clock=around.clock,
        shedding=Current(settings.follow_calls),
        later=LaterSpeech(settings.later_mb * MEGABYTE),
        unheard=UnheardCalls(sealed, store.unheard, recording, keeps=settings.keep_audio),
        stages=FlagLatencies(settings.latency_alarm_s),
        paces=store.paces,
        scores_phrases=settings.score_phrases,
        most_care=FULL_CARE if settings.extra_care else PLAIN_CARE,
    )


async def _judges(settings: Settings, kept: Kept) -> Judges:
    return Judges(
        rules=kept.rules,
        policy=kept.policy,
        voice=await asyncio.to_thread(emotion_model, settings),
        redacted=frozenset(settings.redact),
        profile=settings.emotion,
    )


def _threads(stack: AsyncExitStack, name: str, most: int) -> ThreadPoolExecutor:
    pool = ThreadPoolExecutor(max_workers=most, thread_name_prefix=name)
    stack.callback(pool.shutdown)
    return pool
