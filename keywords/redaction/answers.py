"""Digits that are an answer: what was asked for tells what they are. Pure."""

from collections.abc import Iterator, Sequence
from math import inf

from keywords.records import RedactionKind
from keywords.redaction.brands import is_branded
from keywords.redaction.cue_words import Topic
from keywords.redaction.digits import Kind, Piece, Place
from keywords.redaction.expiries import expiry_months, is_expiry
from keywords.redaction.groups import (
    LEAD_IN_WORDS,
    MAX_HOUR_DIGITS,
    MONTHS,
    VERY_BARE_WORDS,
    Found,
    Group,
    groups_of,
    leads_in,
)
from keywords.redaction.readings import usual_digits
from keywords.redaction.talk import Talk

PART_DIGITS = 8
"""After somebody spoke of a card or an account, so many digits are masked whether or not they add up."""
PHONE_DIGITS = 7
ASKED_PHONE_DIGITS = 6
MAX_GAP_WORDS = 4
"""So many words may stand between the parts of a number that was asked for."""
LONGEST_PAUSE_S = 15.0
"""Between the parts of one number."""
BARE_WORDS = 4
"""With so few other words an utterance is nothing but an answer."""
LEAST_CODE_DIGITS = 3
LEAST_RESUMED_DIGITS = 3
"""A card number is read out in such groups at least where its reader pauses for long."""
MAX_CODE_DIGITS = 9
"""A security code with an expiry date before it, said in one go and counted generously."""

_CARD_TOPICS = frozenset({Topic.CARD, Topic.CVV, Topic.EXPIRY})


def answer_places(pieces: Sequence[Piece], found: Found, talk: Talk, channel: int) -> dict[Place, RedactionKind]:
    """The words that are such answers, besides those found already. What is found is noted in `talk`."""
    groups = [group for group in groups_of(pieces, found) if not group.is_quantity]
    answers: dict[Place, RedactionKind] = {}
    for max_gap in (MAX_GAP_WORDS, 0):
        for run in _joined(pieces, groups, found, max_gap):
            answers.update(one for one in _long(pieces, run, talk, whole=not max_gap) if one[0] not in answers)
    for group in groups_of(pieces, {**found, **answers}):
        note_answers(pieces, {**found, **answers}, talk, channel, before=group.pieces[0].place[0])
        if (kind := _short(group, talk) or _resumed(group, talk, channel)) is not None:
            for number in range(group.first, group.last + 1):
                answers.setdefault(pieces[number].place, kind)
            answers.update(_alike_beside(pieces, group, kind))
    answers.update(expiry_months(pieces, {**found, **answers}, talk))
    return answers


def note_answers(pieces: Sequence[Piece], found: Found, talk: Talk, channel: int, *, before: float = inf) -> None:
    """Tell `talk` which questions the utterances numbered below `before` answer."""
    for number in sorted({place[0] for place in found if 0 <= place[0] < before}):
        for kind in sorted({kind for place, kind in found.items() if place[0] == number}):
            said = [one for one in pieces if one.place[0] == number and found.get(one.place) is kind]
            digits = [one for one in said if one.is_number]
            if kind is RedactionKind.CARD and sum(one.width for one in digits) >= PART_DIGITS:
                talk.found_card(said[-1].at_s)
            if said:
                talk.answered(Topic(kind.value), channel, said[-1].at_s, digits)


def _joined(pieces: Sequence[Piece], groups: Sequence[Group], found: Found, max_gap: int) -> list[list[Group]]:
    """Groups with so few words between them, which may be one number."""
    runs: list[list[Group]] = []
    for group in groups:
        between = pieces[runs[-1][-1].last + 1 : group.first] if runs else ()
        apart = sum(piece.kind is Kind.OTHER for piece in between)
        broken = any(piece.is_number or piece.place in found for piece in between)
        broken = broken or leads_in(pieces, group) > LEAD_IN_WORDS
        broken = broken or bool(runs and apart and is_branded("".join(usual_digits(one.pieces) for one in runs[-1])))
        late = runs and group.at_s - runs[-1][-1].end_s > LONGEST_PAUSE_S
        if runs and apart <= max_gap and not broken and not late:
            runs[-1].append(group)
        else:
            runs.append([group])
    return runs


def _long(
    pieces: Sequence[Piece], run: Sequence[Group], talk: Talk, *, whole: bool
) -> Iterator[tuple[Place, RedactionKind]]:
    """A long number, whole or misheard, where one was asked for; or, as a whole, where one was spoken of."""
    kind = _long_kind(run, talk, whole=whole)
    if kind is not None:
        bearing = {piece.place[0] for group in run for piece in group.pieces}
        for piece in pieces[run[0].first : run[-1].last + 1]:
            if piece.place[0] in bearing:
                yield piece.place, kind


def _long_kind(run: Sequence[Group], talk: Talk, *, whole: bool) -> RedactionKind | None:
    digits, at_s = sum(group.digits for group in run), run[-1].at_s
    asked = talk.questions.asked_at(at_s, run[-1].end_s)
    if (
        Topic.PHONE in asked
        and talk.questions.last_asked_at(at_s) is Topic.PHONE
        and ASKED_PHONE_DIGITS <= digits <= 13
    ):
        return RedactionKind.PHONE
    if digits >= PART_DIGITS:
        for topic, kind in ((Topic.IBAN, RedactionKind.IBAN), (Topic.CARD, RedactionKind.CARD)):
            if topic in asked or (whole and talk.questions.is_near(topic, at_s) and not talk.cues.is_about_other(at_s)):
                return kind
    if Topic.PHONE in asked and digits >= PHONE_DIGITS:
        return RedactionKind.PHONE
    return None


def _short(group: Group, talk: Talk) -> RedactionKind | None:
    """A security code, an expiry date, or a few digits of a longer number."""
    repeated = talk.repeated(group.pieces, group.at_s, bare=not group.others)
    exact = repeated in (Topic.CVV, Topic.EXPIRY) or not talk.cues.is_about_other(group.at_s)
    if repeated is not None and exact and not group.is_quantity:
        return RedactionKind(repeated.value)
    again = group.corrects or group.before in MONTHS
    asked = talk.questions.asked_at(group.at_s, group.end_s, again=again) - {Topic.EMAIL}
    unanswered = frozenset(topic for topic in asked if talk.questions.is_unanswered(topic, group.at_s))
    own = talk.cues.is_asked_within(Topic.EXPIRY, group.at_s)
    if Topic.EXPIRY in asked and (own or group.is_dated or group.timed):
        most = BARE_WORDS + 1 if Topic.EXPIRY in unanswered else VERY_BARE_WORDS + 1
        return RedactionKind.EXPIRY if is_expiry(group) and (own or group.others <= most) else None
    if not asked or group.is_quantity:
        return None
    is_code = unanswered & {Topic.CVV, Topic.EXPIRY} and LEAST_CODE_DIGITS <= group.digits <= MAX_CODE_DIGITS
    last = talk.questions.last_asked_at(group.at_s)
    follows_card = last is None and (group.digits < LEAST_CODE_DIGITS or group.is_year)
    if is_code or (not follows_card and _is_bare(group, last, BARE_WORDS if unanswered else VERY_BARE_WORDS)):
        return _kind(group, asked, last)
    return None


def _resumed(group: Group, talk: Talk, channel: int) -> RedactionKind | None:
    """Digits and nothing else, from whoever stopped in the middle of a card number: its next part, said late."""
    bare = not group.others and group.digits >= LEAST_RESUMED_DIGITS and not group.is_quantity
    return (
        RedactionKind.CARD if bare and talk.questions.is_card_begun(channel, group.at_s, LEAST_RESUMED_DIGITS) else None
    )


def _is_bare(group: Group, last: Topic | None, most: int) -> bool:
    if group.may_be_none and (group.others or last is None):
        return False
    least = 1 if not group.others else 2 if group.others <= VERY_BARE_WORDS else 3
    return group.others <= most and group.digits >= least


def _kind(group: Group, asked: frozenset[Topic], last: Topic | None) -> RedactionKind:
    card = asked & _CARD_TOPICS
    if not card or last in (Topic.IBAN, Topic.PHONE):
        return RedactionKind.IBAN if Topic.IBAN in asked and last is not Topic.PHONE else RedactionKind.PHONE
    if last is Topic.CVV and LEAST_CODE_DIGITS <= group.digits <= MAX_HOUR_DIGITS:
        return RedactionKind.CVV
    if is_expiry(group) and (Topic.EXPIRY in asked or Topic.CVV not in asked):
        return RedactionKind.EXPIRY
    if Topic.CVV in asked and (last is not Topic.EXPIRY or group.digits >= 3):
        return RedactionKind.CVV
    if Topic.EXPIRY in asked:
        return RedactionKind.EXPIRY
    return RedactionKind.CVV if group.digits == 3 else RedactionKind.CARD


def _alike_beside(pieces: Sequence[Piece], group: Group, kind: RedactionKind) -> Iterator[tuple[Place, RedactionKind]]:
    """ "for five six": the recogniser wrote a word for a digit."""
    for numbers in (range(group.first - 1, -1, -1), range(group.last + 1, len(pieces))):
        for number in numbers:
            if pieces[number].kind is not Kind.ALIKE or pieces[number].place[0] != group.pieces[0].place[0]:
                break
            yield pieces[number].place, kind
