"""What is taken back stays silent, what is only near a negation does not. Half of the sentences are traps."""

import pytest

from keywords.matcher import Matcher
from streams.records import Language
from tests.keywords.builders import a_matcher, found
from tests.keywords.sentences import ENGLISH_FIRES, ENGLISH_SILENT, FRENCH_FIRES, FRENCH_SILENT

FRENCH = (
    "résilier",
    "résiliation",
    "je résilie",
    "résiliez",
    "rembours*",
    "porter plainte",
    "un avocat",
    "annuler (mon contrat|mon abonnement)",
    "en colère",
    "me plaindre",
    "problème",
    "frais",
    "vous quitter",
    "idiot",
)
ENGLISH = (
    "cancel*",
    "refund*",
    "complain*",
    "complaint",
    "lawyer",
    "angry",
    "problem",
    "idiot",
    "money back",
    "sue you",
    "speak to a manager",
)


def _lines(table: str) -> list[str]:
    return table.strip().splitlines()


@pytest.fixture(scope="module")
def french() -> Matcher:
    return a_matcher(FRENCH, Language.FR)


@pytest.fixture(scope="module")
def english() -> Matcher:
    return a_matcher(ENGLISH, Language.EN)


@pytest.mark.parametrize("sentence", _lines(FRENCH_SILENT))
def test_what_is_negated_in_french_is_silent(french: Matcher, sentence: str) -> None:
    assert found(french, sentence, Language.FR) == []


@pytest.mark.parametrize("sentence", _lines(FRENCH_FIRES))
def test_what_is_wanted_in_french_fires(french: Matcher, sentence: str) -> None:
    assert found(french, sentence, Language.FR) != []


@pytest.mark.parametrize("sentence", _lines(ENGLISH_SILENT))
def test_what_is_negated_in_english_is_silent(english: Matcher, sentence: str) -> None:
    assert found(english, sentence, Language.EN) == []


@pytest.mark.parametrize("sentence", _lines(ENGLISH_FIRES))
def test_what_is_wanted_in_english_fires(english: Matcher, sentence: str) -> None:
    assert found(english, sentence, Language.EN) != []


@pytest.mark.parametrize(
    ("sentence", "phrases"),
    [
        ("ça ne marche pas mais je veux pas attendre, je vais porter plainte", ["porter plainte"]),
        ("si vous ne me remboursez pas je vais porter plainte", ["rembours*", "porter plainte"]),
        ("j'ai un problème mais je ne veux pas résilier", ["problème"]),
        ("je ne veux pas de remboursement, je veux résilier", ["résilier"]),
    ],
)
def test_a_negation_ends_with_its_clause_in_french(french: Matcher, sentence: str, phrases: list[str]) -> None:
    assert found(french, sentence, Language.FR) == phrases


@pytest.mark.parametrize(
    ("sentence", "phrases"),
    [
        ("I don't want a credit, I want my money back", ["money back"]),
        ("if you don't refund me, I will sue you", ["refund*", "sue you"]),
        ("I have a problem but I don't want to cancel", ["problem"]),
        ("I don't want a refund, cancel it", ["cancel*"]),
    ],
)
def test_a_negation_ends_with_its_clause_in_english(english: Matcher, sentence: str, phrases: list[str]) -> None:
    assert found(english, sentence, Language.EN) == phrases


@pytest.mark.parametrize(
    ("phrase", "sentence", "language"),
    [
        ("not happy", "I'm not happy", Language.EN),
        ("not happy", "I am not very happy", Language.EN),
        ("no longer want", "I no longer want it", Language.EN),
        ("pas normal", "c'est pas normal", Language.FR),
        ("c'est pas normal", "ce n'est pas normal", Language.FR),
        ("ce n'est pas normal", "c'est vraiment pas normal", Language.FR),
        ("ça ne marche pas", "ça marche pas", Language.FR),
        ("ça ne marche pas", "ça ne marche pas du tout", Language.FR),
    ],
)
def test_a_phrase_with_its_own_negation_matches_as_written(phrase: str, sentence: str, language: Language) -> None:
    assert found(a_matcher([phrase], language), sentence, language) == [phrase]
