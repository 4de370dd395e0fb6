"""What French tells of the doings of others, the company's among them. Pure."""

import re

from keywords.negation.frames import Frame, any_of, opens, up_to
from keywords.negation.french.matters import DEED, HARM, LAW, MATTER, TOLD_ABROAD
from keywords.negation.french.reports import MANY, NOUN

_NO_REQUEST = re.compile(r"^(?!.*(?:rembours|argent|responsable))")
_THEY = rf"(?:(?:il|elle|ils|elles|(?<!moi )qui) |{NOUN})"
_OTHERS = rf"(?:(?:il|elle|ils|elles|(?<!moi )qui) |{MANY}|{NOUN})"
_STRANGERS = (
    rf"(?:{MANY}|(?:mon|ma|mes|nos|notre|le|la|les|un|une|des) (?:\w+ )?"
    r"(?:voisin|locataire|proprietaire|syndic|ami|copain|copine|collegue)\w* (?:de (?:\w+ ){1,2}|du \w+ )?)"
)
_KIN = (
    r"(?:mon|ma|mes|nos|notre|un|une|le|la|les) (?:\w+ )?(?:mari|femme|pere|mere|frere|soeur|fils|fille|copain|copine"
    r"|amie?|potes?|ex|conjointe?|compagne|compagnon|gendre|cousine?|oncle|tante|voisine?s?|collegues?|parents"
    r"|beau \w+|belle \w+"
    r"|patron|chum|blonde|banquier|courtier) (?:(?:lui|elle|eux) ,? ?)?"
)
_SOMEBODY = (
    r"(?:^|(?<=, )|(?<=\. )|\b(?:et|mais|car|quand|depuis|donc|ouais|oui|non|que|comme|parce que|alors) )"
    r"(?:celui|celle|ceux|mon|ma|mes|son|sa|ses|leur|un|une|des|ce|cet|cette|le|la|les|deux|trois) (?!societe"
    r"|entreprise|boite|famille|est )"
    r"(?:(?!ce |ca |je |tu |vous |il |elle |on |nous |me |moi |se |ne |votre |vos )\w+ ){1,5}?(?:(?:qui|il|elle|ils"
    r"|elles) )?"
)
_DEEDS = re.compile(
    rf"{LAW.pattern}|{TOLD_ABROAD.pattern}|\b(?:resili|desabon|cancel|responsable|superviseur|reclamation|quitt|plain)"
)
_ANYONE_ELSE = "(?:une? autre|qui de autre|de autres|quelque un|certains|plus de un|ne importe qui)"
_DONE = any_of(
    "deja bien meme tout aussi fini par eu ete pris fait depose engage un une le la du son sa ses leur se pu du recu "
    "touche obtenu decroche mis poste laisse publie ecrit contacte appele raconte saisi alerte voulu fallu vous les "
    "demande prefere lance me nous"
)
_MINE_IS_OTHER = re.compile(
    r"^.*?(?:, |\bmais )(?:pas moi\b|(?:mais )?moi ,? ?(?:non|pas|surtout pas"
    r"|je (?:\w+ )?(?:reste|garde|prefere|suis|veux pas)|ca me va)|(?:mais )?(?:je|on) (?:reste|garde|prefere))"
)

OTHERS_DOING = (
    # "vous avez résilié ma ligne", "si vous résiliez mon contrat"
    Frame(
        opener=opens("(?:vous (?:qui )?|ils |elles )(?:me |nous )?(?:avez|aviez|ont|avaient) (?:deja |tout |meme )?"),
        hit=HARM,
    ),
    Frame(opener=opens("si (?:vous|ils) (?:me )?"), hit=HARM),
    # "mon voisin veut résilier", "personne ne veut résilier"
    Frame(
        opener=opens(rf"{_STRANGERS}(?:qui )?(?:veut|veulent|voulait|voulaient|va|vont|allait|allaient) "),
        gap=up_to(2, "pas je vous moi"),
    ),
    Frame(
        opener=opens("personne (?:ici |chez nous )?(?:ne )?(?:veut|va|voulait|a) "),
        gap=up_to(3, "je vous pas me moi"),
        hit=_NO_REQUEST,
    ),
    Frame(opener=opens("personne (?:ne )?(?:ira|va aller|irait|fera|parle) "), gap=up_to(2, "je vous pas me moi")),
    # "c'est ma fille qui veut résilier", "ma femme trouve ça inadmissible, moi ça va"
    Frame(
        opener=opens(
            rf"ce (?:est|etait) (?:feue? )?{_KIN}qui (?:veut|voulait|voudrait|va|allait|souhaite|souhaitait"
            rf"|a decide de|doit|devait) "
        ),
        gap=up_to(2, "pas"),
    ),
    Frame(
        opener=opens(
            rf"{_KIN}(?:\w+ )?(?:trouve|dit|pense|estime|juge|considere|trouvait|disait) (?:que )?(?:ce est |ca "
            rf"|cela )?"
        ),
        gap=re.compile(r"(?:\w+ )?"),
        after=re.compile(
            r"^(?:\w+ ){0,4}?, (?:mais )?(?:moi ,? ?(?:ca va|non|je|pas|bof)|pas moi|je (?:m en |men |ne ))"
        ),
    ),
    # "mon mari rêve de résilier, moi non"
    Frame(
        opener=opens(
            rf"{_KIN}(?:\w+ )?(?:veut|voudrait|aimerait|souhaite|reve|a envie|pense|songe|voulait) (?:a |de )?"
        ),
        gap=up_to(2, "pas"),
        after=_MINE_IS_OTHER,
    ),
    # "ma mère a résilié", "une amie est allée au tribunal", "mon employeur m'a attaqué en justice"
    Frame(
        opener=opens(
            rf"{_OTHERS}(?:a|ont|avait|avaient|aurait|auraient) ",
            rf"{_THEY}se (?:est|sont|etait|etaient) (?:\w+ )?",
        ),
        gap=re.compile(rf"(?:{_DONE} ){{0,4}}"),
        hit=re.compile(rf"{DEED.pattern}|{TOLD_ABROAD.pattern}"),
        unless=re.compile(
            r"\b(?:pas|jamais|toujours|\w+ez moi|(?:on|je) y (?:va|vais)|personne (?:ne )?(?:me |nous )?(?:a|est))\b"
        ),
    ),
    Frame(
        opener=opens(
            rf"{_OTHERS}(?:me |nous |le |la |les )?(?:a|ont|avait|avaient) (?:\w+e[es]{{0,2}}|mis|du aller|du) "
        ),
        gap=up_to(2, "pas je vous que"),
        hit=LAW,
    ),
    Frame(
        opener=opens(rf"{_THEY}(?:est|sont|etait|etaient) (?:deja )?(?:all|pass|part)\w+ (?:jusque )?(?:voir )?"),
        gap=up_to(2, "pas je vous"),
        hit=LAW,
    ),
    # "mon ex allait au tribunal pour un oui ou pour un non", "mon beau-frère, lui, il serait déjà allé au tribunal"
    Frame(
        opener=opens(
            rf"{_KIN}(?:, (?:(?:qui|un|une|le|la) [\w ]*, )?)?(?:(?:lui|elle|eux) ,? ?)?(?:(?:il|elle"
            rf"|ils) )?(?:se )?\w+(?:ait|aient) "
        ),
        gap=up_to(4, "pas je vous"),
        hit=MATTER,
        unless=re.compile(r"\bvous\b"),
    ),
    # "la dame d'à côté s'est plainte au médiateur", "un type dans le bus parlait d'attaquer la mairie en justice"
    Frame(
        opener=opens(
            rf"{_SOMEBODY}(?:(?:se|en|y|le|la) )*(?:a|ont|avait|est|sont|etait|\w+(?:ait|aient)|passe son temps a"
            rf"|menace|parle|raconte|arrete pas) "
        ),
        gap=up_to(5, "pas jamais je vous moi toujours"),
        hit=_DEEDS,
        unless=re.compile(r"\b(?:vous|votre|vos|personne (?:ne )?(?:me |nous )?(?:a|est)|(?:on|je) y (?:va|vais))\b"),
    ),
    # "dans mon ancienne boîte j'ai dû parler à un responsable", "quand j'étais chez Orange j'ai résilié"
    Frame(
        opener=opens(
            r"(?:(?:chez|avec|dans|a) (?:mon|ma|notre|un|une) (?:ancien|ancienne|precedente?|autre|premier|premiere"
            r"|dernier) "
            r"\w+|quand (?:je|on|nous) (?:etais|etait|etions|habitais|habitait|travaillais|avais|avait) (?:\w+ ){1,4}?"
            r"|il y a (?:des annees|longtemps|(?:\w+ )?(?:dix|quinze|vingt|trente|cinq|quelques) ans)|une fois|jadis"
            r"|par le passe|en (?:19|20)\d\d) ,? ?(?:je|on|nous) (?:(?:me|y|en|le|la) )*(?:ai|a|avons|avais|avait|suis"
            r"|est) "
        ),
        gap=up_to(4, "pas jamais toujours veux"),
        hit=_DEEDS,
    ),
    # "mon patron m'a traité d'imbécile"
    Frame(
        opener=opens(
            r"(?:trait\w+ (?:de |comme )|(?:me|nous|le|la) (?:a |ont )?appel\w+ )(?:un |une |gros |grosse |sale )*"
        ),
        hit=re.compile(
            r"\b(?:imbecile|cretin|abruti|idiote?|conn?e?|connard|connasse|nulle?|bouffon|voleur|incapable|menteu)"
        ),
    ),
    # "un autre aurait porté plainte", "il y en a qui iraient au tribunal"
    Frame(
        opener=opens(
            rf"{_ANYONE_ELSE} (?:\w+ ){{0,4}}?(?:aurait|auraient|serait|seraient|ferait|feraient|irait|iraient) ",
            rf"{MANY}(?:(?:vous|me|ne|se|le) )*\w+raient ",
        ),
        gap=up_to(4, "pas je"),
    ),
    Frame(opener=opens(rf"(?:{MANY}|{_ANYONE_ELSE} )(?:(?:vous|me|ne|se|le) )*"), hit=re.compile(r"^\w+rai(?:en)?t ")),
)
