"""What French speakers thought, feared or expected, and found to be otherwise. Pure."""

import re

from keywords.negation.frames import Frame, opens, up_to
from keywords.negation.french.matters import DISCONTENT, MONEY

_NOT_MONEY = re.compile(rf"^(?!.*(?:{MONEY.pattern}))")
_STILL = re.compile(
    r"\b(?:toujours|encore|jamais|rien|personne|pire|raccroch\w*|coup[ea]\w*|mais (?:je|la) (?:veux|vais|voudrais))\b"
)
_WRONGLY = (
    r"(?:que je suis bete|suis je bete|bete que je suis|fausse alerte|plus de peur que de mal|je me (?:suis|etais)"
    r" trompe\w*"
    r"|en fait (?:non|ce etait|pas)|mais (?:en fait )?(?:non\b|pas du tout)|(?:en fait "
    r"|mais )?ce etait (?:juste|seulement"
    r"|simplement|que |pas ))"
)
_AT_ONCE = (
    r"(?:tout de suite|aussitot|immediatement|directement|(?:a la |des la )?(?:premiere|deuxieme) \w+|du premier coup"
    r"|en (?:deux|cinq|une|quelques|moins de) \w+|au bout de (?:deux|dix|quelques) secondes|vite|rapidement)"
)
_PROMPT = (
    r"(?:(?:vous|on|quelque un|(?:votre|un|une|la|le) \w+) (?:me |nous )?(?:avez |a |avait )?(?:decroch|repond|repris"
    rf"|rappel|pris|regl)\w* (?:(?:bien|vraiment|tres|si|a|des|tout) )*{_AT_ONCE}"
    r"|(?:mais|et|puis) (?:la|cette fois|aujourdhui|ce matin) ,? ?(?:ce est )?(?:du premier coup|tout de suite"
    r"|en deux)|agreable(?:ment)? surpris\w*|bonne surprise|agreable surprise)"
)
_PLEASANT = (
    r"(?:(?:je (?:tombe|suis tombee?)|on tombe) sur vous|(?:ca fait|quel) (?:un |du )?(?:bien|plaisir)\b"
    r"|(?:bonne|agreable)"
    r" surprise|vous (?:ce est|etes) (?:tout )?(?:le contraire|le exception|pas comme ca)|pas chez vous)"
)

MISTAKEN = (
    # "j'ai cru que ma carte était piratée, que je suis bête"
    Frame(
        opener=opens(
            r"(?:je|on|nous) (?:(?:me|ai|a|avais|avait|avons|etais|etait) )*(?:bien |vraiment |de abord )?(?:cru|pense"
            r"|croyais|croyait|pensais|pensait|imaginais|imaginait|craignais|eu peur|peur|certaine?|sure?"
            r"|persuadee?|convaincue?) (?:que )?"
        ),
        gap=up_to(6, "pas plus maintenant"),
        hit=_NOT_MONEY,
        after=re.compile(rf"^(?:(?!je veux |je vais )[\w,]+ ){{0,6}}?(?:\. )?{_WRONGLY}"),
        unless=_STILL,
    ),
    # "on m'avait promis une heure d'attente et vous décrochez à la deuxième sonnerie"
    Frame(
        opener=opens(
            r"(?:on (?:(?:me|nous|ne) )*(?:avait|a|parle|dit) (?:\w+ )?|(?:je|on|nous) (?:(?:me|nous) )?(?:attendais"
            r"|attendait|craignais|redoutais|pensais|imaginais|prevoyais|avais peur|apprehendais) |(?:de habitude"
            r"|habituellement|normalement|en general|la derniere fois|le an dernier|tout le monde (?:dit|parle)) )"
        ),
        gap=re.compile(r"(?:(?!maintenant |aujourdhui |\. )[\w,]+ )*"),
        after=re.compile(rf"^(?:[\w,]+ ){{0,8}}?{_PROMPT}"),
        unless=_STILL,
    ),
    # "on entend partout parler de service lamentable, et puis je tombe sur vous"
    Frame(
        opener=opens(r"(?:entend\w*|lis|lit|lisais|lu|parl\w*|racont\w*|dit|dire|attendais|attendait|plaign\w*) "),
        gap=re.compile(r"(?:(?!maintenant |mais |je veux |\. )[\w,]+ )*"),
        hit=DISCONTENT,
        after=re.compile(rf"^(?:[\w,]+ ){{0,6}}?{_PLEASANT}"),
        unless=_STILL,
    ),
)
