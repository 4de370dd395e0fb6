"""Fixtures and settings that all tests share."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from qa_monitor.config import load_settings
from qa_monitor.demo.truth import CALLS_DIR
from streams.activity.vad import VoiceModel
from streams.model.whisper import SpeechModel
from streams.model_files.models import ensure_model
from tests.streams.following import PatientEngine

# the same examples in every run, and no deadline: a busy machine must not fail a test
settings.register_profile("fixed", derandomize=True, deadline=None)
settings.load_profile("fixed")


@pytest.fixture(scope="session")
def model_folder() -> Path:
    """Where the default speech model is; joined from its packages at first use."""
    settings = load_settings()
    return ensure_model("base", settings.models_dir)


@pytest.fixture(scope="session")
def speech_model(model_folder: Path) -> SpeechModel:
    """The default speech model, loaded once for all tests."""
    return SpeechModel(model_folder, workers=2)


@pytest.fixture(scope="session")
def voice_model() -> VoiceModel:
    """The voice activity network, loaded once for all tests."""
    return VoiceModel()


@pytest.fixture(scope="session")
def speech_engine(speech_model: SpeechModel) -> Iterator[PatientEngine]:
    """The real engine on the real model."""
    engine = PatientEngine(speech_model, workers=2)
    yield engine
    engine.close()


@pytest.fixture(scope="session")
def demo_calls() -> tuple[Path, ...]:
    """The bundled calls, each a FLAC file with its truth beside it."""
    return tuple(sorted(CALLS_DIR.glob("*.flac")))


@pytest.fixture(scope="session")
def recordings() -> Path:
    """The folder of real recordings; tests that need it are skipped where it is not named."""
    named = os.environ.get("QA_MONITOR_DATA")
    if not named:
        pytest.skip("set QA_MONITOR_DATA to the folder of real recordings")
    return Path(named)
