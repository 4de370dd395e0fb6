"""What French tells of a time gone by, or of something other than the company. Pure."""

import re

from keywords.negation.frames import ANYWHERE, Frame, opens, until, up_to
from keywords.negation.french.matters import LAW, MATTER, MONEY, TOLD_ABROAD

_ONCE = (
    r"(?:le (?:an|mois|hiver|ete|printemps) (?:dernier|passe)|la (?:annee|semaine|fois) (?:derniere|passee|precedente)"
    r"|il y a (?:\w+ ){1,2}(?:ans?|mois|annees)|a le epoque|dans le temps|autrefois|une fois|jadis|par le passe"
    r"|en (?:19|20)\d\d|avant)"
)
_OPEN = re.compile(
    r"\b(?:toujours|jamais|rien|encore|attends|depuis|maintenant|continu\w*|prelev\w*|veux|vais|dois"
    r"|personne|sans (?:reponse|nouvelles|suite)|pas (?:recu|eu|vu|repondu|de (?:reponse|nouvelles)|change))\b"
)
_OPEN_OR_LATE = re.compile(
    rf"{_OPEN.pattern}|(?:{LAW.pattern}|{TOLD_ABROAD.pattern}).*\b(?:mois|semaine|fois) (?:derni|passe|preced)"
)
"""Who went to the regulator last week may well mean the company."""
_NO_REQUEST = "(?!(?:demande|appele|ecrit|telephone|contacte|essaye|dit) )"

ONCE = (
    # "j'ai eu un remboursement le mois dernier", "j'avais fait une réclamation l'an dernier, mais c'est du passé"
    Frame(
        opener=opens(
            r"(?:je|on|nous) (?:(?:me|en|y|le|la) )*(?:avais|ai|avait|a|avons|avions|etais|etait|suis) "
            rf"(?:(?:deja|meme|bien) )*{_NO_REQUEST}"
        ),
        gap=up_to(4, "pas plus veux vais"),
        hit=MATTER,
        after=re.compile(rf"^(?:\w+ ){{0,4}}?{_ONCE}\b"),
        unless=_OPEN_OR_LATE,
    ),
    # "avant j'étais chez un concurrent", "la dernière fois que j'ai voulu parler à un responsable"
    Frame(
        opener=opens(
            rf"{_ONCE} ,? ?(?:que )?(?:je|on|nous) (?:(?:me|en|y|le|la) )*(?:\w+(?:ais|ait|ions)|ai|a"
            rf"|avons) {_NO_REQUEST}",
            r"la derniere fois (?:que )?(?:je|on|nous) (?:(?:me|en|y|le|la) )*(?:\w+(?:ais|ait|ions)|ai|a|avons) ",
        ),
        gap=up_to(4, "pas plus veux vais"),
        unless=_OPEN,
    ),
    # "ils m'ont fait un remboursement sans discuter"
    Frame(
        opener=opens(
            r"(?:ils|elles|il|elle|on|(?:le|la|un|une) \w+|(?:^|(?<=, ))(?!vous |on )\w+) (?:me|nous) (?:a|ont|avait"
            r"|avaient) (?:tout de suite "
            r"|aussitot )?"
            r"(?:(?:fait|donne|accorde|verse|envoye|propose|offert) (?:un |le |mon |une )?)?"
        ),
        hit=MONEY,
        unless=re.compile(r"\b(?:pas|jamais|toujours|mais|rien|sauf|encore|seulement|moitie|promis|si)\b"),
    ),
    # "on avait tout arrêté, résilié la télé et le reste"
    Frame(
        opener=opens(rf"(?:je|on|nous) (?:(?:en|y|le|la|les) )*(?:avais|avait|avions) {_NO_REQUEST}"),
        gap=re.compile(r"(?:(?!mais |donc |maintenant |je |vous |la |pas )[\w,]+ ){0,6}?"),
        hit=re.compile(r"^(?:resilie|annule|coupe|ferme|cloture|cancelle|porte|pris|vu|depose|saisi|ete)"),
        after=re.compile(
            r"^(?!.*\b(?:pas|toujours|jamais|rien|encore|continu\w*|prelev\w*|factur\w*|relanc\w*|debit\w*|recois"
            r"|huissier)\b).*, (?:maintenant|aujourdhui|puis|et puis|apres|ensuite|la) "
        ),
    ),
    # "j'ai vu passer un mauvais avis sur vous"
    Frame(
        opener=opens(
            r"(?:je|on) (?:ai|a|avais|avait) (?:aussi |meme |deja )?(?:vu|lu|entendu|trouve|apercu) (?:passer "
            r"|parler de )?",
            r"(?:je|on) (?:vois|lis|entends) (?:passer |parler de )?",
        ),
        gap=up_to(1, "pas mon ma mes"),
        hit=TOLD_ABROAD,
        unless=re.compile(r"\b(?:vais|saisi\w*|contact\w*|ecri\w*)\b"),
    ),
    # "du temps où j'étais chez vous, j'avais dû résilier"
    Frame(
        opener=opens(
            r"(?:du temps ou|a le epoque ou|la premiere fois|a une (?:autre )?epoque|ca date|ca remonte|ca fait (?:\w+"
            r" )?(?:longtemps|\w+ ans)) .*?(?:je|on|nous) (?:(?:me|en|y|le|la) )*(?:ai|a|avons|avais|avait|avions"
            r"|aurais"
            r"|etais|suis) "
        ),
        gap=up_to(4, "pas plus veux vais"),
        hit=MATTER,
        unless=_OPEN,
    ),
    # "la salle de sport, pour résilier, c'était l'enfer, pas vous"
    Frame(opener=ANYWHERE, after=re.compile(r"^(?:[\w,]+ ){0,8}?, pas (?:vous|chez vous|avec vous)\b")),
    # "le mot inadmissible, c'est vous qui l'avez employé"
    Frame(opener=opens("(?:le|ce|votre|son) (?:mot|terme) (?:(?:est|etait|de) )*")),
    Frame(
        opener=ANYWHERE,
        after=re.compile(
            r"^(?:\w+ ){0,3}?,? ?ce est (?:bien |pourtant )?vous qui (?:le |la |en )?(?:avez|dites|disiez|parlez"
            r"|parliez)\b"
        ),
    ),
    # "le temps est vraiment lamentable"
    Frame(
        opener=opens(
            "(?:(?<!de )le temps (?=est|etait|quil|ce)|meteo|circulation|routes?|gouvernement|match"
            "|chaleur|pluie|trafic) "
        ),
        hit=re.compile(
            r"\b(?:lamentable|honte|inadmissible|inacceptable|scandal|deplorable|catastroph|importe|intolerable)"
        ),
        gap=until(r"\bvous\b|\bvotre\b|\bje\b|\bmais |\bet |\. "),
    ),
    # "ce serait sympa, mais je demande rien"
    Frame(
        opener=ANYWHERE,
        after=re.compile(
            r"^(?:[\w,]+ ){0,5}?, mais (?:je|on) (?:ne )?(?:me )?(?:reve|demande|attends?|espere|fais|insist\w*|reclame"
            r"|vais) (?:\w+ )?(?:pas|rien|plus)\b"
        ),
    ),
    # "je songerai peut-être à changer d'opérateur", "un de ces quatre je vais résilier"
    Frame(
        opener=opens(
            r"(?:song|pens|envisag|reflechi|regard)\w*(?:rai|rais|rait|rons) (?:peut etre )?(?:a |de )?",
            r"(?:poserai|poserais|poserait|poser) (?:\w+ )?(?:la question|des questions) (?:de )?",
            r"peut etre (?:a |de |que (?:je|on) )",
            r"un de ces (?:quatre|jours|matins) ,? ?",
        ),
        gap=up_to(4, "pas"),
    ),
    # "un remboursement ? pour une coque ? la vie est trop courte"
    Frame(
        opener=ANYWHERE,
        after=re.compile(
            r"^\. (?:pour|a cause de) (?:\w+ ){1,8}?[.,] (?:la vie|non\b|laiss|franchement|allons|jamais)"
        ),
    ),
    # "le remboursement est déjà sur mon compte"
    Frame(
        opener=ANYWHERE,
        hit=MONEY,
        after=re.compile(
            r"^(?:\w+ ){0,2}?(?:est|etait) (?:bien |deja |enfin )*(?:sur (?:mon|le)|la\b|credite|verse|arrive)"
        ),
        unless=re.compile(r"\b(?:pas|quand|ou)\b"),
    ),
)
