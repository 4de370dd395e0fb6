"""How French calls off a matter already under way: "classez ma réclamation", "la résiliation, arrêtez-la". Pure."""

import re

from keywords.negation.frames import ANYWHERE, Frame, opens, up_to
from keywords.negation.french.matters import DEED, HARM, LAW, MATTER, MONEY

_STILL_WANTED = re.compile(
    r"\b(?:toujours|jamais|rien|personne|encore (?!plus)|pas (?:eu|recu|vu|oublier|laisser)|mais (?:je|la) (?:veux|vais"
    r"|voudrais))\b"
)
_PAPER = "(?:demande|procedure|courrier|lettre|formulaire|dossier|papier|mail|message|avis|processus|menace)"
_OF = "(?:(?:la|le|les|ma|mon|mes|cette|ce|cet|notre|votre|vos|toute|de|du|des) )*"
_ASIDE = "(?:dechir|jet|rang|ignor|oubli|effac|supprim|class|archiv|retir|laiss|abandonn|enlev|raye)"
_STOP = "(?:annul|stopp|arret|interromp|bloqu|suspend|gel|clotur|ferm|class)"
_CAN = (
    r"(?:vous pouvez|tu peux|pouvez vous|on peut|on va|on|je|je vais|il faut|faut|faudrait|merci de|veuillez|autant"
    r"|il faudrait"
    r"|je veux|je voudrais|je souhaite|je aimerais|je prefererais|considerez que|considerez)"
)
_SHELVED = (
    rf"(?:(?:bien |maintenant |donc )*(?:(?:la |le |les )(?:{_STOP}|{_ASIDE})\w*|(?:en )?(?:oubli|laisse tomber"
    rf"|laisser tomber)\w*"
    r"|(?:la |le |les )?(?:mettre|jeter|passer|balancer) (?:a|dans|au) (?:la )?(?:poubelle|corbeille|panier"
    r"|broyeur|trappe)"
    r"|reven\w+ (?:la )?(?:dessus|en arriere)"
    r"|(?:elle|il|ce) est (?:nul|annul|caduc|oubli)\w*|tire un trait|cocher? (?:que )?(?:ce est )?(?:fait|regle)"
    r"|laisse (?:ca |cela )?(?:a|aux) \w+|(?:en )?est quittes?|(?:ne )?en parl\w+ plus))"
)
_STOP_IT = (
    r"(?:jetez|dechirez|oubliez|ignorez|annulez|classez|retirez|supprimez|rangez|bloquez)"
    r" (?:la|le|les|ca|moi ca)\b"
)

REVOKED = (
    # "j'annule ma résiliation", "bloquez-moi cette résiliation", "vous pouvez ranger votre formulaire de résiliation"
    Frame(
        opener=opens(
            rf"(?<!pas )(?<!avez )(?<!ont )(?<!a )(?<!deja )(?:{_STOP}"
            rf"|{_ASIDE})\w* (?:moi )?(?:tout de suite )?{_OF}(?:{_PAPER} (?:de |du |en )?)?"
        ),
        hit=re.compile(r"^(?:resiliation|desabonnement|reclamation|plainte|mise en demeure|cloture)"),
        unless=re.compile(rf"{_STILL_WANTED.pattern}|\bsans\b"),
    ),
    Frame(
        opener=opens(
            rf"(?:vous pouvez|tu peux|veuillez|merci de|pouvez vous) {_ASIDE}er {_OF}(?:\w+ )?(?:de |du |ou )?"
        ),
        gap=up_to(3, "pas"),
        hit=re.compile(rf"{HARM.pattern}|{LAW.pattern}"),
    ),
    # "je retire ce que j'ai dit l'autre jour sur le tribunal"
    Frame(
        opener=opens(
            r"(?:retir|revien|oubli|efface)\w* (?:sur )?(?:tout )?ce que (?:je|on) (?:\w+ ){1,6}?(?:sur|a propos de"
            r"|de|du) "
        ),
        gap=up_to(3, "pas"),
        hit=MATTER,
    ),
    # "j'ai dit à mon avocat de laisser tomber"
    Frame(
        opener=ANYWHERE,
        hit=LAW,
        after=re.compile(
            r"^(?:,? ?)(?:de |que )?(?:on |je )?(?:(?:ne )?pas |tout )?(?:laisse\w* tomber|laisser|abandonn|arreter"
            r"|renonc|stopper"
            r"|lacher l)"
        ),
        unless=re.compile(r"\bpas (?:laisser|abandonner|lacher)\b"),
    ),
    # "la résiliation que j'avais lancée, vous pouvez l'arrêter", "le remboursement, on est quittes"
    Frame(
        opener=ANYWHERE,
        hit=re.compile(rf"^(?!(?:me |nous |rendez |moi )|\w+ez )(?:.*(?:{MATTER.pattern}|\bsuppression|\beffacement))"),
        after=re.compile(rf"^(?:(?!mais |pas |ou |et que )[\w,]+ ){{0,8}}?(?:{_CAN} {_SHELVED}|{_STOP_IT})"),
        unless=_STILL_WANTED,
    ),
    # "pour le remboursement, laissez, c'est pas grave"
    Frame(
        opener=re.compile(
            r"(?:^|, |\b(?:mais|et|donc|alors|finalement|enfin) )(?:(?:pour|quant|a|au|le|la|les|mon|ma|ce|cette|du"
            r"|de|demande|oh|bon) )*$"
        ),
        hit=MATTER,
        after=re.compile(
            r"^(?:(?:de|du|des) (?:\w+ ){1,2}?)?,? ?(?:bon |oh |ben |ecoutez )*(?:laissez?\b(?! moi)|tant pis"
            r"|ce est pas grave"
            r"|ce est non\b|ce est oublie|(?:ne )?en parlons plus|peu importe|on est quittes?|on laisse tomber"
            r"|je (?:laisse|abandonne)\b)"
        ),
        unless=_STILL_WANTED,
    ),
    # "résilier ? on reste, je garde tout"
    Frame(
        opener=ANYWHERE,
        hit=HARM,
        after=re.compile(
            r"\b(?:je|on|nous) (?:vous )?(?:reste|restons|garde|gardons) (?!sans|avec (?:une|ce)|bloque)|\b(?:je"
            r"|on) reste$"
            r"|\b(?:je|on) suis (?:bien |tres |trop )?fidele|\bencore client"
        ),
        unless=re.compile(r"\bpas\b|\bplus\b|\bsi\b|\bparce que\b"),
        only_named=True,
    ),
    Frame(
        opener=opens(r"(?:je|on) (?:reste|garde (?:tout|mon|le)) ,? ?"),
        gap=up_to(5, "pas si mais"),
        hit=HARM,
        only_named=True,
    ),
    # "résilier ? ah non, pas de danger", "résilier, moi ? jamais"
    Frame(
        opener=re.compile(r"^(?:(?:moi|nous|quoi|comment|un|une|le|la|mon|ma|me|vous|faire) ,? ?)*$"),
        hit=DEED,
        after=re.compile(
            r"^(?:(?:mon|ma|le|la|les) \w+ )?[,.] (?:(?:moi|nous|mais|enfin|ca|mon dieu|ben|bah|voyons|grand|dieu"
            r"|alors|ciel|certes"
            r"|oula|dites|ola) ?[,.]? ){0,4}?(?:non\b(?! (?:recu|mais je|plus))|jamais (?:[,.]|de|dans)"
            r"|pas de danger|pas moi"
            r"|surtout pas|vous (?:rigolez|plaisantez|voulez rire))"
        ),
    ),
    # "ça n'aurait ni queue ni tête", "c'est plus de paperasse"
    Frame(
        opener=ANYWHERE,
        hit=MATTER,
        after=re.compile(
            r"^(?:(?!mais |je )[\w,]+ ){0,8}?(?:ni queue ni tete|ne rime a|(?:encore )?(?:plus"
            r"|trop) de (?:paperasse\w*|tracas"
            r"|ennuis?|demarches?|travail|boulot|complications?|soucis))\b"
        ),
        only_named=True,
    ),
    # "je pensais avoir droit à un remboursement, et non, autant pour moi"
    Frame(
        opener=ANYWHERE,
        hit=MATTER,
        after=re.compile(
            r"\b(?:au?t?a?n?t? ?pour moi|au temps pour moi|mea culpa|je me (?:suis|etais) tromp\w+|je me trompe"
            r"|je avais (?:mal|tort)"
            r"|(?:une )?erreur de ma|erreur de mon|pas (?:la )?(?:prendre|prenez|tenir|tenez) (?:en "
            r"|pas )?(?:en )?compte"
            r"|que elle est nulle|et non\b,? ?(?:$|[,.]|au))"
        ),
        unless=_STILL_WANTED,
        only_named=True,
    ),
    Frame(
        opener=ANYWHERE,
        hit=re.compile(rf"{MONEY.pattern}|\breclamation|\bresiliation"),
        after=re.compile(
            r"^(?:(?!pas |je |vous |si )[\w,]+ ){0,8}?(?:est|a ete|se est) (?:bien |deja |donc "
            r"|enfin )*(?:faite?s?|effectuee?|valide\w*"
            r"|parti\w*|passee?"
            r"|close|cloturee?|classee|reglee?|traitee?) (?:(?:depuis|par|en|hier|lundi|mardi|mercredi|jeudi"
            r"|vendredi) (?:\w+ )?(?:\w+ )?)?,? ?"
            r"(?:et )?(?:(?:je )?(?:en )?suis (?:tres |bien |vraiment )?(?:contente?|satisfaite?|ravie?)"
            r"|tres bien|parfait|merci|super|ok\b|de accord|nickel|autre|je (?:viens|appelle|veux juste)"
            r"|ce est note|bon\b)"
        ),
        unless=_STILL_WANTED,
    ),
)
