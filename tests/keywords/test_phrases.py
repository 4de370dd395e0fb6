"""Phrases as a QA lead writes them; a bad one is refused with what is wrong."""

import pytest

from keywords.phrases.phrase import PhraseError, PhraseSet, compile_phrase
from streams.records import Language


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("cancel, please", "','"),
        ("refund?", r"'\?'"),
        ("my_refund", "'_'"),
        ("can*cel", "last character"),
        ("re*", "at least 3 letters"),
        ("(my|the subscription", "not closed"),
        ("cancel [my", "not closed"),
        ("(a|(b|c)) d", "not closed"),
        ("cancel )", "not closed"),
        ("cancel | stop", "outside brackets"),
        ("cancel (my|) plan", "has no word"),
        ("cancel () plan", "has no word"),
        ("cancel(my|the) plan", "space before and after"),
        ("cancel (my|the)plan", "space before and after"),
        ("cancel !(my|", "'!'"),
        ("cancel !(", "'!'"),
        ("cancel !(my|)", "has no word"),
        (" !(my)", "empty"),
        ("[please] [now]", "must be said"),
        ("a", "shorter than two letters"),
        ("uh", "must be said"),
        (" ".join(["cancel", "it"] * 10), "more than 16"),
    ],
)
def test_a_phrase_that_cannot_be_used_is_refused(written: str, problem: str) -> None:
    with pytest.raises(PhraseError, match=problem) as caught:
        compile_phrase(written, Language.EN)

    assert caught.value.phrase == written
    assert caught.value.language is Language.EN


def test_a_set_names_the_language_of_the_bad_phrase() -> None:
    with pytest.raises(PhraseError, match=r"\(fr\)"):
        PhraseSet.compile({Language.EN: ["refund"], Language.FR: ["rem*bours"]})


def test_a_set_without_a_language_has_no_phrases_in_it() -> None:
    phrases = PhraseSet.compile({Language.EN: ["refund"]})

    assert [phrase.written for phrase in phrases.of(Language.EN)] == ["refund"]
    assert phrases.of(Language.FR) == ()


def test_brackets_give_alternatives_and_optional_words() -> None:
    phrase = compile_phrase("[please] cancel (my|the whole) plan*", Language.EN)

    assert [len(part) for part in phrase.parts] == [2, 1, 2, 1]
    assert {word.form for word in phrase.first_words()} == {"please", "cancel"}
    assert phrase.parts[-1][0][0].open_ended


def test_ne_need_not_be_said() -> None:
    assert compile_phrase("ça ne marche pas", Language.FR).parts == compile_phrase("ça marche pas", Language.FR).parts
