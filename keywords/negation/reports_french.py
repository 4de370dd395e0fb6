"""French reported speech: "on m'a dit que je serais remboursé", "mon mari m'a dit de ne pas résilier". Pure."""

import re

from keywords.negation.frames import Frame, any_of, opens, until

MANY = (
    "(?:(?:beaucoup de |plein de |de |il y a |des |les |certains |d )*"
    "(?:gens|clients|autres|personnes|certains) (?:qui )?)"
)
_DETERMINER = any_of("mon ma mes votre vos notre nos le la les un une des ce cet cette leur son sa ses")
_PRONOUNS = any_of("je tu il elle on nous vous ils elles me te se moi")
NOUN = rf"(?<!je ){_DETERMINER} (?:(?!{_PRONOUNS} )\w+ ){{1,4}}?"
_THIRD = rf"(?:(?:il|elle|ils|elles|(?<!moi )qui|quelqu un|quelque un|tout le monde) |{MANY}|{NOUN})"
_TO_WHOM = r"(?:ne )?(?:(?:me|te|nous|vous|lui|leur|le) )*"
_ADVERB = r"(?:(?:toujours|bien|deja|pas|jamais|aussi|meme|encore|rien) )*"
# a promise is no mere report: "vous m'avez promis un remboursement" asks for it
_TOLD = any_of(
    "dit conseille recommande propose suggere raconte explique assure garanti annonce affirme prevenu parle demande "
    "menace ecrit repete certifie confirme"
)
_TELLS = any_of(
    "dit disent disait disaient conseille recommande propose suggere raconte explique assure affirme parle parlait "
    "demande demandait menace pense pensent trouve croit"
)
_YOU_SAY = any_of(
    "dites disiez proposez proposiez parlez parliez conseillez recommandez suggerez annoncez expliquez assurez menacez "
    "ecrivez"
)
# Who calls for somebody passes their wish on: "mon mari vous a dit que nous voulions résilier".
_NOT_PASSED_ON = r"(?!(?:mon|ma|mes|notre|nos) \w+ (?:\w+ )?vous (?:a|ont|avait|avaient) )"
_REPORTERS = (
    rf"vous (?:qui )?{_TO_WHOM}(?:avez|aviez) {_ADVERB}{_TOLD} ",
    rf"vous (?:qui )?{_TO_WHOM}{_YOU_SAY} {_ADVERB}",
    rf"tu {_TO_WHOM}(?:as {_ADVERB}{_TOLD}|dis|disais) ",
    rf"on (?:ne )?(?:me|nous|vous|te) (?:a|avait|aurait) {_ADVERB}{_TOLD} ",
    rf"on (?:ne )?(?:me|nous|vous|te) {_TELLS} ",
    rf"personne (?:ne )?(?:vous|te|lui|leur) (?:a|avait) {_TOLD} ",
    rf"{_THIRD}(?:ne )?(?:veut|veulent|voulait|voulaient|voudrait|souhaite|aimerait) que ",
    rf"{_NOT_PASSED_ON}{_THIRD}{_TO_WHOM}(?:a|ont|avait|avaient|aurait) {_ADVERB}{_TOLD} ",
    rf"{_THIRD}{_TO_WHOM}{_TELLS} {_ADVERB}",
    rf"{_THIRD}(?:ne )?(?:\w+ ){{0,4}}?(?:insist|pouss|appel|harcel|relanc|demarch)\w* (?:\w+ ){{0,3}}?pour que ",
    rf"{_THIRD}(?:veut|veulent|voulait|essaie|essaient|essayait|a essaye de|ont essaye de) (?:de )?me faire ",
    r"il parait ",
    r"je ai (?:lu|vu|entendu)(?: dire)? (?:\w+ ){0,3}?que ",
    r"(?:de apres|selon) (?:\w+ ){1,3}?(?:, |(?=(?:je|on|il|elle|vous|nous) ))",
    r"comme quoi ",
)

# The speaker's own words begin again.
_OWN_WORDS = (
    r", (?!que |si )|\. |\bmais |\bdonc |\balors |\bsinon |\bdu coup |\bmaintenant |\bet (?:je|moi|la|vous) |\bmoi je "
    r"|(?<!que )(?<!si )(?<!quand )\bje (?:veux|vais|demande|voudrais|exige|$)"
)
_QUOTED = until(_OWN_WORDS, after=r"(?:, (?!je |on ))?(?:que |si |de |comme quoi )*(?:je |on |nous )?")

# "un ami m'a dit que c'est moins cher ailleurs"
_STATED = r"^(?:que )?(?:ce est|ce etait|ca) (?!vous)"
# "vous m'avez dit que je serais remboursé et j'ai toujours rien"
_KEPT_WAITING = (
    r"\b(?:toujours|encore (?:rien|prelev\w+)|(?:ai|eu|recu|vu) rien(?! (?:demande|dit|signe|voulu|a)\b)"
    r"|rien (?:recu|vu|eu|venu|qui|du tout|pantoute)|(?:et|puis|mais|resultat) ,? ?rien"
    r"|(?:rembours|argent|avoir|geste).*finalement non"
    r"|ca fait (?:\w+ ){0,3}(?:jours|semaines|mois|ans)|(?:le|la|les) vois (?:pas|nulle)|pas sur (?:la|ma) facture"
    r"|(?:mois|semaines|jours) (?:que|et)|il y a (?:\w+ ){1,3}(?:mois|semaines|jours|an|ans)|depuis|ou est"
    r"|jamais (?:eu|recu|vu|venu)|menti|mensonge|pas (?:recu|eu|venu|encore|vu)|suis encore)\b"
)
# "vous me dites que je peux pas résilier"
_REFUSED = (
    r"\b(?:peux|peut|pouvez|pouvais|pourrai\w*|serai\w*|veut|voul\w+|allez|aur\w+) pas\b"
    r"|\bimpossible\b|\bpas (?:possible|le droit|droit)\b"
)
# "on m'a dit de vous appeler pour résilier", "vous me demandez pourquoi je veux résilier"
_WHY = (
    r"\b(?:appeler|rappeler|contacter|ecrire|telephoner|joindre|taper|faire le)\b.*? pour "
    r"|\bpourquoi (?:je|on|nous) "
)

REPORTED = Frame(
    opener=opens(*_REPORTERS),
    gap=_QUOTED,
    hit=re.compile(r"^(?!\w+ez (?:moi|nous)\b)"),  # "votre collègue m'a dit que c'était réglé remboursez-moi"
    unless=re.compile("|".join((_STATED, _KEPT_WAITING, _REFUSED, _WHY))),
)
