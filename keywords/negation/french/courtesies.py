"""French kindness that names a matter: thanks, a message to somebody's superior, an apology for anger. Pure."""

import re

from keywords.negation.frames import ANYWHERE, Frame, opens
from keywords.negation.french.matters import ABOVE, DISCONTENT, MONEY

_KIND = (
    "(?:super|gentille?s?|charmante?s?|adorables?|geniale?s?|sympas?|sympathiques?|formidables?|efficaces?|aimables?"
    "|patiente?s?|impeccables?|exceptionnel\\w*|competente?s?|serviables?|parfaite?s?|incroyables?|extraordinaires?"
    "|rapides?|bienveillante?s?|comprehensi\\w+|agreables?|reactifs?|reactives?)"
)
_TREASURE = "(?:amour|ange|perle|creme|bijou|gentleman|tresor|merveille|chef|as|plaisir|champion\\w*|fee|saint)"
_STILL_OPEN = re.compile(
    r"\b(?:toujours|encore|jamais|rien|personne|attends|refus\w*|raccroch\w*|nulle?s?|incapables?|incompetente?s?"
    r"|pas (?:recu|eu|content|satisfait|normal)|mais (?:je|la|il|elle|maintenant|ca|ce))\b"
)
_NOW_WELL = (
    r"(?:excuse\w*(?: moi)?|(?:je suis )?desolee?|pardon\w*|je regrette|tout (?:rattrape|arrange|regle)|calmee?"
    r"|rien a (?:re)?dire|tout roule|impeccable|nickel|(?:avec|chez) vous (?:tout|ce est|jamais|je)|ici jamais"
    rf"|(?:votre|vos|la|le|les) \w+ (?:a|est|ont|sont|etait) (?:\w+ ){{0,2}}?(?:{_KIND}|{_TREASURE})"
    rf"|vous (?:avez ete|etes|etiez) (?:\w+ )?(?:{_KIND}|un {_TREASURE}))"
)

COURTESIES = (
    # "vous remercierez votre responsable", "saluez votre supérieur", "bien le bonjour à votre chef"
    Frame(
        opener=opens(
            r"(?:(?:remerci|salu|felicit|complimen|embrass)\w*(?! a )|(?:bonjour|merci|respects|amities|salutations"
            r"|compliments"
            r"|felicitations|remerciements|chapeau) (?:a|aupres de)) (?:bien |aussi |aupres de "
            r"|de ma part )*(?:(?:le|la"
            r"|votre|vos) )?"
        ),
        hit=ABOVE,
        unless=_STILL_OPEN,
    ),
    Frame(
        opener=opens(
            r"(?:dites|dire|direz|dirai|dis|signalez|ecrire|ecrirai|rapportez|repetez|racontez) (?:bien |donc )*(?:a"
            r"|au) "
        ),
        hit=ABOVE,
        after=re.compile(
            rf"^(?:de ma part )?(?:que |comme )(?:(?:vous|il|elle|ce) (?:avez ete|etes|etiez|est|a ete|faites"
            rf"|travaillez) (?:\w+ )?"
            rf"(?:(?:une?|des) )?(?:\w+ )?(?:{_KIND}|{_TREASURE}|bien)|je (?:suis|etais) (?:\w+ )?(?:ravi|content"
            rf"|satisfait"
            rf"|enchant)\w*)\b|^(?:merci|bravo)\b"
        ),
        unless=_STILL_OPEN,
    ),
    # "votre supérieur a de la chance", "votre responsable et vous, vous êtes dans la même ville ?"
    Frame(
        opener=ANYWHERE,
        hit=ABOVE,
        after=re.compile(
            r"^(?:(?:a|ont|doit avoir) (?:bien |vraiment |beaucoup )?(?:de la |de )?(?:chance|veine)|(?:peut|doit"
            r"|pourra) etre"
            r" (?:\w+ )?(?:fier|fiere|content|contente|ravie?)|(?:est|doit etre) (?:fier|fiere)|et vous\b|ou vous\b)"
        ),
    ),
    Frame(opener=opens(r"(?:est ce|ce est|ce serait) "), hit=ABOVE, after=re.compile(r"^qui \w+")),
    # "j'ai eu la chance de parler à une responsable", "j'ai pu parler à votre responsable, un amour"
    Frame(
        opener=opens(
            r"(?:je|on|nous) (?:ai|a|avons) (?:(?:enfin|bien|tout de suite|meme) )*(?:pu|reussi a|eu (?:la chance"
            r"|le plaisir|le"
            r" bonheur|la joie) de) "
        ),
        hit=ABOVE,
        unless=_STILL_OPEN,
    ),
    Frame(
        opener=ANYWHERE,
        hit=ABOVE,
        after=re.compile(
            rf"^(?:hier |avant hier |ce matin |lundi )*,? ?(?:(?:vraiment |tres |super |tout a fait )?{_KIND}"
            rf"|(?:une?|qui est une?)"
            rf" (?:vraie? )?{_TREASURE}|qui (?:etait|est|a ete) (?:\w+ )?{_KIND}|(?:il"
            rf"|elle) (?:me )?a tout (?:arrange|regle"
            rf"|resolu|rattrape|explique|debloque))\b"
        ),
        unless=_STILL_OPEN,
        only_named=True,
    ),
    # "merci pour le geste commercial du mois passé"
    Frame(
        opener=opens(
            r"(?:merci|remerci\w+|contente?|ravie?|touchee?) (?:\w+ ){0,3}?(?:pour|de|du|par) (?:le |la |ce |cet "
            r"|cette |votre |un )"
        ),
        hit=MONEY,
        unless=re.compile(rf"{_STILL_OPEN.pattern}|\bpas\b|\bmais\b|\bque\b|\bse? il\b"),
    ),
    # "vous m'avez déjà fait un geste commercial, je ne vais pas abuser"
    Frame(
        opener=ANYWHERE,
        hit=MONEY,
        after=re.compile(
            r"\b(?:(?:vais|veux|voudrais|faut|faudrait|ferai) pas (?:en )?(?:abuser|exagerer|pousser|redemander"
            r"|vous embeter"
            r"|reclamer)|attends plus rien|demande rien de plus)\b"
        ),
    ),
    # "j'étais en colère hier, excusez-moi", "l'autre fois c'était inadmissible, là rien à redire"
    Frame(
        opener=opens(
            r"(?:(?:je|on|ce|ca|il|elle) (?:etais|etait|fus|fut)|au debut|hier|lundi|mardi|mercredi|jeudi|vendredi"
            r"|samedi"
            r"|dimanche|le autre (?:fois|jour)|la (?:derniere fois|semaine derniere)|le mois dernier|avant) "
        ),
        gap=re.compile(r"(?:(?!mais |aujourdhui |maintenant |\. )[\w,]+ )*"),
        hit=DISCONTENT,
        after=re.compile(rf"\b{_NOW_WELL}"),
        unless=re.compile(r"\b(?:toujours|encore|mais je (?:suis|veux|vais)|et je le suis)\b"),
    ),
    # "j'ai jamais vu ça, une équipe aussi sympathique"
    Frame(
        opener=ANYWHERE,
        hit=DISCONTENT,
        after=re.compile(
            rf"^,? ?(?:(?:chez|de) (?:un|une|la part de) \w+ ,? ?)?(?:(?:une?|des|autant de"
            rf"|tant de) )?(?:\w+ )?(?:aussi |tellement"
            rf" |si )?(?:{_KIND}|gentillesse|patience|efficacite|bravo|chapeau|rapidite)\b"
        ),
        unless=re.compile(r"\bmais\b|\bpas\b"),
    ),
    # "votre débit est incroyable, j'ai jamais vu ça chez un opérateur"
    Frame(
        opener=opens(rf"(?:est|etait|etes|sont|a ete) (?:\w+ )?{_KIND} "),
        gap=re.compile(r"(?:(?!mais |pas |\. )[\w,]+ ){0,4}"),
        hit=re.compile(r"^(?:je ai )?jamais vu"),
        unless=re.compile(r"\bmais\b"),
    ),
)
