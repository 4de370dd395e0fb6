"""Sentences with slots and alternatives, read from `words/`, and how one of them is chosen. Adapter: yaml."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from streams.records import Language

FOLDER = Path(__file__).parent / "words"
SLOT = re.compile(r"{(\w+)}")
ALTERNATIVES = re.compile(r"\[([^\[\]|]*(?:\|[^\[\]|]*)+)\]")
UNSAYABLE = re.compile(r'["\\\x00-\x1f]')

Roll = Callable[[], float]
"""0 to 1, without 1."""
Part = str | tuple["str | tuple[Part, ...]", ...]
"""Words as they are, or what one of is said."""
Parts = tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What somebody may say."""

    agent: bool
    parts: Parts
    telling: bool = False

    def said(self, roll: Roll) -> str:
        """One way of saying it."""
        text = filled(self.parts, roll)
        return text if not text[0].islower() else text[0].upper() + text[1:]


Exchange = tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """How a call about one thing goes."""

    opens: tuple[Line, ...]
    talk: tuple[Exchange, ...]
    solved: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """All that is said in one language."""

    opening: Mapping[str, tuple[Line, ...]]
    identification: tuple[Exchange, ...]
    general: tuple[Exchange, ...]
    reasons: Mapping[str, Reason]
    hold: tuple[Exchange, ...]
    back: tuple[Exchange, ...]
    closing: tuple[Exchange, ...]
    backchannel: tuple[Parts, ...]
    calm: tuple[Line, ...]
    telling: Mapping[str, tuple[Line, ...]]
    """By the id of the rule that looks for it."""


def grammars() -> dict[Language, Grammar]:
    """Of every language."""
    return {language: _grammar(language) for language in Language}


def read_teams() -> list[dict[str, object]]:
    """The rows of the teams, as written."""
    rows: list[dict[str, object]] = yaml.safe_load((FOLDER / "teams.yaml").read_text(encoding="utf-8"))
    return rows


def filled(parts: Parts, roll: Roll) -> str:
    """One way of saying it, as written."""
    found = []
    for part in parts:
        if isinstance(part, str):
            found.append(part)
            continue
        choice = part[int(roll() * len(part))]
        found.append(choice if isinstance(choice, str) else filled(choice, roll))
    return "".join(found)


def _grammar(language: Language) -> Grammar:
    text = (FOLDER / f"{language.value}.yaml").read_text(encoding="utf-8")
    written = yaml.safe_load(text)
    reader = _Reader({name: tuple(words) for name, words in written["lists"].items()})
    return Grammar(
        opening={name: reader.lines(lines) for name, lines in written["opening"].items()},
        identification=reader.exchanges(written["identification"]),
        general=reader.exchanges(written["general"]),
        reasons={
            name: Reason(
                opens=reader.lines(parts["opens"]),
                talk=reader.exchanges(parts["talk"]),
                solved=reader.lines(parts["solved"]),
            )
            for name, parts in written["reasons"].items()
        },
        hold=reader.exchanges(written["hold"]),
        back=reader.exchanges(written["back"]),
        closing=reader.exchanges(written["closing"]),
        backchannel=tuple(reader.parts(text) for text in written["backchannel"]),
        calm=reader.lines(written["calm"]),
        telling={name: reader.lines(lines, telling=True) for name, lines in written["telling"].items()},
    )


class _Reader:
    """Takes written sentences apart."""

    def __init__(self, lists: Mapping[str, tuple[str, ...]]) -> None:
        self._lists = lists

    def exchanges(self, written: Sequence[Sequence[str]]) -> tuple[Exchange, ...]:
        return tuple(self.lines(lines) for lines in written)

    def lines(self, written: Sequence[str], *, telling: bool = False) -> tuple[Line, ...]:
        return tuple(self._line(text, telling=telling) for text in written)

    def _line(self, text: str, *, telling: bool) -> Line:
        who, colon, said = text.partition(": ")
        if who not in ("A", "C") or not colon:
            raise ValueError(f"{text!r} does not say who says it: begin with A: or C:")
        return Line(agent=who == "A", parts=self.parts(said), telling=telling)

    def parts(self, text: str) -> Parts:
        """Raises `ValueError` for a slot without a list, and for what would need escaping where words are kept."""
        if UNSAYABLE.search(text):
            raise ValueError(f"{text!r} holds a quotation mark, a backslash or a control character")
        found: list[Part] = []
        at = 0
        for alternatives in ALTERNATIVES.finditer(text):
            found += self._slots(text[at : alternatives.start()])
            choices = alternatives.group(1).split("|")
            found.append(tuple(choice if not SLOT.search(choice) else tuple(self._slots(choice)) for choice in choices))
            at = alternatives.end()
        return tuple(found + self._slots(text[at:]))

    def _slots(self, text: str) -> list[Part]:
        found: list[Part] = []
        at = 0
        for slot in SLOT.finditer(text):
            if slot.group(1) not in self._lists:
                raise ValueError(f"{text!r}: no list is named {slot.group(1)}")
            if text[at : slot.start()]:
                found.append(text[at : slot.start()])
            found.append(self._lists[slot.group(1)])
            at = slot.end()
        return found + ([text[at:]] if text[at:] else [])
