"""What French says around a matter that shows it is not wanted: another errand, a joke, no interest in it. Pure.

Most of it counts only where the speaker names the matter without plainly wanting it.
"""

import re

from keywords.negation.frames import ANYWHERE, Frame, opens
from keywords.negation.french.matters import DEED, HARM, LAW, MATTER, MONEY
from keywords.negation.french.righted import STILL_OPEN

_ONLY = "(?:juste|seulement|simplement|uniquement)"
_OTHER_ERRAND = re.compile(
    rf"\b(?:(?:je|on|moi) (?:ne )?(?:(?:vous|me) )*(?:veux|voudrais|voulais|cherche|demande|souhaite|viens|venais"
    rf"|appelle|parle) (?:que de |pour )?{_ONLY} (?:de |que )?(?!tout|savoir|voir|connaitre|comprendre (?:quand|ou)"
    rf"|que |ca"
    rf"|cela"
    rf"|partir|des? (?:geste|rembours)|mon argent|parler)\w+"
    rf"|(?:ce est|est|etait) {_ONLY} (?:pour|une question|un renseignement|de)|de ou mon appel"
    r"|(?:appelle|appel|est) pour (?:autre chose|(?:un|une|mon|ma|le|la) \w+))\b"
    rf"(?!.*(?:{DEED.pattern}))"
)

AROUND = (
    # "résilier ? vous n'y êtes pas du tout, je veux juste changer de date"
    Frame(
        opener=re.compile(r"(?:^|, )(?:moi |nous |la |le |une? )?(?:, )?"),
        hit=re.compile(rf"{HARM.pattern}|{LAW.pattern}"),
        after=re.compile(rf"^[.,] .*{_OTHER_ERRAND.pattern}"),
        unless=STILL_OPEN,
        only_named=True,
    ),
    # "moi, résilier ?"
    Frame(
        opener=re.compile(r"^(?:moi|nous|mon mari|ma femme|lui|elle) ,? ?"),
        hit=re.compile(r"^\w+(?:er|ir|re) "),
        after=re.compile(r"^(?:\w+ ){0,3}?\. "),
        only_named=True,
    ),
    # "mon avocat habite dans votre rue"
    Frame(
        opener=ANYWHERE,
        hit=LAW,
        after=re.compile(
            r"^(?:habite|vit|est (?:en vacances|un ami|ne|parti)|se occupe de (?:la|ma|mon|mes)|travaille|joue) "
        ),
        unless=re.compile(r"\bvous (?:contact|ecri|rappel|attaqu)"),
    ),
    # "le garage refuse, donc j'ai pris un avocat, vous c'est juste pour l'attestation"
    Frame(
        opener=ANYWHERE,
        hit=LAW,
        after=re.compile(
            rf"\b(?:vous|ici|la|moi|chez vous) ,? ?(?:ce est|est|il me faut|je (?:veux|voudrais|cherche)) {_ONLY} "
            r"|\b(?:de ou mon appel|ce est pour ca que je appelle)\b|\bil faut (?:juste )?(?:changer|modifier|mettre a"
            r" jour) le (?:nom|contrat|titulaire)"
        ),
        unless=re.compile(r"\bcontre vous\b|\bvous (?:attaquer|poursuivre)"),
        only_named=True,
    ),
    # "vous me faites encore attendre et je résilie, je vous taquine"
    Frame(
        opener=ANYWHERE,
        after=re.compile(
            r"[.,] (?:non |mais |enfin )*(?:je (?:vous )?(?:taquine|fais marcher|charrie|chambre)|(?:ce )?(?:est|etait)"
            r" (?:juste |seulement )?(?:pour (?:rire|rigoler|plaisanter|blaguer)|une boutade|de le humour)|(?:je|on)"
            r" (?:plaisante|rigole|deconne|blague))\b"
        ),
    ),
    # "le remboursement, je m'en passerai", "ça peut attendre", "laissez faire le remboursement"
    Frame(
        opener=ANYWHERE,
        hit=MATTER,
        after=re.compile(
            r"^(?:(?!mais |je (?!me )|pas )[\w,.]+ ){0,8}?(?:je (?:me )?en passe(?:rai)?\b|(?:peut|pourra|va|peuvent"
            r"|pourrait) (?:bien |tres bien |encore )?attendre|attendra\b|ca attendra"
            r"|vous (?:ne )?y etes pas|vous (?:ne )?y pensez pas|(?:ce|ca) serait (?:la guerre|dommage|idiot|bete"
            r"|stupide|fou|ridicule|(?:une|la) \w+)"
            r"|(?:ce )?(?:ne )?est pas (?:le sujet|la question|le probleme|ca le sujet|de ca que je)|vous"
            r" (?:plaisantez|rigolez|voulez rire|rever|revez)|faut pas (?:exagerer|pousser"
            r"|abuser|deconner|charrier)|(?:tout de suite )?les grands mots|on (?:se )?calme"
            r"|(?:ne )?(?:a|aurait|avait|aura) (?:plus|pas|aucun|guere) (?:\w+ )?(?:sens|interet|lieu|raison)"
            r"|ca (?:ne )?vaut pas (?:le|la)|(?:ce est|serait|est) (?:un peu |franchement |bien )?(?:exagere"
            r"|disproportionne"
            r"|ridicule|excessif|abuse)|pour (?:si peu|ca|\w+ euros) ,? ?(?:non|franchement|voyons|allons"
            r"|serieusement|quand meme|honnetement))\b"
        ),
        only_named=True,
    ),
    Frame(
        opener=ANYWHERE,
        hit=MONEY,
        after=re.compile(
            r"^(?:\w+ ){0,3}?,? ?(?:mais (?:gardez|laissez|peu importe|tant pis|bon tant pis)|tant"
            r" (?:mieux|pis))\b"
        ),
        only_named=True,
    ),
    Frame(opener=opens("(?:laissez|laisse) faire (?:pour )?(?:le |la |mon |ma )?")),
    # "je résilierai le jour où les poules auront des dents"
    Frame(
        opener=ANYWHERE,
        after=re.compile(
            r"^(?:\w+ ){0,3}?(?:le jour ou|(?:quand|lorsque) (?:les (?:poules|cochons)|il (?:neigera|gelera)))\b"
        ),
    ),
    # "la loi me permet de résilier, mais ce n'est pas le sujet"; "… me proposait d'aller en justice, j'ai refusé"
    Frame(
        opener=ANYWHERE,
        hit=MATTER,
        after=re.compile(
            r"\b(?:mais )?(?:ce )?(?:ne )?est pas (?:le sujet|la question|le propos|de ca que je parle|ce que je"
            r" demande)\b"
            r"|\b(?:je|on) (?:y )?(?:lui |leur )?(?:ai|a) (?:refuse|decline|dit non(?: merci)?|ignore|jete|raccroche"
            r"|envoye (?:balader|promener)|ferme la porte) [.,]"
        ),
        unless=re.compile(r"\b(?:rembours\w* (?:moi|maintenant)|il a refuse)\b"),
        only_named=True,
    ),
    # "laissez votre supérieur tranquille", "maudit niaiseux que je suis"
    Frame(
        opener=ANYWHERE,
        after=re.compile(r"^(?:tranquille|en paix|ou (?:il|elle) est|que je (?:suis|fais|peux etre))\b"),
    ),
    # "l'air d'un imbécile", "quel abruti je fais"
    Frame(
        opener=opens(
            r"(?:le air|la tete|comme|sens|passe\w*|prend\w*) (?:de |pour )?(?:un |une |le |la |des )(?:\w+"
            r" )?(?<!vous )",
            r"quel(?:le)? (?:\w+ )?",
        ),
        hit=re.compile(r"^(?:imbecile|abruti|cretin|idiot|bouffon|conn?e?|nul)"),
        after=re.compile(r"^(?!(?:vous|tu|celui|ce) )(?:$|[,.]|(?:que )?je|maintenant|devant|la)"),
        unless=re.compile(r"\bvous\b"),
    ),
)
