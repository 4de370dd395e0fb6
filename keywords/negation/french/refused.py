"""How French turns down what it names, kindly or not. Pure."""

import re

from keywords.negation.frames import ANYWHERE, Frame, opens, until
from keywords.negation.french.matters import HARM, MONEY
from keywords.negation.french.settled import SETTLED_SINCE, UNSETTLED

_LACKING = re.compile(
    r"\b(?:toujours|encore|jamais (?:eu|recu|vu)|pas (?:eu|recu|vu|arrive|venu|la [,.])"
    r"|(?:eu|recu|vu) (?:rien|personne))\b"
)
# The words that may lead up to what a sentence names first.
_NAMED_FIRST = re.compile(
    r"(?:^|, |\b(?:mais|et|donc|car|alors|oui) )"
    r"(?:(?:non|oui|bon|bref|moi|pour|quant|au|aux|du|des|de|le|la|les|mon|ma|une?|votre|vos|ce|cette"
    r"|idee|aller|prendre|passer|voir|demander|faire|avoir) )*$"
)
_NO_ORDER = re.compile(r"^(?!\w+ez |je |passe moi |donne moi )")
_POINTLESS = (
    r"(?:la peine|mon (?:but|genre|truc|intention)|le (?:but|sujet|moment|propos)|la question|dans (?:mes|nos) \w+"
    r"|prevu|ce que je (?:demande|veux|cherche|voulais|souhaite)|necessaire|utile|obligatoire|au programme|a le"
    r" ordre du jour|de actualite|dans les (?:plans|cartons)|au menu|mon projet"
    r"|pour (?:moi|ca|maintenant))"
)
_WELL = (
    r"(?:(?:franchement|honnetement|bon|ecoutez|moi|alors|personnellement|vous savez|ma foi|perso|vraiment|ah|oh|bof"
    r"|en vrai|pour tout vous dire|a vrai dire|sincerement|la|ca) ,? ?)*"
)
_TURNED_DOWN = re.compile(
    rf"^,? ?(?:[,.] )?{_WELL}"
    r"(?:je (?:ne )?en ai (?:meme |vraiment )?pas(?! (?:encore|eu|recu|vu|la)\b)"
    r"|(?:ce )?est (?:vraiment |bien )?(?:le cadet|le dernier|la derniere|le moindre|secondaire|accessoire|pas grave)"
    r"|non(?: [,.]| je| jamais| pas| merci| juste|$)|jamais (?!eu|recu|vu|ete|fait)|je y (?:ne )?(?:\w+ ){0,2}pas\b"
    r"|je (?:ne )?en (?:veux|voulais|demande) pas|je (?:ne )?en ai (?:pas|aucun) (?:besoin|envie)"
    rf"|(?:ce |ca )?(?:ne )?(?:est|serait|etait) (?:\w+ )?pas (?:\w+ )?{_POINTLESS}"
    r"|(?:ce )?est (?:inutile|hors de question|exclu)"
    r"|(?:je |le idee |la pensee )?(?:ne )?(?:me |nous )?(?:a|avait|est|etait) (?:meme |vraiment )?(?:jamais"
    r"|pas) (?:meme )?"
    r"(?:(?<=jamais )ete |effleur|venu|travers|(?<=jamais )passe|dans mes|(?<=jamais )mon )"
    r"|(?:je )?(?:ne )?(?:y )?(?:pense|songe) (?:meme )?pas\b"
    r"|(?:le mot|ce mot|le terme|ca|ce) (?:est|serait|etait) (?:peut etre |un peu |bien )?(?:trop|fort|exagere"
    r"|beaucoup dire)"
    r"|ca (?:ne )?(?:me interesse|me dit|sert|presse|servirait) (?:pas|rien|a rien)"
    r"|(?:ce est )?(?:trop|tres|bien) (?:gentil|aimable)|sans facon|on (?:oublie|laisse tomber)|laissez tomber"
    r"|(?:surement|certainement|surtout|absolument|vraiment|evidemment) pas\b|hors de question"
    r"|tres peu pour|(?:ce |ca )?(?:est|serait) (?:encore )?(?:plus|trop) (?:de (?!\w+ (?:que|mois|jours))|complique"
    r"|penible|cher|long)|ca ira (?!plus|mieux|loin)|on (?:en )?(?:verra|reparlera)\b|(?:ce sera|ca sera) (?:pour"
    r" )?(?:plus tard|une autre fois)|vous y pensez pas|vous ne y pensez pas|pas (?:la peine|besoin|question|pour|du"
    r" tout|moi))"
)
# What follows an offer that is kindly meant.
_KINDLY = re.compile(
    rf"^(?:\w+ ){{0,6}}?(?:[,.] (?:mais )?|mais ){_WELL}"
    r"(?:(?:vraiment )?pas (?:necessaire|utile|besoin)|(?:non )?ca (?:ira"
    r"|va aller)\b(?! plus| pas)|non merci|sans facon"
    r"|(?:ce )?(?:ne )?est (?:vraiment )?pas (?:la peine|necessaire|utile|ce que)|(?:il )?(?:ne )?fallait pas"
    r"|(?:je (?:ne )?)?en ai pas (?:besoin|envie)|pas la peine|gardez|je vais (?:tres )?bien|je (?:prefere|garde"
    r"|reste))"
)
_OWN_WISH = r"\bje (?:veux|voudrais|demande|exige|vais|souhaite) |\b(?:passez|rendez|donnez) "
_THAT_IS_SETTLED = r"(?:ce est|est) (?:deja |bien )?regle\w*\b(?! par)"

REFUSED = (
    # "résilier, non, juste suspendre", "porter plainte, j'y ai même pas pensé", "le remboursement c'est pas la peine"
    Frame(opener=_NAMED_FIRST, hit=_NO_ORDER, after=_TURNED_DOWN, unless=_LACKING),
    # "résilier mon contrat n'a jamais été mon intention"
    Frame(
        opener=_NAMED_FIRST,
        hit=_NO_ORDER,
        after=re.compile(
            r"^(?:mon|ma|le|la|ce|cet|cette) \w+ ,? ?(?:ca |ce )?(?:ne )?(?:a|est|etait|sera) (?:jamais|pas) (?:\w+ )?"
            rf"{_POINTLESS}"
        ),
        unless=_LACKING,
    ),
    # "c'est gentil de parler d'un geste commercial, mais ça ira"
    Frame(
        opener=opens(
            "(?:amour|ange|chou|chic|genial|geniale|gentil|gentille|aimable|adorable|sympa|genereux|genereuse|merci"
            "|remercie) "
        ),
        gap=until(_OWN_WISH),
        after=_KINDLY,
    ),
    # "votre supérieur a mieux à faire"
    Frame(opener=ANYWHERE, after=re.compile(r"^(?:a|ont) (?:\w+ )?(?:mieux|autre chose|de autres chats) a \w+")),
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
        hit=MONEY,
    ),
    # "le remboursement du mois dernier c'est réglé"
    Frame(
        opener=ANYWHERE,
        hit=re.compile(rf"{MONEY.pattern}|{HARM.pattern}"),
        after=re.compile(rf"^(?:(?!je |on |vous |mais |pas )\w+ ){{0,4}}?,? ?{_THAT_IS_SETTLED}"),
        unless=re.compile(r"\b(?:dites|dit|disent) que ce est"),
    ),
    # "c'était pour résilier mais c'est réglé"
    Frame(
        opener=opens("(?:ce etait|etait) pour (?:une |ma |mon |le |la )?"),
        after=SETTLED_SINCE,
        unless=UNSETTLED,
    ),
)
