"""French negation: what negates, what begins a clause, and what a negation leaves standing. Pure."""

import re

from keywords.negation.clauses import Forms, Grammar, has_run
from keywords.negation.french.demands import WANTING
from keywords.negation.french.excuses import AFTER, EXCUSES, KILLS, conjugated, follows
from keywords.negation.french.undone import ABLE
from keywords.words import word_set

_FAR = 10
_PURPOSE = 14
"""How far a negation reaches to what it says is not the purpose: "pas … pour résilier"."""
_NEAR = 5
_REACH = {
    **dict.fromkeys(("pas", "jamais", "rien", "guere", "nullement", "aucunement"), _FAR),
    **dict.fromkeys(("aucun", "aucune", "sans", "ni", "eviter", "evite", "evitez"), _NEAR),
    "zero": 1,
}
_REACH_OF_TWO = {
    ("au", "lieu"): _NEAR,
    ("plutot", "que"): _NEAR,
    ("loin", "de"): 7,
    ("vois", "mal"): 3,
    ("hors", "de"): _NEAR,
    ("inutile", "de"): _NEAR,
    ("nul", "besoin"): _NEAR,
    ("zero", "envie"): 7,
    ("zero", "interet"): 7,
    ("zero", "raison"): 7,
    ("zero", "intention"): 7,
    ("zero", "besoin"): 7,
}
_DECLINING = word_set("refuse refusons renonce renonce doute")
_SUBJECTS = word_set("je tu il ils on")
_EITHER = word_set("vous nous elle elles")
_REPORTING = word_set(
    "pense penses pensais crois croyais dis dit disais dire veux veut voulais voudrais souhaite imagine trouve demande "
    "demandais dirais dirait trouverais sur certain certaine question besoin faut faudrait sais"
)
_DENIALS = re.compile(
    r"\b(?:pas (?:que|question que)|(?:croyez|pensez|crois|imaginez|dis|croire|penser|imaginer) pas que|pas (?:croire"
    r"|penser|imaginer|dire) que|(?:signifie|implique|suppose) pas que|(?:faux|inexact|un mensonge|pas vrai|pas"
    r" juste)(?: de (?:dire|croire|penser"
    r"|pretendre))? que|pas un (?:jour|mois) (?:ou|sans que)|impossible que|(?:jamais|pas) dit que)"
    r" (?:(?:je|on|nous|vous|ils)(?: ne)?(?: (?:me|nous|vous|te))?(?: \w+)?|ce(?: ne)?"
    r" (?:est|etait))$|\bpas (?:le droit de )?ne$"
    r"|\b(?:aucune?|pas|quelle|nulle|une seule|une bonne|une|la moindre)(?: \w+)?(?: de)? (?:bonne )?(?:raison|motif"
    r"|argument)s? (?:de|pour) (?:ne)?$"
    r"|\b(?:peux|peut|pouvez|pourrais?t?|pourrez|va|vais|allez) pas (?:(?:me|nous) )?(?:dire|faire croire|soutenir"
    r"|pretendre|nier) que (?:ce|ca)(?: ne)? (?:est|soit|etait)$"
)
_PREFERRING = word_set("prefere preferons preferais prefererais mieux plutot")
_EXCUSED_BY = word_set("court courte vieux vieille jeune occupe occupee fatigue fatiguee gentil gentille poli polie")
_NOT_SUBJECT = word_set("me te se ne y va fait est marche devient commence a sert veut")


def _reach(forms: Forms, index: int, start: int) -> int:
    form = forms[index]
    if form in _DECLINING:
        return 4 if any(subject in ("je", "on", "nous") for subject in forms[max(0, index - 2) : index]) else 0
    if form == "pas" and has_run(forms[max(0, index - 3) : index], "ne", "est", "ce"):
        return 0  # n'est-ce pas
    if form in _DEPENDING:
        return _DEPENDING[form](forms, index, start)
    if form == "pas" and "pour" in forms[max(index + 1, start - 2) : start]:
        return _PURPOSE
    if index + 1 < start and (form, forms[index + 1]) in _REACH_OF_TWO:
        return _REACH_OF_TWO[form, forms[index + 1]]
    return _REACH.get(form, 0)


def _is_no_more(forms: Forms, index: int, start: int) -> bool:
    """ "je ne veux plus résilier", "je veux plus résilier"; not "plus de détails" """
    if "ne" in forms[max(0, index - 4) : index]:
        return True
    return index + 1 == start and index > 0 and forms[index - 1] in WANTING


def _is_less_liked(forms: Forms, index: int, start: int) -> bool:
    """ "je préfère payer que (de) résilier"; not "je préfère que vous…" """
    if not any(form in _PREFERRING for form in forms[max(0, index - 7) : max(0, index - 1)]):
        return False
    if forms[index - 1] in _PREFERRING or forms[index + 1] in _SUBJECTS | _EITHER | {"ce", "ca"}:
        return False
    return start - index == 1 or forms[index + 1] == "de"


def _after_no_more(forms: Forms, index: int, start: int) -> int:
    return _FAR if _is_no_more(forms, index, start) else 0


def _after_too_much(forms: Forms, index: int, start: int) -> int:
    return _NEAR if tuple(forms[index + 2 : index + 3]) == ("pour",) and forms[index + 1] in _EXCUSED_BY else 0


def _after_all_but(forms: Forms, index: int, start: int) -> int:
    """ "tout sauf résilier" """
    return _NEAR if index > 0 and forms[index - 1] == "tout" else 0


def _after_than(forms: Forms, index: int, start: int) -> int:
    return 2 if _is_less_liked(forms, index, start) else 0


_DEPENDING = {"plus": _after_no_more, "trop": _after_too_much, "sauf": _after_all_but, "que": _after_than}
"""Words that negate in some company only."""


def _opens_clause(forms: Forms, index: int, start: int) -> bool:
    form = forms[index]
    following = forms[index + 1] if index + 1 < len(forms) else ""
    if form in _SUBJECTS:
        return True
    if form == "ce":
        return following in ("est", "etait", "sont", "sera", "serait")
    if form == "ca":
        thing = index > 0 and forms[index - 1] in AFTER and following not in _NOT_SUBJECT
        return index < start and not thing  # "je trouve pas ça scandaleux"
    return form in _EITHER and index <= start and conjugated(following)


def _reported(forms: Forms, index: int) -> bool:
    """ "je ne veux pas que vous résiliez", "je ne sais pas si je vais résilier" """
    if index == 0 or forms[index - 1] not in ("que", "si"):
        return False
    if forms[index - 1] == "si" and any(form in ABLE for form in forms[index + 1 : index + 3]):
        return False
    near = forms[max(0, index - 6) : index - 1]
    negated = any(form in ("pas", "jamais", "plus", "aucun", "aucune", "hors") for form in near)
    if "doute" in near[-2:] and not negated:
        return True
    if near[-2:] == ["est", "pas"]:
        return forms[index - 1] == "que"  # "c'est pas que je veux résilier"
    knows = "sais" in near and forms[index - 1] == "que"  # "vous savez pas que je veux résilier": asserted
    return negated and not knows and any(form in _REPORTING for form in near)


FRENCH = Grammar(
    reach=_reach,
    connectives=word_set("mais sauf et donc alors car parce puisque sinon quand"),
    unfinished=word_set("a de le la les mon ma un une du"),
    opens_clause=_opens_clause,
    reported=_reported,
    kills=KILLS,
    excuses=EXCUSES,
    follows=follows,
    denials=_DENIALS,
)
