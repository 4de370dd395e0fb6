"""English: what a negation leaves standing, and what it takes back whatever the excuse. Pure."""

import re

from keywords.negation.clauses import Scope, has_run, starts_with_any
from keywords.words import word_set

_AGENTS = word_set("you they company nobody")
_DONE = word_set("did have has had will would")
DISPOSED = word_set("interest intention intentions desire wish plans reason appetite inclination time energy cause")
_SIGNS = word_set("sign trace word news mention movement update record")
_MISSING = word_set("got gotten received")
_MISSING_MONEY = word_set("had seen yet been see sniff whiff sight trace penny")
_REPLIES = word_set("reply replies answer answers response acknowledgement confirmation")
_SWAYED = ("convinc", "persuad", "talk", "dissuad", "stop", "sway")
_MONEY = ("refund", "reimburs", "compensat", "credit", "paid", "repaid", "money")
_NOT_WANTED = word_set("need needs needed intention desire reason dare want wanted wanting")
_BEFORE_VERBS = word_set("to you not and will would can could should need bother for of a the your any")
_DEGREES = word_set("so such more this")
_INVERTED = word_set("that this it there those these anybody anyone somebody someone")
_ORDERS = word_set("get give put find bring pass refund please cancel close")
_PRONOUNS = word_set("i you he she it we they this that there")
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
_EXCEPT = word_set("short less but except other alternative option choice")
_ANTECEDENTS = word_set("those people someone somebody one person customer type sort anyone")
_QUALMS = ("afraid", "scared", "ashamed", "qualm", "shy", "hesitation", "problem")
_QUESTION_WORDS = word_set("how where when why who what")


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


def _not_without(scope: Scope) -> bool:
    """ "I'm not leaving without a refund" """
    return scope.cue == "without" and any(form in ("not", "never") for form in scope.before[-6:])


def _left_undone(scope: Scope) -> bool:
    """ "you didn't refund me", "they never cancelled my contract", "you don't want to refund me" """
    near = scope.before[-3:]
    subject = next((number for number, form in enumerate(near) if form in _AGENTS), None)
    if subject is None or any(form in ("i", "we") for form in near[subject:]):
        return False  # "I promise you I won't cancel": the speaker's own doing
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


def _affirming(scope: Scope) -> bool:
    """ "not only", "don't forget to cancel", "can't wait to", "no doubt", "can't help but" """
    if scope.between[:1] and scope.between[0] in ("only", "just", "doubt", "wonder", "matter", "mind"):
        return True
    if scope.cue in ("no", "nothing") and any(form in _EXCEPT for form in scope.between[:2]):
        return True  # "nothing short of a refund", "no alternative to legal action"
    if has_run(scope.between, "keep", "me") or has_run(scope.between, "make", "me", "drop"):
        return True  # "nothing to keep me from cancelling", "nothing will make me drop my complaint"
    if "against" in scope.between[:2] or "before" in scope.between:
        return True  # "I'm not leaving before speaking to a manager"
    if scope.between[:1] == ("suppose",) and any(form in ("chance", "possible") for form in scope.between):
        return True
    if scope.cue == "never" and any(form in _DEGREES for form in (*scope.between, scope.hit[0])):
        return True
    return starts_with_any(
        scope.between,
        (
            "budg",
            "forget",
            "hesitat",
            "wait",
            "help",
            "fail",
            "stop",
            "prevent",
            "rul",
            "oppos",
            "drop",
            "withdraw",
            "ignor",
        ),
    )


def _earnest(scope: Scope) -> bool:
    """ "I'm not kidding, my lawyer knows about it", "I rule nothing out" """
    if scope.cue == "nothing" and scope.verb().startswith("rul"):
        return True
    return scope.between[:1] in (("kidding",), ("joking",), ("bluffing",), ("funny",), ("laughing",))


def _unafraid(scope: Scope) -> bool:
    """ "don't tell me your supervisor is in a meeting", "I'm not afraid of going to court" """
    if scope.between[:2] in (("giving", "up"), ("give", "up"), ("backing", "down"), ("letting", "go")):
        return True  # "I'm not giving up on my refund"
    if scope.between[:2] == ("tell", "me"):
        return scope.between[2:3] not in (("i",), ("to",))
    if starts_with_any(scope.between[:2], _QUALMS):
        led = scope.between[-1] in ("of", "about", "to", "in") or scope.hit[0].endswith("ing")
        return led or "about" in scope.between  # "I won't be shy about leaving a bad review"
    return False


def _unpersuaded(scope: Scope) -> bool:
    """ "nobody will convince me not to cancel" """
    near = scope.before[-8:]
    return any(form in ("nobody", "nothing", "one") for form in near) and starts_with_any(near, _SWAYED)


def _welcomed(scope: Scope) -> bool:
    """ "I wouldn't say no to a refund", "I wouldn't turn down a refund" """
    if scope.cue == "no" and has_run(scope.before[-3:], "not", "say"):
        return True
    return has_run(scope.between[:2], "turn", "down") or scope.between[:1] in (("refuse",), ("reject",), ("decline",))


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
EXCUSES = (
    _unable,
    _missing,
    _not_without,
    _left_undone,
    _threat,
    _asked,
    _conditional,
    _affirming,
    _earnest,
    _unafraid,
    _unpersuaded,
    _welcomed,
    _turned,
    _known,
    _contrasted,
    _ordered,
)
"""Any one: the negation does not take back what the hit says."""
