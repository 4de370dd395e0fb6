"""Passes before the first call, so that no call waits for memory, and none seems to take it."""

import time
from concurrent.futures import ThreadPoolExecutor
from importlib import resources

import numpy as np
import soundfile

from streams.model.whisper import SpeechModel
from streams.model.window import Window
from streams.records import Audio, Language
from streams.samples.resample import SPEECH_RATE_HZ

PASSES = ((1, 15), (2, 2))
"""Windows and their seconds: the longest utterance, and some that share a pass."""
BEAM = 5
USUAL_S = 2
"""An utterance of usual length, and how often it is measured."""
TIMES = 3


def warm_up(model: SpeechModel, languages: tuple[Language, ...], workers: int) -> float:
    """The dearest passes there are, by every worker at once: what they need is kept for the next ones.

    Of speech, one word over and over: the decoder needs memory for what it writes. Gives the worker seconds that a
    second of a usual utterance takes while all workers are busy.
    """
    with ThreadPoolExecutor(max_workers=workers, thread_name_prefix="warm-up") as executor:
        for count, seconds in PASSES:
            window = Window(audio=_speech(seconds), language=None, languages=languages, wants_embedding=True, beam=BEAM)
            for done in [executor.submit(model.recognise, [window] * count) for _ in range(workers)]:
                done.result()
        usual = Window(audio=_speech(USUAL_S), language=None, languages=languages, wants_embedding=True)
        began_s = time.perf_counter()
        for done in [executor.submit(model.recognise, [usual]) for _ in range(workers * TIMES)]:
            done.result()
        return (time.perf_counter() - began_s) / TIMES / USUAL_S


def _speech(seconds: int) -> Audio:
    with resources.files("streams").joinpath("data/room.flac").open("rb") as file:
        word, rate = soundfile.read(file, dtype="float32")
    wanted = seconds * SPEECH_RATE_HZ
    assert rate == SPEECH_RATE_HZ
    return np.asarray(np.tile(word, wanted // len(word) + 1)[:wanted], np.float32)
