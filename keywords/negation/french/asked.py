"""French questions that ask for nothing: astonished, rhetorical, or how things go. Pure."""

import re

from keywords.negation.frames import ANYWHERE, Frame, opens, up_to
from keywords.negation.french.matters import DEED, HARM, LAW

_WOULD = r"\w+(?:rais|rait|rions|raient)"
_NOT = re.compile(r"\b(?:pas|jamais|plus)\b")

QUESTIONS = (
    # "comment ça, résilier ?", "quel remboursement ?", "c'est quoi cette histoire de résiliation ?"
    Frame(
        opener=opens(
            r"comment ca ,? ?",
            r"ca veut dire quoi ,? ?(?:une? |la |le )?",
            r"ce est quoi (?:\w+ ){0,2}?(?:une? |la |le )",
            r"(?:ce est quoi|que est ce que ce est que) (?:encore )?(?:ce|cet|cette|ces) (?:\w+ (?:de )?)?",
            r"que (?:est ce que (?:ca veut dire|vous entendez par)|entendez vous par) ,? ?(?:une? |la |le )?",
        ),
        hit=DEED,
    ),
    # "je voudrais résilier pour quoi faire ?"
    Frame(opener=ANYWHERE, after=re.compile("^pour (?:quoi|en) faire ")),
    Frame(opener=opens(r"quel(?:le)?s? "), hit=DEED, after=re.compile(r"^(?:$|[.,])")),
    # "pourquoi je voudrais résilier ?", "à quoi bon résilier ?", "qu'est-ce que j'y gagnerais, à résilier ?"
    Frame(opener=opens(rf"pourquoi (?:est ce que )?(?:je|on) {_WOULD} "), gap=up_to(2, "pas")),
    Frame(opener=opens("pourquoi (?:est ce que )?(?:je|on) "), hit=re.compile(rf"^{_WOULD} ")),
    Frame(
        opener=opens(
            "a quoi bon ",
            r"a quoi (?:est ce que )?(?:ca|cela) (?:me |nous )?(?:\w+ )?(?:sert|servirait|avance|avancerait|rime) ",
            r"que est ce que (?:ca|cela|je) (?:me |y |nous )?(?:apporte|gagne|rapporte|change|avance)\w* ",
            r"quel (?:interet|avantage|benefice) (?:\w+ )?(?:a|de|est ce que je)",
        ),
        gap=up_to(4, "pas mais"),
    ),
    # "vous croyez que je vais résilier pour deux euros ?", "depuis quand je veux résilier ?", "qui parle de résilier ?"
    Frame(
        opener=opens("(?:vous croyez|croyez vous|vous pensez|tu crois) (?:vraiment )?que (?:je vais|on va|je irais) "),
        gap=up_to(3, "pas me vous continuer attendre accepter payer"),
    ),
    Frame(
        opener=opens(
            "depuis quand ",
            r"(?:ou|quand) (?:avez vous|(?:est ce que )?vous avez) (?:\w+ )?(?:vu|lu|pris|entendu|trouve|dit) que ",
            r"quand (?:est ce que (?:je ai|on a)|ai je|je ai) (?:\w+ )?(?:dit|parle|demande) (?:que |de )?",
            r"qui (?:vous )?(?:a dit|a demande|a autorise|a permis|a parle|parle|parlait|dit|a raconte"
            r"|vous fait croire) (?:que |de )?",
            r"que est ce qui vous (?:a fait|fait) (?:croire|penser|dire) que ",
        ),
        gap=up_to(5, "pas"),
        unless=_NOT,
    ),
    # "est-ce que je dois résilier quand je déménage ?", "changer le nom, ça oblige à résilier ?"
    Frame(
        opener=opens(
            r"(?<!si )(?:est ce que )?(?<!si )(?:je|on|nous) (?:dois|doit|devons|devrai|devrais|devrait|devrons"
            r"|vais devoir|va devoir|suis oblige\w* de"
            r"|est oblige\w* de) (?:vraiment |forcement )?"
        ),
        gap=up_to(1, "pas"),
        hit=DEED,
        after=re.compile(
            r"^(?:(?:mon|ma|le|la) \w+ )?(?:quand|si|lorsque|pour (?:changer|demenager|avoir|passer|garder)"
            r"|avant de|juste parce) "
        ),
    ),
    Frame(
        opener=opens(
            r"(?:ca|cela) (?:me |nous )?(?:oblige|force|implique|entraine|suppose|revient)\w* (?:vraiment "
            r"|forcement )?(?:a |de |une )?"
        ),
        gap=up_to(1, "pas"),
        hit=HARM,
    ),
    # "ça résilie l'autre ?"
    Frame(
        opener=opens("(?<!aimerais )(?<!voudrais )(?:ca|cela) (?:(?:va|ne|me|nous|automatiquement) )*"),
        hit=HARM,
        after=re.compile("^(?!pas )"),
    ),
    # "j'ai une tête à aller au tribunal ?"
    Frame(
        opener=opens(
            r"(?:ai|ai je|me voyez vous|vous me voyez) (?:vraiment |bien )?(?:(?:une|la|le) (?:tete|gueule|air"
            r"|tronche) )?"
            r"(?:a |de (?:quelqu un|un type|une personne) (?:qui|a) )?",
            r"(?:ca|cela) (?:en )?(?:vaut|vaudrait|valait) (?:\w+ )?(?:le coup|la peine) de ",
            r"(?:perte de temps|ridicule|exagere|excessif|disproportionne|cher paye) de ",
        ),
        gap=up_to(1, "pas"),
        hit=re.compile(rf"{LAW.pattern}"),
        after=re.compile(r"^(?!contre vous)"),
        unless=re.compile(r"^(?!aller|prendre|porter|voir|au |faire|un )"),
    ),
    # "c'est quoi le RGPD dont parle votre courrier ?", "il faut résilier ou ça se fait tout seul ?"
    Frame(
        opener=opens("(?:ce est|est ce|que est ce que ce est que) (?:quoi )?(?:(?:le|la|les) )?"),
        after=re.compile(r"^(?:dont|que vous|sur|de votre|qui est)\b"),
        unless=re.compile(r"\bparce que\b"),
    ),
    Frame(
        opener=ANYWHERE,
        hit=HARM,
        after=re.compile(
            r"^(?:\w+ ){0,4}?ou (?:bien )?(?:ca|ce|vous|est ce que ca) (?:\w+ )?(?:se fait|est automatique|vous en"
            r" occupez|occupez)\b"
        ),
    ),
    Frame(opener=opens("difference entre "), gap=re.compile(r"(?:\w+ ){0,5}")),
    Frame(
        opener=opens(r"je (?:vous )?ai (?:jamais )?(?:demande|dit|parle) (?:de |que |a )?"),
        gap=up_to(3, "pas"),
        after=re.compile(r"^(?:\w+ ){0,2}?, moi (?:\.|$)"),
    ),
    # "il y a vraiment des gens qui portent plainte ?", "mais qui donc voudrait résilier ?"
    Frame(
        opener=opens(
            r"(?:il )?y a (?:vraiment |encore |donc )?(?:des|beaucoup de|tant de) (?:gens|clients|personnes) (?:qui )?",
            r"(?<!moi )(?:^|(?<=mais )|(?<=et )|(?<=franchement )|(?<=, ))qui (?:donc |diable "
            r"|serait assez \w+ pour |irait |voudrait |aurait envie de )+",
        ),
        gap=up_to(2, "pas me"),
    ),
    # "ça compte comme une résiliation ?", "d'habitude vous faites un remboursement ?", "on irait au tribunal ?"
    Frame(
        opener=opens(
            r"(?:ca|cela|ce) (?:compte comme|equivaut a|revient a|signifie|implique|declenche|entraine) (?:une? |la "
            r"|le )?",
        ),
        gap=up_to(1, "pas"),
        hit=DEED,
    ),
    Frame(
        opener=opens(
            r"(?:de habitude|normalement|en general|generalement|habituellement|parfois"
            r"|des fois) ,? ?(?:est ce que )?vous "
            r"(?:faites|proposez|donnez|offrez|accordez) (?:un |des |le |les )?",
            r"vous (?:faites|proposez|donnez|offrez|accordez) (?:de habitude|normalement|en general|parfois|souvent"
            r"|toujours) (?:un |des |le |les )?",
        ),
        hit=DEED,
    ),
    Frame(
        opener=opens(
            r"(?:on|les gens|une personne|un client|quelqu un) \w+rait (?:vraiment |quand meme |serieusement )*"
        ),
        gap=up_to(1, "pas"),
        hit=LAW,
    ),
    # "comment ça marche, un remboursement ?", "ai-je dit que…"
    Frame(
        opener=opens("comment (?:ca )?(?:marche|fonctionne|se passe|fonctionnent) ,? ?(?:un |les |des )"),
        hit=re.compile("^remboursement"),
    ),
    Frame(
        opener=opens(
            r"(?:est ce que (?:je ai|on a)|ai je|avons nous) (?:\w+ )?(?:dit|parle|demande|reclame) (?:que |de )?"
        ),
        gap=up_to(4, "pas"),
    ),
    # "vous voulez que je résilie ?"
    Frame(opener=opens("(?:vous voulez|voulez vous) que je "), gap=up_to(2, "pas"), unless=LAW),
)
