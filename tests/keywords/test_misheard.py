"""Phrases are found in words that are inflected, misspelt or misheard, the bolder the guess the less certain."""

from dataclasses import replace

import pytest

from keywords.matcher import Matcher
from keywords.records import HitReason
from streams.records import Language
from tests.keywords.builders import a_matcher, a_rule, an_utterance, found

EN, FR = Language.EN, Language.FR


def _reason(phrase: str, sentence: str, language: Language) -> tuple[HitReason, float] | None:
    hits = a_matcher([phrase], language).hits(an_utterance(sentence, language))
    return (hits[0].reason, hits[0].certainty) if hits else None


@pytest.mark.parametrize(
    ("language", "phrase", "sentence", "reason"),
    [
        (FR, "résilier", "je veux résilier", HitReason.EXACT),
        (FR, "rembours*", "mon remboursement", HitReason.EXACT),
        (FR, "résilier", "je résilie demain", HitReason.INFLECTED),
        (FR, "résilier", "je résilierai demain", HitReason.INFLECTED),
        (FR, "annuler mon contrat", "j'annulerais mon contrat", HitReason.INFLECTED),
        (FR, "mettre fin à mon contrat", "je mets fin à mon contrat", HitReason.INFLECTED),
        (EN, "refund", "they never refunded it", HitReason.INFLECTED),
        (EN, "cancel my plan", "I'm cancelling my plan", HitReason.INFLECTED),
        (EN, "pay the bill", "I paid the bill", HitReason.INFLECTED),
        (FR, "remboursement", "mon rembourcement", HitReason.SPELLING),
        (FR, "résilier", "je veux ré silier", HitReason.SPELLING),
        (EN, "supervisor", "your super visor", HitReason.SPELLING),
        (FR, "remboursement", "je veux mon renbouissement", HitReason.SOUND),
        (FR, "porter plainte", "je vais porter plein", HitReason.SOUND),
        (FR, "résiliation", "demande de réziliassion", HitReason.SOUND),
        (FR, "fermer mon compte", "fermer mon conte", HitReason.SOUND),
        (EN, "call my lawyer", "I will call my loyer", HitReason.SOUND),
        (EN, "subscription", "my subskripson please", HitReason.SOUND),
    ],
)
def test_a_hit_says_how_the_phrase_was_seen(language: Language, phrase: str, sentence: str, reason: HitReason) -> None:
    seen = _reason(phrase, sentence, language)

    assert seen is not None
    assert seen[0] is reason


@pytest.mark.parametrize(
    ("language", "phrase", "sentence"),
    [
        (FR, "la concurrence", "vous quittez la conférence"),  # another real word: no guess without support
        (FR, "résilier", "appuyez aux intervalles réguliers"),
        (FR, "plainte", "le réservoir est plein"),
        (FR, "porter plainte", "le réservoir est plein"),
        (FR, "porter plainte", "porter le bac plein"),
        (FR, "un avocat", "un avoir"),
        (FR, "compte", "un conte"),
        (EN, "cancel", "a cancer treatment"),
        (EN, "calling", "it keeps falling"),
        (EN, "my lawyer", "my loyal friend"),
        (EN, "sue you", "so you know"),
        (EN, "supervisor", "super vision"),
    ],
)
def test_another_word_is_no_guess(language: Language, phrase: str, sentence: str) -> None:
    assert found(a_matcher([phrase], language), sentence, language) == []


def test_certainty_falls_with_boldness() -> None:
    said = ["porter plainte", "portera plainte", "porter plinte", "porter plein"]
    certainties = [seen[1] for one in said if (seen := _reason("porter plainte", f"il va {one}", FR))]

    assert len(certainties) == len(said)
    assert certainties == sorted(set(certainties), reverse=True)
    assert certainties[0] == 1.0


def test_a_guess_is_no_less_sure_for_having_been_heard_badly() -> None:
    """A word that was misheard is heard badly: that speaks for the guess and not against it."""
    clear = an_utterance("mon renbouissement", FR)
    weak = replace(clear, words=tuple(replace(word, probability=0.3) for word in clear.words))
    matcher = a_matcher(["remboursement"], FR)

    assert matcher.hits(weak)[0].certainty == matcher.hits(clear)[0].certainty


def test_bolder_guesses_come_only_when_asked_for() -> None:
    """They are worth asking the audio about; they are no hits by themselves."""
    utterance = an_utterance("je veux parler à un responsible", FR)
    rule = a_rule(["parler à un superviseur", "porter plainte"], FR)

    usual, bold = Matcher([rule]).hits(utterance), Matcher([rule], floor=0.3).hits(utterance)

    assert set(usual) <= set(bold)


def test_a_word_written_exactly_takes_no_tolerance() -> None:
    matcher = a_matcher(["=résilier"], FR)

    assert found(matcher, "je veux résilier", FR) == ["=résilier"]
    assert found(matcher, "je résilie", FR) == []
    assert found(matcher, "vous résiliez", FR) == []


def test_the_plainer_reading_of_a_rule_wins() -> None:
    """Of two phrases over the same words the one that takes no guess is told."""
    hits = a_matcher(["porter plein", "porter plainte"], FR).hits(an_utterance("je vais porter plein", FR))

    assert [(hit.phrase, hit.reason) for hit in hits] == [("porter plein", HitReason.EXACT)]
