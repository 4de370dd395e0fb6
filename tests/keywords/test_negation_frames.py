"""What others said, want or might do is not the speaker's wish; what the speaker wants counts, however it is put."""

import time

import pytest

from keywords.matcher import Matcher
from keywords.negation.negated import HitKind, is_negated
from keywords.normal import tokens
from streams.records import Language
from tests.keywords.builders import a_matcher, found
from tests.keywords.sentences_others import ENGLISH_OTHERS, ENGLISH_OWN, FRENCH_OTHERS, FRENCH_OWN

FRENCH = (
    "résilier",
    "résiliation",
    "je résilie",
    "résiliez",
    "résilierai",
    "résilie",
    "rembours*",
    "clôturer mon compte",
    "porter plainte",
    "un avocat",
    "au tribunal",
    "vous poursuivre",
    "me plaindre",
    "parler à un responsable",
    "moi un responsable",
    "moins cher chez",
    "réclamation",
)
ENGLISH = (
    "cancel*",
    "refund*",
    "reimburse*",
    "money back",
    "(go|going) to court",
    "(sue|suing) you",
    "legal action",
    "speak to a manager",
    "get me a (manager|supervisor)",
    "make a complaint",
    "switching providers",
    "leave your company",
    "cheaper elsewhere",
    "had enough",
    "so disappointed",
    "you are useless",
)


def _lines(table: str) -> list[str]:
    return table.strip().splitlines()


@pytest.fixture(scope="module")
def french() -> Matcher:
    return a_matcher(FRENCH, Language.FR)


@pytest.fixture(scope="module")
def english() -> Matcher:
    return a_matcher(ENGLISH, Language.EN)


@pytest.mark.parametrize("sentence", _lines(FRENCH_OTHERS))
def test_what_is_not_the_speakers_own_is_silent_in_french(french: Matcher, sentence: str) -> None:
    assert found(french, sentence, Language.FR) == []


@pytest.mark.parametrize("sentence", _lines(FRENCH_OWN))
def test_the_speakers_own_wish_fires_in_french(french: Matcher, sentence: str) -> None:
    assert found(french, sentence, Language.FR) != []


@pytest.mark.parametrize("sentence", _lines(ENGLISH_OTHERS))
def test_what_is_not_the_speakers_own_is_silent_in_english(english: Matcher, sentence: str) -> None:
    assert found(english, sentence, Language.EN) == []


@pytest.mark.parametrize("sentence", _lines(ENGLISH_OWN))
def test_the_speakers_own_wish_fires_in_english(english: Matcher, sentence: str) -> None:
    assert found(english, sentence, Language.EN) != []


@pytest.mark.parametrize(
    ("sentence", "own", "denied", "language"),
    [
        ("I am not happy", "not happy", False, Language.EN),
        ("it is not that I am not happy", "not happy", True, Language.EN),
        ("I never said I was not satisfied", "not satisfied", True, Language.EN),
        ("my son told me you are not happy", "not happy", True, Language.EN),
        ("you do not listen I am not happy", "not happy", False, Language.EN),
        ("je ne suis pas content", "suis pas content", False, Language.FR),
        ("c'est pas que je suis pas content", "suis pas content", True, Language.FR),
        ("j'ai jamais dit que j'étais pas satisfait", "pas satisfait", True, Language.FR),
        ("ça marche pas je suis pas content", "suis pas content", False, Language.FR),
    ],
)
def test_a_phrase_with_its_own_negation_is_denied_by_a_clause_around_it(
    sentence: str, own: str, denied: bool, language: Language
) -> None:
    spoken = tokens(sentence.split(), language)
    width = len(own.split())

    assert is_negated(spoken, len(spoken) - width, len(spoken), language, HitKind(own_negation=True)) is denied


def test_a_long_run_on_sentence_is_judged_at_once() -> None:
    """No pattern goes back and forth over what was said: the time grows with the words."""
    spoken = tokens(("my neighbour said that some people told me you " * 60 + "want to cancel").split(), Language.EN)

    began = time.perf_counter()
    is_negated(spoken, len(spoken) - 1, len(spoken), Language.EN)

    assert time.perf_counter() - began < 1.0
