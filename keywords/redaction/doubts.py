"""Answers that nobody can be sure of: hardly understood, or to a question that nobody heard. Pure."""

from keywords.records import RedactionKind
from keywords.redaction.answers import PART_DIGITS
from keywords.redaction.cues import Topic, cues_of
from keywords.redaction.readings import lengths_of, number_runs
from keywords.redaction.sensitive import Heard
from keywords.redaction.talk import Talk
from keywords.redaction.unclear import UNDERSTOOD
from keywords.redaction.waiting import OPEN_DIGITS, is_bare_code
from streams.records import Utterance

_OF_A_CARD = frozenset({Topic.CARD, Topic.CVV, Topic.EXPIRY})
EARLY_S = 0.5
"""An utterance begins so much before its first word at most."""


def awaited(utterance: Utterance, talk: Talk) -> RedactionKind | None:
    """What of a card the other side has just asked for and not got whole: its number, its code, its date; else none."""
    at_s = _first_word_s(utterance)
    asked = talk.last_asked_at(at_s)
    if asked not in _OF_A_CARD or not talk.is_expected(asked, at_s, utterance.channel):
        return None
    return RedactionKind(asked.value)


def misheard(one: Heard, talk: Talk) -> RedactionKind | None:
    """What an utterance that was hardly understood may hold: the digits may be in its sound, if not in its text.

    An answer, the answer said again by the other side, or digits of any kind close to a card number, such as the number
    said again.
    """
    if one.utterance.confidence >= UNDERSTOOD:
        return None
    at_s = _first_word_s(one.utterance)
    if (kind := _answer(one.utterance, talk)) is not None:
        return kind
    if (kind := talk.may_repeat(one.utterance.channel, at_s)) is not None and not cues_of(one.utterance):
        return kind
    digits = sum(piece.width for piece in one.pieces if piece.is_number and not piece.skippable)
    near = talk.is_near(Topic.CARD, at_s) and not talk.is_about_other(at_s)
    return RedactionKind.CARD if near and digits >= OPEN_DIGITS else None


def note_misheard(one: Heard, talk: Talk) -> None:
    """Tell `talk` of an utterance that was masked because it was `misheard`."""
    answer = _answer(one.utterance, talk)
    if answer is not None or one.bears_digits:
        talk.doubted(one.utterance, answer)


def _answer(utterance: Utterance, talk: Talk) -> RedactionKind | None:
    """One that was awaited, or to what may have been the question for a code."""
    if cues_of(utterance):
        return None
    code = talk.may_ask_code(utterance.channel, _first_word_s(utterance))
    return awaited(utterance, talk) or (RedactionKind.CVV if code else None)


def unasked(one: Heard, talk: Talk) -> dict[int, RedactionKind]:
    """Its words that may answer a question which nobody heard or understood: a bare code, or a long number."""
    pieces, channel, at_s = one.pieces, one.utterance.channel, _first_word_s(one.utterance)
    if not one.bears_digits or not (talk.may_have_missed(channel, at_s) or talk.may_ask_code(channel, at_s)):
        return {}
    if is_bare_code(pieces):
        return {piece.place[1]: RedactionKind.CVV for piece in pieces if piece.is_number}
    long = [run for run in number_runs(pieces, max_gap=0) if max((0, *lengths_of(run))) >= PART_DIGITS]
    return {piece.place[1]: RedactionKind.CARD for run in long for piece in run}


def _first_word_s(utterance: Utterance) -> float:
    return min(utterance.start_s + EARLY_S, utterance.end_s)
