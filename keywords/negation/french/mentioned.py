"""French that names a matter as a word, a label or a case among others, and does not ask for it. Pure."""

import re

from keywords.negation.frames import ANYWHERE, Frame, opens, up_to
from keywords.negation.french.matters import DEED, HARM, LAW, MATTER

_NOT_FOUND = re.compile(
    r"\b(?:passez|trouve|trouver|ou est|marche|fonctionne|besoin|impossible|toujours|jamais|rien|personne|depuis"
    r"|joindre"
    r"|demand\w+|bloqu\w*|plante|pas)\b"
)
_LABEL = (
    r"(?:service|departement|bureau|equipe|bouton|page|rubrique|onglet|lien|option|mention|case|touche|menu|intitule"
    r"|titre|mot|terme|expression|verbe|statut|etat|categorie|motif|colonne|champ|article|chapitre)s?"
)
_PEOPLE = r"(?:gens|clients|clientes|abonnes|personnes|assures|usagers|foyers|societaires)"

MENTIONED = (
    # "le bouton résilier apparaît en rouge", "je suis au service résiliation ?"
    Frame(
        opener=re.compile("^"),
        gap=re.compile(rf"(?:.* )?{_LABEL} (?:\w+ )?(?:de |des |pour |du |la |le |les |a |en )*"),
        hit=DEED,
        unless=_NOT_FOUND,
        only_named=True,
    ),
    # "j'ai cliqué sur résilier sans le vouloir", "votre site m'affiche une page pour résilier"
    Frame(
        opener=opens(
            r"(?:me |nous )?(?:affiche|affichait|marque|propose|met|envoie|ouvre)(?:nt)? (?:\w+ ){0,3}?(?:pour |de "
            r"|en )?"
        ),
        hit=HARM,
        unless=_NOT_FOUND,
        only_named=True,
    ),
    Frame(
        opener=opens("(?:transfere|oriente|dirige|aiguille|bascule|envoye|passe)[es]* (?:au|a la|vers|sur|a) "),
        gap=up_to(3, "pas"),
        hit=HARM,
        after=re.compile(r"\b(?:alors que|moi|mais|sauf que|or)\b"),
        unless=re.compile(r"\b(?:rien|personne|raccroch\w*|coup\w*|attends|toujours)\b"),
        only_named=True,
    ),
    # "quand je dis résilier, j'entends suspendre", "vous me parlez de résilier, moi je vous parle d'une panne"
    Frame(
        opener=opens("(?:quand|si) (?:je (?:vous )?(?:dis|disais|parle|parlais)|on dit) (?:de )?"),
        gap=up_to(2, "pas veux"),
        after=re.compile(r"^,? ?(?:je (?:entends|pense|veux dire|voulais dire|parle)|ca veut dire|comprenez|ce est)"),
    ),
    Frame(
        opener=opens(
            r"(?:est|etait|soit) (?:marque|ecrit|note|indique|inscrit|affiche)e?s? (?:\w+ )?(?:de |en )?",
            r"(?:il y a|y a|je (?:vois|lis)) (?:\w+ )?(?:marque|ecrit|note|indique|inscrit|affiche) (?:\w+ )?",
        ),
        hit=DEED,
        unless=re.compile(r"\b(?:droit|sous \w+ jours|pas)\b"),
        only_named=True,
    ),
    # "vous recevez beaucoup de demandes de résiliation ?", "ça arrive que des gens veuillent résilier ?"
    Frame(
        opener=opens(
            r"vous (?:en )?(?:recevez|avez|voyez|traitez|faites|entendez) (?:souvent |surement |donc )?(?:beaucoup"
            r"|plein|souvent|enormement|pas mal|combien|des) (?:de )?",
            r"(?:ca|cela|il) (?:vous )?arrive (?:souvent |parfois |frequemment )?(?:que|a|de) ",
            rf"(?:des|les|vos|beaucoup de|certains|de autres|de|combien de) {_PEOPLE} (?:qui )?",
            r"(?:dans quels? cas|a partir de quand|en regle generale|en general) ,? ?(?:est ce que )?(?:vous |on )?",
        ),
        gap=up_to(5, "je nous me moi pas vous"),
        hit=MATTER,
    ),
    Frame(
        opener=ANYWHERE,
        hit=re.compile("rembours|geste"),
        after=re.compile(
            r"^,? ?(?:en (?:general|principe|regle generale)|(?:de habitude|habituellement|normalement))\b"
        ),
        unless=re.compile(r"\b(?:me|moi|nous|mon)\b"),
    ),
    # "est-ce normal que votre site affiche résiliation ?", "c'est quoi la différence, suspendre et résilier ?"
    Frame(
        opener=opens(
            r"(?:ce est|est il|est ce|ca) (?:normal|vrai|exact|courant|frequent|habituel|obligatoire"
            r"|automatique) que (?:(?!je |on |ce )\w+ ){1,6}?"
        ),
        hit=re.compile(rf"{HARM.pattern}|{LAW.pattern}"),
        unless=re.compile(r"\b(?:me|nous|toujours|depuis)\b"),
    ),
    Frame(opener=opens(r"(?:quelle|quoi) (?:\w+ ){0,2}?(?:difference|nuance|distinction) .*\bet "), hit=DEED),
    # "ça change quoi si mon bailleur décide de résilier ?"
    Frame(
        opener=opens(
            r"(?:ca (?:me )?(?:change|fait|implique|donne) quoi|que se passe t il|il se passe quoi|je fais quoi"
            r"|que devient \w+ \w+|(?:ca|comment ca) se passe) (?:\w+ ){0,3}?(?:si|quand|lorsque) (?!je |on |nous )"
        ),
        gap=up_to(6, "je nous veux"),
        hit=MATTER,
    ),
    # "je risque de me retrouver au tribunal si je paie en retard ?"
    Frame(
        opener=opens(r"(?:je|on|nous) (?:risque|risquons|pourrais|pourrait|peut|peux) (?:de )?(?:(?:me|se|nous) )?"),
        gap=re.compile(r"(?:retrouver|finir|terminer|aller|etre|passer|atterrir) (?:(?!pas )\w+ ){0,3}"),
        hit=LAW,
        after=re.compile(r"\b(?:si|pour|quand|en cas)\b"),
    ),
    # "vous envoyez les dossiers au tribunal au bout de trois rappels ?"
    Frame(
        opener=opens(
            r"(?:vous|ils) (?:(?:les|le|la|nous|ne) )*(?:envoyez|transmettez|mettez|passez|confiez|portez|traduisez"
            r"|allez"
            r"|emmenez|envoient|transmettent|mettent|passent) "
        ),
        gap=up_to(4, "moi je me pas avoir entendre recevoir"),
        hit=LAW,
    ),
    # "vous comptez couper ma ligne si je paie vendredi ?"
    Frame(
        opener=opens(
            r"vous (?:comptez|pensez|envisagez|prevoyez|voudriez|avez (?:prevu|decide|menace|failli|parle)"
            r"|menacez|parlez|etes obliges?) (?:de |quand meme )*"
        ),
        gap=up_to(2, "je pas"),
        hit=re.compile(rf"{HARM.pattern}|{LAW.pattern}"),
        unless=re.compile(r"\b(?:quand|enfin|toujours|jour)\b"),
    ),
)
