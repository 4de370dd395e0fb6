"""How French makes a matter hang on a "si": what would be done in another case. Pure."""

import re

from keywords.negation.frames import Frame, opens, up_to

_LATER = r"dans (?:(?:un|deux|trois|quelques|six|\d+) )?(?:an|ans|mois|annees)"
_SUBJECT = r"(?:(?:je|tu|il|elle|on|nous|ce|ca|cela|ils|elles|y|(?:mon|ma|mes|le|la|les|un|une|des) \w+(?: de \w+)?) )"
_PARTICLES = r"(?:(?:ne|me|le|la|les|en|y|vous|se|nous|vraiment|un jour|au moins) )*"
_WAS = r"(?:avais|avait|avions|avaient|etais|etait|etions|etaient)"
# "si c'était possible, je voudrais": a wish, politely
_POLITE = "(?:voulais|pouvai|pouvi|fallait|derang|ennuy|embet|gen|permet|possible)"
_COURTEOUS = r"\b(?:voudrai|voudri|aimerai|aimeri|souhaiterai|prefererai|possible|derang|ennuy|embet|gene)"
_WOULD = (
    r"(?:je|tu|il|elle|on|nous|ils|elles|ce|ca|vous|qui) (?:(?:ne|me|le|la|les|en|y|vous|se|nous|te) )*"
    r"\w+(?:rai[st]|rions|raient|riez) "
)
_NO_RESULT = rf"(?:(?!{_COURTEOUS}|\bmais |\bdonc |\. |\bje (?:veux|vais) ).)*"

CONDITIONS = (
    # "si je voulais résilier, je vous l'aurais dit", "si un jour je résilie", "même si je pouvais"
    Frame(
        opener=opens(
            r"si (?:je|on|nous) (?:\w+ )?(?:voulais|voulait|voulions|voulu|devais|venais a|venait a|venions a) "
        ),
        gap=up_to(3, "pas plus"),
    ),
    Frame(
        opener=opens(
            rf"si (?:un jour|jamais|plus tard|par hasard|de aventure|par malheur|{_LATER}) ,? ?"
            "(?:je|on|nous|le|la|ca) ",
            "un jour (?:peut etre )?(?:je|on|nous) ",
        ),
        gap=up_to(5, "pas plus"),
    ),
    Frame(
        opener=opens(
            r"(?:meme si|quand bien meme) (?:\w+ ){1,3}?(?:pouvais|pouvait|voulais|voulait|devais|devait|gagnerais) "
        ),
        gap=up_to(4, "pas plus"),
    ),
    # "si c'est pour me dire de résilier, j'ai compris"
    Frame(
        opener=opens(
            r"si (?:ce est|vous (?:me )?(?:appelez|rappelez)) pour (?:me |nous )?(?:dire|proposer|parler|conseiller"
            r"|demander"
            r"|suggerer|repeter) (?:de |que )?"
        ),
        gap=up_to(3, "pas"),
    ),
    # "si quelqu'un devait porter plainte"
    Frame(
        opener=opens("si (?:quelqu un|quelque un|un de nous|ils?|elles?) (?:devait|doit|devaient) "),
        gap=up_to(3, "pas"),
    ),
    # "si j'avais su, j'aurais pas parlé de résilier", "si je trouvais moins cher, j'irais résilier"
    Frame(
        opener=opens(rf"s[ie] (?:un jour |jamais |par malheur )?{_SUBJECT}{_PARTICLES}{_WAS} "),
        gap=re.compile(rf"{_NO_RESULT}{_WOULD}{_NO_RESULT}"),
    ),
    Frame(
        opener=opens(
            rf"s[ie] (?:un jour |jamais |par malheur )?(?!vous ){_SUBJECT}{_PARTICLES}(?!{_POLITE})\w+(?:ais|ait"
            rf"|ions|aient) (?!pas )"
        ),
        gap=re.compile(rf"{_NO_RESULT}{_WOULD}{_NO_RESULT}"),
    ),
    Frame(
        opener=opens(
            rf"s[ie] (?:un jour |jamais |par malheur )?(?!vous ){_SUBJECT}{_PARTICLES}(?!{_POLITE})\w+(?:ais|ait"
            rf"|ions|aient) (?!pas )"
        ),
        gap=re.compile(rf"{_NO_RESULT}(?:je|on|nous) (?:(?:me|vous|le|la|en|y) )*"),
        hit=re.compile(r"^\w+(?:rais|rait|rions) "),
    ),
    # "si je perdais mon emploi demain, je pourrais pas payer"
    Frame(
        opener=re.compile(r"\bsi (?:je|on|nous) (?:(?:me|ne|en|y) )*$"),
        hit=re.compile(r"^\w{3,}(?:ais|ait|ions) "),
        after=re.compile(r"^(?:(?!mais )[\w,]+ ){0,5}?(?:je|on|nous) (?:(?:ne|me|en|y|vous) )*\w+(?:rais|rait|rions) "),
    ),
    # "à votre place je voudrais parler à un responsable"
    Frame(
        opener=opens(r"(?:a (?:votre|ta|sa|leur) place|(?:si je etais|moi a) (?:vous|toi|votre place)) ,? ?(?:je|on) "),
        gap=re.compile(r"(?:(?:me|vous|en|y|le|la) )*\w+(?:rais|rait) (?:(?!pas )\w+ ){0,3}?"),
    ),
    # "admettons, je dis bien admettons, que j'aille voir un avocat"
    Frame(
        opener=opens(r"(?:admettons|mettons|supposons|imaginons|disons) , (?:[\w,]+ ){0,6}?que (?:je|on|nous) "),
        gap=up_to(4, "pas"),
    ),
    # "vous auriez augmenté le prix, j'aurais voulu résilier"
    Frame(
        opener=opens(
            r"(?:^|(?<=, )|(?<=\. ))(?:vous|il|elle|ils|on|ca|tu) (?:(?:me|nous|le|la) )*(?:auriez|aurait"
            r"|auraient|aurais"
            r"|seriez|serait) (?:(?!mais |donc )[\w,]+ ){1,8}?(?:je|on|nous) (?:(?:vous|me|en|y) )*(?:aurais|aurait"
            r"|aurions|serais|serait) "
        ),
        gap=up_to(4, "pas"),
    ),
)
