"""What French speakers say right behind it that they never said, asked for or agreed to. Pure."""

import re

from keywords.negation.frames import ANYWHERE, Frame, opens, up_to
from keywords.negation.french.matters import MATTER

_AND_YET = (
    r"\b(?:mais|donc|alors) (?:je|moi|on|la|maintenant) (?:je )?(?:(?:le|la|vous|en) )?(?:veux|vais|voudrais|exige)\b"
)
_ON = r"(?:(?!recu |envoye |donne )[\w,]+ )"
_NOT_SAID = (
    r"(?:(?:ce )?(?:ne )?(?:est|etait) (?:\w+ment )?pas (?:du tout )?(?:ce que (?:je|on) (?:vous )?(?:ai|avais|a)"
    r" (?:\w+ )?dit"
    r"|ca que (?:je|on) (?:(?:vous|ai|avais|a) )*(?:dit|dis|voulais dire)"
    r"|pour (?:ca|cela) que (?:je|on) (?:(?:vous|ai|avais) )*(?:appel|rappel|telephon|contact|viens|venais)\w*)"
    r"|(?:je|on) (?:(?:ne|vous|lui|leur|ai|a|avais) )*(?:jamais )?rien (?:dit|demande|ecrit|voulu|signe)"
    r" (?:de tel|de ce genre|de pareil|de la sorte|du tout)"
    r"|(?:je|on) (?:(?:ne|vous|lui|leur|ai|a|avais) )*jamais (?:dit|demande|ecrit|parle de) (?:ca|cela|une chose"
    r" pareille))\b"
)
_THEM = (
    r"(?:(?:beaucoup de |plein de |de autres |des |les |certains )*(?:gens|clients|autres|personnes)"
    r"|(?:mon|ma|mes|un|une|le|la|ce|cette|notre) (?:\w+ ){1,3}?(?:,|qui|il|elle|lui|est|a|dit|serait|aurait)) "
)
_NOT_I = (
    r"(?:moi ,? ?)?(?:je|on|nous) (?:ne )?(?:en )?(?:suis|fais|est|sommes|fait) pas (?:comme (?:lui|elle|eux|ca)\b"
    r"|de ce genre|de ceux la|(?:de )?(?:leur|son|cette) (?:genre|bord|espece)|partie\b|[,.])"
)
_REJECTED = (
    r"\b(?:(?:il|elle|ils) (?:ne )?(?:avait|avaient|a|ont) (?:vraiment )?pas (?:a|le droit|de droit)"
    r"|(?:il|elle|ils) (?:aurait|auraient) (?:mieux fait|pas du)|(?:il|elle|ils) (?:se (?:est|sont|etait) trompe\w*"
    r"|(?:a|ont|avait|avaient) (?:tort|mal compris|tout melange))|ce est (?:pas vrai|faux)"
    r"|(?:je|on) (?:le|la|les) garde|sans (?:me|nous) (?:demander|prevenir|en parler)|dans mon dos"
    r"|(?:je|on) (?:ne )?(?:suis|est) pas de accord|moi je (?:ne )?(?:veux|voulais) pas)\b"
)
_THEIRS = (
    r"(?:ce est (?:son|leur) (?:affaire|probleme|droit)|ca (?:le|la|les) regarde|grand bien"
    r"|moi ,? ?je (?:vous )?(?:demande|veux|voudrais|appelle|cherche) (?:juste|seulement|simplement)|pas moi\b|moi non)"
)

DISCLAIMED = (
    # "votre courrier dit que j'ai demandé la résiliation, or j'ai jamais rien dit de tel"
    Frame(
        opener=ANYWHERE,
        hit=MATTER,
        after=re.compile(rf"^{_ON}{{0,10}}?(?:\. )?{_ON}{{0,2}}?{_NOT_SAID}"),
        unless=re.compile(_AND_YET),
    ),
    # "je sais que mon fils vous a dit qu'on voulait résilier, il avait pas à dire ça"
    Frame(
        opener=opens(
            r"(?:mon|ma|mes|notre|nos) (?:\w+ ){1,3}?vous (?:a|ont|avait|avaient) (?:dit|demande|appele\w*"
            r"|ecrit|raconte"
            r"|contacte\w*|reclame|telephone)"
        ),
        gap=re.compile(r"(?:(?!mais )[\w,]+ ?| )*"),
        after=re.compile(rf"^(?:[\w,]+ ){{0,8}}?{_REJECTED}"),
        unless=re.compile(_AND_YET),
    ),
    # "la dame avant moi, elle exigeait un remboursement, c'est son affaire"
    Frame(
        opener=opens(
            r"(?:il|elle|ils|elles|qui) (?:(?:ne|le|la|les|en|y|vous|se) )*(?:voul|exig|demand|reclam|parl|veu|souhait"
            r"|menac)\w* (?:de |a )?"
        ),
        gap=up_to(3, "je vous moi"),
        after=re.compile(rf"^(?:(?!je )[\w,]+ ){{0,5}}?{_THEIRS}"),
    ),
    # "vous devez avoir des gens qui appellent pour se plaindre, moi j'en suis pas"
    Frame(
        opener=opens(_THEM),
        gap=re.compile(r"(?:(?!(?:je|on) (?:veux|vais|suis|voudrais|ai) |\. )[\w,]+ )*"),
        after=re.compile(rf"^(?:(?!je |on )[\w,]+ ){{0,6}}?{_NOT_I}"),
        unless=re.compile(_AND_YET),
    ),
)
