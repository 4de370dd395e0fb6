"""Made-up numbers with and without a valid check digit, and ways to say them. Nobody's card."""

import random

from stdnum import luhn

PREFIXES = (
    ("4", 16),
    ("51", 16),
    ("2221", 16),
    ("37", 15),
    ("36", 14),
    ("6011", 16),
    ("4", 13),
    ("4", 19),
    ("3528", 16),
)
FRENCH_DIGITS = "zéro un deux trois quatre cinq six sept huit neuf".split()  # noqa: SIM905  # reads better
ENGLISH_DIGITS = "zero one two three four five six seven eight nine".split()  # noqa: SIM905  # reads better


def a_card(rng: random.Random) -> str:
    """A number as a brand would issue it."""
    prefix, length = rng.choice(PREFIXES)
    return _completed(prefix, length, rng)


def a_luhn_number(rng: random.Random) -> str:
    """Any 13 to 19 digits that pass Luhn and that no company number has the length of."""
    return _completed(str(rng.randint(1, 9)), rng.choice([13, 15, 16, 17, 18, 19]), rng)


def _completed(prefix: str, length: int, rng: random.Random) -> str:
    body = prefix + "".join(str(rng.randint(0, 9)) for _ in range(length - len(prefix) - 1))
    return body + str(luhn.calc_check_digit(body))


def grouped(number: str, rng: random.Random) -> list[str]:
    """The number in random groups of one to six digits."""
    groups: list[str] = []
    at = 0
    while at < len(number):
        size = rng.randint(1, 6)
        groups.append(number[at : at + size])
        at += size
    return groups
