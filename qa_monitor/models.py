"""The models as the settings want them: speech, how it is cut, and the customer's voice."""

import structlog

from qa_monitor.config import Settings
from sentiment.profile import EmotionProfile
from sentiment.voice import VoiceModel as EmotionModel
from streams.activity.segmenter import SegmentPolicy
from streams.engine.engine import SpeechEngine
from streams.engine.warming import warm_up
from streams.engine.workers import plan_workers
from streams.machine.cores import usable_cores
from streams.model.recipe import Recipe
from streams.model.whisper import SpeechModel
from streams.model_files.models import ensure_model

log = structlog.get_logger()


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
    if model.whole_because is not None:
        log.warning("speech_model_with_all_languages", model=settings.model, reason=model.whole_because)
    cost = warm_up(model, settings.languages, workers)
    engine = SpeechEngine(
        model,
        workers=workers,
        batch_size=settings.batch_size,
        recipe=Recipe(beam=settings.beam, encode_together=settings.device == "cuda"),
    )
    engine.cost = cost
    return engine


def emotion_model(settings: Settings) -> EmotionModel | None:
    """The weights for the speech model's encoder states, or others', which then judge by prosody alone.

    None where no voice is to be judged: then the model is not even loaded.
    """
    return None if settings.emotion is EmotionProfile.OFF else EmotionModel.load(settings.model)


def segment_policy(settings: Settings) -> SegmentPolicy:
    """How a channel is cut into utterances."""
    return SegmentPolicy(
        endpoint_s=settings.endpoint_s,
        speculate_s=settings.speculate_s,
        pre_roll_s=settings.pre_roll_s,
        longest_s=settings.longest_utterance_s,
        partial_every_s=settings.partial_every_s,
    )
