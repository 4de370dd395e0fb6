"""Account numbers that begin with a country and check digits. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from keywords.redaction.digits import Kind, Piece, Place
from keywords.redaction.readings import lengths_of, usual_digits
from keywords.words import word_set

LENGTHS: Mapping[str, int] = MappingProxyType(
    {"fr": 27, "be": 16, "ch": 21, "de": 22, "gb": 22, "es": 24, "it": 27, "lu": 20, "nl": 18, "pt": 25, "ie": 22}
    | {"at": 20, "mc": 27, "ad": 24, "pl": 28, "se": 24, "dk": 18, "fi": 18, "no": 15, "gr": 27, "cz": 24, "ro": 24}
)
"""By country, how many letters and digits an account number has."""
WORDS = word_set("de es it at se no be ie ad lu")
"""Countries' letters that are words as well."""
MIN_DIGITS = 13
"""Fewer behind a country's letters may be a tax number."""
MIN_ASKED_DIGITS = 2
MIN_WORD_DIGITS = 10
MAX_GAP_WORDS = 2
CHECK_DIGITS = 2
_COMPACT = re.compile(r"([a-z]{2})\d{2}[a-z0-9]*")
_LETTERS_AND_DIGITS = re.compile(r"[b-hj-xz]|(?=[a-z]*\d)[a-z0-9]+")


def iban_places(pieces: Sequence[Piece], *, asked: bool) -> frozenset[Place]:
    """The words that are part of an account number. `asked`: one was asked for, so that a few digits are enough."""
    places: set[Place] = set()
    enough = MIN_ASKED_DIGITS if asked else MIN_DIGITS
    for start in range(len(pieces)):
        width, country = _head(pieces, start, asked=asked)
        if width:
            head = pieces[start : start + width]
            longest = LENGTHS[country] - sum(len(_form(piece)) for piece in head)
            body = list(_body(pieces[start + width :], longest, max_gap=MAX_GAP_WORDS if asked else 0))
            word = width == 1 and country in WORDS and len(_form(head[0])) == 2
            if _digits([*head, *body]) >= (MIN_WORD_DIGITS if word else enough):
                places.update(piece.place for piece in (*head, *body))
    return frozenset(places)


def written_ibans(words: Sequence[tuple[Place, str]]) -> frozenset[Place]:
    """Words that are a whole account number: country, check digits, and all the rest."""
    return frozenset(
        place
        for place, text in words
        if (match := _COMPACT.fullmatch(re.sub(r"[\W_]", "", text).casefold())) is not None
        and match.group(1) in LENGTHS
        and len(match.group()) >= LENGTHS["no"]
    )


def is_whole(pieces: Sequence[Piece]) -> bool:
    """Whether these pieces end with an account number that has all of its country's length."""
    for start in range(len(pieces)):
        width, country = _head(pieces, start, asked=True)
        if width:
            rest = pieces[start + width :]
            body = list(_body(rest, LENGTHS[country], max_gap=MAX_GAP_WORDS))
            written = sum(len(_form(one)) for one in (*pieces[start : start + width], *body) if not one.is_number)
            numbers = [one for one in body if one.is_number]
            if written + len(usual_digits(numbers)) >= LENGTHS[country]:
                return not any(one.is_number for one in rest[-1:] if one not in body)
    return False


def _digits(pieces: Sequence[Piece]) -> int:
    written = sum(char.isdigit() for piece in pieces for char in piece.text)
    numerals = [piece for piece in pieces if piece.is_number]
    return max((written, len(numerals), *lengths_of(numerals)))


def _head(pieces: Sequence[Piece], start: int, *, asked: bool) -> tuple[int, str]:
    """How many pieces from here on name a country, its check digits with or behind them, and which; 0: none."""
    forms = [_form(piece) for piece in pieces[start : start + 3]]
    compact = _COMPACT.fullmatch(forms[0])
    if compact is not None and compact.group(1) in LENGTHS:
        return 1, compact.group(1)
    for width in (1, 2):
        named = "".join(forms[:width])
        follows = pieces[start + width : start + width + 1]
        sure = asked or width == 2 or named not in WORDS
        if named in LENGTHS and sure and len(forms[0]) == 3 - width and follows and follows[0].is_number:
            return width, named
    return 0, ""


def _body(pieces: Sequence[Piece], longest: int, *, max_gap: int) -> Iterator[Piece]:
    """What follows the country, as far as it is digits, letters, or both, with few words between."""
    waiting: list[Piece] = []
    said = 0
    bearing = {piece.place[0] for piece in pieces if piece.is_number}
    for number, piece in enumerate(pieces):
        if piece.place[0] not in bearing:
            continue  # an utterance between the parts of the number
        form = _form(piece)
        bank = 0 < number <= CHECK_DIGITS and len(form) == 4 and form.isalpha()
        if said >= longest and piece.kind is Kind.OTHER:
            return
        if piece.is_number or (piece.kind is Kind.OTHER and (bank or _is_part(pieces, piece))):
            yield from waiting
            yield piece
            said += len(form) if piece.kind is not Kind.SPOKEN else 1
            waiting = []
        elif piece.kind is Kind.OTHER:
            waiting.append(piece)
        if len(waiting) > max_gap:
            return


def _is_part(pieces: Sequence[Piece], piece: Piece) -> bool:
    """A letter on its own, not the one before an apostrophe, or letters and digits."""
    word = [_form(one) for one in pieces if one.place == piece.place]
    return _LETTERS_AND_DIGITS.fullmatch(_form(piece)) is not None and max(map(len, word)) == len(_form(piece))


def _form(piece: Piece) -> str:
    return re.sub(r"[\W_]", "", piece.text).casefold()
