"""French discontent with something other than the company: the weather, one's own memory, what others did. Pure."""

import re

from keywords.negation.frames import ANYWHERE, Frame, opens
from keywords.negation.french.matters import DISCONTENT

_SAYS = (
    r"(?:dit|disent|disait|trouve|trouvent|trouvait|pense|estime|juge|cri\w+|hurl\w+|gueul\w+|rale\w*|peste\w*"
    r"|repet\w+|soutien\w*"
    r"|jur\w+|insist\w+|a dit|me a dit|nous a dit|(?:est|etait|sont) (?:furieu\w+|en colere|remonte\w*|fache\w*))"
)
_WHO = (
    r"(?:(?:mon|ma|mes|notre|nos|un|une|le|la|les|des|son|sa) (?!service|conseill|site|technicien|appli|agent"
    r"|facture|contrat)"
    r"(?:\w+ ){1,5}?|(?:il|elle|ils|elles) )"
)
_ELSEWHERE = (
    r"(?:hiver|ete\b|pluie|meteo|temps (?:qu|en|de)|froid|chaleur|neige|canicule|circulation|bouchons|boulot|travail"
    r"|embouteillages"
    r"|politique|gouvernement|foot\w*|tele\b|lundis?|menage|cuisine|devoirs)"
)
_MY_OWN = (
    "(?:ma (?:memoire|tete|vue|voix|main|cervelle)|mon (?:ecriture|cerveau|anglais|orthographe)"
    "|mes (?:lunettes|yeux|doigts))"
)
_MISLAID = (
    "(?:(?:mon|ma|mes|le|la) (?:lunettes|cles?|mots? de passe|code|stylo|fil|papier|page|numero|identifiants?|telephone"
    "|carnet|tete)|ce que|ou|de|comment|quel\\w*)"
)
_ANIMATE = (
    r"(?:mon|ma|mes|le|la|notre|nos|son|sa) (?:petite? |grande? )?(?:chien\w*|chat\w*|fils|fille|bebe|mari|femme"
    r"|gamin\w*|petite?|voisin\w*"
    r"|mere|pere|patron|gosse|enfants?)"
)
_IDIOT = re.compile(
    r"\b(?:imbeciles?|abrutis?|cretins?|idiote?s?|bouffons?|conn?e?s?|nul(?:le)?s?|incapables?|voleurs?|escrocs?"
    r"|guignols?|clowns?"
    r"|menteu\w+|stupide|incompetent\w*)\b"
)

ASIDES = (
    # "j'en ai marre de l'hiver", "c'est n'importe quoi, la météo", "c'est n'importe quoi ce que je raconte"
    Frame(
        opener=ANYWHERE,
        hit=DISCONTENT,
        after=re.compile(rf"^,? ?(?:(?:de|du|des|avec) )?(?:(?:le|la|les|ce|cette) )?{_ELSEWHERE}"),
    ),
    Frame(
        opener=ANYWHERE,
        hit=DISCONTENT,
        after=re.compile(
            rf"^,? ?(?:de )?(?:ce que je (?:raconte|dis|fais|lis)|{_MY_OWN}|(?:mais )?je (?:ai |ne )?(?:"
            rf"(?:perdu|oublie|egare) {_MISLAID}|retrouve (?:pas|plus) {_MISLAID}"
            r"|confonds|melange|mal lu|me embrouille)|que est ce que je (?:raconte|dis|fais))\b"
        ),
    ),
    Frame(opener=opens(rf"{_MY_OWN} ,? ?"), hit=DISCONTENT),
    # "est pas content, mon chien"
    Frame(opener=ANYWHERE, hit=DISCONTENT, after=re.compile(rf"^,? ?{_ANIMATE}\b")),
    # "j'en ai assez, des cartouches, merci"
    Frame(
        opener=ANYWHERE,
        hit=re.compile(r"\bassez"),
        after=re.compile(
            r"^(?:comme ca )?,? ?(?:de|des|du) (?:\w+ ){1,3}?,? ?(?:merci|gardez|je en (?:reprendrai|prendrai"
            r"|commanderai|ai))\b"
        ),
    ),
    # "ce que mon ex a fait, c'est honteux"
    Frame(
        opener=opens(
            r"ce que (?!vous|votre|tu|on)(?:il|elle|ils|elles|(?:mon|ma|mes|son|sa|un|une"
            r"|leur) (?:\w+ ){1,2}?)(?: ?(?:me|lui|nous|leur))?"
            r" ?(?:a|ont|avait|fait|dit|font) "
        ),
        gap=re.compile(r"(?:(?:fait|dit|ose|ecrit|la|subir|ce|est|etait|,|vraiment) )*"),
        hit=DISCONTENT,
        unless=re.compile(r"\bvous\b"),
    ),
    # "mon fils crie que c'est honteux, moi j'ai besoin du code", "elle trouve ça scandaleux, ça ne me gêne pas"
    Frame(
        opener=opens(rf"{_WHO}(?:(?:me|nous|vous|se|qui) )*{_SAYS} "),
        gap=re.compile(r"(?:(?!mais |donc |je |\. )[\w,]+ )*"),
        hit=DISCONTENT,
        after=re.compile(
            r"^(?:[\w,]+ )*?(?:mais )?(?:(?:moi|personnellement|perso|pour ma part|de mon cote) ,? ?(?:je|ca|on"
            r"|non|pas|ce est) (?!veux|vais"
            r"|voudrais|suis (?:de accord|pareil|aussi)|pense (?:pareil|comme)|aussi)|(?:ca|cela) (?:ne )?(?:me"
            r"|nous) (?:gene|derange|choque"
            r"|fait|touche|concerne|regarde) (?:pas|rien|ni)|je (?:trouve|juge) (?:ca|cela"
            r"|que ce est) (?:\w+ )?(?:bien|honnete|correct"
            r"|normal|juste|raisonnable|sympa|parfait))"
        ),
    ),
    # "mon garagiste m'a dit c'est pas normal ce bruit"
    Frame(
        opener=opens(
            r"(?:mon|ma|notre|le|la) (?:garagiste|medecin|veterinaire|dentiste|plombier|electricien\w*|prof\w*"
            r"|maitresse|patron\w*|macon"
            rf"|kine|bailleur|entraineur|comptable|voisine?) (?:(?:me|nous|lui) )*{_SAYS} "
        ),
        gap=re.compile(r"(?:(?!vous |votre |mais |\. )[\w,]+ )*"),
        hit=DISCONTENT,
        unless=re.compile(r"\b(?:vous|votre|vos)\b"),
    ),
    # "un monsieur criait bande d'incapables", "j'ai marché sur le câble comme un imbécile"
    Frame(
        opener=opens(
            r"(?:(?:un|une|le|la|mon|ma|des|les|ce|cette|leur) (?:\w+ ){1,5}?|(?:il|elle|ils|elles"
            r"|quelque? ?un) )(?:(?:me|nous|vous|lui|se|est"
            r"|a|mis|mise) )*(?:a |qui )?(?:cri|hurl|gueul|insult|trait|braill|lanc|lach)\w* "
        ),
        gap=re.compile(r"(?:(?!je |moi |mais |\. )[\w,]+ ){0,4}?"),
        hit=_IDIOT,
    ),
    Frame(
        opener=opens(r"\bje (?:(?!vous |votre )\w+ ){0,9}comme (?:un |une |le |la |des |le dernier |la derniere )"),
        hit=_IDIOT,
        after=re.compile(r"^(?!par vous|a cause de vous|chez vous)"),
    ),
    Frame(
        opener=opens(
            r"jamais (?:je |on )?(?:ne )?(?:(?:vous|lui) )?(?:\w+ ){0,3}?(?:dire|dirai\w*|traiter\w*"
            r"|penser\w*) (?:vous )?(?:que )?(?:vous )?"
        ),
        hit=_IDIOT,
        unless=re.compile(r"\bmais\b"),
    ),
)
