"""French clauses whose subject is somebody else: what they want, do or say is not the speaker's wish. Pure."""

import re

from keywords.negation.frames import Frame, opens, up_to
from keywords.negation.french.matters import LAW, MATTER

_WHO = (
    "(?:mari|femme|epouse|epoux|conjointe?|compagne|compagnon|copain|copine|chum|blonde|ex|pere|mere|papa|maman|parents"
    "|frere|soeur|fils|fille|enfants?|gamins?|ado|gendre|bru|oncle|tante|cousine?|neveu|niece|grand (?:pere|mere)"
    r"|beau \w+|belle \w+|famille|amie?|pote|voisine?|collegue|patron|chef de equipe|employeur|associee?|comptable"
    "|proprietaire|proprio|bailleur|locataire|colocataire|coloc|syndic|gardien|facteur|livreur|vendeur|vendeuse"
    "|garagiste"
    "|banquier|courtier|notaire|medecin|client|cliente|abonnee?|usager|concurrent|concurrence|demarcheur|commercial"
    "|cabinet|type|gars|mec|bonhomme|monsieur|madame|dame|fille|homme|personne|gens|juge|huissier"
    "|occupante?|village|immeuble|quartier|mairie|entreprise de a cote|hotel|garage|magasin|boutique|mutuelle|banque"
    "|assureur|conseiller"
    "|conseillere"
    "|conseilleres?|technicien|technicienne|prestataire|influenceur|journaliste)s?"
)
_DETERMINER = (
    "(?:mon|ma|mes|notre|nos|un|une|des|le|la|les|ce|cet|cette|ces|son|sa|ses|leur|leurs|deux|plusieurs"
    "|certains|quelques|chaque|tous les|tous mes)"
)
_SUBJECT = (
    rf"(?:{_DETERMINER} (?:\w+ )?{_WHO}|(?:quelque? ?u?n?|quelqu un|tout le monde|nimporte qui|ne importe qui|certains"
    r"|beaucoup|la plupart|la moitie|un tel|celui|celle|ceux|celles)) "
)
_CLAUSE = r"(?:^|(?<=, )|(?<=\. )|\b(?:et|mais|que|quand|si|donc|car|parce que|alors|puis|comme|ce est|pourquoi) )"
_SELF = "je on nous vous votre vos pas jamais toujours notre mon ma mes alors et"
_ALSO_ME = re.compile(
    r"\b(?:moi aussi|et moi|nous aussi|donc je|alors je|du coup je|faque je|pour (?:lui|elle|eux)|a sa place"
    r"|en son nom|(?:me|nous) (?:a|ont) (?:demande|charge|mandate|prie|envoye)\w*|toujours|jamais|rien|encore|il a"
    r" raison"
    r"|elle a raison|ils ont raison|elles ont raison|(?:on|je) y (?:va|vais)|ce est ce que (?:je|on)"
    r"|personne (?:ne )?(?:me |nous )?(?:a|est)|comme (?:lui|elle)|contre (?:vous|votre)|vous (?:attaquer"
    r"|poursuivre)|comment|que faut|faut il"
    r"|(?:sa|son|leur) (?:ligne|contrat|abonnement|forfait|compte|box|assurance|mobile)"
    r"|possible|quelles? (?:est|sont)|je vais|je veux|on veut|on va)\b"
)

PERSONS = (
    # "ma belle-fille s'est mis en tête de me faire résilier", "mon voisin n'a qu'un mot à la bouche, résilier"
    Frame(
        opener=re.compile(
            rf"{_CLAUSE}{_SUBJECT}(?:, [\w ]{{1,40}}, )?(?!vous |et moi |(?:me|nous) (?:a|ont) (?:demande|charge"
            rf"|mandate|prie|envoye))"
        ),
        gap=up_to(12, _SELF),
        hit=re.compile(
            rf"{LAW.pattern}|\b(?:resili|desabon|cancell?er|responsable|superviseur|superieur|avis\b|commentaire"
            rf"|presse|journa|mediateur|fraudes)"
        ),
        unless=_ALSO_ME,
    ),
    # "l'ancien occupant n'avait jamais pensé à résilier", "mon père vous aurait fait un procès"
    Frame(
        opener=re.compile(
            rf"{_CLAUSE}(?:{_DETERMINER} (?:(?:\w+ )?(?:pere|mere|mari|femme|frere|soeur|fils|fille|oncle|tante"
            rf"|parents|beau"
            r" \w+|belle \w+|occupante?|locataires?|proprietaire|voisine?s?|amie?s?|collegues?|ex|gendre|copain"
            r"|copine|chum"
            r"|blonde|patron)) )(?:, )?(?:(?:lui|elle|eux) ,? ?)?(?:(?:il|elle|ils|elles|qui) )?(?:ne |se |y |en "
            r"|vous (?=aurait|ferait))*"
            r"(?:avait|avaient|aurait|auraient|a|ont|est|veut|voulait|voudrait|veulent|pense|compte|ferait|feraient) "
        ),
        gap=up_to(5, "je on nous votre vos me"),
        hit=re.compile(rf"{LAW.pattern}|\b(?:resili|desabon|cancell?er)"),
        unless=_ALSO_ME,
    ),
    # "mon voisin n'a qu'un mot à la bouche, résilier"
    Frame(
        opener=re.compile(rf"{_CLAUSE}{_SUBJECT}"),
        gap=re.compile(r"(?:(?!je |on |vous |nous |moi )\w+ ){0,4}(?:que un mot|que ca|que une idee)[\w ]{0,20}, "),
        hit=MATTER,
        unless=_ALSO_ME,
    ),
    # "ma mère répète que c'est une honte, moi je trouve que ça va"
    Frame(
        opener=re.compile(rf"{_CLAUSE}{_SUBJECT}"),
        gap=re.compile(r"(?:(?!je |on |nous |\. )[\w,]+ )*"),
        after=re.compile(
            r"^[^.]*?\b(?:mais )?(?:(?:moi|personnellement|perso|pour ma part) ,? ?)(?:ca (?:me )?(?:va|convient"
            r"|suffit|arrang\w*|plait|plaisait|allait|(?:derange|gene)\w* pas)|non"
            r"|pas|je (?:trouve (?:que )?(?:ca va|ca passe|ce est (?:bien|correct|normal|sympa)|pas)|suis (?:\w+"
            r" )?(?:content"
            r"|satisfait|ravi|bien)\w*|le aime|la aime|reste|garde|trouve pas|pense pas|dis pas))"
        ),
    ),
    # "la conseillère a cru comprendre que je voulais résilier"
    Frame(
        opener=opens(
            r"(?<!je )(?<!je ai )(?:cru|croit|croient|croyait|croire|croyez|pense|pensait|pensent|pensez|compris"
            r"|comprenait"
            r"|comprendre|suppose|imagine|imaginait|deduit|conclu|interprete|persuade\w*|convaincue?s?|sure?s?)"
            r" (?:\w+ )?"
            r"(?:que|comme quoi) (?:je|on|nous) (?:voulais|voulait|voulions|souhaitais|souhaitait|allais|allait"
            r"|cherchais"
            r"|demandais|venais|appelais) "
        ),
        gap=up_to(3, "pas"),
    ),
    # "il aimait ça, faire un procès"
    Frame(
        opener=opens("(?:il|elle|ils|elles) (?:aim|ador|detest|pass|reve)(?:ait|aient|e|ent) (?:ca ,? ?)?"),
        gap=up_to(3, "pas je vous"),
        hit=LAW,
    ),
    # "si tout le monde portait plainte pour ça, les tribunaux seraient pleins"
    Frame(
        opener=opens(
            r"s[ie] (?:tout le monde|chacun|chaque \w+|les gens|tous (?:les|vos) \w+|on (?:devait|commence a)) "
        ),
        gap=re.compile(r"(?:(?!mais |\. |je |vous ).)*"),
    ),
    # "c'est ma fille qui s'occupe du remboursement", "lui il veut résilier, moi je préfère discuter"
    Frame(
        opener=opens(
            r"ce est (?:mon|ma|mes|notre|un|une) (?:\w+ ){1,2}?qui (?:se )?(?:occupe\w*|gere\w*|traite\w*|voit|suit"
            r"|charge) (?:(?:de|du|des|le|la|les"
            r"|ca|avec|vous|tout|cette|ce) )*",
        ),
        hit=MATTER,
    ),
    Frame(
        opener=opens(
            r"(?:lui|elle|eux) (?:,? ?(?:il|elle|ils|elles|qui) )?(?:ne )?(?:veut|voulait|voudrait|veulent|compte"
            r"|souhaite|parle de|ont decide de|a decide"
            r" de) "
        ),
        gap=up_to(2, "pas je"),
        unless=_ALSO_ME,
    ),
    Frame(
        opener=opens(r"(?:ils|elles|il|elle) (?:ont|a|avaient|avait) (?:\w+ )?(?:decide|choisi|prevu|vote) (?:de )?"),
        gap=up_to(2, "pas je"),
        hit=MATTER,
        unless=_ALSO_ME,
    ),
)
