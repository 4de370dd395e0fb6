"""French that asks how a matter goes in general, or what else goes with it, and wants nothing done. Pure."""

import re

from keywords.negation.frames import ANYWHERE, Frame, opens, up_to
from keywords.negation.french.matters import ABOVE, DEED, HARM, LAW, MATTER, MONEY, TOLD_ABROAD

_MISSING = re.compile(r"\b(?:toujours|jamais|pas|rien|encore|attends|manque|mais|quand est ce que je|ou est)\b")
_SAME = r"(?:pareil\w*|(?:la|le) meme (?:chose|formulaire|service|numero|tarif|prix|delai|ville)|identique|equivalent)"
_MAILS = (
    r"(?:mails?|e mails?|courriels?|newsletters?|infolettres?|lettres? de information|sms|textos?|publicites?|pubs?"
    r"|offres|promos?"
    r"|promotions?|notifications?|alertes?|messages?|prospectus|catalogues?)"
)

INFORMED = (
    # "si un client porte plainte, ça se passe comment ?"
    Frame(
        opener=opens(
            r"(?:si|quand|lorsque|imaginons que|supposons que) (?:un|une|des|quelque? ?un|le|la|les|vos"
            r"|un de vos) ?(?:autres? )?(?:client\w*"
            r"|abonne\w*|personnes?|gens|usagers?|assure\w*|locataires?|societaires?|membres?)? ?(?:(?!il "
            r"|ils )\w+ ){0,2}?"
        ),
        gap=up_to(3, "je on nous moi me pas vous ca"),
        hit=re.compile(rf"(?:{LAW.pattern}|{HARM.pattern}|{TOLD_ABROAD.pattern}|\breclamation)"),
        after=re.compile(
            r"\b(?:comment|vous faites|que faites vous|ca (?:se )?passe|il se passe|que se passe|vous reagissez"
            r"|ca donne)\b"
        ),
    ),
    # "c'est obligatoire que vous écriviez l'adresse du médiateur ?"
    Frame(
        opener=opens(
            r"(?:ce est|est ce|est il) (?:obligatoire|normal|legal|courant|prevu|automatique|impose) (?:que (?:vous"
            r"|ils|on) |de )"
        ),
        gap=up_to(5, "je me moi pas"),
        hit=TOLD_ABROAD,
    ),
    Frame(
        opener=opens(
            r"vous (?:devez|etes (?:oblige\w*|tenus?)|avez (?:le obligation|a)) (?:de |a )?(?:ecrire|mettre|afficher"
            r"|indiquer|mentionner|publier) "
        ),
        gap=up_to(4, "je me moi"),
        hit=MATTER,
    ),
    # "les remboursements passent le matin ou le soir ?", "c'est sur quel relevé ?", "une ligne qui apparaît où ?"
    Frame(
        opener=ANYWHERE,
        hit=re.compile(r"\bremboursements?\b"),
        after=re.compile(
            r"^(?:(?!je |mon |vous me )[\w,]+ ){0,8}?(?:(?:ca |ce )?(?:apparai\w+|figure|se (?:voit|fait|calcule"
            r"|presente)|passent|arrivent"
            r"|tombent) (?:(?:ou|comment|sur|quand|le|en|par|sous) |$|[,.])|(?:sur|dans) quel(?:le)?s? (?:ligne"
            r"|releve|facture|rubrique|compte)"
            r"|a quelle (?:heure|date)|le matin ou|ce est une ligne|ca (?:marche|fonctionne|se passe) comment)"
        ),
        unless=_MISSING,
        only_named=True,
    ),
    Frame(
        opener=opens(
            r"vous (?:faites|proposez|preferez|donnez|offrez|privilegiez) (?:(?:un|une|le|la|les|des|de|plutot"
            r"|echange|avoir|bon|achat|ou|bien) )*ou (?:bien )?(?:un |le |la |plutot )*"
        ),
        hit=MONEY,
    ),
    Frame(
        opener=opens(r"(?:est|serait|soit|sont|etait|ce est|quoi|donc) (?:\w+ )?"),
        hit=re.compile(r"^remboursable"),
    ),
    # "résilier et suspendre, pour vous c'est pareil ?", "une réclamation et une demande, c'est le même formulaire ?"
    Frame(
        opener=ANYWHERE,
        hit=MATTER,
        after=re.compile(
            rf"^(?:(?!mais |donc |je )[\w,]+ ){{0,9}}?(?:ce est|est ce|ca revient|ce serait"
            rf"|ca fait) (?:\w+ )?(?:a )?{_SAME}\b"
        ),
        only_named=True,
    ),
    # "ça veut dire quoi, préavis de résiliation ?", "c'est quoi un avis google ?"
    Frame(
        opener=opens(
            r"(?:ca veut dire quoi|que veut dire|que signifie|ca signifie quoi|ce est quoi|que est ce que ce est que"
            r"|que est ce que)"
            r" (?:,? ?(?:exactement|au juste|le|la|un|une|des|vos|votre|ce|cette|mot|terme|preavis|delai|frais"
            r"|lettre|de|du|periode) ?)*"
        ),
        hit=re.compile(rf"{DEED.pattern}|{TOLD_ABROAD.pattern}"),
        unless=re.compile(r"\b(?:numero|adresse|mon|ma|mes)\b"),
    ),
    # "c'est ici pour faire une réclamation ou c'est le service des abonnements ?"
    Frame(
        opener=ANYWHERE,
        hit=re.compile(r"\breclamation"),
        after=re.compile(
            r"^(?:\w+ ){0,3}?,? ?ou (?:bien )?(?:(?:est )?ce est|est ce|ce serait|je (?:dois|suis)|il faut) "
        ),
        unless=re.compile(r"\bje (?:veux|vais|porte|saisis)\b"),
    ),
    Frame(
        opener=opens(
            r"(?:est ce|ce est) (?:bien )?(?:vous|ici|le service|la que|chez vous) (?:\w+ ){0,3}?qui (?:se "
            r"|vous )?(?:occup\w+|gere\w*|traite\w*|recoi\w*) (?:de |des |du |les |la |le )?"
        ),
        hit=MATTER,
        unless=re.compile(r"\b(?:je (?:veux|voudrais)|ma|mon)\b"),
    ),
    # "si je ne paie pas l'option, vous résiliez le reste ?", "est-ce que vous allez me résilier si …"
    Frame(
        opener=opens(
            r"s[ie] (?:je|on|nous) (?!veux|voulais|voulait|souhait)[\w, ]*?, ?(?:est ce que )?vous (?:(?:me|nous"
            r"|allez|pouvez|risquez|de|devez) )*",
            r"est ce que vous (?:allez|comptez|risquez de) (?:(?:me|nous) )?",
            r"vous allez (?:me|nous) ",
            r"vous (?:devrez|devriez|seriez oblige\w* de|allez devoir) (?:(?:me|nous) )?",
        ),
        hit=HARM,
        unless=re.compile(r"\b(?:se? il vous plait|maintenant|tout de suite|enfin|quand|oui ou non|un jour)\b"),
    ),
    # "vous pouvez pas me couper ma ligne comme ça"
    Frame(
        opener=opens(
            r"(?:vous|ils) (?:ne )?(?:pouvez|avez|peuvent|ont|allez|vont) pas (?:(?:le droit de|me|nous|quand meme"
            r"|tout de meme|la) )*"
        ),
        hit=HARM,
        after=re.compile(
            r"^(?:\w+ ){0,3}?(?:comme ca|ainsi|sans (?:me|nous|mon|prev|avert)|du jour au lendemain|pour (?:si peu"
            r"|\w+ euros)|a cause)\b"
        ),
    ),
    # "vous m'envoyez un huissier pour dix-huit euros ?", "j'ai reçu une mise en demeure de votre part"
    Frame(
        opener=opens(
            r"vous (?:me|nous) (?:avez )?(?:envoy\w+|adress\w+|mett\w+|coll\w+|menac\w+|parl\w+|brandi\w+) (?:(?:de"
            r"|du|un|une|le|la|des|au|avec|en) )*"
        ),
        hit=re.compile(
            r"^(?:(?:un|une|par|le|la|les|mon|au|en) )?(?:huissier|mise en demeure|tribun|avocat|justice|proces)"
        ),
        unless=re.compile(r"\bmon avocat\b"),
    ),
    Frame(
        opener=opens(
            r"(?:recu|recois|recoit|eu droit a|trouve|ouvert) (?:hier |encore |de votre part )?(?:(?:un|une|votre|le"
            r"|la|ce|cette|lettre|courrier|avis) )*(?:de |du |en )?"
        ),
        hit=re.compile(r"^(?:(?:un|une|votre|de|par) )?(?:huissier|mise en demeure)"),
        unless=re.compile(r"\b(?:vous (?:recevrez|aurez)|mon avocat|contre vous)\b"),
    ),
    # "me désabonner de vos mails de pub"
    Frame(
        opener=ANYWHERE,
        hit=re.compile(r"\b(?:desabon|desinscri|resili)"),
        after=re.compile(
            rf"^(?:de|des|a|aux|du|le|la|les) (?:(?:vos|votre|la|le|les|ces|ce|cette|toutes?|tous|liste de"
            rf"|lettre de) )*{_MAILS}\b"
        ),
    ),
    Frame(
        opener=opens(r"(?:avec|dans|grace a) (?:mon|ma|le|la|cette?) (?:option|garantie|contrat) "),
        gap=up_to(4, "pas vous"),
        hit=LAW,
        after=re.compile("^(?:gratuit|sans)"),
    ),
    Frame(
        opener=opens(r"(?:deranger|embeter|ennuyer|importuner|faire venir|faire deplacer) "),
        hit=ABOVE,
        unless=re.compile(r"\bmais\b|\bobliger?\b"),
    ),
)
