"""Account numbers that begin with a country and check digits. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from types import MappingProxyType

from keywords.redaction.brands import is_branded, is_card
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
HEAD = 2 + CHECK_DIGITS
"""A country's letters and the check digits."""
_REMAINDER = 1
_MODULUS = 97
"""ISO 7064: what is left of an account number, its head behind the rest and letters as 10 to 35, divided by this."""
_COMPACT = re.compile(r"([a-z]{2})\d{2}[a-z0-9]*")
_LETTERS_AND_DIGITS = re.compile(r"[b-hj-xz]|(?=[a-z]*\d)[a-z0-9]+")


def iban_places(pieces: Sequence[Piece], *, asked: bool, proven: bool) -> frozenset[Place]:
    """The words that are part of an account number.

    `asked`: one was asked for, so that a few digits are enough. `proven`: only of a whole one that can be nothing else.
    """
    places: set[Place] = set()
    enough = MIN_ASKED_DIGITS if asked else MIN_DIGITS
    for start in range(len(pieces)):
        width, country = _head(pieces, start, asked=asked)
        if width:
            head = pieces[start : start + width]
            longest = LENGTHS[country] - sum(len(_form(piece)) for piece in head)
            body = list(_body(head, pieces[start + width :], longest, max_gap=MAX_GAP_WORDS if asked else 0))
            word = width == 1 and country in WORDS and len(_form(head[0])) == 2
            whole = _proven(head, body)
            long = _digits([*head, *body]) >= (MIN_WORD_DIGITS if word else enough)
            said = [*head, *body] if long and not proven else whole
            places.update(piece.place for piece in said)
    return frozenset(places)


def written_ibans(words: Sequence[tuple[Place, str]], *, proven: bool = False) -> frozenset[Place]:
    """Words that are a whole account number: country, check digits, and all the rest. `proven`: surely one."""
    return frozenset(
        place
        for place, text in words
        if (match := _COMPACT.fullmatch(_bare(text))) is not None
        and match.group(1) in LENGTHS
        and len(match.group()) >= LENGTHS["no"]
        and (not proven or is_proven(match.group()))
    )


def is_proven(text: str) -> bool:
    """Whether these letters and digits have their country's length and the right check digits, and are no card."""
    if LENGTHS.get(text[:2]) != len(text) or not text[2:HEAD].isdigit():
        return False
    checked = int("".join(str(int(char, 36)) for char in text[HEAD:] + text[:HEAD]))
    return checked % _MODULUS == _REMAINDER and not _may_be_card(text[2:])


def _may_be_card(text: str) -> bool:
    return text.isdigit() and is_branded(text) and is_card(text)


def _proven(head: Sequence[Piece], body: Sequence[Piece]) -> Sequence[Piece]:
    """The pieces that are surely a whole account number, however few its digits; none where there is none."""
    stops = range(len(body) + 1)
    return next(([*head, *body[:stop]] for stop in stops if is_proven(_written([*head, *body[:stop]]))), ())


def _written(pieces: Sequence[Piece]) -> str:
    """Letters and digits as one would write them."""
    rows = ((number, list(row)) for number, row in groupby(pieces, key=lambda piece: piece.is_number))
    return "".join(usual_digits(row) if number else "".join(map(_form, row)) for number, row in rows)


def is_whole(pieces: Sequence[Piece]) -> bool:
    """Whether these pieces end with an account number that has all of its country's length."""
    for start in range(len(pieces)):
        width, country = _head(pieces, start, asked=True)
        if width:
            head, rest = pieces[start : start + width], pieces[start + width :]
            body = list(_body(head, rest, LENGTHS[country], max_gap=MAX_GAP_WORDS))
            written = sum(len(_form(one)) for one in (*head, *body) if not one.is_number)
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


def _body(head: Sequence[Piece], pieces: Sequence[Piece], longest: int, *, max_gap: int) -> Iterator[Piece]:
    """What follows the country, as far as it is digits, letters, or both, with few words between."""
    waiting: list[Piece] = []
    said = 0
    # where the check digits stand with the country the bank's letters may follow at once: "GB29 NWBK"
    checked = any(char.isdigit() for piece in head for char in piece.text)
    bearing = {piece.place[0] for piece in pieces if piece.is_number}
    for number, piece in enumerate(pieces):
        if piece.place[0] not in bearing:
            continue  # an utterance between the parts of the number
        form = _form(piece)
        bank = (checked or number > 0) and number <= CHECK_DIGITS and len(form) == 4 and form.isalpha()
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
    return _bare(piece.text)


def _bare(text: str) -> str:
    return re.sub(r"[\W_]", "", text).casefold()
