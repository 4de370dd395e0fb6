"""English: what a negation leaves standing, and what it takes back whatever the excuse. Pure."""

import re

from keywords.negation.clauses import Scope
from keywords.negation.english.affirmed import AFFIRMED
from keywords.negation.english.demands import (
    DEMANDS,
    ordered,
    threat,
)
from keywords.negation.english.undone import UNDONE
from keywords.words import word_set

_NOT_WANTED = word_set("need needs needed intention desire reason dare want wanted wanting")
_FOLLOWS = re.compile(
    r"(?:s|is|was|will|would) not (?:really |even )?"
    r"(?:what (?:i|we) |necessary\b|needed\b|required\b|be (?:necessary|needed|required)\b|why\b)"
)


def _cannot_complain(scope: Scope) -> bool:
    """ "I can't complain" means all is well."""
    return scope.hit[-1].startswith("complain") and scope.verb() in ("can", "could")


def _not_worth_it(scope: Scope) -> bool:
    """ "I couldn't be bothered to go to court" """
    return scope.between[:2] == ("be", "bothered")


def _not_needed(scope: Scope) -> bool:
    """ "you don't have to refund me", "I don't need to cancel"; not "you don't want to refund me" """
    if "hope" in scope.before[-4:] or ordered(scope):
        return False  # "I hope I won't have to sue you"
    if scope.between[:2] == ("have", "to"):
        return True
    if scope.between[:1] in (("only",), ("just",)):
        return False
    refused = scope.before[-2:-1] == ("you",)
    return any(form in _NOT_WANTED and not (refused and form == "want") for form in scope.between[:2]) and not threat(
        scope
    )


def follows(scope: Scope) -> bool:
    """ "a refund is not what I want" """
    return _FOLLOWS.match(" ".join(scope.after)) is not None


def _unseen(scope: Scope) -> bool:
    """ "you won't catch me going to the papers" """
    return scope.between[:1] in (("catch",), ("see",), ("find",), ("hear",)) and scope.between[1:2] in (
        ("me",),
        ("us",),
    )


def _not_from_me(scope: Scope) -> bool:
    """ "you'll never get a bad review from me" """
    verb = scope.between[:1] in (("get",), ("have",), ("see",), ("hear",), ("find",))
    return verb and scope.after[:2] in (("from", "me"), ("from", "us"))


KILLS = (
    _not_from_me,
    _unseen,
    _cannot_complain,
    _not_worth_it,
    _not_needed,
)
"""Looked at first: the negation stands."""
EXCUSES = (*UNDONE, *DEMANDS, *AFFIRMED)
"""Any one: the negation does not take back what the hit says."""
