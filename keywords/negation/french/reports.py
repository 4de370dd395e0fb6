"""French reported speech: "on m'a dit que je serais remboursé", "mon mari m'a dit de ne pas résilier". Pure."""

import re

from keywords.negation.frames import Frame, any_of, opens, until

MANY = (
    "(?:(?:beaucoup de |plein de |de |il y a |des |les |certains |la plupart des |d )*"
    "(?:gens|clients|autres|personnes|certains) (?:qui )?"
    r"|(?:il )?y en a (?:\w+ ){0,4}?qui |(?:celui|celle|ceux|celles) (?:\w+ ){0,4}?qui )"
)
"""People in general."""
_DETERMINER = any_of("mon ma mes votre vos notre nos le la les un une des ce cet cette leur son sa ses")
_PRONOUNS = any_of("je tu il elle on nous vous ils elles me te se moi")
NOUN = rf"(?<!je ){_DETERMINER} (?:(?!{_PRONOUNS} )\w+ ){{1,4}}?(?:(?:lui|elle|eux) ,? ?)?"
"""Somebody or something named."""
_THIRD = (
    rf"(?:(?:il|elle|ils|elles|(?<!moi )qui|(?:quelqu un|quelque un|tout le monde)"
    rf"(?: (?:a|au|chez|de|dans|du) (?:\w+ )?\w+)?) |{MANY}|{NOUN})"
)
_KIN = rf"(?:(?:mon|ma|mes|nos|notre|un|une|des) (?:(?!{_PRONOUNS} )\w+ ){{1,3}}?|(?:il|elle|ils|elles) )"
_TO_WHOM = r"(?:ne )?(?:(?:me|te|nous|vous|lui|leur|le|y) )*"
_ADVERB = r"(?:(?:toujours|bien|deja|pas|jamais|aussi|meme|encore|rien|sans cesse|souvent|carrement) )*"
_HAS = "(?:a|ont|avait|avaient|aurait|auraient) "
_KEEPS = "(?:vient de|viennent de|arretent? pas de|cessent? (?:pas )?de) (?:me |nous )?"
_TELLING = any_of("dire repeter parler raconter conseiller demander proposer bassiner rabacher seriner")
# a promise is no mere report: "vous m'avez promis un remboursement" asks for it
_TOLD = any_of(
    "dit conseille recommande propose suggere raconte explique assure garanti annonce affirme prevenu parle demande "
    "menace ecrit marque note inscrit enregistre coche signale repete certifie confirme jure pretendu soutenu insinue "
    "laisse sorti lance souffle glisse balance "
    "reproche avance ordonne mentionne evoque"
)
_TELLS = (
    r"(?:(?:dit|disent|disai\w*|dira|diront|pretend|parl|racont|conseill|recommand|propos|suger|sugger|expliqu|assur"
    "|affirm|jur(?!idi)|menac|demand|repet|rabach|serin|mentionn|precis|stipul|evoqu|insinu|soutien|soutenai|exig)"
    "(?:e|es|ent|ait|aient|s|t)?|promet|promettent|indique|pense|pensent|annonce|annoncent|annoncait|informe"
    "|informait|signale|previent|parle)"
)
# what they think, feel or wish, where a clause follows
_HOLDS = (
    "(?:pens|trouv|estim|consider|imagin|crain|esper|souhait|prefer|aim|voudr|exig|compr|tien|attend|suppos|jug"
    r"|crois|croi|croyai|veu|voulai|note|enregistre|decrete|decide)\w*(?<!er)(?<!re)(?<!ir)"
)
_IS_SURE = r"(?:est|sont|etait|etaient) (?:de avis|persuade\w*|convaincu\w*|sure?s?|certaine?s?) (?:de )?"
_YOU_SAY = any_of(
    "dites disiez proposez proposiez parlez parliez conseillez recommandez suggerez annoncez expliquez assurez menacez "
    "ecrivez racontez pretendez affirmez sous-entendez insinuez"
)
_COUNSEL = any_of(
    "conseil avis idee suggestion recommandation opinion reaction proposition reponse verdict instinct astuce"
)
# Who calls for somebody passes their wish on: "mon mari vous a dit que nous voulions résilier".
_NOT_PASSED_ON = r"(?!(?:mon|ma|mes|notre|nos) \w+ (?:\w+ )?vous (?:a|ont|avait|avaient) )"
_PAPERS = (
    "(?:lettre|courrier|mail|message|avis|sms|notification|mise|pub|publicite|affiche|article|reportage|emission|video"
    "|texto"
    "|post|forum|page|site|appli|application|robot|chatbot|formulaire|depliant|prospectus|document|papier|truc|histoire"
    "|film|livre|livret|chanson|rappel|sondage|annonce|bandeau|facture|contrat)s?"
)
_ABOUT = (
    "(?:disant|demandant|conseillant|invitant|proposant|promettant|annoncant|parlant|expliquant|menacant|indiquant"
    "|recommandant|suggerant|qui (?:dit|disait|parle|parlait|propose|proposait|promet|promettait|conseille|conseillait"
    "|explique|expliquait|annonce|annoncait|demande|demandait|recommande)|comme quoi|sur|a propos)"
)
_REPORTERS = (
    rf"vous (?:qui )?{_TO_WHOM}(?:avez|aviez) {_ADVERB}{_TOLD} ",
    rf"(?<!quoi que )vous (?:qui )?{_TO_WHOM}{_YOU_SAY} {_ADVERB}",
    rf"tu {_TO_WHOM}(?:as {_ADVERB}{_TOLD}|dis|disais) ",
    rf"on (?:ne )?(?:me|nous|vous|te) (?:a|avait|aurait) {_ADVERB}{_TOLD} ",
    rf"on (?:ne )?(?:me|nous|vous|te) {_TELLS} ",
    r"on (?:raconte|dit|pretend|entend dire|lit) (?:\w+ )?que ",
    rf"personne (?:ne )?(?:vous|te|lui|leur) (?:a|avait) {_TOLD} ",
    rf"{_THIRD}(?:ne )?(?:veut|veulent|voulait|voulaient|voudrait|souhaite|aimerait|prefererait) que ",
    rf"{_NOT_PASSED_ON}{_THIRD}{_TO_WHOM}{_HAS}{_ADVERB}{_TOLD} ",
    rf"{_THIRD}{_TO_WHOM}(?:{_TELLS}|{_KEEPS}{_TELLING}) {_ADVERB}",
    rf"{_THIRD}{_TO_WHOM}(?:{_HAS}{_ADVERB})?{_HOLDS} {_ADVERB}que (?!vous )",
    rf"{_THIRD}{_IS_SURE}que ",
    rf"{_THIRD}(?:ne )?(?:\w+ ){{0,4}}?(?:insist|pouss|appel|harcel|relanc|demarch)\w* (?:\w+ ){{0,3}}?pour que ",
    rf"{_KIN}(?:ne )?(?:arretent? pas de )?(?:me|nous) (?:{_HAS})?"
    r"(?:pouss|encourag|incit|invit|press|suppli|convain|exhort|verrai)\w* (?:\w+ )?(?:a |de )?",
    rf"{_THIRD}(?:\w+ )?(?:veut|veulent|voulait|voudrait|aimerait|cherche a|essaie|essaient|essayait|tente|a essaye de"
    r"|ont essaye de|a failli|a voulu) (?:de )?(?:absolument |a tout prix )?(?:me|nous) faire ",
    # "ma femme fait, mais résilie donc"
    r"(?:(?:mon|ma|mes|le|la|un|une) (?:\w+ ){1,3}?|il |elle )(?:me |nous )?(?:fait|faisait|sort)(?: comme ca)? , ",
    r"(?:il )?parait (?:que )?",
    r"je ai (?:lu|vu|entendu)(?: dire)? (?:\w+ ){0,3}?que ",
    r"(?:de apres|selon|au dire de|aux dires de|a en croire|si on en croit|si je ecout\w+|a ecouter) (?:\w+ ){1,3}?"
    r"(?:, |(?=(?:je|on|il|elle|vous|nous) ))",
    r"comme quoi ",
    r"soi disant (?:que )?(?:(?:il )?(?:faut|fallait|faudrait) )?(?:que )?",
    rf"{_THIRD}(?:ne )?(?:\w+ ){{0,4}}?(?:me|nous) (?:\w+ ){{1,3}}?pour que (?=je |on |nous )",
    rf"(?:un|une|le|la|votre|ce|cette) {_PAPERS} (?:\w+ ){{0,4}}?(?:me|nous) "
    "(?:disant|demandant|conseillant|invitant|proposant) (?:de |a )?",
    rf"(?:un|une|le|la|votre|vos|ce|cette|des) (?:\w+ ){{0,2}}?{_PAPERS} (?:\w+ ){{0,3}}?{_ABOUT} (?:(?:me|nous|de|du"
    rf"|des|la|le"
    r"|les|un|une|que|a|si) )*",
    # "un de vos collègues m'a dit", "quelqu'un chez vous a noté que", "mon frère, qui s'y connaît, dit que"
    rf"(?:une?|plusieurs|certains|quelques uns|la moitie|deux) (?:de|de entre|chez|des|a|au"
    rf"|dans) (?:\w+ ){{1,4}}?{_TO_WHOM}"
    rf"(?:{_HAS}{_ADVERB}{_TOLD}|{_TELLS}) ",
    rf"{NOUN}, (?:qui|il|elle|un|une|le|la) [\w ]+, {_TO_WHOM}(?:{_HAS}{_ADVERB}{_TOLD}|{_TELLS}|{_HOLDS}) {_ADVERB}",
    # "vous avez mis que je voulais résilier", "vous avez employé le mot inadmissible", "on m'a proposé de"
    r"vous (?:avez|aviez) (?:(?:bien|aussi|meme|deja|encore) )*(?:mis|marque|note|ecrit|enregistre|inscrit|coche|saisi"
    r"|lu"
    r"|compris|entendu|employe le (?:mot|terme)|utilise le (?:mot|terme)|appele ca) (?:que |ca )?",
    r"vous venez (?:juste )?de (?:me )?(?:dire|lire|parler|evoquer|mentionner|proposer|citer) ",
    r"(?:un|une|le|la|votre|ce|cette) (?:passage|paragraphe|chapitre|clause|phrase|ligne) (?:sur|de|du"
    r"|a propos de) (?:la |le |un |une )?",
    r"on (?:ne )?(?:me|nous|te) (?:a|avait) (?:\w+ )?(?:offert|montre|donne|fait|pousse|incite|encourage|tente|invite"
    r"|rappele|averti|vendu|lu) (?:a |de |que |un |une |le |la )*",
    # "le conseil de mon frère, c'était de", "il m'a été conseillé de", "vous avez l'air de croire que"
    rf"(?:le|la|son|sa|leur|un) (?:\w+ )?{_COUNSEL} (?:de|du|des) (?:\w+ ){{1,3}}?,? ?(?:ce )?(?:est|etait|serait) ",
    rf"(?:son|sa|leur) (?:\w+ )?{_COUNSEL} ,? ?(?:ce )?(?:est|etait|serait) ",
    rf"(?:il|ca) (?:me|nous) (?:a|avait) (?:bien |deja )?ete {_TOLD} ",
    r"(?:vous (?:avez|aviez)|il a|elle a|ils ont|(?:votre|vos|le|la|les|un|une) \w+ (?:a|ont"
    r"|avait)) (?:tous )?le air de (?:croire|penser|dire|vouloir|supposer) ",
    r"(?:vous semblez|il semble|vous paraissez|vous avez cru|vous croyez|vous pensez|vous supposez) (?:croire "
    r"|penser )?que "
    r"(?=je (?:veux|voulais|souhaite|cherche|demande))",
    rf"{_KIN}(?:ne )?(?:a|ont|avait) (?:essaye|tente|voulu|failli|cherche) (?:de |a )?(?:me|nous) "
    r"(?:convaincre|persuader|pousser|inciter|faire|forcer) (?:de |a )?",
    r"(?:de apres|selon) (?:(?!moi )\w+ ){1,5}?, ",
    r"(?:il|ce|ca) (?:est|etait|est bien) (?:ecrit|marque|indique|note|precise|stipule|mentionne|affiche) ",
    rf"je ai (?:bien )?(?:recu|eu|trouve) (?:un|une|votre|ce|cette|la|le) {_PAPERS} (?:de )?",
)

# The speaker's own words begin again.
_OWN_WORDS = (
    r", (?!que |si )|\. |\b(?:empeche|reste|reste pas moins|toujours est il) que (?=je |on |moi )"
    r"|\bseulement (?:moi )?(?:je"
    r"|on) |\bmais |\bdonc |\balors |\bsinon |\bdu coup |\bmaintenant |\bet (?:je|moi|la|vous) |\bmoi je "
    r"|(?<!que )(?<!si )(?<!quand )\bje (?:veux|vais|demande|voudrais|exige|$)"
)
_QUOTED = until(
    _OWN_WORDS,
    after=r"(?:comme ca )?(?:, (?!je |on )|(?:mais|ben|bah|non|oui) )*(?:que |si |de |comme quoi )*(?:je |on |nous )?",
)

# "un ami m'a dit que c'est moins cher ailleurs"
_STATED = r"^(?:que )?(?:ce est|ce etait|ca) (?!vous)"
# "vous m'avez dit que je serais remboursé et j'ai toujours rien"
_KEPT_WAITING = (
    r"\b(?:(?<!de )toujours|encore (?:rien|(?:ete )?(?:prelev|debit|factur)\w+)|(?:deux|trois|quatre|cinq|dix"
    r"|plusieurs|\w+ieme) fois|(?:ai|eu|recu|vu) rien(?! (?:demande|dit|signe|voulu|a)\b)"
    r"|rien (?:recu|vu|eu|venu|qui|du tout|pantoute)|(?:et|puis|mais|resultat) ,? ?rien"
    r"|(?:rembours|argent|avoir|geste).*finalement non"
    r"|ca fait (?:\w+ ){0,3}(?:jours|semaines|mois|ans)|(?:le|la|les) vois (?:pas|nulle)|pas sur (?:la|ma) facture"
    r"|(?:mois|semaines|jours) (?:que|et)|(?:on est|nous sommes|on arrive) (?:en|le|au|deja)|vois (?:rien|pas)"
    r"|rien venir|attends (?:encore|toujours)?|(?:devait|devais) (?:arriver|tomber|etre)"
    r"|il y a (?:\w+ ){1,3}(?:mois|semaines|jours|an|ans)|depuis|ou est"
    r"|jamais (?:eu|recu|vu|venu)|menti|mensonge|pas (?:recu|eu|venu|encore|vu)|suis encore)\b"
)
# "vous me dites que je peux pas résilier"
_REFUSED = (
    r"\b(?:peux|peut|pouvez|pouvais|pourrai\w*|serai\w*|veut|voul\w+|allez|aur\w+) pas\b"
    r"|\b(?:est|etait|ete|serait) (?:refus|rejet|declin)\w+|\bimpossible\b|\bpas (?:possible|le droit|droit)\b"
)
# "on m'a dit de vous appeler pour résilier", "vous me demandez pourquoi je veux résilier"
_WHY = (
    r"\b(?:appeler|rappeler|contacter|ecrire|telephoner|joindre|taper|faire le)\b.*? pour "
    r"|\bpourquoi (?:je|on|nous) "
)

# "votre collègue m'a conseillé de parler à un superviseur, c'est possible ?"
_TAKEN_UP = (
    r"[,.] (?:ce )?est (?:il )?possible|\b(?:donc|alors|du coup|faque) (?:je|on|me|nous|est ce que|ce est possible)\b"
    r"|\bpour (?:elle|lui|eux)\b|\bet (?:il|elle|ils) (?:a|ont) raison|\bsuiv(?:re|rai|s) (?:son|sa|leur|ce|le)"
    r" (?:conseil|avis|idee)|\bet je suis de accord|[,.] (?:je peux"
    r"|est ce que je peux) "
    r"|\b(?:on|je) y (?:va|vais|compte|tiens)\b|\bce est (?:exactement |bien )?ce que (?:je|on) (?:fai[st]|vais|va"
    r"|compte)\b"
    r"|\bils ont raison|\bcontre vous\b"
    r"|\b(?:il|ca) (?:ne )?se passe rien|\b(?:ca )?(?:ne )?marche pas"
)

REPORTED = Frame(
    opener=opens(*_REPORTERS),
    gap=_QUOTED,
    hit=re.compile(r"^(?!\w+ez (?:moi|nous)\b)"),  # "votre collègue m'a dit que c'était réglé remboursez-moi"
    unless=re.compile("|".join((_STATED, _KEPT_WAITING, _REFUSED, _WHY, _TAKEN_UP))),
)
