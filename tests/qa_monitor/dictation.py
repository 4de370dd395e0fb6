"""A stand-in for the speech model that knows its recordings by heart: it needs no weights and never mishears."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from streams.engine.engine import SpeechEngine
from streams.model.recipe import USUAL, Recipe
from streams.model.whisper import SpeechModel
from streams.model.window import Recognised, Window
from streams.records import Audio, Embedding, Language, Samples, Word
from streams.samples.resample import SPEECH_RATE_HZ, Resampler

NEAR = 0.02
"""Mean squared distance, relative to the window's own energy, up to which a place is the window's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dictated:
    """What shall be heard on a channel between these seconds of the recording."""

    channel: int
    start_s: float
    end_s: float
    text: str

    def words(self) -> tuple[Word, ...]:
        """Evenly spread."""
        texts = self.text.split()
        step_s = (self.end_s - self.start_s) / max(1, len(texts))
        return tuple(
            Word(
                text=text,
                start_s=self.start_s + number * step_s,
                end_s=self.start_s + (number + 1) * step_s,
                probability=0.95,
            )
            for number, text in enumerate(texts)
        )


class Dictation(SpeechModel):
    """Finds each window in the recording, and says the words that lie in it. Safe to share, like the real one."""

    def __init__(self, samples: Samples, rate_hz: int, lines: Sequence[Dictated], language: Language) -> None:
        self._channels = [_at_16_khz(samples[:, channel], rate_hz) for channel in range(samples.shape[1])]
        self._dictated = [(line.channel, word) for line in lines for word in line.words()]
        self._language = language

    def recognise(self, windows: Sequence[Window], recipe: Recipe = USUAL) -> list[Recognised]:
        """The dictated words of each window."""
        return [self._recognised(window) for window in windows]

    def _recognised(self, window: Window) -> Recognised:
        channel, start_s = self._place(window.audio)
        end_s = start_s + len(window.audio) / SPEECH_RATE_HZ
        words = tuple(
            Word(
                text=word.text,
                start_s=max(0.0, word.start_s - start_s),
                end_s=word.end_s - start_s,
                probability=word.probability,
            )
            for on, word in self._dictated
            if on == channel and start_s <= (word.start_s + word.end_s) / 2 < end_s
        )
        return Recognised(
            text=" ".join(word.text for word in words),
            words=words,
            language=self._language,
            language_probability=1.0,
            confidence=0.95,
            no_speech=0.0,
            retried=False,
            looping=False,
            embedding=_an_embedding() if window.wants_embedding else None,
        )

    def _place(self, audio: Audio) -> tuple[int, float]:
        """Channel and second where the window was cut."""
        found = [(*_nearest(channel, audio), number) for number, channel in enumerate(self._channels)]
        distance, offset, number = min(found)
        assert distance < NEAR, f"audio that was never recorded (distance {distance:.3f})"
        return number, offset / SPEECH_RATE_HZ

    def engine(self) -> SpeechEngine:
        """An engine of one worker around it."""
        return SpeechEngine(self, workers=1, batch_size=1)


def _at_16_khz(samples: Samples, rate_hz: int) -> Audio:
    return Resampler(rate_hz).feed(np.ascontiguousarray(samples), last=True)


def _nearest(recording: Audio, audio: Audio) -> tuple[float, int]:
    """Smallest relative squared distance of `audio` to a stretch of the recording, and where that begins."""
    length = len(audio)
    if length > len(recording):
        return float("inf"), 0
    size = 1 << (len(recording) + length - 1).bit_length()
    spectrum = np.fft.rfft(recording, size) * np.conj(np.fft.rfft(audio, size))
    products = np.fft.irfft(spectrum, size)[: len(recording) - length + 1]
    summed = np.concatenate([[0.0], np.cumsum(np.square(recording, dtype=np.float64))])
    energy = float(np.sum(np.square(audio, dtype=np.float64)))
    distances = summed[length:] - summed[:-length] - 2 * products + energy
    best = int(np.argmin(distances))
    return float(distances[best]) / max(energy, 1e-9), best


def _an_embedding() -> Embedding:
    return Embedding(mean=np.zeros(512, np.float32), deviation=np.ones(512, np.float32))
