"""Passes before the first call, so that no call waits for memory, and none seems to take it."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from streams.records import Language
from streams.resample import SPEECH_RATE_HZ
from streams.whisper import SpeechModel
from streams.window import Window

PASSES = ((1, 15), (8, 1))
"""Windows and their seconds: the longest utterance, and the most that share a pass."""
BEAM = 5


def warm_up(model: SpeechModel, languages: tuple[Language, ...], workers: int) -> None:
    """The dearest passes there are, by every worker at once: what they need is kept for the next ones."""
    with ThreadPoolExecutor(max_workers=workers, thread_name_prefix="warm-up") as executor:
        for count, seconds in PASSES:
            silence = np.zeros(seconds * SPEECH_RATE_HZ, np.float32)
            window = Window(audio=silence, language=None, languages=languages, beam=BEAM)
            for done in [executor.submit(model.recognise, [window] * count) for _ in range(workers)]:
                done.result()
