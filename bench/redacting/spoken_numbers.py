"""Numbers as people say them and as recognisers write them, French and English."""

import random
from collections.abc import Callable, Mapping, Sequence

FR_ONES = [
    "zéro",
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
    "dix-sept",
    "dix-huit",
    "dix-neuf",
]
FR_TENS = ("", "", "vingt", "trente", "quarante", "cinquante", "soixante")
EN_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
EN_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
FR_DOUBLE, EN_DOUBLE = "deux fois", "double"
BOTH = "both"
"""Instead of a language: every numeral in one of the two."""


def french(number: int, *, belgian: bool = False) -> str:
    """A number below ten thousand in words."""
    if number >= 1000:
        head = "mille" if number < 2000 else f"{french(number // 1000, belgian=belgian)} mille"
        return f"{head} {french(number % 1000, belgian=belgian)}" if number % 1000 else head
    if number >= 100:
        head = "cent" if number < 200 else f"{FR_ONES[number // 100]} cent"
        return f"{head} {french(number % 100, belgian=belgian)}" if number % 100 else head
    if number < 20:
        return FR_ONES[number]
    return _french_tens(number, belgian=belgian)


def _french_tens(number: int, *, belgian: bool) -> str:
    tens, ones = divmod(number, 10)
    if belgian and tens in (7, 9):
        word = "septante" if tens == 7 else "nonante"
    elif tens >= 8:
        return "quatre-vingts" if number == 80 else f"quatre-vingt-{FR_ONES[number - 80]}"
    elif tens == 7:
        return "soixante et onze" if number == 71 else f"soixante-{FR_ONES[number - 60]}"
    else:
        word = FR_TENS[tens]
    if not ones:
        return word
    return f"{word} et un" if ones == 1 else f"{word}-{FR_ONES[ones]}"


def english(number: int) -> str:
    """A number below ten thousand in words."""
    if number >= 1000:
        head = f"{EN_ONES[number // 1000]} thousand"
        return f"{head} {english(number % 1000)}" if number % 1000 else head
    if number >= 100:
        head = f"{EN_ONES[number // 100]} hundred"
        return f"{head} {english(number % 100)}" if number % 100 else head
    if number < 20:
        return EN_ONES[number]
    tens, ones = divmod(number, 10)
    return EN_TENS[tens] if not ones else f"{EN_TENS[tens]}-{EN_ONES[ones]}"


def cut(digits: str, size: int) -> list[str]:
    """Groups of so many digits."""
    return [digits[at : at + size] for at in range(0, len(digits), size)]


def group_in_words(group: str, language: str, rng: random.Random) -> str:
    """A group of up to four digits as one says it, leading zeros one by one."""
    if language == BOTH:
        language = rng.choice(("fr", "en"))
    zeros = len(group) - len(group.lstrip("0"))
    zero = "zéro" if language == "fr" else rng.choice(("zero", "oh"))
    rest = group[zeros:]
    belgian = language == "fr" and rng.random() < 0.1
    said = [zero] * zeros
    if rest:
        said.append(french(int(rest), belgian=belgian) if language == "fr" else english(int(rest)))
    return " ".join(said)


def digit_by_digit(digits: str, language: str, rng: random.Random) -> list[str]:
    """One word a digit, now and then "double four" or "deux fois zéro"."""
    words: list[str] = []
    at = 0
    while at < len(digits):
        word = group_in_words(digits[at], language, rng)
        if at + 1 < len(digits) and digits[at] == digits[at + 1] and rng.random() < 0.4:
            words.append(f"{FR_DOUBLE if language == 'fr' else EN_DOUBLE} {word}")
            at += 2
        else:
            words.append(word)
            at += 1
    return words


Ways = Mapping[str, Callable[[str, str, random.Random], list[str]]]


def _written(size: int, between: str = "") -> Callable[[str, str, random.Random], list[str]]:
    def say(digits: str, _language: str, _rng: random.Random) -> list[str]:
        groups = cut(digits, size)
        return [between.join(groups)] if between else groups

    return say


def _spoken(size: int) -> Callable[[str, str, random.Random], list[str]]:
    def say(digits: str, language: str, rng: random.Random) -> list[str]:
        return [group_in_words(group, language, rng) for group in cut(digits, size)]

    return say


def _mixed(digits: str, language: str, rng: random.Random) -> list[str]:
    groups = cut(digits, 2)
    return [group_in_words(group, language, rng) if rng.random() < 0.5 else group for group in groups]


WAYS: Ways = {
    "compact": _written(99),
    "fours": _written(4),
    "hyphens": _written(4, "-"),
    "commas": lambda digits, _language, _rng: [f"{group}," for group in cut(digits, 4)],
    "dots": _written(4, "."),
    "pairs": _written(2),
    "singles": _written(1),
    "words": digit_by_digit,
    "pairs in words": _spoken(2),
    "mixed": _mixed,
}
LONG_WAYS: Sequence[str] = tuple(WAYS)


def said(digits: str, language: str, rng: random.Random, ways: Sequence[str] = LONG_WAYS) -> list[str]:
    """The number in one of these ways, as parts between which one may pause."""
    return WAYS[rng.choice(ways)](digits, language, rng)
