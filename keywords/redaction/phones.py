"""Telephone numbers in a row of numerals: France, North America, the United Kingdom and Belgium. Pure."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from keywords.redaction.digits import Piece, Place
from keywords.redaction.readings import Cell, Reading, cells_of, number_runs, readings_of

LONGEST = 13
_SHOWN = 6
"""So many leading digits tell which country's number it is."""
_ZERO = re.compile(r"0[1-9]")
_FROM_ABROAD = re.compile(r"(?:00)?(?:33[1-79]|32[1-9]|44[1-9]|41[1-9])|00331")
_NORTH_AMERICA = re.compile(r"1?[2-9]\d\d[2-9]")


def phone_places(pieces: Sequence[Piece], *, expects: bool, doubts: bool) -> frozenset[Place]:
    """The words that are part of a telephone number.

    `expects`: one was asked for; `doubts`: something else was, so that only what cannot be anything else counts.
    """
    places: set[Place] = set()
    for run in _candidates(pieces):
        cells = cells_of(run)
        sure = expects or _is_grouped(cells)
        if (stop := _stop(cells, expects=sure, doubts=doubts)) is not None:
            places.update(cell.piece.place for cell in cells[:stop])
    return frozenset(places)


def _candidates(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Rows of numerals; where several utterances follow each other without a word between, each of them as well."""
    for run in number_runs(pieces, max_gap=0):
        yield run
        parts = [list(part) for _, part in groupby(run, key=lambda piece: piece.place[0])]
        if len(parts) > 1:
            yield from parts


def _is_grouped(cells: Sequence[Cell]) -> bool:
    """Three, three and four digits, as North America writes them."""
    groups = [len(cell.piece.text) for cell in cells if cell.last and not cell.spoken]
    return groups in ([3, 3, 4], [1, 3, 3, 4]) and not any(cell.spoken for cell in cells)


def _stop(cells: Sequence[Cell], *, expects: bool, doubts: bool) -> int | None:
    """Where the longest telephone number that begins with these cells ends."""
    furthest: int | None = None
    found: list[set[tuple[int, str]]] = [{(0, "")}]
    for stop, readings in enumerate(readings_of(cells)[1:], start=1):
        ends, silent = _longer(found, readings)
        found.append(ends | silent)
        whole = all(cell.piece.skippable for cell in cells[stop:])
        if cells[stop - 1].last and any(
            _is_phone(length, shown, whole=whole, expects=expects, doubts=doubts) for length, shown in ends
        ):
            furthest = stop
    return furthest


def _longer(
    found: Sequence[set[tuple[int, str]]], readings: Sequence[Reading]
) -> tuple[set[tuple[int, str]], set[tuple[int, str]]]:
    """What is said with these readings at the end; apart, what they add nothing to."""
    ends: set[tuple[int, str]] = set()
    silent: set[tuple[int, str]] = set()
    for one in readings:
        for length, shown in found[one.start]:
            if not one.digits:
                silent.add((length, shown))
            elif length + len(one.digits) <= LONGEST:
                ends.add((length + len(one.digits), (shown + one.digits)[:_SHOWN]))
    return ends, silent


def _is_phone(length: int, shown: str, *, whole: bool, expects: bool, doubts: bool) -> bool:
    if _NORTH_AMERICA.match(shown) and length == (11 if shown.startswith("1") else 10):
        return whole and (expects or not doubts)
    if doubts:
        return False
    if _ZERO.match(shown):
        return length == 10 or (length == 11 and whole)
    if _FROM_ABROAD.match(shown):
        return length == (13 if shown.startswith("00") else 11) or (shown.startswith("44") and length == 12)
    return False
