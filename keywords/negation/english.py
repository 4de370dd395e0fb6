"""English negation: what negates, what begins a clause, and what a negation leaves standing. Pure."""

import re

from keywords.negation.clauses import Forms, Grammar, Scope, has_run, starts_with_any
from keywords.words import word_set

_FAR = 8
_NEAR = 6
_REACH = {
    **dict.fromkeys(("not", "never", "neither", "nor", "hardly"), _FAR),
    **dict.fromkeys(("no", "without", "nothing", "none", "avoid"), _NEAR),
}
_REACH_OF_TWO = {
    ("instead", "of"): _NEAR,
    ("rather", "than"): _NEAR,
    ("far", "from"): _NEAR,
    ("anything", "but"): _NEAR,
}
_DECLINED = {**dict.fromkeys(("refuse", "refused", "decline", "declined"), 3), "doubt": _NEAR}
_SUBJECTS = word_set("i we he she they")
_TAKES_OBJECT = word_set("want need let make ask asking tell telling force like with for to of from")
_REPORTING = word_set(
    "think thinking believe say said saying suppose guess sure certain mean feel feeling expect tell told telling"
)
_LINKS = word_set("that if whether like you him her them anyone anybody colleague your")
_AGENTS = word_set("you they company nobody")
_DONE = word_set("did have has had will would")
_MISSING = word_set("got gotten received")
_MISSING_MONEY = word_set("had seen yet been")
_MONEY = ("refund", "reimburs", "compensat", "credit", "paid", "repaid", "money")
_NOT_WANTED = word_set("need needs needed intention desire reason dare want wanted wanting")
_DENIALS = re.compile(
    r"\b(?:not (?:that|like|because|as if|(?:think|believe)(?: that)?)|no way"
    r"|(?:never|not) (?:say|said|saying)(?: that)?)"
    r" (?:i|we|you|they)(?: (?:do|did|am|was|are|were|will|would|can|could|have))?$|\b(?:can|could) not$|\bno right$"
)
_BEFORE_VERBS = word_set("to you not and will would can could should need bother for of a the your any")
_DEGREES = word_set("so such more this")
_INVERTED = word_set("that this it there those these")
_ORDERS = word_set("get give put find bring pass refund please cancel close")
_QUESTION_WORDS = word_set("how where when why who what")


def _reach(forms: Forms, index: int, start: int) -> int:
    if index + 1 < start and (forms[index], forms[index + 1]) in _REACH_OF_TWO:
        return _REACH_OF_TWO[forms[index], forms[index + 1]]
    if forms[index] in _DECLINED:
        own = index > 0 and forms[index - 1] in ("i", "we")
        return _DECLINED[forms[index]] if own else 0
    if tuple(forms[index : index + 2]) == ("no", "one"):
        return 0  # nobody: what they do not do is what is wanted
    return _REACH.get(forms[index], 0)


def _opens_clause(forms: Forms, index: int, start: int) -> bool:
    form = forms[index]
    if form in _SUBJECTS:
        return True
    if form != "you" or index >= start:
        return False
    previous = forms[index - 1] if index else ""
    following = forms[index + 1] if index + 1 < len(forms) else ""
    return previous not in _TAKES_OBJECT and following not in ("to", "dare")


def _reported(forms: Forms, index: int) -> bool:
    """ "I don't think (that) I want to cancel", "I never told you I want to" """
    at = index - 1
    while at >= 0 and forms[at] in _LINKS:
        at -= 1
    if at >= 0 and forms[at] == "not" and forms[at + 1] == "that":
        return True
    if at >= 1 and forms[at] == "believe" and "can" in forms[max(0, at - 2) : at]:
        return False
    if at >= 1 and (forms[at] == "doubt" and forms[at - 1] != "no" or tuple(forms[at - 1 : at + 1]) == ("no", "way")):
        return True
    doubted = at >= 0 and forms[at] == "know" and forms[at + 1] in ("if", "whether")
    return (
        at >= 1
        and (doubted or forms[at] in _REPORTING)
        and any(form in ("not", "never") for form in forms[max(0, at - 3) : at])
    )


def _cannot_complain(scope: Scope) -> bool:
    """ "I can't complain" means all is well."""
    return scope.hit[-1].startswith("complain") and scope.verb() in ("can", "could")


def _not_worth_it(scope: Scope) -> bool:
    """ "I couldn't be bothered to go to court" """
    return scope.between[:2] == ("be", "bothered")


def _not_needed(scope: Scope) -> bool:
    """ "you don't have to refund me", "I don't need to cancel"; not "you don't want to refund me" """
    if "hope" in scope.before[-4:] or _ordered(scope):
        return False  # "I hope I won't have to sue you"
    if scope.between[:2] == ("have", "to"):
        return True
    if scope.between[:1] in (("only",), ("just",)):
        return False
    refused = scope.before[-2:-1] == ("you",)
    return any(form in _NOT_WANTED and not (refused and form == "want") for form in scope.between[:2]) and not _threat(
        scope
    )


def _unable(scope: Scope) -> bool:
    """ "I can't cancel online", "not able to", "it won't let me" """
    if scope.verb() in ("can", "could") or (scope.between[:1] == ("way",) and scope.between[1:2] != ("i",)):
        return True
    return any(form in ("able", "possible", "let", "letting", "allow", "allowing", "managed") for form in scope.between)


def _missing(scope: Scope) -> bool:
    """ "I haven't received my refund", "I've never been refunded" """
    if any(form in _MISSING for form in scope.between) or "still" in scope.before[-2:]:
        return True
    return scope.hit[0].startswith(_MONEY) and any(form in _MISSING_MONEY for form in scope.between)


def _not_without(scope: Scope) -> bool:
    """ "I'm not leaving without a refund" """
    return scope.cue == "without" and any(form in ("not", "never") for form in scope.before[-4:])


def _left_undone(scope: Scope) -> bool:
    """ "you didn't refund me", "they never cancelled my contract", "you don't want to refund me" """
    near = scope.before[-3:]
    subject = next((number for number, form in enumerate(near) if form in _AGENTS), None)
    if subject is None:
        return False
    wants = near[subject] == "you" and "want" in scope.between
    return wants or scope.cue == "never" or any(form in _DONE for form in near[subject:])


def _threat(scope: Scope) -> bool:
    """ "don't make me cancel", "I don't want to have to call a lawyer" """
    if has_run(scope.between, "to", "have", "to") or ("hope" in scope.before[-4:] and "have" in scope.between):
        return True
    said = (*scope.between, *scope.hit)
    return any(has_run(said, verb, "me") for verb in ("make", "making", "force", "forcing"))


def _asked(scope: Scope) -> bool:
    """ "why don't you refund me", "I don't know how to cancel"; not "that's why I don't want to cancel" """
    if any(form in _QUESTION_WORDS for form in scope.between):
        return True
    before = scope.before
    if has_run(before[-6:], "how", "come"):
        return True
    return any(
        form == "why" and not (number and before[number - 1] in ("is", "was", "reason"))
        for number, form in enumerate(before)
    )


def _conditional(scope: Scope) -> bool:
    """ "if you don't refund me…" """
    return any(has_run(scope.before[-5:], "if", subject) for subject in ("you", "they", "he", "she", "nobody"))


def _affirming(scope: Scope) -> bool:
    """ "not only", "don't forget to cancel", "can't wait to", "no doubt", "can't help but" """
    if scope.between[:1] and scope.between[0] in ("only", "just", "doubt", "wonder", "matter", "mind"):
        return True
    if scope.cue == "never" and any(form in _DEGREES for form in (*scope.between, scope.hit[0])):
        return True
    return starts_with_any(scope.between, ("forget", "hesitat", "wait", "help", "fail", "stop", "prevent", "rul"))


def _turned(scope: Scope) -> bool:
    """ "isn't that unacceptable?" asks for a yes"""
    return scope.cue == "not" and scope.between[:1] != () and scope.between[0] in _INVERTED and len(scope.between) == 1


def _ordered(scope: Scope) -> bool:
    """ "you don't understand anything get me a manager": an order is a clause of its own"""
    leading = [form for form in scope.between if form not in ("just", "please") and not form.endswith("ly")]
    return len(leading) > 1 and scope.hit[0] in _ORDERS and leading[-1] not in _BEFORE_VERBS


def _follows(scope: Scope) -> bool:
    """ "a refund is not what I want" """
    return scope.after[:2] in (("is", "not"), ("was", "not"), ("will", "not")) and scope.after[2:3] in (
        ("what",),
        ("necessary",),
        ("needed",),
        ("required",),
        ("be",),
        ("why",),
    )


ENGLISH = Grammar(
    reach=_reach,
    connectives=word_set(
        "but except and so because cause then however therefore otherwise although though unless until"
    ),
    unfinished=word_set("to a an the my of want not"),
    opens_clause=_opens_clause,
    reported=_reported,
    kills=(_cannot_complain, _not_worth_it, _not_needed),
    excuses=(
        _unable,
        _missing,
        _not_without,
        _left_undone,
        _threat,
        _asked,
        _conditional,
        _affirming,
        _turned,
        _ordered,
    ),
    follows=_follows,
    denials=_DENIALS,
)
