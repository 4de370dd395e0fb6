"""French: what a negation leaves standing, and what it takes back whatever the excuse. Pure."""

from keywords.negation.clauses import Scope, has_run, starts_with_any
from keywords.words import word_set

WANTING = word_set("veux veut voulais voulait voudrais souhaite souhaitais vais compte")
ABLE = word_set(
    "peux peut pouvez peuvent pouvais pouvait pourrais arrive arrives arrivez arrivais parviens reussi reussis laisse "
    "laissez laissent puisse puissent permet permettez pourriez pourrait"
)
_MANAGED = word_set("pu reussi arrive possible recu moyen capable capables fichu fichus foutu foutus")
_MISSING_MONEY = word_set("eu encore touche vu ete trace nouvelle nouvelles signe echo couleur ombre centime sou mot")
_MONEY = ("rembours", "renbours", "recredit", "indemnis", "dedommag", "argent")
_NOT_WANTED = word_set(
    "besoin envie intention voulu decide demande souhaite question raison utile necessaire interet obligation"
)
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
_BOTHERS = ("ennui", "derang", "embet", "gene")
_QUESTION_WORDS = word_set("comment ou quand pourquoi qui combien")
_ANTECEDENTS = word_set("ceux celui celle celles gens type genre personne client cliente quelqu un une")
_ADVERBS = word_set("surtout vraiment absolument donc")
_THEY = word_set("a ont veut veulent voulait voulaient va vont allait allaient")
AFTER = word_set("pas jamais rien aucun aucune")
_ARTICLES = word_set("un une le la mon ma")
_LEADS_TO_NOUN = word_set("de du des a au pour par avec sans sur en que et ou ni comme")
_HELPING = word_set("vouloir pouvoir devoir falloir faire laisser aller venir savoir penser compter encore")
_NO_VERBS = frozenset({"", *word_set("pas au aux de du des sur par pour et ni mais avec ce que quand si")})
_ALREADY = word_set("meme toujours encore deja jamais")
_REPLIES = word_set("reponse reponses nouvelle nouvelles retour retours suite confirmation")
_ABOVE = ("responsable", "superieur", "superviseu", "hierarchi", "chef", "directeur", "directrice", "manager", "patron")
_SWAYED = ("convain", "dissuad", "persuad", "empech", "retien")
_INVITED = word_set("feriez auriez seriez voudriez")


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
    if any(form in _REPLIES for form in scope.between):
        return False  # "je ne reçois jamais de réponse à ma demande de résiliation"
    if "manque" in scope.between or "faute" in scope.between[:1]:
        return False  # "c'est pas l'envie qui me manque de porter plainte"
    return any(form in _NOT_WANTED for form in scope.between) and "espere" not in scope.before


def _undisturbed(scope: Scope) -> bool:
    """ "dérangez pas votre supérieur"; not "ça vous dérange pas de me rembourser" """
    return scope.verb().startswith(_BOTHERS) and scope.verb().endswith("ez")


def _unable(scope: Scope) -> bool:
    """ "je n'arrive pas à résilier", "ce n'est pas possible d'annuler"; not "on peut pas dire que…" """
    if scope.between[:1] == ("dire",) and any(form in ("je", "on") for form in scope.before[-3:]):
        return False
    if scope.verb() in ("trouve", "trouvons", "vois") and any(
        form in ("pour", "bouton", "lien", "page", "option", "rubrique", "case") for form in scope.between[1:]
    ):
        return True  # "je trouve pas le bouton pour résilier"
    if scope.cue not in ("sans", "ni") and any(form in ABLE for form in scope.before[-2:]):
        return True
    return any(form in _MANAGED for form in scope.between)


def _missing(scope: Scope) -> bool:
    """ "je n'ai toujours pas mon remboursement", "je n'ai jamais été remboursé", "je ne suis pas remboursé" """
    if scope.verb() in ("toujours", "encore"):
        return not scope.before[-2:-1] or not scope.before[-2].endswith(("rai", "ira"))  # "j'irai toujours bien pas"
    if scope.verb() in ("ai", "avons") and scope.between in (("mon",), ("notre",), ("le",)):
        return True
    if any(form in _REPLIES for form in scope.between):
        return True  # "je ne reçois jamais de réponse à ma demande de résiliation"
    if not any(form.startswith(_MONEY) for form in scope.hit):
        return False
    if scope.verb() in ("vois", "voyons", "trouve", "trouvons") and len(scope.between) < 3:
        return True  # "je vois pas le remboursement"
    return scope.verb() in ("suis", "sommes") or any(form in _MISSING_MONEY for form in scope.between)


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


def _left_undone(scope: Scope) -> bool:
    """ "vous ne m'avez pas remboursé", "vous ne voulez pas résilier", "on m'a pas remboursé" """
    near = scope.before[-5:]
    verb = next((form for form in reversed(near) if form not in _ALREADY), "")
    if "vous" in near and verb in ("avez", "aviez", "voulez", "vouliez", "allez"):
        return True
    to_me = any(form in ("me", "nous") for form in (*near, *scope.between, *scope.hit[:1]))
    by_them = any(form in ("on", "ils", "il", "elle", "elles", "personne") for form in near)
    return to_me and by_them and verb in _THEY


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


def _asked(scope: Scope) -> bool:
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


def _conditional(scope: Scope) -> bool:
    """ "si vous ne me remboursez pas…" """
    if has_run(scope.before[-5:], "tant", "que"):
        return True  # "je raccroche pas tant que j'ai pas mon remboursement"
    if has_run(scope.before[-4:], "si", "je", "ai") and scope.between[:1] != ("a",):
        return True  # "si j'ai pas de remboursement…"
    return any(has_run(scope.before[-6:], "si", subject) for subject in ("vous", "on", "ils", "il", "elle", "tu"))


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
    return starts_with_any((scope.verb(), *scope.between[:4]), (*_AFFIRMING, *_BOTHERS))


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
    if _conditional(scope) or _asked(scope):
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
EXCUSES = (
    _unable,
    _missing,
    _not_without,
    _ordered,
    _contrasted,
    _left_undone,
    _threat,
    _asked,
    _conditional,
    _affirming,
    _earnest,
    _unpersuaded,
    _unshaken,
)
"""Any one: the negation does not take back what the hit says."""
