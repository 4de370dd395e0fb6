"""How French thinks up a case. Pure."""

import re

from keywords.negation.frames import ANYWHERE, Frame, opens, until, up_to
from keywords.negation.french.matters import DEED, HARM, LAW, MATTER

_BUT_NOT = re.compile(
    r"\bmais (?:ce |ca )?(?:ne )?(?:est|serait|sera) (?:jamais|pas|trop|guere)\b|\bmais (?:je|on|moi)\b.*\b(?:pas"
    r"|prefere|reste|jamais)\b|\bmais (?:bon )?,? ?(?:tant pis|non\b|a quoi bon"
    r"|laissez|laisse"
    r"|peu importe|ca (?:ne )?vaut pas|pas pour|bref)"
)
_ENDS = r"\bmais |\bdonc |\. |\bla ,? ?(?:je|on) |, je (?:veux|vais|$)"

CASES = (
    # "imaginons que je résilie"
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
    # "au pire je saisirais le médiateur"
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
