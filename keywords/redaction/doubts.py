"""Answers that nobody can be sure of: hardly understood, or to a question that nobody heard. Pure."""

from collections import Counter
from collections.abc import Sequence

from keywords.records import RedactionKind
from keywords.redaction.answers import PART_DIGITS
from keywords.redaction.cue_log import OF_A_CARD, is_other_matter
from keywords.redaction.cue_words import Strength, Topic
from keywords.redaction.cues import UNDERSTOOD, Cue, cues_of
from keywords.redaction.digits import Kind
from keywords.redaction.readings import lengths_of, number_runs
from keywords.redaction.sensitive import Heard
from keywords.redaction.talk import Talk
from keywords.redaction.unclear import CLEAR
from keywords.redaction.waiting import is_bare_code
from streams.records import Speaker, Utterance

EARLY_S = 0.5
"""An utterance begins so much before its first word at most."""
NEAR_DIGITS = 2
"""So many digits close to a card number, in words that were hardly understood, may be some of it; where a customer
says them, a single one may."""
CARD_TAKES_S = 4.0
"""The fewest seconds in which somebody says "my card is" and its number."""
LOOP_WORDS = 6
LOOP_SHARE = 0.4
"""A recogniser that does not understand says one word over and over."""


def awaited(utterance: Utterance, talk: Talk) -> RedactionKind | None:
    """What of a card the other side has just asked for and not got whole: its number, its code, its date; else none.

    What the customer says counts also where it was asked for or begun a while before, and nothing else since.
    """
    return _expected(utterance, talk) or _guarded(utterance, talk)


def _expected(utterance: Utterance, talk: Talk) -> RedactionKind | None:
    at_s = first_word_s(utterance)
    asked = talk.questions.last_asked_at(at_s)
    if asked not in OF_A_CARD or not talk.questions.is_expected(asked, at_s, utterance.channel):
        return None
    return RedactionKind(asked.value)


def _guarded(utterance: Utterance, talk: Talk) -> RedactionKind | None:
    guarded = talk.questions.guarded(first_word_s(utterance)) if utterance.speaker is Speaker.CUSTOMER else None
    return None if guarded is None else RedactionKind(guarded.value)


def misheard(one: Heard, talk: Talk) -> RedactionKind | None:
    """What an utterance that was not clearly understood may hold: the digits may be in its sound, if not in its text.

    An answer, the answer said again by the other side, or digits of any kind close to a card number, such as the number
    said again. Understood half, it has to hold a digit.
    """
    badly, digits = one.utterance.confidence < UNDERSTOOD or _is_loop(one), _digits(one)
    if not badly and (one.utterance.confidence >= CLEAR or not digits):
        return None
    if (kind := _answer(one.utterance, talk)) is not None:
        return kind
    repeated = talk.may_repeat(one.utterance.channel, first_word_s(one.utterance))
    if repeated is not None and not cues_of(one.utterance):
        return repeated
    close = _is_close_to_card(one.utterance, digits, talk, badly=badly) or _is_lost_answer(one, talk)
    return RedactionKind.CARD if close else None


def note_misheard(one: Heard, talk: Talk) -> None:
    """Tell `talk` of an utterance that was masked because it was `misheard`."""
    answer = _answer(one.utterance, talk)
    if answer is not None or one.bears_digits:
        talk.doubted(one.utterance, answer)


def _answer(utterance: Utterance, talk: Talk) -> RedactionKind | None:
    """One that was awaited, or to what may have been the question for a code."""
    own, by_customer = cues_of(utterance), utterance.speaker is Speaker.CUSTOMER
    if any(is_other_matter(cue) for cue in own) or (own and not by_customer):
        return None
    announced = [cue.topic for cue in own if cue.strength is Strength.ASKED and cue.topic in OF_A_CARD]
    if announced:
        return RedactionKind(announced[-1].value)
    if by_customer and _may_tell_card(utterance, own):
        return RedactionKind.CARD
    code = by_customer and talk.may_ask_code(utterance.channel, first_word_s(utterance))
    return _expected(utterance, talk) or (RedactionKind.CVV if code else _guarded(utterance, talk))


def _may_tell_card(utterance: Utterance, own: Sequence[Cue]) -> bool:
    """Whether hardly more than the word for a card was understood, for as long as its number takes to say."""
    named = any(cue.topic is Topic.CARD for cue in own)
    return named and utterance.confidence < UNDERSTOOD and utterance.end_s - utterance.start_s >= CARD_TAKES_S


def _is_close_to_card(utterance: Utterance, digits: int, talk: Talk, *, badly: bool) -> bool:
    at_s, by_customer = first_word_s(utterance), utterance.speaker is Speaker.CUSTOMER
    asked = [cue for cue in cues_of(utterance) if cue.strength is Strength.ASKED]
    if any(not by_customer or is_other_matter(cue) for cue in asked) or talk.cues.is_about_other(at_s):
        return False
    doubtful = badly or talk.questions.guarded(at_s) is not None
    enough = 1 if badly and by_customer else NEAR_DIGITS
    return doubtful and digits >= enough and talk.questions.is_near(Topic.CARD, at_s)


def unasked(one: Heard, talk: Talk) -> dict[int, RedactionKind]:
    """Its words that may answer a question which nobody heard or understood: a bare code, or a long number.

    Or say again what was masked a moment before because nobody understood it.
    """
    pieces, channel, at_s = one.pieces, one.utterance.channel, first_word_s(one.utterance)
    if not one.bears_digits or not (
        talk.may_have_missed(channel, at_s) or talk.may_ask_code(channel, at_s) or talk.is_doubted(at_s)
    ):
        return {}
    if is_bare_code(pieces):
        return {piece.place[1]: RedactionKind.CVV for piece in pieces if piece.is_number}
    long = [run for run in number_runs(pieces, max_gap=0) if max((0, *lengths_of(run))) >= PART_DIGITS]
    return {piece.place[1]: RedactionKind.CARD for run in long for piece in run}


def _is_lost_answer(one: Heard, talk: Talk) -> bool:
    """Nothing at all was understood, of the question neither."""
    at_s = first_word_s(one.utterance)
    vague = talk.was_vague(one.utterance.channel, at_s) and not talk.cues.is_about_other(at_s)
    return vague and one.utterance.speaker is Speaker.CUSTOMER and _is_loop(one)


def _digits(one: Heard) -> int:
    return sum(piece.width for piece in one.pieces if piece.is_number and not piece.skippable)


def _is_loop(one: Heard) -> bool:
    said = Counter(piece.text for piece in one.pieces if piece.kind is not Kind.FILLER)
    most = max(said.values(), default=0)
    return most >= LOOP_WORDS and most >= LOOP_SHARE * said.total()


def first_word_s(utterance: Utterance) -> float:
    """When its first word begins at the latest."""
    return min(utterance.start_s + EARLY_S, utterance.end_s)
