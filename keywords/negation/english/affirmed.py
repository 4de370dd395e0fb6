"""English that denies a doubt, a fear or a joke, and so affirms what it names. Pure."""

from keywords.negation.clauses import Scope, has_run, starts_with_any
from keywords.words import word_set

_SWAYED = ("convinc", "persuad", "talk", "dissuad", "stop", "sway")
_DEGREES = word_set("so such more this")
_KNOWN = word_set("realise realize understand appreciate see know")
_EXCEPT = word_set("short less but except other alternative option choice")
_QUALMS = ("afraid", "scared", "ashamed", "qualm", "shy", "hesitation", "problem")


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


def _known(scope: Scope) -> bool:
    """ "you don't realise this is unacceptable" says that it is"""
    told = any(form in ("you", "they", "people", "nobody") for form in scope.before[-4:])
    return told and scope.between[-1:] in (("is",), ("are",)) and any(form in _KNOWN for form in scope.between)


AFFIRMED = (_affirming, _earnest, _unafraid, _unpersuaded, _welcomed, _known)
"""Any one: the negation does not take back what the hit says."""
