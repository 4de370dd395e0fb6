"""English that demands beside a negation: it asks, threatens, orders, or wants something else instead. Pure."""

from keywords.negation.clauses import Scope, has_run
from keywords.words import word_set

_BEFORE_VERBS = word_set("to you not and will would can could should need bother for of a the your any")
_INVERTED = word_set("that this it there those these anybody anyone somebody someone")
_ORDERS = word_set("get give put find bring pass refund please cancel close")
_PRONOUNS = word_set("i you he she it we they this that there")
_ARTICLES = word_set("a an the my")
_LEADS_TO_NOUN = word_set("of to for with about on at by in from and or as like than get need want after over")
_COURTESIES = word_set("personal offence offense disrespect thanks thank you worries hurry rush hard feelings")
_DO = word_set("do does did will would should could can need must may might")
_ONLY_STRESSED = word_set("ever even yet now then actually really simply you me us")
_ANTECEDENTS = word_set("those people someone somebody one person customer type sort anyone")
_QUESTION_WORDS = word_set("how where when why who what")


def _not_without(scope: Scope) -> bool:
    """ "I'm not leaving without a refund" """
    return scope.cue == "without" and any(form in ("not", "never") for form in scope.before[-6:])


def threat(scope: Scope) -> bool:
    """ "don't make me cancel", "I don't want to have to call a lawyer" """
    if has_run(scope.between, "to", "have", "to") or ("hope" in scope.before[-4:] and "have" in scope.between):
        return True
    said = (*scope.between, *scope.hit)
    return any(has_run(said, verb, "me") for verb in ("make", "making", "force", "forcing"))


def _asked(scope: Scope) -> bool:
    """ "why don't you refund me", "I don't know how to cancel"; not "that's why I don't want to cancel" """
    if any(
        form in _QUESTION_WORDS and not (form == "who" and number and scope.between[number - 1] in _ANTECEDENTS)
        for number, form in enumerate(scope.between)
    ):
        return True  # not "I'm not one of those who…"
    before = scope.before
    if has_run(before[-6:], "how", "come") or before[:3] == ("you", "think", "i"):
        return True  # "you think I won't sue you?"
    return any(
        form == "why" and not (number and before[number - 1] in ("is", "was", "reason"))
        for number, form in enumerate(before)
    )


def _conditional(scope: Scope) -> bool:
    """ "if you don't refund me…" """
    return any(has_run(scope.before[-5:], "if", subject) for subject in ("you", "they", "he", "she", "nobody"))


def _turned(scope: Scope) -> bool:
    """ "isn't that unacceptable?" asks for a yes; not "it isn't that bad" """
    turned = scope.cue == "not" and scope.between[:1] != () and scope.between[0] in _INVERTED
    return turned and scope.before != () and not any(form in _PRONOUNS for form in scope.before[-2:-1])


def _contrasted(scope: Scope) -> bool:
    """ "no excuses no vouchers a refund": what is wanted instead"""
    between = scope.between
    if len(between) < 2 or between[-1] not in _ARTICLES or between[-2] in _LEADS_TO_NOUN:
        return False
    return scope.cue == "no" or len(between) >= 3 and between[0] in _ARTICLES


def ordered(scope: Scope) -> bool:
    """ "you don't understand anything get me a manager": an order is a clause of its own"""
    pleading = (*scope.between[-1:], scope.hit[0])
    if scope.cue == "no" and scope.between and ("please" in pleading or "just" in pleading):
        return True  # "no waffle, please cancel it"
    if scope.between[:1] in (("care",), ("matter",)) and any(form in _ORDERS for form in scope.between[1:]):
        return True  # "I don't care, give me a refund"
    if scope.hit[0] not in _ORDERS or scope.between[-1:] in (("said",), ("say",), ("asked",), ("mentioned",)):
        return False
    leading = [form for form in scope.between if form not in ("just", "please") and not form.endswith("ly")]
    if leading and scope.cue in ("no", "nothing") and all(form in _COURTESIES for form in leading):
        return True  # "nothing personal, cancel my contract"
    if leading in (["care"], ["matter"], ["mind"], ["work"], ["help"]):
        return True  # "I don't care, give me a refund"
    if len(leading) == 1 and scope.cue == "not":
        return scope.verb() not in _DO and leading[0] not in _BEFORE_VERBS | _ONLY_STRESSED  # "not happy cancel it"
    return len(leading) > 1 and leading[-1] not in _BEFORE_VERBS


DEMANDS = (_not_without, threat, _asked, _conditional, _contrasted, ordered, _turned)
"""Any one: the negation does not take back what the hit says."""
