"""Everything a row of spoken and written numerals may stand for. Pure.

A spoken numeral may stand for several digit strings ("quatre vingt dix" is 90, or 4 20 10): all of them are tried.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from keywords.redaction.digits import MAX_NUMERAL_WORDS, Kind, Piece, numeral, repeated
from keywords.words import word_set

_AFTER_ANOTHER = word_set("cents mille hundred thousand cent")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One written digit or one spoken word of a run."""

    text: str
    piece: Piece
    first: bool
    """It begins its piece."""
    last: bool

    @property
    def spoken(self) -> bool:
        """Whether it is a word, not a digit."""
        return self.piece.kind is Kind.SPOKEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Digits that the cells from `start` on may stand for, up to where the list of readings says."""

    start: int
    digits: str


def number_runs(pieces: Sequence[Piece], max_gap: int) -> list[list[Piece]]:
    """The numerals that follow each other with at most `max_gap` words, fillers aside, between them."""
    runs: list[list[Piece]] = [[]]
    gap = 0
    for piece in pieces:
        if piece.is_number:
            if gap > max_gap:
                runs.append([])
            runs[-1].append(piece)
            gap = 0
        elif piece.kind is Kind.OTHER:
            gap += 1
    return [run for run in runs if run]


def cells_of(run: Sequence[Piece]) -> list[Cell]:
    """The written digits and spoken words of a run."""
    cells: list[Cell] = []
    for piece in run:
        parts = tuple(piece.text) if piece.kind is Kind.WRITTEN else (piece.text,)
        for number, part in enumerate(parts):
            cells.append(Cell(text=part, piece=piece, first=number == 0, last=number == len(parts) - 1))
    return cells


def readings_of(cells: Sequence[Cell]) -> list[list[Reading]]:
    """For every end: what the cells right before it may stand for."""
    by_end: list[list[Reading]] = [[] for _ in range(len(cells) + 1)]
    for start, cell in enumerate(cells):
        if cell.spoken and cell.text in _AFTER_ANOTHER and start and cells[start - 1].spoken:
            continue  # "trois cent" is 300, never 3 100
        if cell.spoken:
            for stop, digits in _spoken(cells, start):
                by_end[stop].append(Reading(start=start, digits=digits))
        else:
            by_end[start + 1].append(Reading(start=start, digits=cell.text))
    return by_end


def _spoken(cells: Sequence[Cell], start: int) -> Iterator[tuple[int, str]]:
    if cells[start].piece.skippable:
        yield start + 1, ""
    forms: list[str] = []
    for stop in range(start + 1, min(start + MAX_NUMERAL_WORDS, len(cells)) + 1):
        cell = cells[stop - 1]
        single = numeral((cell.text,), cell.piece.language) if cell.spoken else cell.text
        if forms and single is not None and (many := repeated(forms, single)) is not None:
            yield stop, many
        if not cell.spoken:
            return
        forms.append(cell.text)
        if (digits := _numeral(forms, cells[start:stop])) is not None:
            yield stop, digits


def _numeral(forms: Sequence[str], cells: Sequence[Cell]) -> str | None:
    """The digits of one numeral in the language of any of its words: "six" is French and English."""
    languages = {cell.piece.language: None for cell in cells}
    return next((digits for one in languages if (digits := numeral(forms, one)) is not None), None)


def lengths_of(run: Sequence[Piece], *, skips: bool = True) -> frozenset[int]:
    """How many digits the whole run may stand for. `skips`: "un" and "oh" may be no digits."""
    cells = cells_of(run)
    lengths: list[set[int]] = [{0}]
    for readings in readings_of(cells)[1:]:
        lengths.append(
            {length + len(one.digits) for one in readings if skips or one.digits for length in lengths[one.start]}
        )
    return frozenset(lengths[-1])


def digits_of(run: Sequence[Piece], longest: int) -> frozenset[str]:
    """The digit strings of at most `longest` digits that the whole run may stand for."""
    cells = cells_of(run)
    found: list[set[str]] = [{""}]
    for readings in readings_of(cells)[1:]:
        strings = {said + one.digits for one in readings for said in found[one.start]}
        found.append({digits for digits in strings if len(digits) <= longest})
    return frozenset(found[-1])


def usual_digits(run: Sequence[Piece]) -> str:
    """The digits as one would write them: "soixante-dix-huit" is 78. Empty where they cannot be read."""
    cells = cells_of(run)
    shortest: list[str | None] = [""]
    for readings in readings_of(cells)[1:]:
        heads = ((shortest[one.start], one.digits) for one in readings if one.digits)
        said = [head + digits for head, digits in heads if head is not None]
        shortest.append(min(said, key=len, default=None))
    return shortest[-1] or ""
