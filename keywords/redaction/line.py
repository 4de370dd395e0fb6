"""What waits on one channel to be screened, and what it remembers of what it gave out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from keywords.records import RedactionKind
from keywords.redaction.answers import LONGEST_PAUSE_S, PART_DIGITS
from keywords.redaction.brands import MIN_DIGITS, is_branded, is_card
from keywords.redaction.cards import ends_with_card
from keywords.redaction.digits import Piece, Place
from keywords.redaction.questions import NEAR_S
from keywords.redaction.readings import lengths_of, number_runs, usual_digits
from keywords.redaction.sensitive import Heard
from keywords.redaction.talk import Talk
from keywords.redaction.waiting import Wait
from streams.records import Word

MAX_CONTEXT = 40
"""Numerals and words of released utterances that are remembered, to recognise the rest of a number."""
WHOLE_PHONE_DIGITS = 10


@dataclass(slots=True)
class Line:
    """One channel of one call."""

    held: list[Heard] = field(default_factory=list)
    context: list[Piece] = field(default_factory=list)
    half: list[Piece] = field(default_factory=list)
    """The last number that was given out, where it may be the beginning of a card number."""
    open_end_s: float = 0.0
    """When the last digits that may go on were said."""
    wait: Wait = Wait.NONE

    def pieces(self, talk: Talk) -> list[Piece]:
        """The numerals released before that may go on, then those of the held utterances."""
        held = [
            replace(piece, place=(number, piece.place[1]))
            for number, one in enumerate(self.held)
            for piece in one.pieces
        ]
        if not held:
            return []
        return [*(_still_open(self.context, held[0].at_s, talk) or _first_half(self.half, held, talk)), *held]

    def before(self, start_s: float, talk: Talk) -> list[Piece]:
        """What may go on in an utterance that begins here. Their utterances are not the one numbered 0."""
        held = [replace(piece, place=(-1, piece.place[1])) for piece in self.pieces(talk)]
        return _still_open(held or self.context, start_s, talk)

    def words(self) -> list[tuple[Place, Word]]:
        """Of the held utterances."""
        return [((number, index), word) for number, one in enumerate(self.held) for index, word in enumerate(one.words)]

    def let_go(self, pieces: Sequence[Piece], found: Mapping[Place, RedactionKind]) -> None:
        """Nothing waits any more. `pieces`, those of what was held, are remembered unless their number is whole."""
        numbers = [piece for piece in pieces if piece.is_number]
        over = ends_with_card(pieces) or (bool(numbers) and _is_phone(found, numbers))
        last = [] if over else pieces[-MAX_CONTEXT:]
        self.context = [replace(piece, place=(-1, number)) for number, piece in enumerate(last)]
        if numbers:
            self.half = [] if numbers[-1].place in found else [_given_out(piece) for piece in _last_run(pieces)]
        self.held, self.wait = [], Wait.NONE


def _still_open(context: Sequence[Piece], start_s: float, talk: Talk) -> list[Piece]:
    """What was said before without a long pause since, and about the same thing."""
    asked_s, kept = talk.cues.asked_anew_s(start_s), len(context)
    next_s = start_s
    for number in range(len(context) - 1, -1, -1):
        at_s = context[number].at_s
        if next_s - at_s > LONGEST_PAUSE_S or at_s < asked_s:
            break
        next_s, kept = at_s, number
    return list(context[kept:])


def _first_half(half: Sequence[Piece], held: Sequence[Piece], talk: Talk) -> list[Piece]:
    """What was given out a while ago, where what is said now makes a card number of it."""
    rest = _last_run(held)
    if (
        not half
        or not rest
        or rest[0].at_s - half[-1].at_s > NEAR_S
        or half[0].at_s < talk.cues.asked_anew_s(rest[0].at_s)
    ):
        return []
    begun, digits = usual_digits(half), usual_digits(half) + usual_digits(rest)
    return list(half) if PART_DIGITS <= len(begun) < MIN_DIGITS and is_branded(digits) and is_card(digits) else []


def _last_run(pieces: Sequence[Piece]) -> list[Piece]:
    runs = number_runs(pieces, max_gap=0)
    return runs[-1] if runs else []


def _given_out(piece: Piece) -> Piece:
    return replace(piece, place=(-1, piece.place[1]))


def _is_phone(found: Mapping[Place, RedactionKind], numbers: Sequence[Piece]) -> bool:
    """Whether a whole telephone number was said last."""
    said = [piece for piece in numbers if found.get(piece.place) is RedactionKind.PHONE]
    return bool(said) and said[-1] is numbers[-1] and max((0, *lengths_of(said))) >= WHOLE_PHONE_DIGITS
