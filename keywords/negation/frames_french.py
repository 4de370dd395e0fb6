"""How French thinks up a case, or tells what others did or may do. Pure."""

import re

from keywords.negation.frames import ANYWHERE, Frame, any_of, opens, until, up_to
from keywords.negation.reports_french import MANY, NOUN
from keywords.negation.settled_french import SETTLED

# What a company may do against the customer's will.
_HARM = re.compile(r"\b(?:resili|annul|coup|ferm|clotur|debranch|mettre fin|suspend|supprim)")
_LAW = re.compile(r"\b(?:(?<!des )plainte|avocat|tribun|justice|proces|huissier|mise? en demeure)")
_MONEY = re.compile(r"\b(?:rembours|recredit|dedommag|argent|geste)")
_DEED = re.compile(rf"{_LAW.pattern}|\b(?:resili|rembours|annul|desabon|quitt)")
_NO_REQUEST = re.compile(r"^(?!.*(?:rembours|argent|responsable))")
_LATER = r"dans (?:(?:un|deux|trois|quelques|six|\d+) )?(?:an|ans|mois|annees)"
_AT_ONCE = re.compile(
    r"\b(?:tout de suite|maintenant|immediatement|aujourdhui|se? il vous plait|merci de|sur le champ)\b"
)

_THEY = rf"(?:(?:il|elle|ils|elles|(?<!moi )qui) |{NOUN})"
_OTHERS = rf"(?:(?:il|elle|ils|elles|(?<!moi )qui) |{MANY}|{NOUN})"
_STRANGERS = (
    rf"(?:{MANY}|(?:mon|ma|mes|nos|notre|le|la|les|un|une|des) (?:\w+ )?"
    r"(?:voisin|locataire|proprietaire|syndic|ami|copain|copine|collegue)\w* (?:de (?:\w+ ){1,2}|du \w+ )?)"
)
# Whom and what the speaker may be at law with, or for, that is none of the company's business.
_PRIVATE = (
    "ex|mari|femme|divorce|separation|succession|heritage|garde|employeur|patron|travail|voisin|locataire|proprietaire"
    "|bailleur|syndic|garagiste|macon|artisan|beau|belle|frere|soeur|accident|mairie|copropriete"
)
_ANYONE_ELSE = "(?:une? autre|qui de autre|de autres|quelque un|certains|plus de un|ne importe qui)"
_DONE = any_of(
    "deja bien meme tout aussi fini par eu ete pris fait depose engage un une le la du son sa leur se pu recu"
)
_BUT_NOT = re.compile(r"\bmais (?:je|on|moi)\b.*\b(?:pas|prefere|reste|jamais)\b")

_QUESTIONS = (
    # "comment ça, résilier ?", "quel remboursement ?", "c'est quoi, une mise en demeure ?"
    Frame(
        opener=opens(
            r"comment ca ,? ?",
            r"ca veut dire quoi ,? ?(?:une? |la |le )?",
            r"ce est quoi (?:\w+ ){0,2}?(?:une? |la |le )",
        ),
        hit=_DEED,
    ),
    Frame(opener=opens(r"quel(?:le)?s? "), hit=_DEED, after=re.compile(r"^(?:$|[.,])")),
    # "vous allez résilier mon contrat ?", "pourquoi vous voulez résilier ?"
    Frame(
        opener=re.compile(r"(?:^|, |\bbien |\bdonc |\bet |\bque |\bcomme quoi )vous allez (?:pas )?"),
        hit=_HARM,
        unless=_AT_ONCE,
    ),
    Frame(
        opener=opens(r"pourquoi (?:est ce que )?(?:vous|ils|on) (?:\w+ )?(?:voulez|avez|allez|veulent|ont|vouliez) "),
        hit=_HARM,
    ),
    # "pourquoi je voudrais résilier ?", "vous voulez que je résilie ?"
    Frame(
        opener=opens(r"pourquoi (?:est ce que )?(?:je|on) (?:voudrais|irais|devrais|ferais|aurais|voudrait|irait) "),
        gap=up_to(2, "pas"),
    ),
    Frame(opener=opens("(?:vous voulez|voulez vous) que je "), gap=up_to(2, "pas"), unless=_LAW),
)
_OTHERS_DOING = (
    # "vous avez résilié ma ligne", "si vous résiliez mon contrat"
    Frame(
        opener=opens("(?:vous (?:qui )?|ils |elles )(?:me |nous )?(?:avez|aviez|ont|avaient) (?:deja |tout |meme )?"),
        hit=_HARM,
    ),
    Frame(opener=opens("si (?:vous|ils) (?:me )?"), hit=_HARM),
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
    # "ma mère a résilié", "une amie est allée au tribunal"
    Frame(
        opener=opens(
            rf"{_OTHERS}(?:a|ont|avait|avaient|aurait|auraient) ",
            rf"{_THEY}se (?:est|sont|etait|etaient) (?:\w+ )?",
        ),
        gap=re.compile(rf"(?:{_DONE} ){{0,3}}"),
        hit=_DEED,
        unless=re.compile(r"\b(?:pas|jamais|\w+ez moi)\b"),
    ),
    Frame(
        opener=opens(rf"{_THEY}(?:est|sont|etait|etaient) (?:deja )?(?:all|pass|part)\w+ (?:jusque )?(?:voir )?"),
        gap=up_to(2, "pas je vous"),
        hit=_LAW,
    ),
    # "c'est ma mutuelle qui va me rembourser", "j'ai porté plainte contre mon voisin", "un avocat pour mon divorce"
    Frame(
        opener=opens(rf"ce est (?!vous ){NOUN}qui (?:va |vont |doit |doivent |a |ont )?"),
        hit=_MONEY,
        unless=re.compile(r"\b(?:pas (?!vous)|toujours|jamais)"),
    ),
    Frame(
        opener=ANYWHERE,
        hit=re.compile(rf"{_LAW.pattern}|\bpoursui"),
        after=re.compile(
            r"^(?:contre|avec|pour) (?:(?:mon|ma|mes|un|une) (?:ancien |ancienne |ex |propre )?"
            rf"(?:{_PRIVATE})|ex\b|(?:la|le) (?:{_PRIVATE}))"
        ),
    ),
    # "un autre aurait porté plainte"
    Frame(
        opener=opens(
            rf"{_ANYONE_ELSE} (?:\w+ ){{0,4}}?(?:aurait|auraient|serait|seraient|ferait|feraient|irait) ",
        ),
        gap=up_to(3, "pas je"),
    ),
)
_CASES = (
    # "si je voulais résilier, je vous l'aurais dit", "si un jour je résilie", "même si je pouvais", "imaginons que"
    Frame(
        opener=opens(r"si (?:je|on|nous) (?:\w+ )?(?:voulais|voulait|voulions|voulu|devais) "), gap=up_to(3, "pas plus")
    ),
    Frame(
        opener=opens(
            rf"si (?:un jour|jamais|plus tard|{_LATER}) (?:je|on|nous) ",
            "un jour (?:peut etre )?(?:je|on|nous) ",
        ),
        gap=up_to(3, "pas plus"),
    ),
    Frame(
        opener=opens(r"meme si (?:\w+ ){1,3}?(?:pouvais|pouvait|voulais|voulait|devais|devait) "),
        gap=up_to(3, "pas plus"),
    ),
    Frame(
        opener=opens(
            "le jour ou ",
            r"imagin\w+ (?:un peu )?(?:que )?",
            r"suppos\w+ (?:que )?",
            "(?:ad)?mettons que ",
            "(?:au|dans le) cas ou (?!vous )",
            "des fois que ",
        ),
        gap=until(r"\bmais |\bdonc |\. |, je (?:veux|vais|$)"),
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
        gap=re.compile("(?:(?:pu|demande|pris) (?:un )?)?"),
        hit=_DEED,
        unless=re.compile(r"\b(?:voulu|aime|souhaite|besoin|prefere|du)\b"),
    ),
    Frame(opener=opens("failli (?:a )?"), gap=up_to(2, "pas")),
    Frame(opener=opens("(?:je verrai|on verra|nous verrons) (?:bien )?si "), gap=up_to(4, "pas")),
)
FRENCH_FRAMES = (*_QUESTIONS, *_OTHERS_DOING, *_CASES, *SETTLED)
