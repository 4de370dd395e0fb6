"""French that says what cannot be done, or was not and should have been: the negation complains. Pure."""

from keywords.negation.clauses import Scope
from keywords.words import word_set

ABLE = word_set(
    "peux peut pouvez peuvent pouvais pouvait pourrais arrive arrives arrivez arrivais parviens reussi reussis laisse "
    "laissez laissent puisse puissent permet permettez pourriez pourrait"
)
_MANAGED = word_set("pu reussi arrive possible recu moyen capable capables fichu fichus foutu foutus")
_MISSING_MONEY = word_set("eu encore touche vu ete trace nouvelle nouvelles signe echo couleur ombre centime sou mot")
_MONEY = ("rembours", "renbours", "recredit", "indemnis", "dedommag", "argent")
_THEY = word_set("a ont veut veulent voulait voulaient va vont allait allaient")
_ALREADY = word_set("meme toujours encore deja jamais")
REPLIES = word_set("reponse reponses nouvelle nouvelles retour retours suite confirmation")


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
    if any(form in REPLIES for form in scope.between):
        return True  # "je ne reçois jamais de réponse à ma demande de résiliation"
    if not any(form.startswith(_MONEY) for form in scope.hit):
        return False
    if scope.verb() in ("vois", "voyons", "trouve", "trouvons") and len(scope.between) < 3:
        return True  # "je vois pas le remboursement"
    return scope.verb() in ("suis", "sommes") or any(form in _MISSING_MONEY for form in scope.between)


def _left_undone(scope: Scope) -> bool:
    """ "vous ne m'avez pas remboursé", "vous ne voulez pas résilier", "on m'a pas remboursé" """
    near = scope.before[-5:]
    verb = next((form for form in reversed(near) if form not in _ALREADY), "")
    if "vous" in near and verb in ("avez", "aviez", "voulez", "vouliez", "allez"):
        return True
    to_me = any(form in ("me", "nous") for form in (*near, *scope.between, *scope.hit[:1]))
    by_them = any(form in ("on", "ils", "il", "elle", "elles", "personne") for form in near)
    return to_me and by_them and verb in _THEY


UNDONE = (_unable, _missing, _left_undone)
"""Any one: the negation does not take back what the hit says."""
