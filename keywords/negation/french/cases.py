"""How French thinks up a case. Pure."""

import re

from keywords.negation.frames import ANYWHERE, Frame, opens, until, up_to
from keywords.negation.french.matters import DEED, HARM, LAW, MATTER

_LATER = r"dans (?:(?:un|deux|trois|quelques|six|\d+) )?(?:an|ans|mois|annees)"
_BUT_NOT = re.compile(
    r"\bmais (?:ce |ca )?(?:ne )?(?:est|serait|sera) (?:jamais|pas|trop|guere)\b|\bmais (?:je|on|moi)\b.*\b(?:pas"
    r"|prefere|reste|jamais)\b|\bmais (?:bon )?,? ?(?:tant pis|non\b|a quoi bon"
    r"|laissez|laisse"
    r"|peu importe|ca (?:ne )?vaut pas|pas pour|bref)"
)
_ENDS = r"\bmais |\bdonc |\. |\bla ,? ?(?:je|on) |, je (?:veux|vais|$)"
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

CASES = (
    # "si je voulais résilier, je vous l'aurais dit", "si un jour je résilie", "même si je pouvais", "imaginons que"
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
    Frame(
        opener=opens(
            "le jour ou ",
            r"imagin\w+ (?!pas )(?:un peu )?(?:que )?",
            r"(?:a )?suppos\w+ (?:que )?",
            "(?:ad|en ad)?mett(?:ons|ant) que ",
            "en admettant que ",
            "(?:au|dans le) cas ou (?!vous )",
            "des fois que ",
            "quand (?:viendra|arrivera|ce sera) le (?:moment|jour|temps) ",
            "le (?:moment|jour) venu ,? ?",
        ),
        gap=until(_ENDS),
    ),
    # "mettons que je parte, je fais quoi, je résilie ?"
    Frame(
        opener=opens(
            r"(?:ad)?mett(?:ons|ez) que ", r"(?:imagin|suppos)(?:ons|ez) que ", "(?:disons|partons du principe) que "
        ),
        gap=re.compile(
            r"[^.]*(?:(?:je|on) fai[st] quoi|que faire|comment (?:je|on) fai\w+|il faut|faut il|je dois|est ce que)"
            r" ,? ?"
            r"(?:(?:je|on) )?"
        ),
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
    # "que se passe-t-il quand quelqu'un veut résilier", "aurais-je voulu résilier", "je résilierai peut-être un jour"
    Frame(
        opener=opens(
            r"(?:que se passe t il|il se passe quoi|ca se passe comment|que arrive t il"
            r"|ce est quoi les frais) (?:si|quand|lorsque) "
            r"(?:quelqu un|quelque un|un client|une cliente|les gens|on|des gens) "
        ),
        gap=up_to(2, "pas"),
    ),
    Frame(
        opener=opens(
            "(?:en theorie|theoriquement|hypothetiquement|(?:par|simple) curiosite|dans le absolu) ,? ?",
            r"(?:passerait|arriverait|couterait|deviendrait|risquerais|risquerait) (?:\w+ ){0,3}?si (?:je|on"
            r"|nous) (?:ne )?",
        ),
        gap=up_to(6, "pas"),
    ),
    Frame(opener=opens("(?:aurais|avais|eusse) je (?:vraiment )?"), gap=up_to(3, "pas")),
    Frame(
        opener=ANYWHERE,
        hit=re.compile(r"rai "),
        after=re.compile(
            r"^(?:mon \w+ |le \w+ )?,? ?(?:peut etre|un jour|un de ces jours|qui sait|plus tard|sans doute un jour)\b"
        ),
    ),
    # "ça vaut pas le coup, sinon je porterais plainte", "aux États-Unis on irait au tribunal"
    Frame(
        opener=opens(
            r"(?:sinon|autrement|sans ca|sans quoi) ,? ?(?:\w+ ,? ?){0,2}?(?:je|on|nous) (?:(?:vous|me|le|la|en|y"
            r"|ne) )*"
        ),
        gap=re.compile(r"(?:\w+(?:rais|rait|rions) )?"),
        hit=re.compile(r"\b\w{3,}(?:rais|rait|rions)\b|^(?:au |un |plainte|avocat)"),
    ),
    Frame(
        opener=opens(
            r"(?:la bas|ailleurs|aux etats unis|en amerique|chez eux|dans le temps|autrefois) ,? ?(?:on|ils"
            r"|les gens|nous) "
        ),
        gap=re.compile(r"(?:(?:vous|me|le|la|en|y|ne) )*(?:\w+(?:rait|raient|rions) )?"),
        hit=LAW,
    ),
    Frame(opener=opens(r"en cas de (?:\w+ ){1,3}?"), gap=until(r"\bje |\bon |\bmais |\. ")),
    # "au pire je saisirais le médiateur", "si quelqu'un devait porter plainte"
    Frame(
        opener=opens(
            "(?:au pire(?: du pire)?|dans le pire des cas|a la limite|a la rigueur|dans le ideal|idealement"
            "|dans un monde"
            " (?:ideal"
            "|parfait)) ,? ?"
        ),
        gap=re.compile(
            r"(?:(?:je|on|nous) (?:(?:vous|me|le|la|en|y) )*)?(?:(?!voudrai|aimerai"
            r"|souhait)\w+rai[ts]? (?:\w+ ){0,2}?)?"
        ),
        hit=MATTER,
    ),
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
    # "encore un peu et je finissais au tribunal", "je me verrais bien résilier un jour", "pas tout de suite"
    Frame(
        opener=opens("(?:encore un peu|pour un peu|un peu plus|a deux doigts|il s?e? ?en (?:est|a) fallu) "),
        gap=re.compile(r"(?:\w+ ){0,3}?(?:je|on|nous) (?:\w+ ){0,2}?\w+(?:ais|ait|ions) (?:\w+ ){0,3}"),
    ),
    Frame(
        opener=ANYWHERE,
        hit=DEED,
        after=re.compile(
            r"^(?:(?:mon|ma|le|la) \w+ )?(?:un jour )?(?:peut etre )?,? ?(?:mais )?pas (?:maintenant|aujourdhui"
            r"|aujourd hui|tout de suite"
            r"|pour le (?:instant|moment)|encore|cette annee)\b"
        ),
    ),
    # "je serais fou de résilier", "ça m'étonnerait que je résilie"
    Frame(
        opener=opens(
            r"(?:serais|serait) (?:\w+ )?(?:fou|folle|bete|idiot|idiote|dommage|stupide|ridicule) (?:de|que) ",
            "me etonnerait que ",
        ),
        gap=up_to(2, "pas"),
    ),
    # "je pourrais résilier mais j'ai pas envie", "j'ai failli résilier", "je verrai si je résilie"
    Frame(
        opener=opens("(?:je|on|nous) (?:pourrais|pourrait|pourrions) (?:tres bien |bien |aussi |toujours )?"),
        gap=up_to(2, "pas"),
        after=_BUT_NOT,
    ),
    # "j'aurais résilié", "j'aurais pu porter plainte"; not "j'aurais voulu résilier"
    Frame(
        opener=opens("(?:je|on|nous) (?:aurais|aurait|aurions) (?:(?:deja|bien|aussi|surement|tout de suite) )*"),
        gap=re.compile("(?:(?:(?:pu|demande|demander|pris|prendre|eu|avoir|exige|exiger|aller) )+(?:un |une )?)?"),
        hit=DEED,
        unless=re.compile(r"\b(?:voulu|aime|souhaite|besoin|prefere|du)\b"),
    ),
    Frame(opener=opens("failli (?:a )?"), gap=up_to(2, "pas")),
    Frame(opener=opens("(?:je etais|on etait|etais) a deux doigts de "), gap=up_to(2, "pas")),
    Frame(opener=opens("(?:je verrai|on verra|nous verrons) (?:bien )?si "), gap=up_to(4, "pas")),
    # "avant que vous résiliiez", "vous n'avez pas besoin que je…": what the company would do
    Frame(opener=opens("(?:avant|de peur|de crainte) que vous (?:ne )?(?:me )?"), hit=HARM),
)
