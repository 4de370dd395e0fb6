"""French that denies a doubt, a fear or a joke, and so affirms what it names. Pure."""

from keywords.negation.clauses import Scope, has_run, starts_with_any
from keywords.words import word_set

_AFFIRMING = (
    "renonc",
    "abandonn",
    "recul",
    "priv",
    "crach",
    "refus",
    "dedaign",
    "boud",
    "oubli",
    "hesit",
    "manqu",
    "empech",
    "exclu",
    "oppos",
    "retir",
)
_QUALMS = ("peur", "scrupul", "crain", "honte", "remord", "regret")
_TOLD = word_set("dites racontez")
_OF_THEIR_OWN = (("je",), ("on",), ("nous",))
BOTHERS = ("ennui", "derang", "embet", "gene")
_SWAYED = ("convain", "dissuad", "persuad", "empech", "retien")


def _affirming(scope: Scope) -> bool:
    """ "pas seulement", "n'oubliez pas de résilier", "n'hésitez pas à me rembourser" """
    if scope.between[:1] and scope.between[0] in ("seulement", "uniquement", "juste"):
        return True
    if scope.cue == "jamais" and any(form in ("aussi", "autant") for form in scope.between):
        return True  # "jamais été aussi déçu"
    if "autre" in scope.between and scope.between[-2:] and "que" in scope.between[-2:]:
        return True  # "pas d'autre choix que de résilier"
    if scope.between[:1] in (("contre",), ("non",)) and scope.between[1:2] != ("vous",):
        return True  # "je serais pas contre un remboursement"
    if scope.between[:1] == ("faute",):
        return True  # "c'est pas faute d'avoir demandé à résilier"
    if has_run(scope.between, "avant", "de"):
        return True  # "je raccroche pas avant d'avoir parlé à un responsable"
    return starts_with_any((scope.verb(), *scope.between[:4]), (*_AFFIRMING, *BOTHERS))


def _earnest(scope: Scope) -> bool:
    """ "je ne plaisante pas, mon avocat est au courant", "sans vouloir vous vexer, mon avocat …" """
    if scope.cue == "sans":
        return scope.between[:1] == ("vouloir",) and len(scope.between) > 2
    return scope.verb() in ("plaisante", "rigole", "blague", "bluffe") or scope.between[:1] in (("rire",), ("drole",))


def _unpersuaded(scope: Scope) -> bool:
    """ "personne va me convaincre de ne pas résilier" """
    near = scope.before[-8:]
    return any(form in ("personne", "rien") for form in near) and starts_with_any(near, _SWAYED)


def _unshaken(scope: Scope) -> bool:
    """ "ne me dites pas que votre supérieur est en réunion", "je ne reviendrai pas sur ma résiliation" """
    if scope.verb() in _TOLD and "me" in scope.before[-3:]:
        return scope.between[:1] == ("que",) and scope.between[1:2] not in _OF_THEIR_OWN
    if scope.verb().startswith("revien"):
        return scope.between[:1] == ("sur",)
    return starts_with_any((scope.verb(), *scope.between[:4]), _QUALMS)


AFFIRMED = (_affirming, _earnest, _unpersuaded, _unshaken)
"""Any one: the negation does not take back what the hit says."""
