"""Speech that the decoder passed over: where it is noticed, where the audio is cut, and what is kept of both halves."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_monitor.demo.truth import CALLS_DIR
from streams.model.holes import EDGE_S, LONGEST_S, better_of, halves_of, hole_in
from streams.model.whisper import SpeechModel
from streams.model.window import Recognised, Window
from streams.records import Audio, Language, Sought, Word
from tests.streams.model.test_whisper import lines_of, plain
from tests.streams.scripted import recognised, some_audio

RATE_HZ = 16_000


def heard_at(*times_s: float, text: str = "mot") -> Recognised:
    """A word at each of these times, each until the next begins or for 0.3 s."""
    words = tuple(Word(text=text, start_s=at, end_s=at + 0.3, probability=0.9) for at in times_s)
    return replace(recognised(), words=words, text=" ".join(word.text for word in words))


def quieter_from(audio: Audio, start_s: float, end_s: float, factor: float) -> Audio:
    changed = audio.copy()
    changed[round(start_s * RATE_HZ) : round(end_s * RATE_HZ)] *= np.float32(factor)
    return changed


@pytest.mark.parametrize(
    ("times_s", "hole"),
    [
        ((0.2, 0.6, 1.0, 7.0, 7.5), (1.0, 7.0)),
        ((6.0, 6.5, 7.0, 7.6), (0.0, 6.0)),
        ((0.2, 0.7), (0.7, 8.0)),
        ((0.2, 2.6, 5.0, 7.4), None),
        ((), None),
    ],
)
def test_seconds_of_speech_without_a_word_are_noticed(
    times_s: tuple[float, ...], hole: tuple[float, float] | None
) -> None:
    """In the middle, in front and at the end; where no word at all was written, there is nothing to doubt."""
    assert hole_in(heard_at(*times_s), some_audio(8.0)) == hole


def test_a_pause_is_no_hole() -> None:
    """What is much quieter than the rest was not spoken."""
    words = heard_at(0.2, 0.6, 6.0, 6.5, 7.0, 7.6)

    assert hole_in(words, some_audio(8.0)) == (0.6, 6.0)
    assert hole_in(words, quieter_from(some_audio(8.0), 0.6, 6.0, 0.1)) is None


def test_of_a_loop_nothing_is_known_but_its_middle() -> None:
    """Its words stand anywhere."""
    loop = replace(heard_at(0.2, 0.6, 1.0), looping=True)

    assert hole_in(loop, some_audio(8.0)) == (2.0, 6.0)
    assert hole_in(loop, some_audio(4.0)) is None


@given(at_s=st.floats(2.0, 6.0), seed=st.integers(0, 99))
def test_audio_is_cut_at_its_quietest_moment(at_s: float, seed: int) -> None:
    """Within the hole, and nothing is lost."""
    noise = np.random.default_rng(seed).standard_normal(8 * RATE_HZ).astype(np.float32)
    audio = quieter_from(noise, at_s - 0.15, at_s + 0.15, 0.01)

    one, other = halves_of(audio, (1.0, 7.0))

    assert len(one) / RATE_HZ == pytest.approx(at_s, abs=0.15)
    np.testing.assert_array_equal(np.concatenate([one, other]), audio)


@given(start_s=st.floats(0.0, 20.0), length_s=st.floats(LONGEST_S, 8.0))
def test_both_halves_are_worth_hearing(start_s: float, length_s: float) -> None:
    """However the hole lies, each half holds its edge at least."""
    one, other = halves_of(some_audio(28.0), (start_s, start_s + length_s))

    assert len(one) / RATE_HZ >= start_s + EDGE_S - 1e-3
    assert len(one) / RATE_HZ <= start_s + length_s - EDGE_S + 0.05
    assert len(other) > 0


def test_words_of_both_halves_stand_where_they_were_said() -> None:
    """Phrases that were weighed in the second half, too."""
    found = Sought(text="trois", heard="trop", first=0, likeness=0.8, brevity=0.5, by_audio=-1.0, by_habit=0.0)
    whole = recognised("un")
    one, other = recognised("un deux"), replace(recognised("trop"), sought=(found,), confidence=0.4)

    joined = better_of(whole, [one, other], 5.0)

    assert joined is not None
    assert joined.text == "un deux trop"
    assert [(word.text, word.start_s) for word in joined.words] == [("un", 0.0), ("deux", 0.2), ("trop", 5.0)]
    assert joined.sought == (replace(found, first=2),)
    assert 0.4 < joined.confidence < 0.9


def test_halves_that_say_no_more_are_left() -> None:
    """Or where one of them is not to be believed."""
    whole = recognised("je veux résilier")

    assert better_of(whole, [recognised("je"), recognised("veux")], 2.0) is None
    assert better_of(whole, [recognised("je veux vraiment"), recognised("résilier", confidence=0.1)], 2.0) is None
    assert better_of(whole, [recognised("je veux vraiment"), recognised("")], 2.0) is None


def test_any_half_is_better_than_a_loop() -> None:
    """As long as it is none itself."""
    whole = replace(recognised("non non non non non non non non"), looping=True)
    looping = replace(recognised("oui oui oui"), looping=True)

    later = better_of(whole, [looping, recognised("résilier")], 2.0)

    earlier = better_of(whole, [recognised("bonjour"), looping], 2.0)
    assert later is not None
    assert earlier is not None
    assert (later.text, later.looping) == ("résilier", False)
    assert later.words[0].start_s == 2.0
    assert earlier.text == "bonjour"
    assert better_of(whole, [looping, looping], 2.0) is None


@pytest.mark.model
def test_what_was_passed_over_in_noise_is_heard_in_halves(speech_model: SpeechModel) -> None:
    """The first lines of a bundled call in the noise of a street at 5 dB, in one window: more of their words."""
    language, lines = lines_of(CALLS_DIR / "fr-6-forfait-cellulaire.flac")
    said = {word for _, text in lines[:3] for word in plain(text)}
    audio = np.concatenate([line for line, _ in lines[:3]])[: 16 * RATE_HZ]
    windows = [
        Window(audio=_in_the_street(audio, 5.0, seed), language=language, languages=tuple(Language), beam=5)
        for seed in range(6)
    ]

    once, again = (
        [len(said & set(plain(found.text))) for found in speech_model.recognise(asked)]
        for asked in (windows, [replace(window, final=True) for window in windows])
    )

    assert sum(again) > sum(once)
    assert all(more >= less for more, less in zip(again, once, strict=True))


def _in_the_street(audio: Audio, snr_db: float, seed: int) -> Audio:
    frequencies = np.fft.rfftfreq(len(audio), 1 / RATE_HZ)
    frequencies[0] = frequencies[1]
    phases = np.random.default_rng(seed).uniform(0, 2 * np.pi, len(frequencies))
    noise = np.fft.irfft(np.exp(1j * phases) / np.sqrt(frequencies), len(audio))
    level = np.sqrt((audio**2).mean() / (noise**2).mean()) * 10 ** (-snr_db / 20)
    mixed: Audio = (audio + noise * level).astype(np.float32)
    return mixed
