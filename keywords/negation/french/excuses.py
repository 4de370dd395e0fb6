"""French: what a negation leaves standing, and what it takes back whatever the excuse. Pure."""

from keywords.negation.clauses import Scope
from keywords.negation.french.affirmed import AFFIRMED, BOTHERS
from keywords.negation.french.demands import (
    DEMANDS,
    WANTING,
    asked,
    conditional,
)
from keywords.negation.french.undone import ABLE, REPLIES, UNDONE
from keywords.words import word_set

_NOT_WANTED = word_set(
    "besoin envie intention voulu decide demande souhaite question raison utile necessaire interet obligation"
)
_ADVERBS = word_set("surtout vraiment absolument donc")
AFTER = word_set("pas jamais rien aucun aucune")
_NO_VERBS = frozenset({"", *word_set("pas au aux de du des sur par pour et ni mais avec ce que quand si")})


def conjugated(form: str) -> bool:
    return not form.endswith(("er", "ir", "re", "oir")) and form not in _NO_VERBS


def _cannot_complain(scope: Scope) -> bool:
    """ "je ne peux pas me plaindre" means all is well."""
    return scope.hit[-1].startswith("plain") and scope.verb() in ABLE


def _not_needed(scope: Scope) -> bool:
    """ "vous n'avez pas besoin de me rembourser", "aucune intention de résilier", "pas de quoi me plaindre" """
    if scope.between[:2] == ("de", "quoi"):
        return True
    if scope.between[:1] == ("a",) and scope.verb() in ("avez", "as", "ont"):
        return True  # "vous n'avez pas à déranger votre supérieur"
    if any(form in REPLIES for form in scope.between):
        return False  # "je ne reçois jamais de réponse à ma demande de résiliation"
    if "manque" in scope.between or "faute" in scope.between[:1]:
        return False  # "c'est pas l'envie qui me manque de porter plainte"
    return any(form in _NOT_WANTED for form in scope.between) and "espere" not in scope.before


def _undisturbed(scope: Scope) -> bool:
    """ "dérangez pas votre supérieur"; not "ça vous dérange pas de me rembourser" """
    if scope.between[:1] and scope.between[0].startswith(BOTHERS) and scope.between[0].endswith("er"):
        return scope.between[1:] in ((), ("le",), ("la",), ("un",))  # "on va pas déranger le médiateur pour ça"
    return scope.verb().startswith(BOTHERS) and scope.verb().endswith("ez")


def follows(scope: Scope) -> bool:
    """ "je ne résilie pas", "ne résiliez pas"; not "vous ne me remboursez pas", which demands it"""
    after = [form for form in scope.after if form not in _ADVERBS]
    if not after or after[0] not in AFTER:
        return _unneeded_after(scope)
    near = (*scope.before[-4:], *scope.hit)
    ordered = scope.before[-1:] == ("ne",) and scope.before[-2:-1] != (
        "vous",
    )  # "quoi que vous fassiez, ne résiliez pas"
    if "vous" in near and scope.hit[-1].endswith("ez") and not ordered:
        return False
    if any(form in ("ils", "elles", "il", "elle", "on") for form in near) and any(
        form in ("me", "nous") for form in near
    ):
        return False
    if conditional(scope) or asked(scope):
        return False
    return (
        "ne" in near or any(form in ("je", "on") for form in (*scope.before[-2:], *scope.hit[:1])) and _present(scope)
    )


def _present(scope: Scope) -> bool:
    """The hit ends in a conjugated verb: "je résilie pas", but not "je veux résilier pas suspendre"."""
    return conjugated(scope.hit[-1]) and not any(form in WANTING for form in (*scope.before[-2:], *scope.hit[:-1]))


def _unneeded_after(scope: Scope) -> bool:
    """ "un remboursement n'est pas nécessaire" """
    said = tuple(form for form in scope.after if form not in ("ne", "ce"))
    return said[:2] == ("est", "pas") and said[2:3] in (("necessaire",), ("utile",), ("que",))


KILLS = (
    _cannot_complain,
    _not_needed,
    _undisturbed,
)
"""Looked at first: the negation stands."""
EXCUSES = (*UNDONE, *DEMANDS, *AFFIRMED)
"""Any one: the negation does not take back what the hit says."""
