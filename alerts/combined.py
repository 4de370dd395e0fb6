"""Conditions made of conditions, and what they are made of."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias, Union

from alerts.conditions import CallIs, Simple, WordsSaid

Condition: TypeAlias = Union[Simple, "AllOf", "AnyOf", "InSequence", "Repeated"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoneOf:
    """Nothing of this has happened: holds only beside something that has."""

    parts: tuple[Condition, ...]
    within_s: float | None
    """How far from what has happened it must stay away; None: it must not have happened in the call so far."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AllOf:
    """All parts happen, in any order."""

    parts: tuple[Condition, ...]
    """At least one."""
    unless: tuple[NoneOf, ...] = ()
    where: tuple[CallIs, ...] = ()
    within_s: float | None = None
    """At most so long between the end of the first and the start of the last; None: anywhere in the call."""
    within_words: int | None = None
    """All parts are words of one utterance, with at most so many other words between the first and the last."""

    def __post_init__(self) -> None:
        if not self.parts:
            raise ValueError("nothing that happens: all needs at least one part")


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyOf:
    """Any of the parts happens."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InSequence:
    """The steps happen one after the other."""

    steps: tuple[Condition, ...]
    within_s: float | None
    """From the end of the first to the start of the last; None: any time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeated:
    """The words are said several times."""

    of: WordsSaid
    times: int
    within_s: float | None
    """From the end of the first to the start of the last; None: any time."""


def leaves(condition: Condition) -> Iterator[Simple]:
    """The conditions that hold no others, in the order of writing."""
    match condition:
        case AllOf(parts=parts, unless=unless, where=where):
            for part in (*parts, *(blocker for none in unless for blocker in none.parts), *where):
                yield from leaves(part)
        case AnyOf(parts=parts) | InSequence(steps=parts):
            for part in parts:
                yield from leaves(part)
        case Repeated(of=words):
            yield words
        case _:
            yield condition
