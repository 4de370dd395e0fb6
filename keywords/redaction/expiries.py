"""When a card expires: as digits, or as a month and a year. Pure."""

from collections.abc import Iterator, Sequence

from keywords.records import RedactionKind
from keywords.redaction.cue_words import Topic
from keywords.redaction.digits import Kind, Piece, Place
from keywords.redaction.groups import MONTHS, VERY_BARE_WORDS, Found, Group
from keywords.redaction.readings import digits_of
from keywords.redaction.talk import Talk


def is_expiry(group: Group) -> bool:
    """A month and a year to come: 0427, 4 27, 04 2027."""
    strings = digits_of(group.pieces, 6)
    if group.after in MONTHS:
        return False  # the day of a date
    if group.is_dated:
        return any(len(digits) == 2 or 2020 <= int(digits or 0) <= 2049 for digits in strings)
    for digits in strings:
        month, year = (digits[:-4], digits[-4:]) if len(digits) > 4 else (digits[:-2], "20" + digits[-2:])
        if month and 1 <= int(month) <= 12 and 2020 <= int(year) <= 2049:
            return True
    return False


def expiry_months(pieces: Sequence[Piece], found: Found, talk: Talk) -> Iterator[tuple[Place, RedactionKind]]:
    """The month of an expiry date, beside a masked year or as the whole answer."""
    for number, piece in enumerate(pieces):
        if (
            piece.kind is not Kind.OTHER
            or piece.text not in MONTHS
            or Topic.EXPIRY not in talk.questions.asked_at(piece.at_s, again=True)
        ):
            continue
        beside = [one.place for one in pieces[max(0, number - 1) : number + 3] if one.is_number]
        own = [one for one in pieces if one.place[0] == piece.place[0]]
        bare = len({one.place for one in own if one.kind is Kind.OTHER}) <= VERY_BARE_WORDS
        alone = (
            bare and talk.questions.is_unanswered(Topic.EXPIRY, piece.at_s) and not any(one.is_number for one in own)
        )
        if alone or any(found.get(place) is RedactionKind.EXPIRY for place in beside):
            yield piece.place, RedactionKind.EXPIRY
