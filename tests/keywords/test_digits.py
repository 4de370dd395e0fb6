"""Digits as written and as spelled out."""

import pytest

from keywords.redaction.digits import Kind, numeral, pieces_of, repeated
from streams.records import Language


@pytest.mark.parametrize(
    ("forms", "language", "digits"),
    [
        ("zero", Language.FR, "0"),
        ("quarante neuf", Language.FR, "49"),
        ("vingt un", Language.FR, "21"),
        ("quatre vingt dix", Language.FR, "90"),
        ("septante deux", Language.FR, "72"),
        ("cent vingt trois", Language.FR, "123"),
        ("quatre mille neuf cent soixante dix", Language.FR, "4970"),
        ("quatre neuf", Language.FR, None),
        ("zero un", Language.FR, None),
        ("bonjour", Language.FR, None),
        ("un million", Language.FR, None),
        ("oh", Language.EN, "0"),
        ("forty nine", Language.EN, "49"),
        ("oh one", Language.EN, None),
        ("to", Language.EN, None),
    ],
)
def test_spoken_numerals_are_read(forms: str, language: Language, digits: str | None) -> None:
    assert numeral(forms.split(), language) == digits


@pytest.mark.parametrize(
    ("words", "digit", "digits"),
    [(["double"], "4", "44"), (["deux", "fois"], "0", "00"), (["triple"], "7", "777"), (["five"], "4", None)],
)
def test_a_digit_may_be_said_to_repeat(words: list[str], digit: str, digits: str | None) -> None:
    assert repeated(words, digit) == digits


@pytest.mark.parametrize(
    ("text", "kinds", "texts"),
    [
        ("4970-1012.", [Kind.WRITTEN, Kind.WRITTEN], ["4970", "1012"]),
        ("4,970…", [Kind.WRITTEN, Kind.WRITTEN], ["4", "970"]),
        ("quarante-neuf", [Kind.SPOKEN, Kind.SPOKEN], ["quarante", "neuf"]),
        ("14h30", [Kind.OTHER], ["14h30"]),
        ("$1,250", [Kind.OTHER], ["$1,250"]),
        ("n°4970101234567890", [Kind.WRITTEN], ["4970101234567890"]),
        ("٤٩٧٠", [Kind.WRITTEN], ["4970"]),
        ("euh,", [Kind.FILLER], ["euh"]),
        ("d'accord", [Kind.FILLER, Kind.FILLER], ["d", "accord"]),
        ("Bonjour", [Kind.OTHER], ["bonjour"]),
        ("…", [], []),
    ],
)
def test_words_are_taken_apart(text: str, kinds: list[Kind], texts: list[str]) -> None:
    found = pieces_of(text, (0, 0), Language.FR)

    assert [piece.kind for piece in found] == kinds
    assert [piece.text for piece in found] == texts
