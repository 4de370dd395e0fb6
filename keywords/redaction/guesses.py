"""Text that may still become another, with everything hidden that may become a number to mask. Pure."""

from collections.abc import Sequence

from keywords.records import RedactionKind
from keywords.redaction.digits import Piece
from keywords.redaction.doubts import misheard, unasked
from keywords.redaction.masking import masked, spans_of
from keywords.redaction.readings import number_runs
from keywords.redaction.sensitive import Heard, Passage, heard, sensitive_places
from keywords.redaction.talk import Talk
from keywords.redaction.waiting import MAX_GAP_WORDS, OPEN_DIGITS, may_be_asked
from streams.records import Utterance


def hidden(
    guess: Utterance,
    talk: Talk,
    kinds: frozenset[RedactionKind],
    before: Sequence[Piece] = (),
    *,
    waits: bool = False,
) -> Utterance:
    """The guess as it may be shown, by what `talk` knows and notes of it.

    `kinds`: what is to be masked. A long number is hidden whatever it is: what follows may make it a card's.
    `before`: what its channel said last, since a number may be read out in pieces. `waits`: it is held for more digits.
    """
    own = heard(guess)
    doubted = misheard(own, talk) in kinds
    talk.note(guess)
    if doubted:
        return _without(own, set(range(len(own.words))))
    words = [((0, index), word) for index, word in enumerate(own.words)]
    passage = Passage(channel=guess.channel, pieces=own.pieces, words=words, goes_on=True)
    found = sensitive_places(passage, talk, kinds)
    asked = {piece.place[1] for piece in own.pieces if may_be_asked(piece, talk)}
    asked |= set(unasked(own, talk)) | _long_numbers(own) | _going_on(before, own, MAX_GAP_WORDS if waits else 0)
    return _without(own, {index for (_, index), kind in found.items() if kind in kinds} | asked)


def hide_numbers(utterance: Utterance) -> Utterance:
    """The utterance with every number of four digits or more hidden, and all that its own words tell to be sensitive.

    What was said before and after, which may make a shorter one a card's, is not known here.
    """
    return hidden(utterance, Talk(), frozenset(RedactionKind))


def _long_numbers(own: Heard) -> set[int]:
    runs = number_runs(own.pieces, max_gap=0)
    long = [run for run in runs if sum(piece.width for piece in run) >= OPEN_DIGITS]
    written = {
        index for index, word in enumerate(own.words) if sum(char.isdigit() for char in word.text) >= OPEN_DIGITS
    }
    return written | {piece.place[1] for run in long for piece in run}


def _going_on(before: Sequence[Piece], own: Heard, max_gap: int) -> set[int]:
    """Its numerals that make what was said before it a long number."""
    runs = number_runs([*before, *own.pieces], max_gap=max_gap)
    long = [run for run in runs if sum(piece.width for piece in run) >= OPEN_DIGITS]
    return {piece.place[1] for run in long for piece in run if piece.place[0] == 0}


def _without(own: Heard, places: set[int]) -> Utterance:
    spans = spans_of(dict.fromkeys(places), own.pieces)
    return masked(own.utterance, own.words, spans) if places else own.utterance
