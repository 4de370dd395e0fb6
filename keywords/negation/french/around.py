"""What French says around a matter that shows it is not wanted: praise, another errand, a mistake, an ending. Pure.

Most of it counts only where the speaker names the matter without plainly wanting it.
"""

import re

from keywords.negation.frames import ANYWHERE, Frame, opens, up_to
from keywords.negation.french.matters import ABOVE, DEED, HARM, LAW, MATTER, MONEY, TOLD_ABROAD

_STILL_OPEN = re.compile(
    r"\b(?:soi disant|disiez|dites|promis|devait|devrait|deviez|dit que|toujours|encore|jamais|rien|attends"
    r"|attendons|depuis|quand|impossible|personne|refus\w*|raccroch\w*"
    r"|pas (?:recu|eu|vu|normal|fait|traite|pris|ete|de (?:reponse|nouvelles))|marche pas|(?:il|me) manque"
    r"|mais (?:je|on|la) (?:\w+ )?(?:veux|vais|voudrais|exige|demande)|mais (?:ce est|ca fait|passez|donnez|rendez))\b"
)
_NOT_ENDED = re.compile(rf"{_STILL_OPEN.pattern}|\b(?:si|avant|jusque?|tant que)\b")
_ASKED_ALL_THE_SAME = re.compile(
    r"\b(?:mais|donc|alors|sauf|pourtant) .*\b(?:veux|vais|voudrais|exige|passez|donnez|rendez|resilie)\b"
)
_PRAISED = re.compile(
    r"\b(?:bravo|chapeau|felicit\w+|merit(?:e|ez|ent|ait)|cinq etoiles|5 etoiles|augmentation|compliments?|du bien"
    r"|je recommande|super (?:bien|gentil\w*|sympa|efficace\w*)|tellement (?:gentil\w*|sympa|efficaces?|bien"
    r"|content\w*)"
    r"|(?:avez|etes|etiez|(?:il|elle|ils|elles|collegues?|equipe|dame|monsieur|technicien|livreur|conseill\w+) (?:me"
    r" )?(?:a|ont|est|sont"
    r"|etait)) (?:vraiment |tous |toutes )*(?:ete )?(?:\w+ment )?(?:tres |si |tellement "
    r"|bien |plus que )?(?:super|parfaite?s?|gentil\w*|charmante?s?|adorables?|top|geniale?s?|sympas?|formidables?"
    r"|efficaces?|aimables?|patiente?s?|a la hauteur|impeccables?|nickel|au top)"
    r"|que du bien|que du positif|elogieu\w+|(?:te |le |la |les )remerci\w+|dire merci"
    r"|vous remerci(?!e (?:de (?!avoir\b)|par avance))\w+)\b"
)
_ENDED = re.compile(
    r"\b(?:rentre dans le ordre|du passe|histoire ancienne|derriere (?:moi|nous)|plus de actualite|plus la peine"
    r"|tourne la page|on (?:se est|a pu se) (?:bien )?(?:explique|arrange|entendu)\w*|sans probleme|a merveille"
    r"|(?:ce est|est|a ete|ont ete|se est) (?:bien |vite |deja |tout |aussitot |enfin |tres )*(?:regle|resolu"
    r"|arrange|traite"
    r"|classe|oublie|termine|repare|corrige|clos|juge|acte|solde)[es]*"
    r"|(?:ce est|se est|se etait|etait|ete) (?:tres )?bien (?:passe|fait)[es]*"
    r"|ce est bon\b(?! mais)|(?:il|elle|on|ils) (?:me|nous) (?:a|ont) (?:bien |tout de suite |aussitot )?(?:rappele"
    r"|aide)[es]*"
    r"|appelle pour autre chose|(?:est|suis) (?:finalement )?reste|trouve (?:la|une) solution"
    r"|deja a zero|fait le necessaire|reconnu (?:votre|vos|le))\b"
)
_UNDONE = re.compile(
    r"\b(?:marche arriere|revenir en arriere|remettre comme|retablir|reactiver|rebrancher|reabonner|remettre en service"
    r"|remise en service|reprendre mon|garder le contrat|garder mon|garder notre)\b"
)
_BY_MISTAKE = re.compile(
    r"\b(?:par (?:erreur|megarde|inadvertance)|sans (?:le )?(?:vouloir|faire expres)|pas fait expres"
    r"|pas (?:par |de |a cause de )?moi\b(?! qui)"
    r"|une (?:erreur|confusion|meprise)\b|fausse manip\w*|me suis trompe\w*|malentendu|ma langue a fourche|un lapsus"
    r"|(?:je ne ai|je ai|ai) jamais (?:dit|demande|voulu|signe|parle)|rien demande|pas au courant|premiere nouvelle"
    r"|tenez pas compte|tenir compte|oubliez ce que|sous le coup|sur le coup de"
    r"|je (?:me )?ravise|je retire)\b"
)
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
_AVERTED = (
    r"(?:(?:je|on|nous) (?:(?:me|en|y|vous) )*(?:allais|allait|allions|venais|venait|hesitais|etais (?:venue?|partie?"
    r"|decidee?|prete?|bonn?e?|tentee?)(?: a| pour| de)?|(?:etais|etait) (?:a|sur) (?:\w+ ){1,3}?de|ai (?:\w+"
    r" )?(?:hesite"
    r"|songe|failli|envisage))(?: \w+)?|(?:il )?(?:se )?en est fallu \w+ \w+|pour un peu|un peu plus et"
    r"|(?:on est|je suis) passe\w* (?:pres|a \w+ \w+) de) "
)
_BUT_IT_CAME_RIGHT = re.compile(
    r"(?:, |\b)(?:mais|quand|et puis|et la|puis|seulement|sauf que|heureusement|aujourdhui|maintenant)\b"
    r"(?!.*\b(?:marche|site|bouton|plante|bloqu\w*|raccroch\w*|formulaire|appli\w*|page|mal|attend\w*|balad\w*"
    r"|transfer\w*|dit que|demand\w*|refus\w*|impossible|personne|toujours|encore|rien|jamais"
    r"|veux|vais|resilie|exige|pas (?:trouve|pu|reussi|moyen|recu|de reponse|repondu|possible)|plus envie de attendre"
    r"|finalement je resilie|coupe)\b)"
)

AROUND = (
    # "ma réclamation a été traitée en deux jours, bravo", "je vais vous mettre un avis google, cinq étoiles"
    Frame(opener=ANYWHERE, hit=MATTER, after=_PRAISED, unless=_STILL_OPEN, only_named=True),
    Frame(
        opener=ANYWHERE,
        hit=TOLD_ABROAD,
        after=_PRAISED,
        unless=re.compile(rf"{_STILL_OPEN.pattern}|\bmais\b|\bpas\b"),
    ),
    # "donnez-moi le nom de votre supérieur, je veux le féliciter"
    Frame(
        opener=ANYWHERE,
        hit=ABOVE,
        after=re.compile(r"\b(?:(?:le |la |vous )felicit\w+|vous merit\w+|compliments?|augmentation|dire du bien)\b"),
        unless=re.compile(rf"{_STILL_OPEN.pattern}|\bmais\b|\bpas\b"),
    ),
    Frame(
        opener=opens("(?:feliciter|remercier|dire du bien|complimenter) (?:aupres )?(?:de |a )?"),
        gap=up_to(2, "pas"),
        unless=_ASKED_ALL_THE_SAME,
    ),
    # "la résiliation de ma mère a bien été faite, merci, j'appelle pour autre chose"
    Frame(opener=ANYWHERE, hit=MATTER, after=_ENDED, unless=_NOT_ENDED, only_named=True),
    # "j'avais envoyé une lettre de résiliation, je voudrais faire marche arrière"
    Frame(opener=ANYWHERE, hit=HARM, after=_UNDONE, unless=_ASKED_ALL_THE_SAME, only_named=True),
    # "j'ai appuyé sur résilier par erreur", "quelqu'un a demandé la résiliation, ce n'était pas moi"
    Frame(opener=ANYWHERE, hit=HARM, after=_BY_MISTAKE, unless=_ASKED_ALL_THE_SAME, only_named=True),
    Frame(
        opener=opens("(?:par (?:erreur|megarde|inadvertance)|sans (?:le )?vouloir|en mon nom|a ma place) "),
        gap=up_to(4, "pas je veux vais"),
        hit=HARM,
    ),
    # "résilier ? vous n'y êtes pas du tout, je veux juste changer de date"
    Frame(
        opener=re.compile(r"(?:^|, )(?:moi |nous |la |le |une? )?(?:, )?"),
        hit=re.compile(rf"{HARM.pattern}|{LAW.pattern}"),
        after=re.compile(rf"^[.,] .*{_OTHER_ERRAND.pattern}"),
        unless=_STILL_OPEN,
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
    # "j'allais me plaindre, mais vous avez été tellement gentille"; "heureusement que vous avez rappelé"
    Frame(opener=opens(_AVERTED), gap=up_to(5, "pas plus veux vais"), after=_BUT_IT_CAME_RIGHT),
    Frame(
        opener=opens(
            "(?:heureusement (?:que )?|par chance |une chance que |encore heureux )",
        ),
        gap=re.compile(r".*\b(?:\w+(?:ais|ait|ions)|etais|bon pour|ai failli|aurais) (?:\w+ ){0,4}"),
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
    # "je dirai à votre supérieur que vous…", "la prochaine fois"
    Frame(
        opener=opens(r"(?:\w+rai|dire|signaler|ecrire|rapporter) (?:a|au|aupres de) "),
        gap=up_to(1, "pas"),
        hit=ABOVE,
        after=re.compile(rf"^que .*{_PRAISED.pattern}"),
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
