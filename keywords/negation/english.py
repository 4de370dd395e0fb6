"""English negation: what negates, what begins a clause, and what a negation leaves standing. Pure."""

import re

from keywords.negation.clauses import Forms, Grammar, Scope, has_run, starts_with_any
from keywords.words import word_set

_FAR = 9
_PURPOSE = 14
"""How far a negation reaches to what it says is not the purpose: "not here … to cancel"."""
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
_TAKES_OBJECT = word_set(
    "want need let make ask asking tell telling calling ringing phoning force like with for to of from"
)
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
_INVERTED = word_set("that this it there those these anybody anyone somebody someone")
_ORDERS = word_set("get give put find bring pass refund please cancel close")
_PRONOUNS = word_set("i you he she it we they this that there")
_PRESENT = word_set("here there calling ringing phoning writing contacting")
_PREFERRING = word_set("rather sooner prefer")
_EXCUSED_BY = word_set("short old young busy tired nice polite small")
_ARTICLES = word_set("a an the my")
_LEADS_TO_NOUN = word_set("of to for with about on at by in from and or as like than get need want after over")
_KNOWN = word_set("realise realize understand appreciate see know")
_COURTESIES = word_set("personal offence offense disrespect thanks thank you worries hurry rush hard feelings")
_DO = word_set("do does did will would should could can need must may might")
_ONLY_STRESSED = word_set("ever even yet now then actually really simply you me us")
_FOLLOWS = re.compile(
    r"(?:s|is|was|will|would) not (?:really |even )?"
    r"(?:what (?:i|we) |necessary\b|needed\b|required\b|be (?:necessary|needed|required)\b|why\b)"
)
_QUESTION_WORDS = word_set("how where when why who what")


def _reach(forms: Forms, index: int, start: int) -> int:
    if index + 1 < start and (forms[index], forms[index + 1]) in _REACH_OF_TWO:
        return _REACH_OF_TWO[forms[index], forms[index + 1]]
    if forms[index] in _DECLINED:
        own = index > 0 and forms[index - 1] in ("i", "we")
        return _DECLINED[forms[index]] if own else 0
    if tuple(forms[index : index + 2]) == ("no", "one"):
        return 0  # nobody: what they do not do is what is wanted
    if forms[index] == "too":
        return _NEAR if tuple(forms[index + 2 : index + 3]) == ("to",) and forms[index + 1] in _EXCUSED_BY else 0
    if forms[index] == "than":
        return 1 if any(form in _PREFERRING for form in forms[max(0, index - 8) : index]) else 0
    if forms[index] == "not" and index + 1 < start and forms[index + 1] in _PRESENT:
        return _PURPOSE
    return _REACH.get(forms[index], 0)


def _opens_clause(forms: Forms, index: int, start: int) -> bool:
    form = forms[index]
    if form == "so":
        return index < start and (index == 0 or forms[index - 1] != "not")  # "not so much to cancel as to move"
    if form in _SUBJECTS:
        return index == 0 or forms[index - 1] not in ("like", "as") or index >= start
    if form != "you" or index >= start:
        return False
    previous = forms[index - 1] if index else ""
    following = forms[index + 1] if index + 1 < len(forms) else ""
    return previous not in _TAKES_OBJECT and following not in ("to", "dare")


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
    """ "I can't cancel online", "not able to", "it won't let me"; not "I can't say I'm…" """
    if scope.between[:1] == ("say",):
        return False
    if scope.verb() in ("can", "could") or (scope.between[:1] == ("way",) and scope.between[1:2] != ("i",)):
        return True
    return any(form in ("able", "possible", "let", "letting", "allow", "allowing", "managed") for form in scope.between)


def _missing(scope: Scope) -> bool:
    """ "I haven't received my refund", "I've never been refunded" """
    if has_run(scope.before[-4:], "if", "i", "do") and scope.between[:1] in (("get",), ("have",), ("receive",)):
        return "to" not in scope.between[1:2]
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
    if scope.cue == "no" and has_run(scope.before[-3:], "not", "say"):
        return True  # "I wouldn't say no to a refund"
    if "against" in scope.between[:2] or "before" in scope.between:
        return True  # "I'm not leaving before speaking to a manager"
    if scope.between[:1] == ("suppose",) and any(form in ("chance", "possible") for form in scope.between):
        return True
    if scope.cue == "never" and any(form in _DEGREES for form in (*scope.between, scope.hit[0])):
        return True
    return starts_with_any(scope.between, ("forget", "hesitat", "wait", "help", "fail", "stop", "prevent", "rul"))


def _turned(scope: Scope) -> bool:
    """ "isn't that unacceptable?" asks for a yes; not "it isn't that bad" """
    turned = scope.cue == "not" and scope.between[:1] != () and scope.between[0] in _INVERTED
    return turned and scope.before != () and not any(form in _PRONOUNS for form in scope.before[-2:-1])


def _known(scope: Scope) -> bool:
    """ "you don't realise this is unacceptable" says that it is"""
    told = any(form in ("you", "they", "people", "nobody") for form in scope.before[-4:])
    return told and scope.between[-1:] in (("is",), ("are",)) and any(form in _KNOWN for form in scope.between)


def _contrasted(scope: Scope) -> bool:
    """ "no excuses no vouchers a refund": what is wanted instead"""
    between = scope.between
    if len(between) < 2 or between[-1] not in _ARTICLES or between[-2] in _LEADS_TO_NOUN:
        return False
    return scope.cue == "no" or len(between) >= 3 and between[0] in _ARTICLES


def _ordered(scope: Scope) -> bool:
    """ "you don't understand anything get me a manager": an order is a clause of its own"""
    if scope.hit[0] not in _ORDERS:
        return False
    leading = [form for form in scope.between if form not in ("just", "please") and not form.endswith("ly")]
    if leading and scope.cue in ("no", "nothing") and all(form in _COURTESIES for form in leading):
        return True  # "nothing personal, cancel my contract"
    if len(leading) == 1 and scope.cue == "not":
        return scope.verb() not in _DO and leading[0] not in _BEFORE_VERBS | _ONLY_STRESSED  # "not happy cancel it"
    return len(leading) > 1 and leading[-1] not in _BEFORE_VERBS


def _follows(scope: Scope) -> bool:
    """ "a refund is not what I want" """
    return _FOLLOWS.match(" ".join(scope.after)) is not None


ENGLISH = Grammar(
    reach=_reach,
    connectives=word_set("but except and because cause then however therefore otherwise although though unless until"),
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
        _known,
        _contrasted,
        _ordered,
    ),
    follows=_follows,
    denials=_DENIALS,
)
