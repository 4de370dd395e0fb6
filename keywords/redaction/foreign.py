"""Numerals in the other language than the one an utterance was recognised in. Pure.

Callers change their language for digits, a recogniser is wrong about it now and then, and nobody knows that of what is
typed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from types import MappingProxyType

from keywords.redaction.digits import Kind, Piece, kind_of
from keywords.words import word_set
from streams.records import Language

LEAST_TOGETHER = 2
"""So many numerals that are words of the utterance's language as well, or of both, are numerals together."""
_OTHER: Mapping[Language, Language] = MappingProxyType({Language.FR: Language.EN, Language.EN: Language.FR})
_WORDS: Mapping[Language, frozenset[str]] = MappingProxyType(
    {
        Language.FR: word_set("four fours o oh"),
        Language.EN: word_set("un une sept seize cent cents mil mille milles"),
    }
)
"""Words of a language that are numerals in the other one."""
_ONLY_AMONG = word_set("o oh une cent cents mil mille milles")
"""Of these, the ones that are numerals among sure ones only: "oh oui", "fifty cents"."""


def both_languages(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces of one utterance with the numerals of the other language read as such."""
    foreign = [_foreign(piece) for piece in pieces]
    if not any(foreign):
        return tuple(pieces)
    read: list[Piece] = []
    pairs = list(zip(pieces, foreign, strict=True))
    for may_be_number, stretch in groupby(pairs, key=_may_be_number):
        row = list(stretch)
        read += _read(row, alone=len(row) == len(pairs)) if may_be_number else (piece for piece, _ in row)
    return tuple(read)


def _foreign(piece: Piece) -> Piece | None:
    """The piece as it is read in the other language; none where it is no numeral there."""
    if piece.kind not in (Kind.OTHER, Kind.ALIKE):
        return None
    language = _OTHER[piece.language]
    kind = kind_of(piece.text, language)
    return replace(piece, kind=kind, language=language) if kind in (Kind.SPOKEN, Kind.ALIKE) else None


def _may_be_number(pair: tuple[Piece, Piece | None]) -> bool:
    piece, foreign = pair
    return foreign is not None or piece.kind is not Kind.OTHER


def _read(row: Sequence[tuple[Piece, Piece | None]], *, alone: bool) -> Iterator[Piece]:
    """A stretch without other words. `alone`: nothing else is said in its utterance."""
    numerals = [piece for piece, foreign in row if foreign is not None and foreign.kind is Kind.SPOKEN]
    sure = any(piece.text not in _WORDS[piece.language] for piece in numerals)
    doubtful = sum(piece.text not in _ONLY_AMONG for piece in numerals)
    together = doubtful + sum(_is_in_both(piece) for piece, _ in row) >= LEAST_TOGETHER
    counts = sure or (doubtful > 0 and (alone or together or _is_between_numerals(row)))
    for piece, foreign in row:
        yield foreign if counts and foreign is not None else piece


def _is_between_numerals(row: Sequence[tuple[Piece, Piece | None]]) -> bool:
    """Whether one of them stands right between two of the utterance's language: "two un two"."""
    kinds = [Kind.SPOKEN if foreign is None and piece.kind is Kind.SPOKEN else None for piece, foreign in row]
    sides = zip(row[1:], kinds, kinds[2:], strict=False)
    return any(foreign is not None and before is after is Kind.SPOKEN for (_, foreign), before, after in sides)


def _is_in_both(piece: Piece) -> bool:
    """ "six", "zero"."""
    return piece.kind is Kind.SPOKEN and kind_of(piece.text, _OTHER[piece.language]) is Kind.SPOKEN
