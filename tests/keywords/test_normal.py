"""Recognised text becomes comparable tokens that know their word."""

from dataclasses import replace

import pytest

from keywords.normal import Break, key_of, spoken_words, tokens
from streams.records import Language, Word
from tests.keywords.builders import an_utterance


def _forms(text: str, language: Language) -> list[str]:
    return [token.form for token in tokens(text.split(), language)]


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("J’ai", ["je", "ai"]),
        ("qu'on m'appelle", ["que", "on", "me", "appelle"]),
        ("Rendez-vous aujourd'hui.", ["rendez", "vous", "aujourdhui"]),
        ("euh je veux, euh, résilier", ["je", "veux", "resilier"]),
        ("je je veux", ["je", "veux"]),
        ("un cœur ÉTÉ", ["un", "coeur", "ete"]),
    ],
)
def test_french_text_is_folded(text: str, forms: list[str]) -> None:
    assert _forms(text, Language.FR) == forms


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("I don't, can't, won't", ["i", "do", "not", "can", "not", "will", "not"]),
        ("I'm sure it's John's", ["i", "am", "sure", "it", "is", "john", "s"]),
        ("cannot didnt gonna", ["can", "not", "did", "not", "going", "to"]),
        ("um cancel my uh subscription", ["cancel", "my", "subscription"]),
    ],
)
def test_english_contractions_are_opened(text: str, forms: list[str]) -> None:
    assert _forms(text, Language.EN) == forms


def test_tokens_know_their_word() -> None:
    found = tokens(["J'ai", "euh", "dit", "rendez-vous"], Language.FR)

    assert [token.word for token in found] == [0, 0, 2, 3, 3]


def test_punctuation_breaks_and_hesitation_does_not() -> None:
    found = tokens(["Non,", "merci.", "Je...", "veux", "!", "pas,", "euh,", "partir"], Language.FR)

    assert [token.after for token in found] == [
        Break.PAUSE,
        Break.SENTENCE,
        Break.NONE,
        Break.SENTENCE,
        Break.NONE,
        Break.NONE,
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("résilier", "résiliez"),
        ("résilié", "résiliée"),
        ("mécontent", "mécontente"),
        ("content", "contents"),
        ("nul", "nulle"),
        ("la", "les"),
    ],
)
def test_french_forms_that_sound_or_inflect_alike_share_a_key(one: str, other: str) -> None:
    assert key_of(one, Language.FR) == key_of(other, Language.FR)


@pytest.mark.parametrize(("one", "other"), [("résilie", "résilier"), ("plainte", "plaindre"), ("cas", "ce")])
def test_other_french_words_keep_their_own_key(one: str, other: str) -> None:
    assert key_of(one, Language.FR) != key_of(other, Language.FR)


@pytest.mark.parametrize(("one", "other"), [("refund", "refunds"), ("company", "companies")])
def test_english_plurals_share_a_key(one: str, other: str) -> None:
    assert key_of(one, Language.EN) == key_of(other, Language.EN)


def test_words_that_do_not_spell_the_text_are_not_believed() -> None:
    """The text is what is shown, so it decides; times are spread evenly."""
    utterance = an_utterance("four nine seven")
    odd = replace(utterance, words=(Word(text="other", start_s=0.0, end_s=1.0, probability=1.0),))

    words = spoken_words(odd)

    assert [word.text for word in words] == ["four", "nine", "seven"]
    assert words[-1].end_s == pytest.approx(utterance.end_s)
