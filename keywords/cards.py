"""Card numbers in a stream of digits and spoken numerals. Pure.

A spoken numeral may stand for several digit strings ("quatre vingt dix" is 90, or 4 20 10): all of them are tried.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from keywords.brands import MAX_DIGITS, is_branded, is_card, luhn_shares
from keywords.digits import MAX_NUMERAL_WORDS, Kind, Piece, Place, numeral, repeated

MAX_GAP_WORDS = 4
"""So many words that are no fillers may stand inside a number: "attendez je la retourne"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cell:
    """One written digit or one spoken word of a run."""

    text: str
    piece: Piece
    first: bool
    """It begins its piece."""
    last: bool

    @property
    def spoken(self) -> bool:
        return self.piece.kind is Kind.SPOKEN


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
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


def card_places(pieces: Sequence[Piece]) -> frozenset[Place]:
    """The words that are part of a card number."""
    places: set[Place] = set()
    for run in number_runs(pieces, max_gap=0):
        if is_card(plain_digits(run)):
            places.update(piece.place for piece in run)
    for run in number_runs(pieces, max_gap=MAX_GAP_WORDS):
        cells = _cells(run)
        for start, stop in _branded(cells):
            places.update(cell.piece.place for cell in cells[start:stop])
    return frozenset(places)


def plain_digits(run: Sequence[Piece]) -> str:
    """The digits of a run that was written, or spelled out digit by digit; empty for any other."""
    digits = ""
    for piece in run:
        said = piece.text if piece.kind is Kind.WRITTEN else numeral((piece.text,), piece.language)
        if said is None or (piece.kind is Kind.SPOKEN and len(said) != 1):
            return ""
        digits += said
    return digits


def _cells(run: Sequence[Piece]) -> list[_Cell]:
    cells: list[_Cell] = []
    for piece in run:
        parts = tuple(piece.text) if piece.kind is Kind.WRITTEN else (piece.text,)
        for number, part in enumerate(parts):
            cells.append(_Cell(text=part, piece=piece, first=number == 0, last=number == len(parts) - 1))
    return cells


def _readings(cells: Sequence[_Cell]) -> list[list[_Reading]]:
    """For every end: what the cells right before it may stand for."""
    by_end: list[list[_Reading]] = [[] for _ in range(len(cells) + 1)]
    for start, cell in enumerate(cells):
        if cell.spoken:
            for stop, digits in _spoken(cells, start):
                by_end[stop].append(_Reading(start=start, digits=digits))
        else:
            by_end[start + 1].append(_Reading(start=start, digits=cell.text))
    return by_end


def _spoken(cells: Sequence[_Cell], start: int) -> Iterator[tuple[int, str]]:
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
        if (digits := numeral(forms, cell.piece.language)) is not None:
            yield stop, digits


def _branded(cells: Sequence[_Cell]) -> Iterator[tuple[int, int]]:
    """Stretches of cells that some reading makes a card number of a known brand.

    One end at least lies between two groups of digits: a stretch in the middle of a longer number is chance.
    """
    by_end = _readings(cells)
    shares = luhn_shares()
    for stop in range(1, len(cells) + 1):
        for start in _starts(by_end, stop, shares):
            if cells[start].first or cells[stop - 1].last:
                yield start, stop


def _starts(
    by_end: Sequence[Sequence[_Reading]], stop: int, shares: tuple[tuple[int, ...], tuple[int, ...]]
) -> Iterator[int]:
    """Where card numbers that stop here start.

    Readings of the same length and Luhn sum are alike for whatever comes before them, so one of each is carried on.
    """
    open_readings: dict[int, dict[tuple[int, int], str]] = {stop: {(0, 0): ""}}
    while open_readings:
        at = max(open_readings)
        for (length, total), digits in open_readings.pop(at).items():
            for reading in by_end[at]:
                if length + len(reading.digits) > MAX_DIGITS or not (digits or reading.digits):
                    continue
                said = reading.digits + digits
                sum_now = (total + _share(reading.digits, length, shares)) % 10
                if reading.digits and sum_now == 0 and is_branded(said):
                    yield reading.start
                open_readings.setdefault(reading.start, {})[len(said), sum_now] = said


def _share(digits: str, places_behind: int, shares: tuple[tuple[int, ...], tuple[int, ...]]) -> int:
    return sum(shares[(places_behind + number) % 2][int(digit)] for number, digit in enumerate(reversed(digits)))
