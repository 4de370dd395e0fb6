"""What French says of a matter that came right, is over, was a mistake, or is to be undone. Pure."""

import re

from keywords.negation.frames import ANYWHERE, Frame, opens, up_to
from keywords.negation.french.matters import HARM, MATTER

STILL_OPEN = re.compile(
    r"\b(?:soi disant|disiez|dites|promis|devait|devrait|deviez|dit que|toujours|encore|jamais|rien|attends"
    r"|attendons|depuis|quand|impossible|personne|refus\w*|raccroch\w*"
    r"|pas (?:recu|eu|vu|normal|fait|traite|pris|ete|de (?:reponse|nouvelles))|marche pas|(?:il|me) manque"
    r"|mais (?:je|on|la) (?:\w+ )?(?:veux|vais|voudrais|exige|demande)|mais (?:ce est|ca fait|passez|donnez|rendez))\b"
)
_NOT_ENDED = re.compile(rf"{STILL_OPEN.pattern}|\b(?:si|avant|jusque?|tant que)\b")
ASKED_ALL_THE_SAME = re.compile(
    r"\b(?:mais|donc|alors|sauf|pourtant) .*\b(?:veux|vais|voudrais|exige|passez|donnez|rendez|resilie)\b"
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
_AVERTED = (
    r"(?:(?:je|on|nous) (?:(?:me|en|y|vous) )*(?:allais|allait|allions|venais|venait|hesitais|etais (?:\w+ment "
    r"|presque |deja )?(?:venue?|partie?"
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

RIGHTED = (
    # "la résiliation de ma mère a bien été faite, merci, j'appelle pour autre chose"
    Frame(opener=ANYWHERE, hit=MATTER, after=_ENDED, unless=_NOT_ENDED, only_named=True),
    # "j'avais envoyé une lettre de résiliation, je voudrais faire marche arrière"
    Frame(opener=ANYWHERE, hit=HARM, after=_UNDONE, unless=ASKED_ALL_THE_SAME, only_named=True),
    # "j'ai appuyé sur résilier par erreur", "quelqu'un a demandé la résiliation, ce n'était pas moi"
    Frame(opener=ANYWHERE, hit=HARM, after=_BY_MISTAKE, unless=ASKED_ALL_THE_SAME, only_named=True),
    Frame(
        opener=opens("(?:par (?:erreur|megarde|inadvertance)|sans (?:le )?vouloir|en mon nom|a ma place) "),
        gap=up_to(4, "pas je veux vais"),
        hit=HARM,
    ),
    # "j'allais me plaindre, mais vous avez été tellement gentille"; "heureusement que vous avez rappelé"
    Frame(opener=opens(_AVERTED), gap=up_to(5, "pas plus veux vais"), after=_BUT_IT_CAME_RIGHT),
    Frame(
        opener=opens(
            "(?:heureusement (?:que )?|par chance |une chance que |encore heureux )",
        ),
        gap=re.compile(r".*\b(?:\w+(?:ais|ait|ions)|etais|bon pour|ai failli|aurais) (?:\w+ ){0,4}"),
    ),
)
