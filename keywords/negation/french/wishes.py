"""How French leads up to what the speaker plainly wants: "je veux", "comment faire pour", "il faudrait". Pure."""

import re

_PARTICLES = "(?:(?:ne|me|vous|le|la|les|en|y|te|leur|lui) )*"
_WANTS = (
    "(?:veux|veut|voulons|voudrais|voudrait|voudrions|souhait(?:e|ons|erais|erait|erions)|demand(?:e|ons)"
    "|exig(?:e|eons)|aimer(?:ais|ait|ions)|vais|va|allons|dois|doit|devons|compte|prefere|reclame|desire|tiens a"
    "|peux|pourrais|pourrait|irai|ira|irons)"
)
WISHES = re.compile(
    rf"\b(?:je|on|nous) {_PARTICLES}{_WANTS} (?:(?!si |que )\w+ ){{0,4}}\|"
    rf"|\bje {_PARTICLES}\| (?!\w+(?:er|ir|ais|rais) )"
    r"|\b(?:faut|faudra|faudrait|besoin de|envie de|decide de|decision de|(?:est|etait) (?:juste )?pour"
    r"|(?:appelle|contacte|ecris|telephone) (?:\w+ )?pour|merci de|puis je|possible de|possibilite de|moyen de|comment"
    r"|comment (?:\w+ ){1,4}?pour|ou (?:\w+ ){1,4}?pour|combien (?:\w+ ){1,4}?pour|(?:a qui|a quelle adresse"
    r"|quand|quoi) (?:\w+ ){1,4}?) (?:\w+ ){0,2}\|"
    r"|\| (?:\w+ ){0,2}?\w*ez (?:moi|nous)\b|\| (?:passez|rendez|donnez|redonnez|remettez|passe|rends) "
    r"|\| (?:\w+ ){1,4}\| ,? ?(?:(?:mon|ma|le|la) \w+ )?(?:se? il vous plait|svp)\b"
)
"""The bars stand around the hit."""
