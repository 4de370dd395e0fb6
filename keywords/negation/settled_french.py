"""How French turns down what it names, gives a wish up or tells that a matter is closed. Pure."""

import re

from keywords.negation.frames import ANYWHERE, Frame, any_of, opens, up_to

_HARM = re.compile(r"\b(?:resili|annul|coup|ferm|clotur|debranch|mettre fin|suspend|supprim)")
_MONEY = re.compile(r"\b(?:rembours|recredit|dedommag|argent|geste)")
_WANTED = any_of(
    "voulais voulait voulions appelais appelait allais allait comptais comptait pensais souhaitais etais etait avais "
    "avait"
)
_THOUGHT = any_of("pense songe voulu envisage hesite")
_SETTLED = re.compile(
    r"\b(?:change de avis|finalement|(?:je|on) (?:reste|garde)|suis reste|au final|plus maintenant"
    r"|est (?:regle|arrange)|tout va bien)\b"
)
_UNSETTLED = re.compile(r"\b(?:rien|toujours|jamais)\b")
_LACKING = re.compile(
    r"\b(?:toujours|encore|jamais (?:eu|recu|vu)|pas (?:eu|recu|vu|arrive|venu|la [,.])"
    r"|(?:eu|recu|vu) (?:rien|personne))\b"
)
# The words that may lead up to what a sentence names first.
_NAMED_FIRST = re.compile(
    r"(?:^|, |\b(?:mais|et|donc|car|alors) )"
    r"(?:(?:non|oui|bon|bref|moi|pour|quant|au|aux|du|des|de|le|la|les|mon|ma|une?|votre|vos|ce|cette"
    r"|aller|prendre|passer|voir|demander|faire|avoir) )*$"
)
_NO_ORDER = re.compile(r"^(?!\w+ez |je |passe moi |donne moi )")
_POINTLESS = (
    r"(?:la peine|mon (?:but|genre|truc|intention)|le (?:but|sujet|moment|propos)|la question|dans (?:mes|nos) \w+"
    r"|prevu|ce que je (?:demande|veux|cherche|voulais|souhaite)|necessaire|utile|obligatoire|au programme"
    r"|pour (?:moi|ca|maintenant))"
)
_TURNED_DOWN = re.compile(
    r"^,? ?(?:[,.] )?"
    r"(?:non(?: [,.]| je| jamais| pas| merci| juste|$)|jamais (?!eu|recu|vu|ete|fait)|je y (?:ne )?(?:\w+ ){0,2}pas\b"
    r"|je (?:ne )?en (?:veux|voulais|demande) pas|je (?:ne )?en ai (?:pas|aucun) (?:besoin|envie)"
    rf"|(?:ce |ca )?(?:ne )?(?:est|serait|etait) (?:\w+ )?pas (?:\w+ )?{_POINTLESS}"
    r"|(?:ce )?est (?:inutile|hors de question|exclu)"
    r"|ca (?:ne )?(?:me interesse|me dit|sert|presse|servirait) (?:pas|rien|a rien)"
    r"|tres peu pour|ca ira (?!plus|mieux|loin)|pas (?:la peine|besoin|question|pour))"
)
_THAT_IS_SETTLED = r"(?:ce est|est) (?:deja |bien )?regle\w*\b(?! par)"

_TOPICS = (
    # "résilier, non, juste suspendre", "porter plainte, j'y ai même pas pensé", "le remboursement c'est pas la peine"
    Frame(opener=_NAMED_FIRST, hit=_NO_ORDER, after=_TURNED_DOWN, unless=_LACKING),
    # "gardez votre geste commercial", "ça ira pour le remboursement", "c'est bon pour le remboursement"
    Frame(
        opener=opens(
            "gardez (?:le |la |votre |vos )",
            r"(?:ca ira|(?:^|, )(?:bon )?(?:ce est|est) (?:bon|regle|fait|arrange)|tout est (?:bon|regle)) "
            "(?:maintenant )?pour (?:le |la |mon |ma )",
        ),
        unless=re.compile(r"\b(?:pas|toujours|mais|ou|quand)\b"),
    ),
    Frame(
        opener=opens("ca y est ,? ?(?:je|on) (?:suis|est|ai|a) (?:(?:bien|enfin|eu|recu|ete|mon|le) )*"),
        hit=_MONEY,
    ),
    # "le remboursement du mois dernier c'est réglé"
    Frame(
        opener=ANYWHERE,
        hit=re.compile(rf"{_MONEY.pattern}|{_HARM.pattern}"),
        after=re.compile(rf"^(?:(?!je |on |vous |mais |pas )\w+ ){{0,4}}?,? ?{_THAT_IS_SETTLED}"),
        unless=re.compile(r"\b(?:dites|dit|disent) que ce est"),
    ),
    # "c'était pour résilier mais c'est réglé"
    Frame(
        opener=opens("(?:ce etait|etait) pour (?:une |ma |mon |le |la )?"),
        after=_SETTLED,
        unless=_UNSETTLED,
    ),
)
_OVER = (
    # "je voulais résilier mais j'ai changé d'avis", "à l'époque on avait pris un avocat"
    Frame(
        opener=opens(rf"(?:je|on|nous) (?:{_WANTED}|ai {_THOUGHT}) "),
        gap=up_to(5, "pas plus mais"),
        after=_SETTLED,
        unless=_UNSETTLED,
    ),
    Frame(opener=opens("(?:a le epoque|dans le temps|autrefois) (?:je|on|nous) "), gap=up_to(5, "veux vais et")),
    # "j'ai résilié chez mon ancien opérateur"
    Frame(
        opener=ANYWHERE,
        hit=_HARM,
        after=re.compile(
            r"^(?:(?:mon|ma|le) \w+ )?"
            r"(?:chez (?!vous|eux)|(?:avec |a )?mon ancien|mon autre|pour (?:venir|passer) chez vous)"
        ),
    ),
    # "j'ai déjà été remboursé", "vous m'avez remboursé, merci", "le remboursement, c'est bon", "laissez tomber"
    Frame(
        opener=opens(
            "(?:je|on|nous) (?:ne )?(?:ai|avais|avons|a|suis) (?:bien|deja) (?:bien |deja )?"
            "(?:recu |eu |touche |ete |obtenu )?(?:mon |le |un |votre |notre )?"
        ),
        hit=_MONEY,
        unless=re.compile(r"\b(?:pas|jamais|mais|que la moitie|sauf)\b"),
    ),
    Frame(
        opener=opens("(?:vous|on) (?:me |nous )?(?:avez |aviez |a )(?:bien |deja )?", "vous "),
        hit=re.compile(r"\brembourse\b|\b(?:me|nous) avez\b"),
        after=re.compile(r"\bmerci\b|\bparfait\b|\bce etait rapide\b"),
        unless=re.compile(r"\b(?:pas|jamais|mais|quand)\b"),
    ),
    Frame(
        opener=ANYWHERE,
        hit=_MONEY,
        after=re.compile(
            r"^,? ?(?:ce est (?:bon|regle|fait)|(?:je le ai |il est )(?:bien )?(?:recu|arrive)|est (?:bien )?arrive)\b"
        ),
    ),
    Frame(
        opener=opens(
            "(?<!pas )(?:laissez|laisse|laissons) tomber (?:le |la |mon |ma |ce )?",
            "(?<!ne )oublie[zs]? (?:le |la |mon )?",
        ),
        unless=re.compile(r"\bpas\b"),
    ),
    # "je suis un imbécile", "vous allez me prendre pour un abruti"
    Frame(
        opener=opens(
            r"(?:je suis|je etais|pass\w+ pour|prend\w* pour|prenez pour|me sens) (?:\w+ )?(?:un |une |le |la )"
        ),
        gap=up_to(1, "pas"),
        hit=re.compile(r"\b(?:imbecile|cretin|abruti|idiote?|conn?e?|nulle?|bouffon|debile|incapable)\b"),
    ),
)

SETTLED = (*_TOPICS, *_OVER)
