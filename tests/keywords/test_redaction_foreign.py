"""Numbers said in the other language than the utterance's label are masked like any others."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keywords.redaction.guesses import hide_numbers
from keywords.redaction.screen import RedactionScreen
from streams.records import Language
from tests.keywords.builders import an_utterance
from tests.keywords.cards import ENGLISH_DIGITS, FRENCH_DIGITS, a_card
from tests.keywords.screening import said, screen_all, shown, texts_of

EN, FR = Language.EN, Language.FR
SEEDS = st.integers(0, 2**32 - 1)


@pytest.mark.parametrize("label", [EN, FR])
@pytest.mark.parametrize(
    "number",
    [
        "four nine seven zero one zero one two three four five six seven eight nine three",
        "four nine seven oh one oh one two three four five six seven eight nine three",
        "forty-nine seventy ten twelve thirty-four fifty-six seventy-eight ninety-three",
        "forty nine, uh, seventy ten twelve thirty four fifty six seventy eight ninety three",
        "double four double four one zero one two three four five six seven eight nine four",
        "quatre neuf sept zéro un zéro un deux trois quatre cinq six sept huit neuf trois",
        "quarante-neuf soixante-dix dix douze trente-quatre cinquante-six soixante-dix-huit quatre-vingt-treize",
        "quatre mille neuf cent soixante-dix mille douze trois mille quatre cent cinquante-six 7893",
        "deux fois quatre deux fois quatre un zéro un deux trois quatre cinq six sept huit neuf quatre",
        "quatre nine seven zéro un zero one deux trois four cinq six seven huit nine trois",
        "quarante-neuf seventy ten douze thirty-four cinquante-six seventy-eight quatre-vingt-treize",
        "4970 ten douze thirty-four cinquante-six 78 93",
    ],
)
def test_a_card_number_is_masked_in_either_language_and_in_both(number: str, label: Language) -> None:
    assert texts_of(screen_all([an_utterance(f"alors it's {number}", label)])) == ["alors it's [card]"]


@given(SEEDS, st.sampled_from(list(Language)))
def test_no_digit_of_a_card_number_spelt_in_both_languages_is_left(seed: int, label: Language) -> None:
    rng = random.Random(seed)
    names = [rng.choice((FRENCH_DIGITS, ENGLISH_DIGITS))[int(digit)] for digit in a_card(rng)]
    cut = rng.randint(3, len(names) - 3)

    screened = screen_all(said([" ".join(names[:cut]), " ".join(names[cut:])], label))

    assert texts_of(screened) == ["[card]", "[card]"]


@pytest.mark.parametrize(
    ("question", "answer", "masked", "label"),
    [
        ("le cryptogramme au dos de la carte", "four five six", "[cvv]", FR),
        ("le cryptogramme au dos de la carte", "c'est four four six", "c'est [cvv]", FR),
        ("le cryptogramme au dos de la carte", "c'est two oh four", "c'est [cvv]", FR),
        ("le cryptogramme au dos de la carte", "four", "[cvv]", FR),
        ("the security code please", "sept cent seize", "[cvv]", EN),
        ("the security code please", "it's un deux trois", "it's [cvv]", EN),
        ("the security code please", "it's quatre nine un", "it's [cvv]", EN),
        ("la date d'expiration de la carte", "oh four twenty seven", "[expiry]", FR),
        ("what's the best number to reach you", "on two un two 597 2915", "on [phone]", EN),
        ("quel est votre numéro de téléphone", "five one four five five five oh one nine two", "[phone]", FR),
        ("what's your phone number", "zéro six douze trente-quatre cinquante-six soixante-dix-huit", "[phone]", EN),
        (
            "what is your IBAN",
            "FR seventy-six trente mille six thousand zero zero un douze trente-quatre",
            "[iban]",
            EN,
        ),
    ],
)
def test_what_was_asked_for_is_masked_in_the_other_language(
    question: str, answer: str, masked: str, label: Language
) -> None:
    assert shown([question, answer], label) == [question, masked]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("j'ai acheté un four six places et deux fours chez vous", FR),
        ("oh oui", FR),
        ("mon numéro de carte, oh là là", FR),
        ("it's fifty cents a minute, or one cent a second", EN),
        ("they will seize my card, says the un office", EN),
        ("my card was sent on 12 sept 2024", EN),
        ("nous avons vendu deux fours à la carte", FR),
        ("je voudrais un renseignement sur une carte", EN),
        ("sept", EN),
    ],
)
def test_words_that_are_numerals_in_the_other_language_stay(text: str, label: Language) -> None:
    question = "votre numéro de carte s'il vous plaît" if text == "oh oui" else "bonjour"

    assert shown([question, text], label) == [question, text]


@pytest.mark.parametrize("label", [EN, FR])
@pytest.mark.parametrize("text", ["c'est four nine seven zero", "it's quatre neuf sept zéro", "quatre nine sept zero"])
def test_digits_of_the_other_language_are_hidden_in_guesses(text: str, label: Language) -> None:
    guess = an_utterance(text, label, final=False)

    assert hide_numbers(guess).text == text[: text.index(text.split()[-4])] + "[…]"


def test_a_number_begun_in_the_other_language_waits_for_its_rest() -> None:
    screen = RedactionScreen()
    first, second = said(["quatre neuf sept zéro un zéro un deux", "three four five six seven eight nine three"])

    assert screen.feed(first) == ()
    assert texts_of(screen.feed(second)) == ["[card]", "[card]"]


def test_the_number_said_again_in_the_other_language_is_known_by_its_digits() -> None:
    lines = ["le cryptogramme de votre carte", "quatre cinq six", "four five six, d'accord", "oui"]

    assert shown(lines, FR) == [lines[0], "[cvv]", "[cvv] d'accord", "oui"]
