"""Where accounts are left in: whole account numbers stay as they are, and nothing else goes for one."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import iban

from keywords.records import RedactionKind
from keywords.redaction.ibans import LENGTHS, WORDS, is_proven
from keywords.redaction.screen import ALL_KINDS, NEVER_KEPT
from streams.records import Language
from tests.keywords.cards import a_card
from tests.keywords.screening import exchange, said, screen_all, texts_of

EN, FR = Language.EN, Language.FR
CARD = "4970 1012 3456 7893"
WITHOUT_ACCOUNTS = ALL_KINDS - {RedactionKind.IBAN}
SEEDS = st.integers(min_value=0, max_value=2**32 - 1)


def _an_iban(country: str, rng: random.Random) -> str:
    body = "".join(rng.choice("0123456789") for _ in range(LENGTHS[country] - 4))
    return f"{country.upper()}{iban.calc_check_digits(f'{country}00{body}'.upper())}{body}"


@given(SEEDS, st.sampled_from(sorted(LENGTHS)), st.sampled_from([" ", "", " 76 "]))
def test_a_card_number_behind_the_letters_of_a_country_is_masked(seed: int, country: str, between: str) -> None:
    number = a_card(random.Random(seed))
    texts = [f"{country.upper()}{between}{number}"]

    (masked,) = texts_of(screen_all(said(texts, FR), NEVER_KEPT))

    assert number not in masked


@pytest.mark.parametrize(
    ("text", "masked", "language"),
    [
        (f"c'est GB {CARD}", "c'est GB [card]", FR),
        (f"F R {CARD}", "F R [card]", FR),
        (f"F R soixante-seize {CARD}", "F R [card]", FR),
        (f"the country is BE {CARD} thanks", "the country is BE [card] thanks", EN),
        ("CH 0041 22 345 67 89", "CH [phone]", FR),
    ],
)
def test_what_only_begins_like_an_account_is_masked_as_what_it_is(text: str, masked: str, language: Language) -> None:
    assert texts_of(screen_all(said([text], language), WITHOUT_ACCOUNTS)) == [masked]


def test_the_code_behind_such_a_card_number_is_masked_too() -> None:
    lines = ["je vous écoute", f"GB {CARD}", "et le code ?", "123"]

    assert texts_of(screen_all(exchange(lines, FR), NEVER_KEPT))[-1] == "[cvv]"


@given(SEEDS, st.sampled_from(sorted(set(LENGTHS) - WORDS)), st.booleans())
def test_a_whole_account_number_is_left_as_it_is(seed: int, country: str, in_groups: bool) -> None:
    number = _an_iban(country, random.Random(seed))
    text = " ".join(number[at : at + 4] for at in range(0, len(number), 4)) if in_groups else number
    left = texts_of(screen_all(said([text], FR), WITHOUT_ACCOUNTS))

    assert left == [text] or not is_proven(number.lower())


@pytest.mark.parametrize(
    "lines",
    [
        ["quel est votre IBAN", "FR76 3000 6000 0112 3456 7890 189 merci"],
        ["quel est votre IBAN", "3000 6000 0112 3456"],
        ["et ensuite", "FR76 3000 6000 0112 3456 7890 189 et puis le 12 mai"],
        ["numéro de carte ?", "non, mon compte, FR76 3000 6000 0112 3456 7890 189"],
    ],
)
def test_an_account_is_left_in_whether_or_not_it_was_asked_for(lines: list[str]) -> None:
    assert sorted(texts_of(screen_all(exchange(lines, FR), WITHOUT_ACCOUNTS))) == sorted(lines)


@pytest.mark.parametrize(
    ("number", "proven"),
    [
        ("fr7630006000011234567890189", True),
        ("gb29nwbk60161331926819", True),
        ("be68539007547034", True),
        ("fr7630006000011234567890188", False),
        ("fr763000600001123456789018", False),
        ("us7630006000011234567890189", False),
        ("frxx30006000011234567890189", False),
        ("", False),
    ],
)
def test_an_account_number_is_proven_by_its_length_and_check_digits(number: str, proven: bool) -> None:
    assert is_proven(number) is proven


def test_what_may_be_a_card_is_no_proven_account() -> None:
    """Of sixteen digits behind these letters one row in ninety-seven passes both checks."""
    rng = random.Random(7)
    both = next(card for card in iter(lambda: a_card(rng), "") if iban.is_valid(f"NO{card}") and len(card) == 13)

    assert not is_proven(f"no{both}")
