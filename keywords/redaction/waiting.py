"""Whether what was said last may go on, so that it must not be given out yet. Pure."""

from collections.abc import Sequence
from enum import StrEnum

from keywords.redaction.answers import BARE_WORDS
from keywords.redaction.brands import is_branded
from keywords.redaction.cards import ends_with_card, plain_digits
from keywords.redaction.cue_words import Topic
from keywords.redaction.digits import Kind, Piece, Place
from keywords.redaction.groups import VERY_BARE_WORDS, groups_of
from keywords.redaction.ibans import is_whole, written_ibans
from keywords.redaction.mails import is_open
from keywords.redaction.phones import phone_places
from keywords.redaction.readings import lengths_of, number_runs, usual_digits
from keywords.redaction.talk import Talk
from streams.records import Word

OPEN_DIGITS = 4
"""So many digits at the end of an utterance may be the beginning of a number."""
LONG_OPEN_DIGITS = 8
"""With so many, a few words behind them do not end the wait."""
ASKED_LONG_OPEN_DIGITS = 4
MAX_GAP_WORDS = BARE_WORDS
_NUMBERS = frozenset({Topic.CARD, Topic.IBAN, Topic.PHONE})
_CODES = frozenset({Topic.CVV, Topic.EXPIRY})
CODE_DIGITS = 3


class Wait(StrEnum):
    """What an utterance waits for."""

    NONE = "none"
    DIGITS = "digits"
    """The rest of a number."""
    ADDRESS = "address"
    """The rest of an e-mail address."""
    QUESTION = "question"
    """Whether the other side is asking for a security code just now."""


def waits_for(pieces: Sequence[Piece], words: Sequence[tuple[Place, Word]], talk: Talk, channel: int) -> Wait:
    """What the last of these utterances of a channel waits for."""
    whole = written_ibans([(place, word.text) for place, word in words])
    if _bears_digits(pieces) and not any(piece.place in whole for piece in pieces[-1:]):
        if _may_grow(pieces, talk):
            return Wait.DIGITS
        if is_bare_code(pieces) and talk.questions.last_asked_at(pieces[-1].at_s) not in _CODES:
            return Wait.QUESTION
    if words:
        begins_s = words[0][1].start_s
        asked = talk.questions.is_open(Topic.EMAIL, begins_s)
        due = talk.questions.is_due(Topic.EMAIL, begins_s, channel)
        if is_open([(place, word.text) for place, word in words], asked=asked, due=due):
            return Wait.ADDRESS
    return Wait.NONE


def _bears_digits(pieces: Sequence[Piece]) -> bool:
    """Whether a number is said; "un" and "oh" count where nothing else is."""
    own = [piece for piece in pieces if piece.place[0] >= 0]
    sure = any(piece.is_number and not piece.skippable for piece in own)
    last = [piece for piece in own if piece.place[0] == own[-1].place[0]]
    return sure or (any(piece.is_number for piece in last) and all(piece.kind is not Kind.OTHER for piece in last))


def _may_grow(pieces: Sequence[Piece], talk: Talk) -> bool:
    """Whether the digits at the end may be the beginning of a number."""
    behind = 0
    for piece in reversed(pieces):
        if piece.is_number:
            break
        behind += piece.kind is Kind.OTHER
    runs = number_runs(pieces, max_gap=MAX_GAP_WORDS if behind else 0)
    if not runs or behind > MAX_GAP_WORDS:
        return False
    run = runs[-1]
    asked = talk.questions.last_asked_at(run[-1].at_s)
    if asked in _CODES:
        return not behind and max((*lengths_of(run), 0)) < CODE_DIGITS
    if sum(piece.width for piece in run) < _enough(asked, behind) or _is_year(run) or _is_measured(pieces, run):
        return False
    expects = asked is Topic.PHONE or (talk.questions.is_near(Topic.PHONE, run[-1].at_s) and asked is None)
    return not (_is_complete(pieces, run, expects=expects) or (asked is Topic.CARD and is_branded(usual_digits(run))))


def _is_measured(pieces: Sequence[Piece], run: Sequence[Piece]) -> bool:
    """Whether it ends with an amount or a date."""
    groups = groups_of(pieces, {})
    return bool(groups) and groups[-1].is_measured and groups[-1].pieces[-1] is run[-1]


def _enough(asked: Topic | None, behind: int) -> int:
    if asked in _NUMBERS:
        return ASKED_LONG_OPEN_DIGITS if behind else 1
    return LONG_OPEN_DIGITS if behind else OPEN_DIGITS


def _is_year(run: Sequence[Piece]) -> bool:
    digits = plain_digits(run)
    return len(run) == 1 and len(digits) == 4 and digits[:2] in ("19", "20")


def _is_complete(pieces: Sequence[Piece], run: Sequence[Piece], *, expects: bool) -> bool:
    """Whether a whole card or telephone number has been said. No card number begins with 0."""
    if ends_with_card(pieces) or is_whole(pieces):
        return True
    phone = phone_places(pieces, expects=expects, doubts=False)
    return run[-1].place in phone and (expects or plain_digits(run)[:1] in ("", "0"))


def is_bare_code(pieces: Sequence[Piece]) -> bool:
    """Whether the last utterance is hardly more than three or four digits."""
    last = pieces[-1].place[0]
    own = [piece for piece in pieces if piece.place[0] == last]
    runs = number_runs(own, max_gap=0)
    others = sum(piece.kind is Kind.OTHER for piece in own)
    return len(runs) == 1 and others <= VERY_BARE_WORDS and not _is_year(runs[0]) and bool({3, 4} & lengths_of(runs[0]))


def may_be_asked(piece: Piece, talk: Talk) -> bool:
    """Whether this numeral of a guess may become part of what was asked for."""
    if not piece.is_number or piece.skippable:
        return False
    return bool(talk.questions.asked_at(piece.at_s) & (_NUMBERS | _CODES))
