"""What an agent says without meaning it, in French: what the customer said or was told, asked about, untrue. Pure.

As in `agents_english.py`: an agent speaks for the company, and the frames of customers do not hold for them.
"""

from keywords.negation.frames import Frame, any_of, opens, until

_ADVERB = r"(?:(?:deja|bien|toujours|peut etre|surement|aussi|encore) )?"
_TOLD = any_of("dit promis assure annonce explique affirme confirme garanti conseille propose indique repondu")
_SAY = any_of("dites disiez pensez pensiez croyez croyiez trouvez estimez affirmez expliquez racontez comprenez")
_NOUN = r"(?:mon|ma|mes|notre|nos|votre|vos|le|la|les|un|une|des) (?:(?!je |on |nous |vous )\w+ ){1,4}?"
_ANYBODY = rf"(?:{any_of('on il elle ils elles qui')} |quel(?:qu|que) un (?:(?!je |on )\w+ ){{0,3}}?|{_NOUN})"
_END = r", (?!que |si )|\. |\bmais |\bdonc |\bparce |\balors |\bsinon |\bet (?:je|on|nous|ce|moi) "
_QUE = "(?:que )?"

TAKEN_UP = Frame(
    opener=opens(
        rf"(?<!comme )vous (?:me |nous )?{_SAY} ",
        rf"(?<!comme )vous (?:me |nous )?(?:avez|aviez) {_ADVERB}(?:{_TOLD}|entendu|compris|cru|pense|lu) ",
        rf"(?<!comme ){_ANYBODY}(?:ne )?vous (?:l |le )?(?:a|ont|avait|avaient|aurait|auraient) {_ADVERB}{_TOLD} ",
        rf"(?<!comme ){_ANYBODY}vous {any_of('dit disent disait disaient promet promettent')} ",
    ),
    gap=until(_END, after=_QUE),
)
"""What the customer said or was told by somebody: « on vous a dit qu'on ne peut rien faire, et c'est faux »."""

DOUBTED = (
    # « personne ne dit que c'est votre faute »
    Frame(opener=opens(r"personne (?:ne )?(?:vous )?(?:dit|a dit|pretend|a pretendu) "), gap=until(_END, after=_QUE)),
    # « je mentirais si je vous disais que », « ce serait mentir de dire que »
    Frame(
        opener=opens(
            r"mentirais (?:si je vous|en vous|de vous) (?:disais|disant|dire) ",
            r"serait (?:mentir|faux|malhonnete) (?:de|que de) (?:vous )?(?:dire|pretendre|promettre) ",
        ),
        gap=until(_END, after=_QUE),
    ),
    # « je vais demander si nous pouvons vous garantir la date »
    Frame(
        opener=opens(
            r"(?:je (?:vais|peux|dois|voudrais)|laissez moi|il faut que je|on va|nous allons) (?:aller )?"
            r"(?:demander?|verifier?|voir|voie|regarder?|savoir|me renseigner?)(?: (?!si )\w+){0,4} si ",
            r"je (?:demande|verifie|regarde|vois)(?: (?!si )\w+){0,4} si ",
        ),
        gap=until(_END),
    ),
)
"""What is denied, would be untrue, or is only asked about."""
