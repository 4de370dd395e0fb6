"""French questions whether the company does what the customer fears. Pure."""

import re

from keywords.negation.frames import ANYWHERE, Frame, opens, up_to
from keywords.negation.french.matters import HARM, LAW

_AT_ONCE = re.compile(
    r"\b(?:tout de suite|maintenant|immediatement|aujourdhui|se? il vous plait|merci de|sur le champ)\b"
)

FEARED = (
    # "mon contrat risque d'être résilié ?"
    Frame(
        opener=opens("(?:contrat|ligne|abonnement|compte|forfait|box) (?:ne )?risque\\w* (?:pas )?(?:de )?(?:etre )?"),
        hit=HARM,
    ),
    # "vous allez résilier mon contrat ?", "vous avez le droit de résilier mon contrat ?", "c'est vous qui résiliez ?"
    Frame(
        opener=re.compile(
            r"(?:^|, |\bbien |\bdonc |\bet |\bque |\bbientot |\bapres |\bensuite |\bdemain |\bpuis "
            r"|\bcomme quoi )vous allez (?:(?:pas|quand meme|tout de meme) )*"
        ),
        hit=HARM,
        unless=_AT_ONCE,
    ),
    Frame(
        opener=opens(
            r"pourquoi (?:est ce que )?(?:vous|ils|on) (?:\w+ )?(?:voulez|avez|allez|veulent|ont|vouliez) ",
            r"(?<!pas )vous (?:\w+ )?(?:avez|auriez) le droit de ",
            r"ce est vous qui (?:voulez|allez|avez|comptez|avez decide de) ",
            r"vous (?:risquez de|seriez (?:en train|capables?) de|etes (?:en train|capables?) de) ",
        ),
        gap=up_to(2, "pas"),
        hit=HARM,
    ),
    # "vous allez me traîner au tribunal ?"
    Frame(
        opener=opens("vous (?:allez|voulez|comptez) (?:me|nous) (?:envoyer|mettre|emmener|trainer|coller|amener) "),
        gap=up_to(2, "pas"),
        hit=LAW,
    ),
    # "une résiliation de votre part"
    Frame(opener=ANYWHERE, hit=HARM, after=re.compile(r"^(?:\w+ ){0,2}?(?:de|venant de) votre (?:part|cote)\b")),
    # "pourquoi vous résilieriez mon contrat ?"
    Frame(
        opener=opens("pourquoi (?:donc )?(?:est ce que )?(?:vous|ils) (?:(?:me|nous) )?"),
        hit=HARM,
        after=re.compile("^(?!pas |jamais )"),
    ),
    # "vous n'allez pas résilier ma ligne, si ?"
    Frame(
        opener=opens("vous (?:ne )?allez (?:quand meme |tout de meme )?pas "),
        hit=HARM,
        after=re.compile(r"^(?:(?:mon|ma|le|la) \w+ )?(?:, |quand meme |tout de meme |pour |a cause |sans )"),
    ),
    # "c'est vrai que vous résiliez après trois factures ?"
    Frame(opener=opens("(?:ce est vrai|est il vrai|est ce vrai|ca veut dire) que (?:vous|on|ils) (?:me )?"), hit=HARM),
)
