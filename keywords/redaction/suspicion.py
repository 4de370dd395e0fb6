"""A number that nobody is known to have asked for, and that may be a card's: the question, or its words, were misheard.

Pure.
"""

from collections.abc import Sequence

from keywords.redaction.answers import PART_DIGITS
from keywords.redaction.cue_log import OF_A_CARD
from keywords.redaction.cues import UNDERSTOOD
from keywords.redaction.digits import Kind, Piece
from keywords.redaction.groups import groups_of
from keywords.redaction.phones import phone_places
from keywords.redaction.readings import number_runs
from keywords.redaction.talk import Talk
from keywords.redaction.unclear import CLEAR
from streams.records import Speaker, Utterance

LONG_GAP = 2
"""So many words may stand inside a long number: the recogniser took them for something else."""
VAGUE_DIGITS = 4
"""So many digits are enough where a customer says them and is hardly understood."""
SURE_DIGITS = 2
"""With so many digits among them, words that sound like digits count for some."""


def note_suspected(pieces: Sequence[Piece], utterance: Utterance, at_s: float, talk: Talk) -> None:
    """Tell `talk` of a number that may be a card's, said or asked for unclearly and for nothing else that is known.

    `pieces`: what the channel said last, this utterance included. `at_s`: when its first word begins at the latest.
    """
    unclear = utterance.confidence < CLEAR or talk.was_vague(utterance.channel, at_s)
    digits_s = max((piece.at_s for piece in pieces if piece.is_number), default=at_s)
    if (
        not unclear
        or talk.cues.is_about_other(digits_s)
        or talk.questions.last_asked_at(digits_s) not in (None, *OF_A_CARD)
    ):
        return
    if _has_long_number(pieces) or (_is_vague(utterance) and _digits_said_last(pieces) >= VAGUE_DIGITS):
        talk.found_card(utterance.start_s)


def _has_long_number(pieces: Sequence[Piece]) -> bool:
    """A whole telephone number, an amount or a date is none."""
    measured = {piece.place for group in groups_of(pieces, {}) if group.is_measured for piece in group.pieces}
    runs = number_runs([piece for piece in pieces if piece.place not in measured], max_gap=LONG_GAP)
    long = [run for run in runs if sum(piece.width for piece in run) >= PART_DIGITS]
    phones = phone_places(pieces, expects=False, doubts=False) if long else frozenset()
    return any(not phones.issuperset(piece.place for piece in run) for run in long)


def _is_vague(utterance: Utterance) -> bool:
    return utterance.confidence < UNDERSTOOD and utterance.speaker is Speaker.CUSTOMER


def _digits_said_last(pieces: Sequence[Piece]) -> int:
    """In the last utterance, but for telephone numbers."""
    phones = phone_places(pieces, expects=False, doubts=False)
    last = [piece for piece in pieces if piece.place[0] == pieces[-1].place[0] and piece.place not in phones]
    sure = sum(piece.width for piece in last if piece.is_number and not piece.skippable)
    return sure + sum(piece.kind is Kind.ALIKE for piece in last) if sure >= SURE_DIGITS else sure
