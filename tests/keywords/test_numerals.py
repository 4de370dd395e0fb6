"""A number is the same number in words and in digits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from text_to_num import text2num  # type: ignore[import-untyped]  # ships no type information

from keywords.forms.numerals import numbers_in
from keywords.normal import tokens
from keywords.words import word_set
from streams.records import Language

EN, FR = Language.EN, Language.FR


def _numbers(text: str, language: Language) -> list[tuple[float, bool]]:
    forms = [token.form for token in tokens(text.split(), language)]
    return [(found.value, found.money) for found in numbers_in(forms, language)]


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        (FR, "soixante", 60),
        (FR, "quatre-vingt-dix-neuf", 99),
        (FR, "vingt et un", 21),
        (FR, "soixante et onze", 71),
        (FR, "deux mille cinq cents", 2500),
        (FR, "cent trente", 130),
        (FR, "mille", 1000),
        (FR, "trois virgule cinq", 3.5),
        (FR, "3 mille", 3000),
        (FR, "1 250,50", 1250.5),
        (FR, "12,5", 12.5),
        (FR, "50 %", 50),
        (EN, "twenty-five", 25),
        (EN, "twenty five", 25),
        (EN, "a hundred and fifty", 150),
        (EN, "two thousand and six", 2006),
        (EN, "fifteen hundred", 1500),
        (EN, "1,250.50", 1250.5),
        (EN, "2k", 2000),
        (EN, "one million", 1_000_000),
    ],
)
def test_a_number_is_read(language: Language, text: str, value: float) -> None:
    assert _numbers(text, language) == [(value, False)]


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        (FR, "soixante euros", 60),
        (FR, "60 €", 60),
        (FR, "60€", 60),
        (FR, "un euro", 1),
        (FR, "vingt euros cinquante", 20.5),
        (FR, "vingt euros et cinquante centimes", 20.5),
        (FR, "50 centimes", 0.5),
        (EN, "$60", 60),
        (EN, "sixty dollars", 60),
        (EN, "five pounds fifty", 5.5),
        (EN, "$1,250.50", 1250.5),
    ],
)
def test_an_amount_is_read(language: Language, text: str, value: float) -> None:
    assert _numbers(text, language)[-1] == (value, True)


@pytest.mark.parametrize(
    ("language", "text"),
    [(FR, "un avocat"), (FR, "une fois"), (EN, "one of them"), (EN, "a manager"), (FR, "14h30"), (EN, "the 2nd")],
)
def test_articles_and_times_are_no_numbers(language: Language, text: str) -> None:
    assert _numbers(text, language) == []


def test_what_follows_an_amount_is_not_added_to_it() -> None:
    assert (60.0, True) in _numbers("soixante euros deux fois", FR)
    assert (2.0, False) in _numbers("soixante euros deux fois", FR)


@pytest.mark.parametrize("language", list(Language))
def test_every_number_below_ten_thousand_is_read_as_the_library_reads_it(language: Language) -> None:
    """Ours only finds where numbers begin and end; on what they mean it agrees with text2num."""
    words = {FR: _french, EN: _english}[language]
    for value in range(2, 10_000, 7):
        assert text2num(words(value), language.value) == value
        assert _numbers(words(value), language) == [(value, False)]


@given(
    st.lists(st.sampled_from(sorted(word_set("cent mille vingt quatre et un dix 5 12.5 euros virgule pour a hundred"))))
)
def test_any_row_of_number_words_is_read_without_failing(forms: list[str]) -> None:
    for language in Language:
        found = numbers_in(forms, language)
        assert all(0 <= one.start < one.stop <= len(forms) for one in found)


def _listed(words: str) -> list[str]:
    return words.split()


_SMALL = _listed(
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit "
    "dix-neuf"
)
_TENS = _listed("vingt trente quarante cinquante soixante")
_ENGLISH_SMALL = _listed(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_ENGLISH_TENS = _listed("twenty thirty forty fifty sixty seventy eighty ninety")


def _french(value: int) -> str:
    if value < 20:
        return _SMALL[value]
    if value < 100:
        return _french_tens(value)
    if value < 1_000:
        hundreds, rest = divmod(value, 100)
        head = "cent" if hundreds == 1 else f"{_SMALL[hundreds]} cent"
        return f"{head} {_french(rest)}" if rest else head
    thousands, rest = divmod(value, 1_000)
    head = "mille" if thousands == 1 else f"{_french(thousands)} mille"
    return f"{head} {_french(rest)}" if rest else head


def _french_tens(value: int) -> str:
    tens, rest = divmod(value, 10)
    if tens in (7, 9):
        tens, rest = tens - 1, rest + 10
    head = "quatre-vingt" if tens == 8 else _TENS[tens - 2]
    if not rest:
        return head if tens != 8 else "quatre-vingts"
    return f"{head} et {_SMALL[rest]}" if rest in (1, 11) and tens != 8 else f"{head}-{_SMALL[rest]}"


def _english(value: int) -> str:
    if value < 20:
        return _ENGLISH_SMALL[value]
    if value < 100:
        tens, rest = divmod(value, 10)
        return _ENGLISH_TENS[tens - 2] + (f"-{_ENGLISH_SMALL[rest]}" if rest else "")
    size, name = (1_000, "thousand") if value >= 1_000 else (100, "hundred")
    many, rest = divmod(value, size)
    joined = " and " if 0 < rest < 100 else " "
    return f"{_english(many)} {name}" + (f"{joined}{_english(rest)}" if rest else "")
