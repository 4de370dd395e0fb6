"""What French says around a matter to praise: the company, whoever is on the line, or their superior. Pure."""

import re

from keywords.negation.frames import ANYWHERE, Frame, opens, up_to
from keywords.negation.french.matters import ABOVE, MATTER, TOLD_ABROAD
from keywords.negation.french.righted import ASKED_ALL_THE_SAME, STILL_OPEN

_PRAISED = re.compile(
    r"\b(?:bravo|chapeau|felicit\w+|merit(?:e|ez|ent|ait)|cinq etoiles|5 etoiles|augmentation|compliments?|du bien"
    r"|je recommande|super (?:bien|gentil\w*|sympa|efficace\w*)|tellement (?:gentil\w*|sympa|efficaces?|bien"
    r"|content\w*)"
    r"|(?:avez|etes|etiez|(?:il|elle|ils|elles|collegues?|equipe|dame|monsieur|technicien|livreur|conseill\w+) (?:me"
    r" )?(?:a|ont|est|sont"
    r"|etait)) (?:vraiment |tous |toutes )*(?:ete )?(?:\w+ment )?(?:tres |si |tellement "
    r"|bien |plus que )?(?:super|parfaite?s?|gentil\w*|charmante?s?|adorables?|top|geniale?s?|sympas?|formidables?"
    r"|efficaces?|aimables?|patiente?s?|a la hauteur|impeccables?|nickel|au top)"
    r"|quelle? (?:\w+ )?(?:perle|tresor|ange|bijou|crack|pepite)\b"
    r"|que du bien|que du positif|elogieu\w+|(?:te |le |la |les )remerci\w+|dire merci"
    r"|vous remerci(?!e (?:de (?!avoir\b)|par avance))\w+)\b"
)

PRAISED = (
    # "ma réclamation a été traitée en deux jours, bravo", "je vais vous mettre un avis google, cinq étoiles"
    Frame(opener=ANYWHERE, hit=MATTER, after=_PRAISED, unless=STILL_OPEN, only_named=True),
    Frame(
        opener=ANYWHERE,
        hit=TOLD_ABROAD,
        after=_PRAISED,
        unless=re.compile(rf"{STILL_OPEN.pattern}|\bmais\b|\bpas\b"),
    ),
    # "donnez-moi le nom de votre supérieur, je veux le féliciter"
    Frame(
        opener=ANYWHERE,
        hit=ABOVE,
        after=re.compile(
            r"\b(?:(?:le |la |vous )felicit\w+|vous merit\w+|compliments?|augmentation|(?:dire|penser?) (?:du|le) bien"
            r"|quelle? (?:\w+ )?(?:perle|tresor|ange|bijou|crack|pepite))\b"
        ),
        unless=re.compile(rf"{STILL_OPEN.pattern}|\bmais\b|\bpas\b"),
    ),
    Frame(
        opener=opens("(?:feliciter|remercier|dire du bien|complimenter) (?:aupres )?(?:de |a )?"),
        gap=up_to(2, "pas"),
        unless=ASKED_ALL_THE_SAME,
    ),
    # "je dirai à votre supérieur que vous…", "la prochaine fois"
    Frame(
        opener=opens(r"(?:\w+rai|dire|signaler|ecrire|rapporter) (?:a|au|aupres de) "),
        gap=up_to(1, "pas"),
        hit=ABOVE,
        after=re.compile(rf"^que .*{_PRAISED.pattern}"),
    ),
)
