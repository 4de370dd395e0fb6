"""How French denies a whole clause, or says that what it names is pointless or of no interest. Pure."""

import re

from keywords.negation.frames import Frame, opens, up_to

# "c'est pas pour rien que je veux résilier", "c'est pas de gaieté de cœur que…" affirm
_AFFIRMS = re.compile(r"\b(?:ce est (?:juste |bien |surtout )?(?:parce|pour) |mais )")
_SELF = "(?:je|on|nous)"

DENIED = (
    # "c'est pas parce que je râle que je vais résilier", "ça veut pas dire que je résilie", "c'est pas moi qui résilie"
    Frame(
        opener=opens(
            rf"(?:ce )?(?:ne )?est pas (?:\w+ )?(?:pour (?:ca|cela|autant|si peu|un|une|deux)|parce que|a cause|demain"
            rf"|aujourdhui|maintenant|avec ca|ca) (?:(?!\bmais )[\w,] ?)*?que {_SELF} ",
            rf"(?:ne )?(?:veut|veulent|voulait|signifie|implique|suppose) (?:absolument |surtout |donc )?pas "
            rf"(?:dire |forcement |pour autant )*que {_SELF} ",
            r"(?:certainement|surement|surtout|(?:ce )?(?:est|sera)) pas (?:moi|nous) qui ",
            r"(?:(?:croyez|pensez|imaginez|crois|croire|penser|imaginer|concluez|deduisez) (?:surtout )?pas"
            r"|allez (?:surtout )?pas (?:croire|penser|imaginer|vous figurer|en deduire|en conclure)) "
            rf"que {_SELF} (?!ne |\w+ pas )",
            r"jamais de la vie (?:que )?",
            rf"(?:faux|inexact|exagere|abusif|un mensonge|pas vrai) (?:de )?(?:dire |pretendre |croire "
            rf"|penser )?que {_SELF} ",
            rf"non (?:pas )?que {_SELF} ",
            rf"pas comme si {_SELF} ",
            r"pas (?:le|un) genre de (?:chose|truc|probleme|somme|retard|histoire)s? (?:ou|pour (?:lequel|laquelle"
            r"|lesquels"
            r"|lesquelles|quoi)) (?:je|on|vous|nous) ",
            rf"faudrait (?:beaucoup |bien |vraiment |nettement )*(?:plus|pire) (?:que (?:ca|cela) )?(?:(?:pour|avant)"
            rf" que {_SELF}|pour|avant de) ",
            rf"(?:ecrivez|notez|marquez|mettez|inscrivez|retenez) (?:surtout )?pas que {_SELF} ",
            rf"(?:zero|aucune?|nulle|pas la moindre|pas une|peu de) (?:\w+ )?(?:chance|risque|danger"
            rf"|possibilite) (?:que {_SELF} |de )",
            r"(?:de (?:ma|toute ma|notre) vie|a aucun moment|en aucun cas|nulle part) (?:(?!mais |je |on )\w+"
            r" ){0,6}?(?:je|on|nous) (?:ne )?",
            rf"(?:pas|hors de) question (?:que {_SELF} |de )",
            r"loin de moi (?:le |la )?(?:idee |envie |intention )?(?:de )?",
        ),
        gap=up_to(4, "pas plus que"),
        after=re.compile(r"^(?!pas\b)"),
        unless=_AFFIRMS,
    ),
    Frame(opener=opens("jamais de la vie ,? ?(?:je|on|nous) "), gap=up_to(3, "pas")),
    # "je vois plus l'utilité de", "en aucun cas il ne faut couper ma ligne", "personne ne dit que vous êtes"
    Frame(
        opener=opens(
            r"(?:vois|voyais|voit|trouve) (?:vraiment |bien )?(?:plus|pas|mal|guere) (?:bien )?(?:le |la |un |de "
            r"|trop )*"
            r"(?:interet|utilite|besoin|necessite|avantage) (?:de |a |du )",
            r"en aucun cas (?:(?:il|on|vous|ne|faut|faudrait|doit|devez|devrait|pouvez|peut) )+",
            r"personne (?:ici )?(?:ne )?(?:dit|pretend|pense|raconte|a dit|a pretendu|a parle) (?:que |de )",
            r"(?:encore moins|sans (?:aller jusque? a )?dire) (?:que )?(?:ce est )?",
            r"pas (?:ca|cela|le|la) (?:comme|pour) (?:une? |la |le )?(?:envie|volonte|menace|demande|intention"
            r"|desir) (?:de )?",
        ),
        gap=up_to(3, "pas"),
    ),
    # "pour que je veuille résilier il faudrait autre chose"
    Frame(
        opener=opens(rf"pour que {_SELF} "),
        gap=up_to(3, "pas"),
        after=re.compile(r"^(?:\w+ ){0,2}?,? ?(?:il )?(?:en )?faudrait "),
    ),
    # "rien ne m'oblige à porter plainte", "personne ne me force à résilier", "rien ne justifie un remboursement"
    Frame(
        opener=opens(
            r"(?:rien|personne) (?:ne )?(?:(?:me|nous|te|vous|vraiment) )*(?:oblige|force|presse|pousse|justifie)\w* "
            r"(?:a |de |pour )?"
        ),
        gap=up_to(3, "pas"),
    ),
    # "je vois pas pourquoi vous me rembourseriez"
    Frame(
        opener=opens(
            r"(?:vois|voyais|voit) (?:vraiment )?pas (?:pourquoi|en quoi|au nom de quoi) (?:vous|je|on|nous) "
        ),
        gap=up_to(3, "pas"),
        hit=re.compile(r"\b\w+(?:riez|rais|rait)\b"),
        unless=re.compile(r"\bpas\b"),
    ),
    Frame(
        opener=opens(
            r"(?:vois|voyais|voit) (?:vraiment )?pas (?:pourquoi|en quoi) (?:vous|je|on|nous) "
            r"(?:(?:me|nous|le|en|y) )*\w+(?:riez|rais|rait) "
        ),
        gap=up_to(3, "pas"),
        unless=re.compile(r"\bpas\b"),
    ),
    # "j'ai autre chose à faire que d'aller au tribunal", "il faudrait me payer pour", "plutôt mourir que", "de là à"
    Frame(
        opener=opens(
            r"(?:autre chose|mieux|plus urgent|de autres chats) a (?:faire|fouetter|penser) que (?:de )?",
            r"(?:faudrait|faudra|faut) (?:\w+ )?(?:me )?(?:payer|forcer|tuer|passer sur le corps) (?:cher )?pour ",
            r"plutot (?:mourir|crever|\w+(?:er|ir|re)(?: \w+){0,4}?) que (?:de )?",
            r"(?:trop long|trop court|trop precieu\w+|trop complique) pour ",
            r"(?:vau|apport|attir)\w+ que des (?:ennuis|problemes|frais|tracas|emmerdes) ",
        ),
        gap=up_to(3, "pas"),
    ),
    Frame(opener=opens("de la a ,? ?"), gap=up_to(6, "pas")),
    # "on va pas faire toute une histoire et prendre un avocat"
    Frame(
        opener=opens(rf"{_SELF} (?:ne )?(?:va|vais|allons) (?:\w+ )?pas (?:\w+ ){{1,5}}?et "),
        hit=re.compile(r"^(?:\w+ )?\w+(?:er|ir|re) |^au tribunal"),
        unless=re.compile(r"\b(?:je|on|nous|vous|veux) "),
    ),
    # "je me fiche du remboursement", "arrêtez de me parler de résilier", "attendez avant de résilier"
    Frame(
        opener=opens(r"(?:me|se|en) (?:fiche|fous|fout|moque|contrefiche|balance|tape) "),
        gap=re.compile(r"(?:(?:\w+ ){0,6}, )?(?:\w+ )?(?:de |du |des )(?:la |le |votre |un )?"),
        unless=re.compile(r"\b(?:moi|nous|monde)\b"),
    ),
    Frame(
        opener=opens(
            r"(?:arretez|arrete|cessez|evitez|evite) (?:donc |un peu )?de (?:(?:me|nous) )?"
            r"(?:(?:parler|reparler|causer|bassiner|souler|rabacher|proposer|demander|dire) )?"
            "(?:de |du |avec |si |la |le |un )*",
        ),
        gap=up_to(2, "pas"),
        unless=re.compile(r"\b(?:pas|moquer|foutre|prendre)\b"),
    ),
    Frame(
        opener=opens("(?:attendez|attends|patientez|attention|reflechissez) (?:\\w+ ){0,2}?avant (?:de|que) "),
        gap=up_to(2, "pas"),
    ),
    # "veillez à ce que personne ne résilie mon contrat", "c'est moins un remboursement que je veux qu'une réponse"
    Frame(
        opener=opens(
            "(?:attention|veillez|assurez vous|verifiez|garantissez moi) (?:a ce )?que (?:personne|on|vous|rien"
            "|nul) (?:ne )?(?:me )?"
        ),
        hit=re.compile(r"^(?:resili|annul|coup|ferm|clotur)"),
    ),
    Frame(opener=opens("(?<!au )moins (?:un |une |le |la |de |du )"), after=re.compile(r"^(?:\w+ )?que (?!vous )")),
    # "et non résilier", "et non pas un remboursement"
    Frame(opener=opens(r"et non (?:pas )?"), gap=re.compile(r"(?:de |du |une? |la |le )?")),
)
