"""French that demands beside a negation: it asks, threatens, orders, or wants something else instead. Pure."""

from keywords.negation.clauses import Scope, has_run, starts_with_any
from keywords.words import word_set

WANTING = word_set("veux veut voulais voulait voudrais souhaite souhaitais vais compte")
_QUESTION_WORDS = word_set("comment ou quand pourquoi qui combien")
_ANTECEDENTS = word_set("ceux celui celle celles gens type genre personne client cliente quelqu un une")
_ARTICLES = word_set("un une le la mon ma")
_LEADS_TO_NOUN = word_set("de du des a au pour par avec sans sur en que et ou ni comme")
_HELPING = word_set("vouloir pouvoir devoir falloir faire laisser aller venir savoir penser compter encore")
_ABOVE = ("responsable", "superieur", "superviseu", "hierarchi", "chef", "directeur", "directrice", "manager", "patron")
_INVITED = word_set("feriez auriez seriez voudriez")


def _not_without(scope: Scope) -> bool:
    """ "je ne raccroche pas sans remboursement" """
    return scope.cue == "sans" and "pas" in scope.before[-4:]


def _ordered(scope: Scope) -> bool:
    """ "ça marche pas remboursez-moi", "pas de souci résiliez": an order is a clause of its own"""
    if not scope.hit[0].endswith("ez"):
        return False
    if "moi" in (*scope.hit, *scope.after[:1]):
        return True
    near = (*scope.before[-2:], *scope.between)
    if not scope.between and scope.cue in ("plus", "pas", "rien") and set(scope.before[-4:]) & {"ca", "ce", "il"}:
        return True  # "ça ne m'intéresse plus, résiliez"
    # "je veux pas résiliez" is the infinitive, misheard
    return (
        bool(scope.between)
        and scope.between[-1] not in _LEADS_TO_NOUN
        and not any(form in WANTING or form in ("vous", "ne") for form in near)
    )


def _contrasted(scope: Scope) -> bool:
    """ "je veux pas un avoir un remboursement", "pas suspendre résilier": what is wanted instead"""
    between = scope.between
    if len(between) >= 3 and between[0] in _ARTICLES | {"de"} and between[-1] in _ARTICLES:
        noun = between[-3] in _ARTICLES or not between[-2].endswith(("er", "ir"))
        return noun and between[-2] not in _LEADS_TO_NOUN
    if len(between) != 1 or between[0] in _HELPING or len(between[0]) < 5:
        return False
    return between[0].endswith(("er", "ir", "re")) and scope.hit[0].endswith(("er", "ir")) and len(scope.hit[0]) > 4


def _threat(scope: Scope) -> bool:
    """ "ne m'obligez pas à résilier", "je ne voudrais pas avoir à porter plainte" """
    if starts_with_any((scope.verb(),), ("oblig", "forc", "pouss")):
        return True
    if any(form in ("cru", "pense", "imagine") for form in scope.between) and "devoir" in scope.between:
        return True  # "j'aurais jamais cru devoir porter plainte"
    if "espere" in scope.before and "besoin" in scope.between:
        return True
    run = (*scope.between, *scope.hit[:1])
    return any(has_run(run, verb, "a") for verb in ("avoir", "arriver", "oblige", "obligee", "venir"))


def asked(scope: Scope) -> bool:
    """ "pourquoi je ne peux pas résilier", "je ne sais pas comment résilier"; not "c'est pourquoi…" """
    if any(
        form in _QUESTION_WORDS and not (form == "qui" and number and scope.between[number - 1] in _ANTECEDENTS)
        for number, form in enumerate(scope.between)
    ):
        return True  # not "je ne suis pas de ceux qui…"
    before = scope.before
    if scope.verb() == "trouvez" and scope.between[:1] in (("ca",), ("que",), ("cela",)):
        return True  # "vous trouvez pas ça inadmissible ?"
    if before[-2:] == ("y", "aurait"):
        return True  # "y aurait pas votre superviseur ?"
    if before[-2:] == ("y", "a") and starts_with_any((*scope.between, *scope.hit), _ABOVE):
        return scope.between[:1] != ("de",)  # "y a pas un responsable dans la salle ?"
    if has_run(before[-5:], "vous", "pensez", "que", "je") or has_run(before[-5:], "vous", "croyez", "que", "je"):
        return starts_with_any((scope.verb(),), ("vais", "irai", "oserai", "peux"))  # "vous croyez que je vais pas …"
    if scope.verb() in _INVITED and "vous" in before[-3:]:
        return True  # "vous feriez pas un petit geste ?"
    return any(
        form == "pourquoi" and not (number and before[number - 1] in ("est", "voila"))
        for number, form in enumerate(before)
    )


def conditional(scope: Scope) -> bool:
    """ "si vous ne me remboursez pas…" """
    if has_run(scope.before[-5:], "tant", "que"):
        return True  # "je raccroche pas tant que j'ai pas mon remboursement"
    if has_run(scope.before[-4:], "si", "je", "ai") and scope.between[:1] != ("a",):
        return True  # "si j'ai pas de remboursement…"
    return any(has_run(scope.before[-6:], "si", subject) for subject in ("vous", "on", "ils", "il", "elle", "tu"))


DEMANDS = (_not_without, _ordered, _contrasted, _threat, asked, conditional)
"""Any one: the negation does not take back what the hit says."""
