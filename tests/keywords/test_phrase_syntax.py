"""Numbers, amounts, distances and lists in phrases."""

import pytest

from keywords.matcher import Matcher, WordRule
from keywords.phrases.phrase import PhraseError, PhraseSet, compile_phrase
from streams.records import Language
from tests.keywords.builders import a_matcher, an_utterance, found

EN, FR = Language.EN, Language.FR
LISTS = {"competitors": {FR: ["sfr", "bouygues télécom", "orange*"], EN: ["verizon", "t mobile"]}}


@pytest.mark.parametrize(
    ("language", "phrase", "sentence", "is_found"),
    [
        (FR, "soixante euros", "ça fait 60 €", True),
        (FR, "60 €", "ça fait soixante euros", True),
        (FR, "soixante euros", "ça fait 70 €", False),
        (EN, "twenty five", "there were 25 of them", True),
        (EN, "25", "there were twenty-five of them", True),
        (FR, "(trois|quatre) fois", "j'ai appelé 3 fois", True),
        (FR, "vingt (quatre|cinq)", "vingt quatre", True),
        (FR, "{number} fois", "ça fait six fois que j'appelle", True),
        (FR, "{number>=3} fois", "ça fait 2 fois", False),
        (FR, "{number>=3} fois", "ça fait vingt-trois fois", True),
        (FR, "{number >= 3} fois", "ça fait 3 fois", True),
        (FR, "{number} fois", "une fois", False),
        (FR, "{amount}", "il y en a cinquante", False),
        (FR, "{amount}", "il y en a pour cinquante euros", True),
        (FR, "{amount>=100}", "deux cents euros", True),
        (FR, "{amount>=100}", "quatre-vingt-dix-neuf euros", False),
        (EN, "{amount>100}", "$100", False),
        (EN, "{amount>100}", "$100.50", True),
        (EN, "{amount<20} [more] a month", "it's five pounds fifty more a month", True),
        (EN, "({number}|several) times", "several times", True),
        (EN, "({number}|several) times", "I called four times", True),
    ],
)
def test_numbers_and_amounts(language: Language, phrase: str, sentence: str, is_found: bool) -> None:
    assert found(a_matcher([phrase], language), sentence, language) == [phrase] * is_found


@pytest.mark.parametrize(
    ("phrase", "sentence", "is_found"),
    [
        ("cancel ~3 contract", "cancel contract", True),
        ("cancel ~3 contract", "cancel that awful contract", True),
        ("cancel ~3 contract", "cancel that awful old contract", False),
        ("cancel ~3 contract", "cancel that. The contract", False),
        ("cancel ~3 contract", "contract to cancel", False),
        ("cancel ~5 (contract|plan) [today]", "cancel whatever is left of plan today", True),
        ("charged ~4 {amount>=50}", "you charged my card another 60 dollars", True),
    ],
)
def test_a_word_may_be_near(phrase: str, sentence: str, is_found: bool) -> None:
    assert found(a_matcher([phrase]), sentence) == [phrase] * is_found


@pytest.mark.parametrize(
    ("sentence", "is_found"),
    [
        ("je vais chez SFR", True),
        ("je vais chez Bouygues Télécom", True),
        ("je vais chez ce concurrent", True),
        ("je vais chez ma mère", False),
        ("je vais chez Verizon", False),
    ],
)
def test_a_phrase_may_name_a_list(sentence: str, is_found: bool) -> None:
    phrase = "chez (<competitors>|ce concurrent)"
    compiled = PhraseSet.compile({FR: [phrase]}, lists=LISTS)
    matcher = Matcher([WordRule(rule_id="rule", rule_version="1", speaker=None, phrases=compiled)])

    assert [hit.phrase for hit in matcher.hits(an_utterance(sentence, FR))] == [phrase] * is_found


def test_a_hit_on_an_amount_spans_its_currency() -> None:
    (hit,) = a_matcher(["{amount}"]).hits(an_utterance("it cost twenty five dollars last month"))

    assert [word.text for word in hit.words] == ["twenty", "five", "dollars"]


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("cancel ~ contract", "~1 to ~10"),
        ("cancel ~99 contract", "~1 to ~10"),
        ("~3 contract", "between words"),
        ("cancel ~3", "words must follow"),
        ("cancel ~2 ~3 contract", "between words"),
        ("cancel (my ~3 old|the) contract", "inside brackets"),
        ("{numbers}", "no meaning"),
        ("{number=>3}", "no meaning"),
        ("{amount>=}", "no meaning"),
        ("{number", "'{'"),
        ("more{number}", "space before and after"),
        ("to <rivals>", "there is no list <rivals>; lists: competitors"),
        ("to <competitors", "'<'"),
        ("a = b", "'='"),
        ("a=b", "'='"),
    ],
)
def test_what_cannot_be_read_is_refused(written: str, problem: str) -> None:
    with pytest.raises(PhraseError) as caught:
        compile_phrase(written, EN, LISTS)

    assert problem in caught.value.problem


@pytest.mark.parametrize(
    ("lists", "problem"),
    [
        ({"rivals": {FR: ["sfr"]}}, "nothing in this language"),
        ({"rivals": {EN: ["(a|b)"]}}, "more than words"),
        ({"rivals": {EN: ["uh"]}}, "has no word"),
        ({"rivals": {EN: ["what?"]}}, "'?' has no meaning"),
        ({"rivals": {EN: [f"name{number}" for number in range(3_000)]}}, "more than 2000"),
    ],
)
def test_a_list_that_cannot_be_used_is_refused(lists: dict[str, dict[Language, list[str]]], problem: str) -> None:
    with pytest.raises(PhraseError) as caught:
        compile_phrase("to (<rivals>|them)", EN, lists)

    assert problem in caught.value.problem
