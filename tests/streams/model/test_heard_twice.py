"""Unsure finals that are heard a second time, for phrases in them."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_monitor.demo.truth import CALLS_DIR
from streams.model.hearings import FEWEST_S, MOST_S, SLOWER, UNSURE, hearings_of
from streams.model.whisper import SpeechModel
from streams.model.window import Window
from streams.records import Audio, Language, Word
from streams.samples.resample import slower
from streams.vocabulary.terms import Candidate
from tests.streams.model.test_whisper import lines_of
from tests.streams.scripted import some_audio

RATE_HZ = 16_000


class Listener:
    """A seeker that proposes nothing and remembers what else was understood."""

    def __init__(self) -> None:
        self.guesses: list[list[str]] = []

    def proposals(self, words: Sequence[Word], language: Language, guesses: Sequence[str] = ()) -> Sequence[Candidate]:
        self.guesses.append(list(guesses))
        return ()


@given(confidence=st.floats(0.0, 1.0), duration_s=st.floats(0.1, 28.0))
def test_only_what_is_unsure_and_fits_is_heard_again(confidence: float, duration_s: float) -> None:
    """Nothing is lost in halves, and nothing longer than the model hears is made."""
    audio = some_audio(duration_s)

    hearings = hearings_of(audio, confidence)

    if confidence >= UNSURE or duration_s > MOST_S:
        assert hearings == []
    else:
        ((slow,), *halves) = hearings
        assert len(slow) == pytest.approx(len(audio) * SLOWER, abs=2)
        assert len(slow) <= 28 * RATE_HZ
        assert len(halves) == (len(audio) >= FEWEST_S * RATE_HZ)
        assert all(np.array_equal(np.concatenate(parts), audio) for parts in halves)


def test_slower_is_longer_and_lower() -> None:
    """As from a tape."""
    second = np.arange(RATE_HZ) / RATE_HZ
    tone = np.sin(2 * np.pi * 560 * second).astype(np.float32)

    spectrum = np.abs(np.fft.rfft(slower(tone, SLOWER)))

    assert spectrum.argmax() / SLOWER == pytest.approx(560 / SLOWER, abs=2)


@pytest.mark.model
def test_what_was_understood_the_second_time_is_the_first_of_the_guesses(speech_model: SpeechModel) -> None:
    """In noise, and only where it is asked for; a clear line is heard once."""
    language, lines = lines_of(sorted(CALLS_DIR.glob("en-*.flac"))[0])
    clear = lines[1][0]
    noisy = _in_noise(clear)
    listener = Listener()
    once = Window(audio=noisy, language=language, languages=tuple(Language), beam=5, seeker=listener)
    twice = replace(once, twice=True)

    single, double, sure = (
        speech_model.recognise([window])[0] for window in (once, twice, replace(twice, audio=clear))
    )

    assert double.confidence == single.confidence < UNSURE <= sure.confidence
    alone, with_second, of_the_sure = listener.guesses
    (slow,), halves = hearings_of(noisy, single.confidence)
    asked = replace(once, seeker=None, wants_times=False)
    heard, *both = speech_model.recognise([replace(asked, audio=part) for part in (slow, *halves)])
    assert with_second == [heard.text, " ".join(half.text for half in both), *alone]
    assert (single.again_s, sure.again_s) == (0.0, 0.0)
    assert double.again_s > 0.0
    assert len(of_the_sure) == 4


def _in_noise(audio: Audio) -> Audio:
    level = np.sqrt((audio**2).mean())
    noise = np.random.default_rng(5).standard_normal(len(audio)) * level
    mixed: Audio = (audio + noise).astype(np.float32)
    return mixed
