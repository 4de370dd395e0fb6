"""Phrases on real passes of the speech model: found where they were said and misheard. Synthetic voices, 8 kHz."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import soundfile

from alerts.rulebook import STARTER_RULES, load_rulebook
from keywords.matcher import Matcher
from keywords.records import HitReason
from keywords.sought.seeker import Seeker
from keywords.sought.supposing import hits_with_sought
from streams.model.whisper import SpeechModel
from streams.model.window import Window
from streams.records import Language, Speaker, Utterance, Word
from streams.samples.resample import Resampler
from streams.vocabulary.terms import Candidate
from tests.keywords.builders import an_utterance

SOUNDS = Path(__file__).parent.parent / "streams" / "sounds"
RULES = load_rulebook([STARTER_RULES]).word_rules
MATCHER = Matcher(RULES)


def heard(model: SpeechModel, name: str) -> Utterance:
    """What the model makes of a customer's sentence while the starter rules' phrases are sought."""
    samples, rate_hz = soundfile.read(SOUNDS / name, dtype="int16")
    audio = Resampler(rate_hz).feed(samples, last=True)
    seeker = Seeker(MATCHER, RULES, Speaker.CUSTOMER)
    window = Window(audio=audio, language=Language.FR, languages=(Language.FR,), seeker=seeker)
    (found,) = model.recognise([window])
    return replace(an_utterance(found.text, Language.FR), words=found.words, sought=found.sought)


@pytest.mark.model
def test_a_phrase_that_was_misheard_is_found_on_the_audio(speech_model: SpeechModel) -> None:
    """ "Vous devez me rembourser la différence", of which the model makes "m'embourser"."""
    utterance = heard(speech_model, "rembourser-fr.flac")
    found = [hit for hit in hits_with_sought(MATCHER, utterance) if hit.rule_id == "refund"]

    assert "rembourser" not in utterance.text
    assert [hit for hit in MATCHER.hits(utterance) if hit.rule_id == "refund"] == []
    assert [hit.reason for hit in found] == [HitReason.SCORED]
    assert found[0].certainty > 0.5


@pytest.mark.model
def test_a_phrase_that_only_sounds_like_what_was_said_is_not(speech_model: SpeechModel) -> None:
    """ "L'application est bloquée sur mon portable" is no "porter plainte"."""
    utterance = heard(speech_model, "portable-fr.flac")

    assert "portable" in utterance.text
    assert all(hit.reason is not HitReason.SCORED for hit in hits_with_sought(MATCHER, utterance))


class Listening:
    """Proposes nothing and remembers what it was told."""

    def __init__(self) -> None:
        self.guesses: list[str] = []

    def proposals(self, words: Sequence[Word], language: Language, guesses: Sequence[str] = ()) -> Sequence[Candidate]:
        self.guesses = list(guesses)
        return ()


@pytest.mark.model
@pytest.mark.parametrize(("beam", "others"), [(None, 0), (5, 4)])
def test_who_proposes_is_told_every_other_guess(speech_model: SpeechModel, beam: int | None, others: int) -> None:
    seeker = Listening()
    samples, rate_hz = soundfile.read(SOUNDS / "portable-fr.flac", dtype="int16")
    audio = Resampler(rate_hz).feed(samples, last=True)
    window = Window(audio=audio, language=Language.FR, languages=(Language.FR,), seeker=seeker, beam=beam)
    (found,) = speech_model.recognise([window])

    assert "portable" in found.text
    assert len(seeker.guesses) == others
    assert any("portable" in guess for guess in seeker.guesses) is (others > 0)
