"""What waits on one channel to be screened, and what it remembers of what it gave out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from keywords.records import RedactionKind
from keywords.redaction.answers import LONGEST_PAUSE_S
from keywords.redaction.cards import ends_with_card
from keywords.redaction.digits import Piece, Place
from keywords.redaction.readings import lengths_of
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
        return [*_still_open(self.context, held[0].at_s, talk), *held] if held else []

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
        self.held, self.wait = [], Wait.NONE


def _still_open(context: Sequence[Piece], start_s: float, talk: Talk) -> list[Piece]:
    """What was said before without a long pause since, and about the same thing."""
    asked_s, kept = talk.asked_anew_s(start_s), len(context)
    next_s = start_s
    for number in range(len(context) - 1, -1, -1):
        at_s = context[number].at_s
        if next_s - at_s > LONGEST_PAUSE_S or at_s < asked_s:
            break
        next_s, kept = at_s, number
    return list(context[kept:])


def _is_phone(found: Mapping[Place, RedactionKind], numbers: Sequence[Piece]) -> bool:
    """Whether a whole telephone number was said last."""
    said = [piece for piece in numbers if found.get(piece.place) is RedactionKind.PHONE]
    return bool(said) and said[-1] is numbers[-1] and max((0, *lengths_of(said))) >= WHOLE_PHONE_DIGITS
