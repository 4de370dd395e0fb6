"""Numerals that stand together in an utterance, and what the words beside them say about them. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from keywords.records import RedactionKind
from keywords.redaction.digits import Kind, Piece, Place
from keywords.redaction.readings import lengths_of
from keywords.words import word_set

Found = Mapping[Place, RedactionKind]

LEAD_IN_WORDS = 2
"""With more words before its first digit an utterance begins another number."""
VERY_BARE_WORDS = 2
"""With so few other words an utterance is hardly more than a number."""
MAX_HOUR_DIGITS = 4
YEAR_DIGITS = 4
MAX_DATE_DIGITS = 6

MONTHS = word_set(
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre january february march april "
    "may june july august september october november december jan feb apr aug sept oct nov dec"
)
_UNITS = word_set(
    "euro euros dollar dollars piastres bucks cents centimes pounds livres quid pour percent ans an annees annee mois "
    "personnes jours jour heures heure h minutes minute secondes semaines semaine kilos kilo grammes metres km "
    "fois eme ieme th pieces piece articles article colis cartons exemplaires pages points degres chiffres chiffre "
    "derniers "
    "premiers last first years year months month days day hours hour seconds weeks week kilograms miles feet "
    "inches times items "
    "item units boxes parcels people pages percent degrees digits digit numbers am pm oclock p.m a.m gigas giga "
    "gigs megas go mo gb mb rue avenue boulevard street road st"
)
_CORRECTIONS = word_set("non pardon desole desolee plutot erreur trompe trompee no sorry actually wait rather mistake")
_YEAR_WORDS = word_set("in en of annee year")
_MONEY = word_set("euros euro dollars dollar pounds")
_TIME_WORDS = word_set("vers avant apres jusqu jusque entre pm around before until by between since depuis")
_SPAN_WORDS = word_set("from to de a at")


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Numerals right behind each other in one utterance, fillers aside."""

    pieces: tuple[Piece, ...]
    first: int
    """Number of its first piece among all of them."""
    last: int
    others: int
    """How many words of its utterance are no part of any number."""
    timed: bool
    """Its utterance speaks of a time since or until when."""
    corrects: bool
    """Its utterance takes something back."""
    before: str
    after: str

    @property
    def at_s(self) -> float:
        """When it begins."""
        return self.pieces[0].at_s

    @property
    def end_s(self) -> float:
        """When its last word begins."""
        return self.pieces[-1].at_s

    @property
    def digits(self) -> int:
        """The fewest digits it stands for: "trente-trois" is two."""
        return min(lengths_of(self.pieces, skips=False), default=sum(piece.width for piece in self.pieces))

    @property
    def may_be_none(self) -> bool:
        """It may be no number at all: "un moment"."""
        return all(piece.skippable for piece in self.pieces) and self.digits < 2

    @property
    def is_quantity(self) -> bool:
        """An amount, an hour or a date, by the words beside it."""
        if self.after == "of" and self.others > VERY_BARE_WORDS:
            return True
        return self.is_measured or (self.digits <= MAX_HOUR_DIGITS and self.before in _SPAN_WORDS)

    @property
    def is_measured(self) -> bool:
        """The same, beyond doubt."""
        if self.before in _MONEY:
            return True
        if self.before == "pour" and self.pieces[0].text == "cent":
            return True
        if self.after in _UNITS or self.after.startswith(("%", "€", "$")):
            return True
        if self.before in _YEAR_WORDS and self.is_year:
            return True
        return self.digits <= (MAX_DATE_DIGITS if self.is_dated else MAX_HOUR_DIGITS) and (
            self.is_dated or self.before in _TIME_WORDS
        )

    @property
    def is_year(self) -> bool:
        """Four digits that may be a year."""
        return self.digits == YEAR_DIGITS and len(self.pieces) == 1 and self.pieces[0].text[:2] in ("19", "20")

    @property
    def is_dated(self) -> bool:
        """A month stands beside it."""
        return self.before in MONTHS or self.after in MONTHS


def groups_of(pieces: Sequence[Piece], found: Found) -> list[Group]:
    """The numerals that are not part of anything found already."""
    spans: list[tuple[int, int]] = []
    for number, piece in enumerate(pieces):
        if not piece.is_number or piece.place in found or _is_exclamation(pieces, number):
            continue
        last = spans[-1][1] if spans else -1
        if spans and pieces[last].place[0] == piece.place[0] and _is_empty(pieces[last + 1 : number], found):
            spans[-1] = (spans[-1][0], number)
        else:
            spans.append((number, number))
    groups = [_group(pieces, first, last, found) for first, last in spans]
    return [group for group in groups if not (group.others and group.may_be_none)]


def _is_exclamation(pieces: Sequence[Piece], number: int) -> bool:
    """ "oh yes", not the digit; but the digit where others stand right before it: "two one oh and eight"."""
    before, follows = pieces[max(0, number - 1) : number], pieces[number + 1 : number + 2]
    among = bool(before) and before[0].is_number and before[0].place[0] == pieces[number].place[0]
    return pieces[number].text == "oh" and bool(follows) and follows[0].kind is Kind.FILLER and not among


def _is_empty(between: Sequence[Piece], found: Found) -> bool:
    return all(
        piece.kind in (Kind.FILLER, Kind.ALIKE) and piece.text not in _SPAN_WORDS and piece.place not in found
        for piece in between
    )


def _group(pieces: Sequence[Piece], first: int, last: int, found: Found) -> Group:
    utterance = pieces[first].place[0]
    own = [piece for piece in pieces if piece.place[0] == utterance and piece.kind is Kind.OTHER]
    return Group(
        pieces=tuple(piece for piece in pieces[first : last + 1] if piece.is_number),
        first=first,
        last=last,
        others=len({piece.place for piece in own if piece.place not in found}),
        corrects=any(piece.text in _CORRECTIONS for piece in own),
        timed=any(piece.text in _TIME_WORDS for piece in own),
        before=_beside(pieces, first - 1, utterance, -1),
        after=_beside(pieces, last + 1, utterance, 1),
    )


def _beside(pieces: Sequence[Piece], number: int, utterance: int, step: int) -> str:
    """The next word in this direction, fillers aside."""
    while 0 <= number < len(pieces) and pieces[number].place[0] == utterance:
        if pieces[number].kind is not Kind.FILLER:
            return pieces[number].text.casefold()
        number += step
    return ""


def leads_in(pieces: Sequence[Piece], group: Group) -> int:
    """How many words open its utterance, where no number stands before it."""
    utterance = group.pieces[0].place[0]
    before = [piece for piece in pieces[: group.first] if piece.place[0] == utterance]
    if any(piece.is_number for piece in before):
        return 0
    return len({piece.place for piece in before if piece.kind is Kind.OTHER})


def breaks(pieces: Sequence[Piece], found: Found) -> frozenset[int]:
    """Which of the pieces begin another number: their utterance opens with some words of its own."""
    groups = groups_of(pieces, found)
    return frozenset(group.first for group in groups if leads_in(pieces, group) > LEAD_IN_WORDS)
