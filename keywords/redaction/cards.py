"""Card numbers in a stream of digits and spoken numerals. Pure."""

from collections.abc import Iterator, Sequence

from keywords.redaction.brands import MAX_DIGITS, card_length, is_branded, is_card, luhn_shares
from keywords.redaction.digits import Kind, Piece, Place, numeral
from keywords.redaction.readings import Cell, Reading, cells_of, number_runs, readings_of, usual_digits

MAX_GAP_WORDS = 4
"""So many words that are no fillers may stand inside a number: "attendez je la retourne"."""


def card_places(pieces: Sequence[Piece]) -> frozenset[Place]:
    """The words that are part of a card number."""
    places: set[Place] = set()
    for run in number_runs(pieces, max_gap=0):
        if is_card(plain_digits(run)):
            places.update(piece.place for piece in run)
    unbroken = {id(piece): number for number, run in enumerate(number_runs(pieces, max_gap=0)) for piece in run}
    for run in number_runs(pieces, max_gap=MAX_GAP_WORDS):
        cells = cells_of(run)
        for start, stop in _branded(cells):
            across = unbroken[id(cells[start].piece)] != unbroken[id(cells[stop - 1].piece)]
            if not across or (cells[start].first and cells[stop - 1].last):
                places.update(cell.piece.place for cell in cells[start:stop])
    return frozenset(places)


def ends_with_card(pieces: Sequence[Piece]) -> bool:
    """Whether the last number is a card number to its end, so that no more digits need follow."""
    runs = number_runs(pieces, max_gap=0)
    digits = usual_digits(runs[-1]) if runs else ""
    return bool(runs) and runs[-1][-1].place in card_places(pieces) and len(digits) >= card_length(digits)


def plain_digits(run: Sequence[Piece]) -> str:
    """The digits of a run that was written, or spelled out digit by digit; empty for any other."""
    digits = ""
    for piece in run:
        said = piece.text if piece.kind is Kind.WRITTEN else numeral((piece.text,), piece.language)
        if said is None or (piece.kind is Kind.SPOKEN and len(said) != 1):
            return ""
        digits += said
    return digits


def _branded(cells: Sequence[Cell]) -> Iterator[tuple[int, int]]:
    """Stretches of cells that some reading makes a card number of a known brand.

    One end at least lies between two groups of digits: a stretch in the middle of a longer number is chance.
    """
    by_end = readings_of(cells)
    shares = luhn_shares()
    for stop in range(1, len(cells) + 1):
        for start in _starts(by_end, stop, shares):
            if cells[start].first or cells[stop - 1].last:
                yield start, stop


def _starts(
    by_end: Sequence[Sequence[Reading]], stop: int, shares: tuple[tuple[int, ...], tuple[int, ...]]
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
