"""What stands in the place of masked words is read by nobody."""

import pytest

from keywords.marks import MARKS, is_mark
from keywords.normal import tokens
from keywords.redaction.cues import cues_of
from streams.records import Language
from tests.keywords.builders import a_matcher, an_utterance, found

EN, FR = Language.EN, Language.FR


@pytest.mark.parametrize("mark", sorted(MARKS))
def test_a_mark_is_no_word(mark: str) -> None:
    assert is_mark(mark)
    assert is_mark(f" {mark}.")
    assert tokens([mark, f"{mark}?"], EN) == ()


@pytest.mark.parametrize("word", ["card", "[", "[]", "[music]", "(card)", "card]", "…"])
def test_other_words_are_no_marks(word: str) -> None:
    assert not is_mark(word)


@pytest.mark.parametrize("phrase", ["card", "phone", "email", "my card", "phone number"])
def test_a_rule_does_not_find_its_phrase_in_a_mark(phrase: str) -> None:
    """Nobody said "card": a number was masked."""
    assert found(a_matcher([phrase]), "it is [card] and my [card] or [phone] number, [email]") == []
    assert found(a_matcher([phrase]), f"it is the {phrase} [card]") == [phrase]


def test_the_words_around_a_mark_are_still_found() -> None:
    assert found(a_matcher(["résilier mon abonnement"], FR), "je veux résilier [iban] mon abonnement", FR) == [
        "résilier mon abonnement"
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("je ne veux pas [card] résilier", False),
        ("je veux [phone] résilier", True),
        ("non [card]. Je veux résilier", True),
        ("je vous donne [cvv] et je veux résilier", True),
    ],
)
def test_a_denial_counts_neither_more_nor_less_for_a_mark(text: str, said: bool) -> None:
    plain = text.replace("[card]", "").replace("[phone]", "").replace("[cvv]", "")
    expected = ["résilier"] if said else []

    assert found(a_matcher(["résilier"], FR), text, FR) == expected
    assert found(a_matcher(["résilier"], FR), plain.replace(" .", "."), FR) == expected


def test_a_hit_across_a_mark_shows_the_mark() -> None:
    (hit,) = a_matcher(["cancel my contract"]).hits(an_utterance("please cancel my [phone] contract"))

    assert [word.text for word in hit.words] == ["cancel", "my", "[phone]", "contract"]


def test_masked_text_asks_for_nothing() -> None:
    """Screened text is read again where speech was transcribed too late."""
    assert cues_of(an_utterance("so [card] and [cvv], is that right")) == ()
