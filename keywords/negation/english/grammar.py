"""English negation: what negates, what begins a clause, and what a negation leaves standing. Pure."""

import re

from keywords.negation.clauses import Forms, Grammar
from keywords.negation.english.excuses import EXCUSES, KILLS, follows
from keywords.negation.english.undone import DISPOSED
from keywords.words import word_set

_FAR = 9
_PURPOSE = 14
"""How far a negation reaches to what it says is not the purpose: "not here … to cancel"."""
_NEAR = 6
_REACH = {
    **dict.fromkeys(("not", "never", "neither", "nor", "hardly"), _FAR),
    **dict.fromkeys(("no", "without", "nothing", "none", "avoid", "zero"), _NEAR),
}
_REACH_OF_TWO = {
    ("instead", "of"): _NEAR,
    ("rather", "than"): _NEAR,
    ("far", "from"): _NEAR,
    ("nowhere", "near"): _NEAR,
    ("anything", "but"): _NEAR,
}
_DECLINED = {**dict.fromkeys(("refuse", "refused", "decline", "declined"), 3), "doubt": _NEAR}
_SUBJECTS = word_set("i we he she they")
_TAKES_OBJECT = word_set(
    "want need let make ask asking tell telling calling ringing phoning force like with for to of from"
)
_BEHIND_OBJECT = word_set("to dare a an the any some over for in on about with")
"""What follows "you" where it is no subject: "leaving you a review"."""
_REPORTING = word_set(
    "think thinking believe say said saying suppose guess sure certain mean feel feeling expect tell told telling"
    " felt found find call claim claimed meant suggest suggested pretend"
)
_THINGS = word_set("it this that there")
_COPULAS = word_set("is was has does did will")
_SUBORDINATES = word_set(
    "that if whether because when as what how like so where than until unless but not is was say said think"
    " find found call"
)
"""What stands before "it is" where it begins no clause of its own."""
_LINKS = word_set("that if whether like you him her them anyone anybody colleague your")
_DENIALS = re.compile(
    r"\b(?:not (?:a (?:day|week|hour)(?: goes by)?(?: that| when)?|that|like|(?:(?:ringing|calling|phoning|here"
    r"|asking|writing|saying this|complaining) )?because|as if|as though|mean(?: that)?"
    r"|(?:think|believe|imagine|assume|suppose|expect)(?: for (?:a"
    r"|one) \w+)?(?: that)?"
    r"|(?:true|right|correct|fair)(?: to (?:say|think))?(?: that)?)|no way|(?:wrong|untrue|false)(?: to (?:say|think"
    r"|claim))? that"
    r"|(?:never|not) (?:say|said|saying)(?: that)?)"
    r" (?:(?:i|we|you|they)(?: (?:do|did|am|was|are|were|will|would|can|could|have))?|(?:it|this|that|there)"
    r" (?:is|was))$|\b(?:can|could) not$|\bno right$"
    r"|\b(?:not (?:see|have|know|find|think of)(?: \w+){0,3}|no(?: \w+)?|what|one(?: \w+)?|single(?: \w+)?"
    r"|any(?: \w+)?)"
    r" (?:reason|grounds)(?: \w+)?$"
    r"|\b(?:can|could|would) not (?:say|claim|deny|tell (?:you|me))(?: that)? (?:it|this|that|you|they) (?:is|was|are"
    r"|were)$"
)
_PRESENT = word_set("here there calling ringing phoning writing contacting")
_PREFERRING = word_set("rather sooner prefer")
_EXCUSED_BY = word_set("short old young busy tired nice polite small")


def _reach(forms: Forms, index: int, start: int) -> int:
    form = forms[index]
    if form == "anything" and forms[index - 1 : index] == ["or"]:
        return 0  # "I don't mean to be funny or anything, but where did you get my number"
    if index + 1 < start and (form, forms[index + 1]) in _REACH_OF_TWO:
        return _REACH_OF_TWO[form, forms[index + 1]]
    if form in _DECLINED:
        own = index > 0 and forms[index - 1] in ("i", "we")
        return _DECLINED[form] if own else 0
    if form in _DEPENDING:
        return _DEPENDING[form](forms, index)
    if form == "not" and index + 1 < start and forms[index + 1] in _PRESENT:
        return _PURPOSE
    return _REACH.get(form, 0)


def _after_no(forms: Forms, index: int) -> int:
    """ "no wish to see this end in court"; not "no one": what nobody does is what is wanted"""
    if forms[index + 1 : index + 2] == ["one"]:
        return 0
    return _FAR if any(form in DISPOSED for form in forms[index + 1 : index + 2]) else _NEAR


def _after_but(forms: Forms, index: int) -> int:
    """ "anything but cancel" """
    return _NEAR if forms[max(0, index - 2) : index][-1:] == ["anything"] and forms[max(0, index - 2)] != "or" else 0


def _after_too_much(forms: Forms, index: int) -> int:
    return _NEAR if tuple(forms[index + 2 : index + 3]) == ("to",) and forms[index + 1] in _EXCUSED_BY else 0


def _after_than(forms: Forms, index: int) -> int:
    return 1 if any(form in _PREFERRING for form in forms[max(0, index - 8) : index]) else 0


_DEPENDING = {"no": _after_no, "but": _after_but, "too": _after_too_much, "than": _after_than}
"""Words that negate in some company only, or not everywhere alike."""


def _opens_clause(forms: Forms, index: int, start: int) -> bool:
    form = forms[index]
    if form == "so":
        return index < start and (index == 0 or forms[index - 1] != "not")  # "not so much to cancel as to move"
    if form in _SUBJECTS:
        return index == 0 or forms[index - 1] not in ("like", "as") or index >= start
    if form in _THINGS:
        return (
            index > 0
            and forms[index - 1] not in _SUBORDINATES | _REPORTING
            and forms[index + 1 : index + 2] != []
            and (forms[index + 1] in _COPULAS)
        )
    if form != "you" or index >= start:
        return False
    previous = forms[index - 1] if index else ""
    following = forms[index + 1] if index + 1 < len(forms) else ""
    return previous not in _TAKES_OBJECT and following not in _BEHIND_OBJECT


def _reported(forms: Forms, index: int) -> bool:
    """ "I don't think (that) I want to cancel", "I never told you I want to" """
    if forms[index] == "so":
        return False
    at = index - 1
    while at >= 0 and forms[at] in _LINKS:
        at -= 1
    if at >= 0 and forms[at] == "not" and forms[at + 1] == "that":
        return True
    if (
        at >= 1
        and forms[at] == "suppose"
        and any(form in ("could", "can", "might") for form in forms[index + 1 : index + 3])
    ):
        return False  # "I don't suppose I could get a refund"
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


ENGLISH = Grammar(
    reach=_reach,
    connectives=word_set("but except and because cause then however therefore otherwise although though unless until"),
    unfinished=word_set("to a an the my of want not"),
    opens_clause=_opens_clause,
    reported=_reported,
    kills=KILLS,
    excuses=EXCUSES,
    follows=follows,
    denials=_DENIALS,
)
