"""How French gives a wish up or tells that a matter is closed. Pure."""

import re

from keywords.negation.frames import ANYWHERE, Frame, any_of, opens, up_to
from keywords.negation.french.matters import HARM, MATTER, MONEY

_WANTED = any_of(
    "voulais voulait voulions appelais appelait allais allait allions comptais comptait comptions pensais pensait "
    "souhaitais etais etait etions avais avait avions devais devait devions hesitais"
)
_THOUGHT = any_of("pense songe voulu envisage hesite commence appele telephone contacte ecrit regarde")
SETTLED_SINCE = re.compile(
    r"\b(?:change de avis|finalement|(?:je|on) (?:reste|garde)|suis reste|au final|plus maintenant|et puis non"
    r"|(?:ce )?est (?:regle|arrange|rentre dans le ordre)|tout va bien|tout roule|(?:suis|sommes|est) ravise\w*"
    r"|laisse (?:tomber|courir)|(?:suis|chus|est) (?:tres |super |bien )?"
    r"(?:ravie?s?|contente?s?|satisfaite?s?|correcte?|bien)"
    r"|pour (?:vous )?(?:remercier|dire merci)|(?:le|la) annuler|revenir (?:dessus|en arriere)|propose mieux"
    r"|fait une (?:remise|ristourne)|plus (?:besoin|la peine|envie)|(?:se est|nous sommes|suis) (?:\w+ )?(?:arrange"
    r"|entendu|mis de accord)\w*|mais (?:bon )?,? ?(?:non|tant pis|laissez|peu importe)|ma convaincu"
    r"|(?:il|elle|ils|on|(?:votre|vos|un|une) \w+) (?:me |nous )?(?:a|ont) (?:tout |bien |enfin )*(?:regle|arrange"
    r"|resolu|repare|debloque|aide)|vous avez (?:\w+ )?(?:baisse|offert|arrange|fait un (?:geste|effort)|regle)"
    r"|(?:donc|alors) (?:ce est bon|merci)|(?:remis|propose|trouve|fait) (?:un|une) (?:\w+ )?(?:prix|tarif|offre"
    r"|remise)|(?:en )?vaut pas (?:la peine|le coup)|on en est pas la"
    r"|me suis dit (?:que )?(?:bon )?(?:, )?(?:non\b|a quoi bon|laisse|tant pis|il est jeune|ca vaut pas|ce est pas)"
    r"|(?:me a|ma|me ont) fait changer|(?:ne )?en parlons plus|nuit porte conseil|reflechi (?:depuis|entre temps)"
    r"|(?:prefere|prefererais"
    r"|aimerais|voudrais) (?:quand meme )?rester\b|coupe le herbe"
    r"|(?:convaincu|persuade|decide)\w* de rester|(?:cette|votre|la) (?:offre|remise|proposition) (?:est|me va"
    r"|me plait|change))\b"
)
"""Behind a wish of once: it was given up, or has come right."""
UNSETTLED = re.compile(r"\b(?:rien|toujours|jamais|finalement je (?:resilie|veux|vais)|quand meme)\b")
_THANKED = re.compile(
    r"\b(?:abuser|redemander|me suffit|merci|parfait|sympa|gentil|rapide|apprecie|super|nickel|impeccable|correct)\b"
)
_IN_PART = re.compile(
    r"\b(?:(?<!revenais )pas|jamais|mais|moitie|partie|sauf|seulement|toujours|rien|refus\w*|quand"
    r"|encore|erreur|mauvais"
    r"|cette fois)\b"
)
_REQUEST = r"(?:ma|la|cette|notre|votre|le|mon) (?:(?:demande|procedure|courrier|lettre|dossier|processus) (?:de )?)?"
_REQUESTED = r"(?:ma|la|cette|notre|votre|le|mon) (?:demande|procedure|courrier|lettre|dossier|processus) (?:de )?"

SETTLED = (
    # "je voulais résilier mais j'ai changé d'avis", "à l'époque on avait pris un avocat"
    Frame(
        opener=opens(
            rf"(?:je|on|nous) (?:(?:me|vous|lui|leur|en) )*(?:{_WANTED}|(?:ai|a|avons) (?:bien |meme "
            rf"|un moment )?{_THOUGHT}) "
        ),
        gap=up_to(5, "pas plus mais"),
        after=SETTLED_SINCE,
        unless=UNSETTLED,
    ),
    Frame(opener=opens("(?:a le epoque|dans le temps|autrefois) (?:je|on|nous) "), gap=up_to(5, "veux vais et")),
    # "annuler ma demande de résiliation", "je retire ma plainte", "plus de raison d'aller au tribunal"
    Frame(
        opener=opens(
            rf"(?:retir|abandonn)\w* {_REQUEST}(?:de )?",
            # to end a contract is what was asked for: only a request is taken back by it
            rf"(?:annul|suspen|stopp|arret|interromp)\w* {_REQUESTED}(?:de )?",
            rf"(?:revenir|reviens|revient|renonc\w*) (?:sur|a) {_REQUEST}(?:de )?",
        ),
        hit=re.compile(r"\b(?:resiliation|plainte|desabonnement|reclamation|remboursement)"),
    ),
    Frame(opener=opens("plus (?:aucune |de )?(?:raison|lieu|motif|besoin|question) (?:de )?"), gap=up_to(3, "pas")),
    # "j'ai plus envie de résilier"
    Frame(
        opener=opens(
            "(?:ai|a|avons) (?:vraiment |du tout )?plus (?:du tout |vraiment )?(?:le )?(?:envie|intention) de "
        ),
        gap=up_to(1, "pas"),
        hit=MATTER,
    ),
    # "j'ai résilié chez mon ancien opérateur"
    Frame(
        opener=ANYWHERE,
        hit=HARM,
        after=re.compile(
            r"^(?:(?:mon|ma|le) \w+ )?"
            r"(?:chez (?!vous|eux)|(?:avec |a )?mon ancien|mon autre|pour (?:venir|passer) chez vous)"
        ),
    ),
    # "j'ai déjà été remboursé", "j'ai reçu mon remboursement", "vous m'avez fait un geste commercial, merci"
    Frame(
        opener=opens(
            "(?:je|on|nous) (?:ne )?(?:ai|avais|avons|a|suis) (?:bien|deja) (?:bien |deja )?"
            "(?:recu |eu |touche |ete |obtenu )?(?:mon |le |un |votre |notre )?",
            "(?:je|on|nous) (?:ai|a|avons) (?:(?:enfin|tout) )?(?:recu|eu|touche|obtenu) (?:mon|le|notre|votre|un) ",
        ),
        hit=MONEY,
        unless=_IN_PART,
    ),
    Frame(
        opener=opens(
            "(?:vous|on) (?:me |nous )?(?:avez |aviez |a )(?:bien |deja )?"
            "(?:(?:fait|accorde|donne|offert|consenti|verse) )?(?:un |le |mon )?",
            "vous ",
        ),
        hit=re.compile(r"\brembourse\b|\b(?:me|nous) avez\b|\bgeste|\bdedommag|\bremboursement"),
        after=_THANKED,
        unless=re.compile(r"\b(?:(?<!revenais )pas|jamais|mais|quand|cette fois|aussi|se? il vous)\b"),
    ),
    Frame(
        opener=ANYWHERE,
        hit=MONEY,
        after=re.compile(
            r"^(?:(?!pas |je |vous |quand |si )[\w,]+ ){0,4}?(?:il|ca) est (?:bien |deja )?(?:arrive|tombe|passe)\b"
            r"|^,? ?(?:ce est (?:tout |deja |bien )?(?:bon|regle|fait)|(?:je le ai |il est )(?:bien )?(?:recu|eu"
            r"|arrive)"
            r"|(?:(?:que|dont) (?:vous|on|ils|(?:votre|vos) \w+) (?:(?:me|nous) )*(?:\w+ ){1,2}?(?:promis|annonce|dit"
            r"|parle|accorde"
            r"|envoye) )?est (?:bien |enfin )?(?:arrive|tombe|passe))\b"
        ),
    ),
    Frame(
        opener=opens(
            "(?<!pas )(?:laissez|laisse|laissons) tomber (?:pour )?(?:le |la |mon |ma |ce )?",
            r"(?:tant pis|on (?:va )?oublier?|peu importe|ne parlons plus|on parle plus|pas grave) (?:pour |de )?"
            "(?:le |la |mon |ma |ce |du )?",
            "(?<!ne )(?<!avez )(?<!ont )(?<!a )oublie[zs]? (?:le |la |mon )?",
        ),
        unless=re.compile(r"^(?:\w+ ){0,6}pas\b"),
    ),
    # "cette demande de résiliation, c'est mon fils qui jouait"
    Frame(
        opener=ANYWHERE,
        hit=HARM,
        after=re.compile(
            r"^,? ?ce (?:est|etait) (?:juste |surement )?(?:pas moi|une erreur|un malentendu|une blague|(?:mon"
            r"|ma) \w+ qui)\b"
        ),
    ),
    # "je suis un imbécile", "vous allez me prendre pour un abruti"
    Frame(
        opener=opens(
            r"(?:je suis|je etais|pass\w+ pour|prend\w* pour|prenez pour|me sens) (?:\w+ )?(?:un |une |le |la )"
        ),
        gap=up_to(1, "pas"),
        hit=re.compile(r"\b(?:imbecile|cretin|abruti|idiote?|conn?e?|nulle?|bouffon|debile|incapable)\b"),
    ),
    # "ma première box, celle que j'ai résiliée", "on a résilié l'eau de l'ancien appart", "on a fait annuler en juin"
    Frame(
        opener=opens(r"(?:celle|celui|ceux|celles) que (?:je|on|nous) (?:ai|a|avais|avait|avons) (?:deja |fait )?"),
        hit=HARM,
        unless=re.compile(r"\b(?:prelev\w*|factur\w*|debit\w*|pay\w*|vous)\b"),
    ),
    Frame(
        opener=opens(r"(?:je|on|nous) (?:ai|a|avons|avais|avait) (?:(?:deja|bien|du|fait) )*"),
        hit=HARM,
        after=re.compile(
            r"^(?:[\w,]+ ){0,7}?(?:(?:de le |de la |du |mon |ma |notre )?(?:ancien|ancienne|precedent"
            r"|precedente) (?:appart\w*|maison|logement|adresse"
            r"|local|bureau|maison)|de la maison de|de mes parents)"
        ),
        unless=re.compile(r"\b(?:toujours|encore|prelev\w*|factur\w*|rien|jamais|pas|et)\b(?! le )"),
    ),
    # "gardez-le, votre geste commercial", "je le vois, le remboursement"
    Frame(opener=opens("gardez (?:le|la|les) ,? ?(?:votre |vos )"), hit=MONEY),
    Frame(
        opener=opens(
            r"(?:je|on) (?:le |la |les )?(?:vois|voit|ai vu|a vu|ai trouve) (?:bien |enfin |maintenant )?,? ?(?:le "
            r"|la |mon |votre )"
        ),
        hit=MONEY,
        unless=_IN_PART,
    ),
)
