"""Card numbers out of the text, with the seconds to silence, before anything is written. Pure.

A number may be read out over several utterances, so those of a channel wait while the digits may still grow into one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from keywords.cards import MAX_GAP_WORDS, card_places, number_runs, plain_digits
from keywords.cues import CARD_CUE_S, has_card_cue
from keywords.digits import Kind, Piece, pieces_of
from keywords.masking import CARD_MARK, NUMBER_MARK, masked, spans_of
from keywords.normal import spoken_words
from keywords.records import Redaction, RedactionKind, Screened
from streams.records import Utterance

HOLD_S = 10.0
"""Longest wait for more digits, in seconds of audio after the last digit."""
MAX_HELD = 8
"""Utterances of a channel that may wait."""
OPEN_DIGITS = 4
"""So many digits at the end of an utterance may be the beginning of a card number."""
LONG_OPEN_DIGITS = 8
"""With so many, a few words behind them do not end the wait."""
PART_DIGITS = 8
"""After somebody spoke of a card, so many digits are masked whether or not they add up."""
MAX_CONTEXT = 40
"""Numerals and words of released utterances that are remembered, to recognise the rest of a number."""
MARGIN_S = 0.4
"""Silenced before and after the words of a number: word times are estimates."""


@dataclass(slots=True)
class _Line:
    """What waits on one channel."""

    held: list[Utterance] = field(default_factory=list)
    context: list[Piece] = field(default_factory=list)
    digits_end_s: float = 0.0

    def pieces(self) -> list[Piece]:
        """The numerals released before, then those of the held utterances."""
        return [*self.context, *(piece for number, one in enumerate(self.held) for piece in _pieces(one, number))]

    def must_wait(self) -> bool:
        """Whether digits that wait here may still grow into a card number."""
        holds_digits = any(_bears_digits(utterance) for utterance in self.held)
        return holds_digits and len(self.held) < MAX_HELD and _may_grow(self.pieces())


class CardScreen:
    """Everything that is said in one call passes here before it is stored. Not safe to share between calls."""

    def __init__(self) -> None:
        self._lines: dict[int, _Line] = {}
        self._cue_s: float | None = None

    @property
    def hold_from_s(self) -> float | None:
        """Where the earliest waiting utterance starts: audio from there on may not be written yet."""
        starts = [utterance.start_s for line in self._lines.values() for utterance in line.held]
        return max(0.0, min(starts) - MARGIN_S) if starts else None

    def feed(self, utterance: Utterance) -> tuple[Screened, ...]:
        """Take a final in the order of arrival; give back what need not wait any more, in order per channel."""
        if not utterance.final:
            raise ValueError(f"utterance {utterance.utterance_id} is a partial: only finals are screened")
        line = self._lines.setdefault(utterance.channel, _Line())
        released = self._release(line) if _is_over(line, utterance.start_s) else ()
        if has_card_cue(utterance):
            self._cue_s = utterance.end_s
        line.held.append(utterance)
        if _bears_digits(utterance):
            line.digits_end_s = utterance.end_s
        return released if line.must_wait() else (*released, *self._release(line))

    def advance(self, now_s: float, known_until_s: Sequence[float] = ()) -> tuple[Screened, ...]:
        """Release what has waited long enough. `now_s`: how far the call's audio has come.

        `known_until_s`: per channel, the second before which every utterance that began was fed: what is said but not
        transcribed yet is waited for.
        """
        known = dict(enumerate(known_until_s))
        due = [line for channel, line in self._lines.items() if _is_over(line, min(now_s, known.get(channel, now_s)))]
        return tuple(screened for line in due for screened in self._release(line))

    def finish(self) -> tuple[Screened, ...]:
        """The call has ended: release everything."""
        return tuple(screened for line in self._lines.values() for screened in self._release(line))

    def _release(self, line: _Line) -> tuple[Screened, ...]:
        pieces = line.pieces()
        places = set(card_places(pieces))
        if self._cue_s is not None and any(abs(one.start_s - self._cue_s) <= CARD_CUE_S for one in line.held):
            places.update(_long_numbers(pieces))
        screened = tuple(
            _screened(utterance, {word for number, word in places if number == index})
            for index, utterance in enumerate(line.held)
        )
        line.context = _context(pieces)
        line.held = []
        return screened


def _is_over(line: _Line, now_s: float) -> bool:
    return bool(line.held) and now_s - line.digits_end_s >= HOLD_S


def _bears_digits(utterance: Utterance) -> bool:
    return any(piece.is_number and not piece.skippable for piece in _pieces(utterance, 0))


def _pieces(utterance: Utterance, number: int) -> list[Piece]:
    return [
        piece
        for index, word in enumerate(spoken_words(utterance))
        for piece in pieces_of(word.text, (number, index), utterance.language)
    ]


def _may_grow(pieces: Sequence[Piece]) -> bool:
    """Whether the digits at the end may be the beginning of a card number."""
    behind = 0
    for piece in reversed(pieces):
        if piece.is_number:
            break
        behind += piece.kind is Kind.OTHER
    runs = number_runs(pieces, max_gap=MAX_GAP_WORDS if behind else 0)
    if not runs or behind > MAX_GAP_WORDS:
        return False
    run = runs[-1]
    enough = LONG_OPEN_DIGITS if behind else OPEN_DIGITS
    if sum(piece.width for piece in run) < enough or _is_year_or_phone(run):
        return False
    return run[-1].place not in card_places(pieces)


def _is_year_or_phone(run: Sequence[Piece]) -> bool:
    """No card number begins with 0, 19 or 20."""
    digits = plain_digits(run)
    is_year = len(run) == 1 and len(digits) == 4 and digits[:2] in ("19", "20")
    return is_year or (digits.startswith("0") and len(digits) <= 10)


def _long_numbers(pieces: Sequence[Piece]) -> Iterator[tuple[int, int]]:
    for run in number_runs(pieces, max_gap=0):
        if sum(piece.width for piece in run) >= PART_DIGITS and not _is_year_or_phone(run):
            yield from (piece.place for piece in run)


def _context(pieces: Sequence[Piece]) -> list[Piece]:
    """What is remembered of released words, masked ones too: a number of 16 digits may turn out to have 19."""
    return [replace(piece, place=(-1, 0)) for piece in pieces[-MAX_CONTEXT:]]


def _screened(utterance: Utterance, places: set[int]) -> Screened:
    if not places:
        return Screened(utterance=utterance)
    words = spoken_words(utterance)
    spans = spans_of(places, _pieces(utterance, 0))
    redactions = tuple(
        Redaction(
            kind=RedactionKind.CARD,
            start_s=max(0.0, words[first].start_s - MARGIN_S),
            end_s=words[last].end_s + MARGIN_S,
        )
        for first, last in spans
    )
    return Screened(utterance=masked(utterance, words, spans, CARD_MARK), redactions=redactions)


def mask_partial(utterance: Utterance) -> Utterance:
    """The utterance with every number of four digits or more hidden: what follows may make it a card number."""
    pieces = _pieces(utterance, 0)
    places = {piece.place[1] for run in _long_enough(pieces) for piece in run}
    words = spoken_words(utterance)
    places.update(index for index, word in enumerate(words) if sum(char.isdigit() for char in word.text) >= OPEN_DIGITS)
    return masked(utterance, words, spans_of(places, pieces), NUMBER_MARK) if places else utterance


def _long_enough(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    for run in number_runs(pieces, max_gap=0):
        if sum(piece.width for piece in run) >= OPEN_DIGITS:
            yield run
