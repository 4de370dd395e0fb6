"""What made-up customers say, for `bench/voice_of_customer.py`: reasons, sentences, small talk, and mishearings.

The product knows none of these lists. Reasons are of a city's water, transport and library services, on purpose unlike
the starter list of the product.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from streams.records import Language

_WORDS = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
MATTERS: list[dict[str, dict[str, list[str]]]] = _WORDS["matters"]
OPENINGS, CARRIERS, TALK = (
    {Language(name): texts for name, texts in _WORDS[part].items()} for part in ("openings", "carriers", "talk")
)
SOUNDS = (
    *(("é", "er"), ("ai", "é"), ("an", "en"), ("o", "au"), ("s", "c")),
    *(("t", "d"), ("p", "b"), ("m", "n"), ("ee", "ea"), ("f", "v")),
)
ERRORS = 0.18
"""Words the recogniser gets wrong on the telephone: one in five to six."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """One call's customer, as the recogniser wrote it."""

    matter: int
    language: Language
    text: str


def a_speech(matter: int, language: Language, dice: random.Random) -> Speech:
    """A customer with this matter."""
    things, troubles = MATTERS[matter][language]["things"], MATTERS[matter][language]["troubles"]
    parts = [dice.choice(OPENINGS[language]), dice.choice(things), dice.choice(troubles) + "."]
    for _ in range(dice.randrange(1, 4)):
        words = [_zipf(TALK[language], dice) for _ in range(2)]
        parts.append(dice.choice(CARRIERS[language]).format(*words) + ".")
    if dice.random() < 0.4:
        parts.append(f"{dice.choice(things)} {dice.choice(troubles)}.")
    words = " ".join(parts).split()
    return Speech(matter=matter, language=language, text=" ".join(misheard(words, dice)))


def misheard(words: Sequence[str], dice: random.Random) -> list[str]:
    """What the recogniser writes: words left out, like-sounding ones, wrong letters."""
    found = []
    for word in words:
        chance = dice.random()
        if chance < ERRORS * 0.25:
            continue
        found.append(_like(word, dice) if chance < ERRORS else word)
    return found


def _like(word: str, dice: random.Random) -> str:
    swaps = [pair for pair in SOUNDS if pair[0] in word[1:]]
    if swaps and dice.random() < 0.5:
        old, new = dice.choice(swaps)
        return word[0] + word[1:].replace(old, new, 1)
    place = dice.randrange(len(word))
    return word[:place] + dice.choice("aeiorstln") + word[place + 1 :]


def _zipf(words: Sequence[str], dice: random.Random) -> str:
    return words[min(int(dice.paretovariate(0.6)) - 1, len(words) - 1)]
