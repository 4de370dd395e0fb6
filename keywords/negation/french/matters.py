"""What French hits are about, and who may be meant by them, for the frames that look at it. Pure."""

import re

HARM = re.compile(r"\b(?:resili|annul|coup|ferm|clotur|debranch|mettre fin|suspend|supprim|cancel)")
"""What a company may do against the customer's will."""
LAW = re.compile(
    r"\b(?:(?<!des )plainte|avocat|tribun|justice|proces|huissier|mise? en demeure|mettre en demeure|petites creances)"
)
MONEY = re.compile(r"\b(?:rembours|recredit|dedommag|argent|geste)")
DEED = re.compile(rf"{LAW.pattern}|{HARM.pattern}|\b(?:rembours|desabon|quitt|geste|reclamation|responsable)")
TOLD_ABROAD = re.compile(
    r"\b(?:avis\b|commentaire|etoile|presse|journa|medias?\b|tele\b|reseaux|facebook|twitter|tiktok|instagram|linkedin"
    r"|internet|publicite|mediateur|mediatrice|fraudes|conso|dgccrf|crtc|acpr|amf)"
)
"""What may be told of the company, and to whom."""
MATTER = re.compile(
    rf"{DEED.pattern}|{MONEY.pattern}|{TOLD_ABROAD.pattern}|\b(?:superviseur|superieur|directeur|chef|patron|manager"
    rf"|ailleurs|concurr"
    r"|operateur|fournisseur|plaindre|poursui|attaquer)"
)
"""Whatever a customer may ask for, threaten or complain of."""
PRIVATE = (
    "ex|mari|femme|divorce|separation|succession|heritage|garde|employeur|patron|travail|voisin|locataire|proprietaire"
    "|bailleur|syndic|garagiste|macon|artisan|beau|belle|frere|soeur|accident|mairie|copropriete"
)
"""Whom and what the speaker may be at law with, or for, that is none of the company's business."""
ABOVE = re.compile(
    r"\b(?:superieure?|superviseure?|hierarchi\w+|responsable|chef|patron|directeur|directrice|manager)\b"
)
"""Whoever stands above an agent."""
DISCONTENT = re.compile(
    r"\b(?:mecontent|pas (?:contente?|satisfaite?|normal)|colere|furieu|outre|scandal|honte|inadmissible|inacceptable"
    r"|importe quoi|marre|assez|plein le|ras le bol|jamais vu|du vol|arnaque|intolerable|inconcevable|lamentable"
    r"|deplorable"
    r"|foutage|abuse|ridicule|degoutant|decu)"
)
"""How somebody finds something bad."""
