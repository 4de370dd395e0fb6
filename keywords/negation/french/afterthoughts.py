"""How French takes back, right behind it, what was just said: corrections, jokes, idle questions. Pure."""

import re

from keywords.negation.frames import ANYWHERE, Frame, opens, up_to
from keywords.negation.french.matters import DEED, MATTER, MONEY

_SLIP = (
    r"(?:(?:non|pardon|attendez|en fait|enfin|plutot|desole|desolee|je me trompe|excusez moi|ou plutot|je veux dire"
    r"|je voulais dire|enfin je veux dire) ,? ?)+"
)
_INSTEAD = (
    r"(?:suspendre|changer|modifier|garder|transferer|mettre en pause|geler|renouveler|echanger|deplacer|juste"
    r"|seulement|pas resilier|reporter|prolonger|passer a)\b"
)
_COURTEOUS = re.compile(
    r"\b(?:voudrai|aimerai|souhaiterai|prefererai)|si (?:ce etait possible|vous pouv|vous vouliez|ca vous)"
)
_IF = r"^(?:(?!mais |donc |et )[\w,]+ ){0,7}?s[ie] (?!vous |il vous |il te )(?:\w+ ){1,4}?\w+(?:ais|ait|ions|aient)\b"
_IDLE = (
    r"(?:par (?:pure )?curiosite|simple curiosite|pour savoir|pour info|a titre de? ?information|en theorie"
    r"|theoriquement|dans le absolu|je dis ca comme ca|juste une question)"
)

AFTERTHOUGHTS = (
    # "je voudrais résilier, euh non, pardon, je veux dire suspendre"
    Frame(
        opener=ANYWHERE,
        after=re.compile(rf"^(?:(?:mon|ma|le|la|ce|cet|cette) \w+ )?(?:[,.] )?{_SLIP}{_INSTEAD}"),
        unless=re.compile(rf"{_INSTEAD}[\w ]*?(?:resili|rembours|plainte|responsable)"),
    ),
    # "on se verra au tribunal, je plaisante"
    Frame(
        opener=ANYWHERE,
        after=re.compile(
            r"^(?:[\w,]+ ){0,8}?(?:[,.] )?(?:(?:non )?je (?:plaisante|rigole|deconne|blague)|ce est (?:une blague"
            r"|pour rire|de le humour)|ha ha|haha)\b(?! pas| plus)"
        ),
    ),
    # "combien ça coûterait de résilier, par curiosité ?"
    Frame(opener=ANYWHERE, hit=MATTER, after=re.compile(rf"^(?:(?!mais |je )[\w,]+ ){{0,8}}?(?:[,.] )?{_IDLE}\b")),
    # "j'aurais droit à un remboursement si je le renvoyais ?", "je résilierais si j'avais pas besoin de l'adresse"
    Frame(
        opener=opens(r"(?:je|on|nous|ca|ce|il) (?:(?:ne|me|vous|le|la|en|y) )*\w+(?:rais|rait|rions) "),
        gap=up_to(4, "mais"),
        hit=MATTER,
        after=re.compile(_IF),
        unless=_COURTEOUS,
    ),
    Frame(
        opener=opens("(?:je|on|nous|ca|il) (?:(?:ne|me|vous|le|la|en|y) )*"),
        hit=re.compile(r"^\w+(?:rais|rait|rions) "),
        after=re.compile(_IF),
        unless=_COURTEOUS,
    ),
    # "je n'irais au tribunal que si quelqu'un était blessé"
    Frame(opener=ANYWHERE, hit=MATTER, after=re.compile(r"^(?:\w+ ){0,3}?(?:que|seulement|uniquement) si ")),
    # "un remboursement ne changera rien", "vous attaquer ne me rendra pas mon temps"
    Frame(
        opener=re.compile(r"(?:^|, |\b(?:mais|et|donc|car|oui|que) )(?:(?:un|le|la|mon|ma|de|aller|prendre) )*"),
        hit=DEED,
        after=re.compile(
            r"^(?:\w+ ){0,3}?(?:ca )?(?:ne )?(?:(?:me|nous|y) )?(?:chang|aid|resou|arrang|serv|regl|rendr|apport|avanc"
            r"|suffi)\w* (?:a )?(?:pas|rien)\b"
        ),
    ),
    # "le remboursement s'est fait sans problème"
    Frame(
        opener=ANYWHERE,
        hit=MONEY,
        after=re.compile(
            r"^(?:(?!pas |je |vous |jamais )\w+ ){0,5}?(?:sans (?:aucun )?(?:probleme|souci|soucis|accroc|encombre)"
            r"|(?:comme prevu|nickel|impeccable))\b"
        ),
    ),
)
