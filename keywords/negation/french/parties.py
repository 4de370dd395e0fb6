"""French that names another party than the company: who pays, whom one is at law with, what one works for. Pure.

A refund that the speaker's own insurer pays, a lawyer for a divorce and a theft told to the police ask nothing of the
company.
"""

import re

from keywords.negation.frames import ANYWHERE, Frame, opens
from keywords.negation.french.matters import HARM, LAW, MONEY, PRIVATE
from keywords.negation.french.reports import NOUN

_PAYS = re.compile(r"^(?:(?:me|nous) )?(?:rembours|dedommag|indemnis|recredit|geste|verse )")
_MINE = (
    "(?:mon|ma|mes|nos|notre|son|sa|leur) (?!operateur|fournisseur|compte|contrat|carte|facture|commande|ligne|box"
    r"|forfait|colis|argent|conseill|reclamation|demande|dossier|remboursement|avoir|abonnement)(?:\w+ ){1,2}?"
)
_INSTITUTION = (
    "(?:le|la|les|un|une|cette|ce) (?:\\w+ )?(?:mutuelle|banque|assurance|assureur|magasin|boutique|vendeur|employeur"
    "|secu|transporteur|livreur|bailleur|proprietaire|mairie|constructeur|ecole|cantine|creche|etat|caf|hopital|hotel"
    "|dentiste|garage|garagiste|syndic|agence de voyage|impots|universite|club|regie"
    "|comite de entreprise|prefecture|commune|patron)s? "
)
_THEY = rf"(?:{_MINE}|{_INSTITUTION}|(?:amazon|paypal|ebay|apple|google|visa|vinted) )"
_WILL = (
    "(?:(?:va|vont|doit|doivent|devrait|a|ont|avait|peut|peuvent|vient|viennent|veut|est|sont|etait|en|train|de|me"
    "|nous|vous|lui|se|deja|bien|tout|directement|qui|fait|verse|envoye|accorde|paye|regle|donne|un|une|le|la|mon|ma"
    "|charge|occupe|du|promis) )+"
)
_NOT_DONE = re.compile(
    r"\b(?:pas|toujours|jamais|rien|mais (?:vous|ce est a vous)|(?:ce est|est) a vous|vous (?:devez|allez))\b"
)
_CRIME = (
    r"(?:cambriol\w+|agresse\w*|usurp\w+|pirat\w+|vandalis\w+|vole (?:mon|ma|mes|notre|la|le|les)"
    r"|(?:le|un|du|de) (?:vol|accident|accrochage)|ete (?:vole|derobe)e?s?"
    r"|(?:suis|est) fait\w* (?:voler|derober|agresser|cambrioler))"
)
_COMPANY = (
    "(?:vous|votre|vos|toi|cette?|eux|(?:la|une|le|un) (?:societe|entreprise|compagnie|operateur|fournisseur|boite"
    "|service|marque|technicien|conseiller|conseillere|magasin|boutique))"
)
_OPPONENT = (
    rf"(?:(?:contre|avec|face a) (?!{_COMPANY}\b)(?:mon|ma|mes|notre|nos|le|la|les|un|une|des|son|sa|ses|leur) |pour"
    r" (?:le |la |un |une |du |ma |mon )?(?:vol d|vol a|cambriolage|usurpation|agression|accident|divorce|garde\b"
    r"|succession|heritage|voisin|haie|cloture|bornage|loyer|permis|jure)|comme (?:jure|temoin)|apres (?:le|un|mon)"
    r" (?:vol|cambriolage|accident))"
)
_PAPER = (
    r"(?:copies?|attestations?|releves?|justificatifs?|factures?|recepisse|certificat|preuves?|documents?|duplicata"
    r"|reference|numero imei|numero de serie|contrat|courrier|papiers?|historique)"
)
_FOR_THEM = (
    rf"\b(?:besoin de|demand(?:e|ent)|veu(?:t|lent)|reclam(?:e|ent)|exig(?:e|ent)|il (?:me|nous|leur|lui) faut"
    rf"|faut que je (?:donne|prouve|fournisse)|je ai (?!recu)) ?(?:(?:de|du|des|la|le|les|un|une|mes|ma|mon|vos|votre)"
    rf" )*(?:\w+ ){{0,1}}?{_PAPER}\b"
)
_AGAINST_YOU = re.compile(
    r"\b(?:contre (?:vous|votre|cette)|vous (?:attaqu|poursui|contact|ecri|met|assign|recevr|aurez)\w*|avec vous)\b"
)
_PAYERS = (
    r"(?:ma|la|mon|le|une?|ce est) (?:\w+ )?(?:mutuelle|banque|assurance|assureur|magasin|boutique|vendeur|employeur"
    r"|secu|compagnie|transporteur|livreur|bailleur|proprietaire|mairie|constructeur)"
)

PARTIES = (
    # "mon patron va me rembourser", "l'école doit nous rembourser la cantine", "la banque s'en est chargée"
    Frame(opener=opens(rf"{_THEY}{_WILL}"), hit=_PAYS, unless=_NOT_DONE),
    # "le remboursement de la mutuelle, c'est sur quel relevé ?"
    Frame(
        opener=ANYWHERE,
        hit=MONEY,
        after=re.compile(rf"^(?:(?:qui )?(?:vient |venait )?(?:de|du|des|par|chez|a) )(?:le |la |les )?{_THEY}"),
        unless=re.compile(r"\b(?:toujours|jamais|pas|ou est)\b"),
        only_named=True,
    ),
    Frame(
        opener=ANYWHERE,
        hit=re.compile(r"^remboursement"),
        after=re.compile(
            r"^(?:(?:du|de le) (?:dentiste|medecin|pret|credit|assureur|employeur|syndic)|de la (?:mutuelle|secu|banque"
            r"|caf|mairie|cantine)|anticipe\b|de (?:pret|credit|notes? de frais|dette))"
        ),
        unless=re.compile(r"\b(?:toujours|jamais|pas)\b"),
    ),
    # "je viens de finir de rembourser mon crédit"
    Frame(
        opener=ANYWHERE,
        hit=re.compile(r"^rembourse"),
        after=re.compile(r"^(?:mon|mes|notre|le|un) (?:pret|credit|dette)"),
    ),
    # "elle est en procès avec son maçon", "je devrai porter plainte contre le facteur", "porter plainte pour le vol de"
    Frame(opener=ANYWHERE, hit=LAW, after=re.compile(rf"^(?:[\w]+ ){{0,3}}?{_OPPONENT}"), unless=_AGAINST_YOU),
    # "on m'a cambriolé, j'ai porté plainte"
    Frame(
        opener=opens(rf"(?<!avez )(?<!ont ){_CRIME} ,? ?"),
        gap=re.compile(r"(?:(?!vous |votre |vos |\. )[\w,]+ )*"),
        hit=LAW,
        unless=re.compile(r"\b(?:vous|votre)\b"),
    ),
    # "en plein divorce, mon avocat", "un litige avec mon voisin, le tribunal"
    Frame(
        opener=opens(
            r"(?:divorce|garde (?:de|des|alternee)|succession|heritage|(?:proces|litige|conflit|tranche|affaire)"
            rf" (?:avec|contre|entre) (?!{_COMPANY}\b)\w+ \w+) "
        ),
        gap=re.compile(r"(?:(?!vous |votre |\. )[\w,]+ )*"),
        hit=LAW,
        unless=_AGAINST_YOU,
    ),
    Frame(
        opener=ANYWHERE,
        hit=LAW,
        after=re.compile(
            r"^,? ?(?:(?:pour|dans|lors de|sur|au sujet de) (?:mon|ma|le|la|un|une|notre|son|sa) (?:\w+ )?(?:divorce"
            r"|separation|succession|heritage|maison|appart\w*|achat|vente|garde|bail|adoption|pret)|a deja tranche"
            r"|comme (?:jure|temoin))"
        ),
        unless=_AGAINST_YOU,
    ),
    # "le notaire et mon avocat demandent une attestation", "j'ai déposé plainte, il me faut le numéro"
    Frame(opener=ANYWHERE, hit=LAW, after=re.compile(_FOR_THEM), unless=_AGAINST_YOU, only_named=True),
    Frame(
        opener=ANYWHERE,
        hit=LAW,
        after=re.compile(r"^[\w, ]*\bla police (?:veut|demande|a|me)\b"),
        unless=_AGAINST_YOU,
        only_named=True,
    ),
    # "pour mon assurance, ils veulent savoir si j'ai déposé plainte"
    Frame(
        opener=opens(r"(?:assurance|assureur|police|banque|employeur)\b.*\b(?:si|que) (?:je ai|on a) (?:bien )?"),
        hit=LAW,
        unless=_AGAINST_YOU,
    ),
    # "je travaille au tribunal", "l'option juridique couvre un avocat"
    Frame(
        opener=opens(
            r"(?:habit|travaill|boss|livr|gar[ae]|loge|viv|stationn)\w* (?:[\w,]+ ){0,3}?",
        ),
        gap=re.compile(r"(?:(?:juste|en|a|face|cote|pres|du|de|le|la|derriere|devant) )*"),
        hit=re.compile(r"\b(?:tribun|avocat|mediateur|justice)"),
        unless=_AGAINST_YOU,
    ),
    Frame(
        opener=opens(r"(?:option|protection|assistance|garantie|assurance|couverture|aide) juridi\w+ "),
        gap=re.compile(r"(?:(?!\. )[\w,]+ )*"),
        hit=LAW,
    ),
    Frame(
        opener=opens(r"(?:option|protection|assistance|garantie|assurance|couverture|aide) juridi\w+ "),
        gap=re.compile(r", (?:(?!\. )[\w,]+ )*"),
        hit=LAW,
    ),
    # "j'ai dû résilier mon contrat à la salle de sport", "j'ai été au tribunal, pour mon divorce"
    Frame(
        opener=ANYWHERE,
        hit=HARM,
        after=re.compile(
            r"^(?:mon \w+ |ma \w+ |le \w+ )?(?:a|de|avec|chez|pour) (?:la |le |mon |ma |les )?"
            r"(?:salle de sport|gym|club|assureur|electricite|gaz|eau|edf|banque|journal|magazine|creche|garage"
            r"|mutuelle|bailleur)\b"
        ),
    ),
    Frame(
        opener=opens(
            r"(?:je|on|nous) (?:ai|a|avons|suis|sommes|est) (?:deja |jamais )?(?:ete|alle\w*|passe\w*|du aller) "
        ),
        hit=LAW,
        after=re.compile(
            rf"^(?:une fois |deja |autrefois |il y a \w+ ans )*,? ?(?:pour|contre|avec|lors de) (?:mon|ma|mes|un"
            rf"|une|le|la) (?:{PRIVATE})"
        ),
    ),
    # "c'est ma mutuelle qui va me rembourser", "la banque me rembourse déjà"
    Frame(
        opener=opens(
            rf"ce est (?!vous ){NOUN}qui (?:va |vont |doit |doivent |a |ont )?",
            rf"{_PAYERS} (?:qui )?(?:va |doit |a |(?:me |nous )(?:a |va ))?(?:deja |bien |tout |fait |verse "
            rf"|envoye |accorde |un |le |mon )*",
        ),
        hit=MONEY,
        unless=re.compile(r"\b(?:pas (?!vous)|toujours|jamais|rien|quand)"),
    ),
    # "j'ai porté plainte contre mon voisin", "un avocat pour mon divorce"
    Frame(
        opener=ANYWHERE,
        hit=re.compile(rf"{LAW.pattern}|\bpoursui"),
        after=re.compile(
            r"^(?:contre|avec|pour) (?:(?:mon|ma|mes|un|une) (?:ancien |ancienne |ex |propre )?"
            rf"(?:{PRIVATE})|ex\b|(?:la|le) (?:{PRIVATE}))"
        ),
    ),
)
