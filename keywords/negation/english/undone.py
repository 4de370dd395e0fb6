"""English that says what cannot be done, or was not and should have been: the negation complains. Pure."""

from keywords.negation.clauses import Scope, has_run
from keywords.words import word_set

_AGENTS = word_set("you they company nobody")
_DONE = word_set("did have has had will would")
DISPOSED = word_set("interest intention intentions desire wish plans reason appetite inclination time energy cause")
_SIGNS = word_set("sign trace word news mention movement update record")
_MISSING = word_set("got gotten received")
_MISSING_MONEY = word_set("had seen yet been see sniff whiff sight trace penny")
_REPLIES = word_set("reply replies answer answers response acknowledgement confirmation")
_MONEY = ("refund", "reimburs", "compensat", "credit", "paid", "repaid", "money")


def _unable(scope: Scope) -> bool:
    """ "I can't cancel online", "not able to", "it won't let me"; not "I can't say I'm…" """
    if scope.between[:1] in (("say",), ("call",), ("describe",), ("claim",)):
        return False
    if scope.verb() in ("can", "could") or (scope.between[:1] == ("way",) and scope.between[1:2] != ("i",)):
        return True
    return any(form in ("able", "possible", "let", "letting", "allow", "allowing", "managed") for form in scope.between)


def _missing(scope: Scope) -> bool:
    """ "I haven't received my refund", "I've never been refunded" """
    if has_run(scope.before[-4:], "if", "i", "do") and scope.between[:1] in (("get",), ("have",), ("receive",)):
        return "to" not in scope.between[1:2]
    if any(form in DISPOSED for form in scope.between):
        return False  # "I haven't got the slightest interest in going to court"
    if scope.cue == "no" and scope.between[:1] and scope.between[0] in _SIGNS:
        return True  # "there's no sign of my refund"
    if any(form in _REPLIES for form in scope.between):
        return True  # "I never get a reply to my request to cancel"
    if any(form in _MISSING for form in scope.between) or "still" in scope.before[-2:]:
        return True
    if scope.verb() == "did" and scope.between[:1] == ("get",):
        return True  # "I didn't get the compensation"
    return scope.hit[0].startswith(_MONEY) and any(form in _MISSING_MONEY for form in scope.between)


def _left_undone(scope: Scope) -> bool:
    """ "you didn't refund me", "they never cancelled my contract", "you don't want to refund me" """
    near = scope.before[-3:]
    subject = next((number for number, form in enumerate(near) if form in _AGENTS), None)
    if subject is None or any(form in ("i", "we") for form in near[subject:]):
        return False  # "I promise you I won't cancel": the speaker's own doing
    wants = near[subject] == "you" and "want" in scope.between
    return wants or scope.cue == "never" or any(form in _DONE for form in near[subject:])


UNDONE = (_unable, _missing, _left_undone)
"""Any one: the negation does not take back what the hit says."""
