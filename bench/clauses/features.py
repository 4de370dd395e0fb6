"""What the words around a hit tell of whether it is meant, each as a name with a weight in a judge's file. Pure.

Every word gives names of its own, by its side of the hit, how far off it stands and what lies between: so the sum of
their weights is what this word says for or against, and can be shown.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from bench.clauses.words import categories_of
from keywords.normal import Break, Token
from streams.records import Language

LOOKED_AT = 30
"""Tokens before and behind a hit that are looked at, so that a long text costs no more a hit than a short one."""
_NEAR, _MIDDLE = 2, 6
_EDGE = "^"
BIAS = "bias"


class Place(NamedTuple):
    """Where a word stands, as seen from the hit."""

    side: str
    """"<" before, ">" behind."""
    between: str
    """What lies between: "c" nothing, "p" a pause, "s" an end of sentence."""
    near: str
    """"1" next to it, "2" near, "3" far."""


@lru_cache(maxsize=65_536)
def names_of(form: str, place: Place, language: Language) -> tuple[str, ...]:
    """What one word in one place tells."""
    kinds = (form, *categories_of(form, language))
    scopes = (place.side, place.side + place.between, place.side + place.near)
    return tuple(f"{scope}:{kind}" for kind in kinds for scope in scopes)


def placed(spoken: Sequence[Token], start: int, stop: int) -> Iterator[tuple[int, Place]]:
    """The tokens around the hit over tokens `start` to `stop` (exclusive), and where they stand."""
    yield from _walk(spoken, range(start - 1, max(-1, start - 1 - LOOKED_AT), -1), "<")
    yield from _walk(spoken, range(stop, min(len(spoken), stop + LOOKED_AT)), ">")


def _walk(spoken: Sequence[Token], indexes: range, side: str) -> Iterator[tuple[int, Place]]:
    between = Break.NONE
    for distance, at in enumerate(indexes, start=1):
        between = max(between, spoken[at if side == "<" else at - 1].after)
        near = "1" if distance <= _NEAR else "2" if distance <= _MIDDLE else "3"
        yield at, Place(side=side, between="cps"[between], near=near)


def pairs(spoken: Sequence[Token], start: int, stop: int) -> Iterator[tuple[int, str]]:
    """Words side by side before and behind the hit, by the first of them."""
    for side, indexes in (
        ("<", range(max(0, start - LOOKED_AT), start - 1)),
        (">", range(stop, min(len(spoken), stop + LOOKED_AT) - 1)),
    ):
        for at in indexes:
            yield at, f"{side}:{spoken[at].form}_{spoken[at + 1].form}"


def borders(spoken: Sequence[Token], start: int, stop: int) -> Iterator[tuple[int, str]]:
    """What the hit says itself, what leads up to it and what comes right behind."""

    def form(at: int) -> str:
        return spoken[at].form if 0 <= at < len(spoken) else _EDGE

    for at in range(start, stop):
        yield at, f"=:{form(at)}"
    yield start - 1, f"-1:{form(start - 1)}"
    yield start - 2, f"-2:{form(start - 2)}_{form(start - 1)}"
    yield start - 3, f"-3:{form(start - 3)}_{form(start - 2)}_{form(start - 1)}"
    yield stop, f"+1:{form(stop)}"
    yield stop, f"+2:{form(stop)}_{form(stop + 1)}"


def shape(spoken: Sequence[Token], start: int, stop: int) -> Iterator[str]:
    """How much is said around the hit."""
    yield BIAS
    yield f"before:{min(4, start // 4)}"
    yield f"behind:{min(4, (len(spoken) - stop) // 4)}"
    yield f"ends:{int(spoken[stop - 1].after)}"
    yield f"opens:{spoken[0].form}"
    if len(spoken) > 1:
        yield f"opens:{spoken[0].form}_{spoken[1].form}"


def scale(spoken: Sequence[Token], start: int, stop: int) -> float:
    """By what all weights of a hit are divided: in many words each tells less."""
    around = min(start, LOOKED_AT) + min(len(spoken) - stop, LOOKED_AT)
    return float((around + 4) ** 0.5)


def told(spoken: Sequence[Token], start: int, stop: int, language: Language) -> Mapping[str, float]:
    """All that the hit is judged by, each name with how often it occurs, scaled."""
    found: dict[str, float] = {}
    share = 1 / scale(spoken, start, stop)
    for at, place in placed(spoken, start, stop):
        for name in names_of(spoken[at].form, place, language):
            found[name] = found.get(name, 0.0) + share
    for _, name in (*pairs(spoken, start, stop), *borders(spoken, start, stop)):
        found[name] = found.get(name, 0.0) + share
    for name in shape(spoken, start, stop):
        found[name] = found.get(name, 0.0) + share
    return found
