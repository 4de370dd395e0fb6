"""Which words must not be kept, and why: the finders in the order in which the surer one wins. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from keywords.normal import spoken_words
from keywords.records import RedactionKind
from keywords.redaction.answers import answer_places
from keywords.redaction.cards import MAX_GAP_WORDS, card_places
from keywords.redaction.cue_words import Topic
from keywords.redaction.digits import Kind, Piece, Place, pieces_of
from keywords.redaction.foreign import both_languages
from keywords.redaction.groups import breaks, groups_of
from keywords.redaction.ibans import iban_places, written_ibans
from keywords.redaction.mails import mail_places
from keywords.redaction.phones import phone_places
from keywords.redaction.readings import number_runs
from keywords.redaction.talk import Talk
from streams.records import Utterance, Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """An utterance taken apart."""

    utterance: Utterance
    words: tuple[Word, ...]
    pieces: tuple[Piece, ...]
    """Their places are in the utterance numbered 0."""

    @property
    def bears_digits(self) -> bool:
        """Whether a number is said in it."""
        return any(piece.is_number and not piece.skippable for piece in self.pieces)


def heard(utterance: Utterance) -> Heard:
    """The utterance taken apart."""
    words = spoken_words(utterance)
    pieces = [
        piece
        for index, word in enumerate(words)
        for piece in pieces_of(word.text, (0, index), utterance.language, word.start_s)
    ]
    return Heard(utterance=utterance, words=words, pieces=both_languages(pieces))


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """What was said on one channel, an utterance or more in a row, taken apart."""

    channel: int
    pieces: Sequence[Piece]
    words: Sequence[tuple[Place, Word]]
    goes_on: bool = False
    """What follows is not known yet."""


def sensitive_places(passage: Passage, talk: Talk, kinds: frozenset[RedactionKind]) -> dict[Place, RedactionKind]:
    """Where in it something to mask is said. A card number found is noted in `talk`.

    `kinds`: what is masked. Where accounts are left in, only what surely is one is taken for it: anything else may be a
    number that is not.
    """
    pieces = passage.pieces
    if not pieces:
        return {}
    end_s = pieces[-1].at_s
    found: dict[Place, RedactionKind] = {}
    said = [(place, word.text) for place, word in passage.words]
    proven = RedactionKind.IBAN not in kinds
    mail_asked = talk.questions.is_near(Topic.EMAIL, end_s)
    _claim(found, mail_places(said, asked=mail_asked, goes_on=passage.goes_on), RedactionKind.EMAIL)
    _claim(found, written_ibans(said, proven=proven), RedactionKind.IBAN)
    accounts = _numbers(pieces, found, splits=False)
    expected = Topic.IBAN in talk.questions.asked_at(end_s) or (
        talk.questions.is_near(Topic.IBAN, end_s) and not talk.cues.is_about_other(end_s)
    )
    _claim(found, iban_places(accounts, asked=expected, proven=proven), RedactionKind.IBAN)
    numbers = _numbers(pieces, found, splits=True)
    rest = _rest(numbers, found)
    cards = card_places(rest)
    _claim(found, cards, RedactionKind.CARD)
    _claim(found, _beside(rest, cards), RedactionKind.CARD)
    for at_s in sorted({piece.at_s for piece in pieces if piece.place in cards})[-1:]:
        talk.found_card(at_s)
    _claim(found, _phones(_rest(numbers, found), talk), RedactionKind.PHONE)
    for place, kind in answer_places(pieces, found, talk, passage.channel).items():
        found.setdefault(place, kind)
    return found


def _claim(found: dict[Place, RedactionKind], places: frozenset[Place], kind: RedactionKind) -> None:
    for place in places:
        found.setdefault(place, kind)


def _rest(pieces: Sequence[Piece], found: dict[Place, RedactionKind]) -> list[Piece]:
    return [piece for piece in pieces if piece.place not in found]


def _numbers(pieces: Sequence[Piece], found: dict[Place, RedactionKind], *, splits: bool) -> list[Piece]:
    """The pieces that may be part of a number to mask: no amounts, hours and dates, which stand for a break.

    `splits`: so do the words with which an utterance opens.
    """
    groups = groups_of(pieces, found)
    usable = {id(piece) for group in groups if not group.is_measured for piece in group.pieces}
    apart = [replace(pieces[0], kind=Kind.OTHER, text="…")] * (MAX_GAP_WORDS + 1)
    new = breaks(pieces, found) if splits else frozenset()
    numbers: list[Piece] = []
    for number, piece in enumerate(pieces):
        if piece.place in found:
            continue
        if piece.is_number and (id(piece) not in usable or number in new):
            numbers += apart
        if not piece.is_number or id(piece) in usable:
            numbers.append(piece)
    return numbers


def _beside(pieces: Sequence[Piece], cards: frozenset[Place]) -> frozenset[Place]:
    """Numerals right beside those of a card, in the same breath: a reading of a part may have added up by chance."""
    return frozenset(
        piece.place
        for run in number_runs(pieces, max_gap=0)
        for piece in run
        if any(one.place in cards and one.place[0] == piece.place[0] for one in run)
    )


def _phones(pieces: Sequence[Piece], talk: Talk) -> frozenset[Place]:
    """Each number in the light of what was asked for before it."""
    numbers = [piece for piece in pieces if piece.is_number]
    if not numbers:
        return frozenset()
    at_s = numbers[-1].at_s
    asked = talk.questions.asked_at(at_s)
    expects = Topic.PHONE in asked or (talk.questions.is_near(Topic.PHONE, at_s) and not talk.cues.is_about_other(at_s))
    doubts = not expects and (talk.cues.is_about_other(at_s) or bool(asked & {Topic.CARD, Topic.IBAN}))
    return phone_places(pieces, expects=expects, doubts=doubts)
