"""Dialogues in which numbers are read out, repeated and interrupted: what was said and what must be masked."""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import yaml

from bench.redacting.spoken_numbers import BOTH, said
from bench.redacting.values import OTHERS, SENSITIVE, Parts, card, card_number
from keywords.records import RedactionKind
from keywords.redaction.answers import PART_DIGITS
from streams.records import Language

TEMPLATES = Path(__file__).with_suffix(".yaml")
CARD_SCENES = (("card",), ("card", "cvv"), ("card", "expiry", "cvv"), ("card", "expiry", "cvv"), ("card", "expiry"))
OTHER_SCENES = ((), ("phone",), ("email",), ("iban",), ("phone", "email"))
SPREAD = 0.35
"""So often a number that may be spread over several utterances is."""
FILLED = 0.12
FILLERS: Mapping[str, Sequence[str]] = {"fr": ("euh", "et", "alors", "puis"), "en": ("um", "and", "then", "uh")}
NODS: Mapping[str, Sequence[str]] = {"fr": ("oui", "d'accord", "je vous écoute"), "en": ("yes", "okay", "go on")}


Templates = Mapping[str, Mapping[str, Mapping[str, Sequence[Sequence[str]]]]]
"""By language, scene and part."""


class Tongue(StrEnum):
    """In which language numbers are said, and which one the utterances are taken for."""

    OWN = "own"
    LABELLED = "taken for the other language"
    SWITCHED = "numbers in the other language"
    MIXED = "numbers in both languages"


OTHER: Mapping[Language, Language] = {Language.FR: Language.EN, Language.EN: Language.FR}


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One utterance."""

    channel: int
    """0: customer, 1: agent."""
    text: str
    secrets: Sequence["Secret"] = ()
    edge: bool = False
    """It holds a long number of another kind after talk of a card or an account: masked on purpose, no false alarm."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """Words that must be masked."""

    kind: RedactionKind
    words: frozenset[int]
    number: int
    """Which number of the dialogue it is; parts of one number share it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialogue:
    """A call's worth of turns."""

    language: Language
    """What its utterances are taken for."""
    part: str
    """`tune` or `held`: whether its templates were looked at while the screen was written."""
    turns: Sequence[Turn]


class Writer:
    """Writes the turns of one dialogue."""

    def __init__(self, language: str, of_numbers: str, rng: random.Random) -> None:
        self._language, self._of_numbers, self._rng = language, of_numbers, rng
        self._card = card_number(rng)
        self._seed = rng.random()
        self._numbers = 0
        self._money = False

    def turns(self, lines: Sequence[str]) -> Iterator[Turn]:
        """The lines of a template with everything filled in."""
        for line in lines:
            channel = 1 if line.startswith("a:") else 0
            yield from self._turn(channel, line[3:])

    def _turn(self, channel: int, line: str) -> Iterator[Turn]:
        words: list[str] = []
        secrets: list[Secret] = []
        edge = False
        for piece in re.split(r"(\{[a-z]+!?\})", line):
            if not piece.startswith("{"):
                words += piece.split()
                continue
            name = piece.strip("{}!")
            if name in OTHERS:
                said_number = OTHERS[name](self._of_numbers, self._rng)
                edge = edge or (self._money and name == "order" and sum(map(_digits, said_number)) >= PART_DIGITS)
                words += " ".join(said_number).split()
                continue
            self._money = self._money or name in ("card", "iban")
            self._numbers += 1
            kind = RedactionKind.CARD if name == "tail" else RedactionKind(name)
            runs = self._spread(self._parts(name), may_spread="!" in piece)
            for number, run in enumerate(runs):
                if number:
                    yield Turn(channel=channel, text=" ".join(words), secrets=tuple(secrets))
                    yield from self._interruption(channel, kind, runs[number - 1])
                    words, secrets = [], []
                secrets.append(self._append(words, run, kind))
        yield Turn(channel=channel, text=" ".join(words), secrets=tuple(secrets), edge=edge)

    def _parts(self, name: str) -> Parts:
        if name == "tail":
            return said(self._card[-4:], self._of_numbers, self._rng, ("compact", "words", "pairs in words"))
        if name == "card":
            return card(self._card, self._of_numbers, self._rng)
        return SENSITIVE[name](self._of_numbers, random.Random(f"{self._seed} {name}"), self._rng)

    def _spread(self, parts: Parts, *, may_spread: bool) -> list[Parts]:
        if not may_spread or len(parts) < 2 or self._rng.random() > SPREAD:
            return [parts]
        count = min(len(parts), self._rng.randint(2, 4))
        cuts = [0, *sorted(self._rng.sample(range(1, len(parts)), count - 1)), len(parts)]
        return [parts[start:stop] for start, stop in zip(cuts, cuts[1:], strict=False)]

    def _interruption(self, channel: int, kind: RedactionKind, run: Parts) -> Iterator[Turn]:
        """The other side nods, or says the same digits again."""
        chance = self._rng.random()
        if chance < 0.35:
            yield Turn(channel=1 - channel, text=self._rng.choice(NODS[self._language]))
        elif chance < 0.6 and kind is not RedactionKind.EMAIL:
            words: list[str] = []
            secret = self._append(words, run, kind)
            yield Turn(channel=1 - channel, text=" ".join(words), secrets=(secret,))

    def _append(self, words: list[str], run: Parts, kind: RedactionKind) -> Secret:
        places: set[int] = set()
        for number, part in enumerate(run):
            if number and self._rng.random() < FILLED / max(1, len(run) / 4) and kind is not RedactionKind.EMAIL:
                words.append(self._rng.choice(FILLERS[self._language]))
            for word in part.split():
                if not (kind is RedactionKind.IBAN and word.isalpha() and word.isupper()):  # a country says little
                    places.add(len(words))
                words.append(word)
        return Secret(kind=kind, words=frozenset(places), number=self._numbers)


def _digits(part: str) -> int:
    """How many digits are written, or spoken one by one."""
    return sum(char.isdigit() for char in part) or len(part.split())


def dialogues(count: int, seed: int, tongue: Tongue = Tongue.OWN) -> Iterator[Dialogue]:
    """So many dialogues, half of them French, a third from templates that were held out."""
    templates: Templates = yaml.safe_load(TEMPLATES.read_text(encoding="utf-8"))
    rng = random.Random(seed)
    for number in range(count):
        language = Language.FR if number % 2 else Language.EN
        part = "held" if number % 3 == 2 else "tune"
        writer = Writer(language.value, _of_numbers(language, tongue), rng)
        turns = tuple(_turns(templates[language.value], writer, part, rng))
        label = OTHER[language] if tongue is Tongue.LABELLED else language
        yield Dialogue(language=label, part=part, turns=turns)


def _of_numbers(language: Language, tongue: Tongue) -> str:
    if tongue is Tongue.MIXED:
        return BOTH
    return (OTHER[language] if tongue is Tongue.SWITCHED else language).value


def _turns(
    scripts: Mapping[str, Mapping[str, Sequence[Sequence[str]]]], writer: Writer, part: str, rng: random.Random
) -> Iterator[Turn]:
    scenes = [*rng.choice(CARD_SCENES)] if rng.random() < 0.7 else []
    scenes += rng.choice(OTHER_SCENES)
    order = ["other"] * rng.randint(1, 3) + scenes + ["other"] * rng.randint(1, 3)
    if scenes and rng.random() < 0.3:
        order.insert(rng.randrange(1, len(order)), "other")
    others = rng.sample(scripts["other"][part], order.count("other"))
    for scene in order:
        yield from writer.turns(others.pop() if scene == "other" else rng.choice(scripts[scene][part]))
