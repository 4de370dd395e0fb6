"""Whether what was said is taken back or not the speaker's own: "je ne veux pas résilier", "they told me to". Pure.

A negation governs what follows it up to the end of its clause: punctuation, "but" and "mais", "and" and "et", or the
subject of another clause ("je ne suis pas content je veux résilier"). It does not take back what the speaker plainly
wants: what they cannot get ("why can't I cancel"), have not got ("vous ne m'avez pas remboursé") or threaten with
("don't make me cancel", "je ne voudrais pas avoir à porter plainte"). Two negations are none ("don't think I won't").

Reported speech counts where speakers report themselves ("I told you I want to cancel"), where a promise was not kept
("you said you'd refund me and I still have nothing") or is held up to the company ("you promised me a refund"), where
a wish was refused ("they say I can't cancel") and where it states how things are ("a friend says it is cheaper
elsewhere"). It does not count where it quotes what others said,
want or might do ("my son says I should cancel", "you said you would cancel"). Nor do cases thought up ("if one day I
want to cancel"), wishes given up ("I wanted to cancel but I've changed my mind"), what others did ("ma mère a
résilié") or what the company may do against the customer's will ("vous allez résilier mon contrat ?").

What is named without being plainly wanted ("je veux", "how do I", an order) counts less: praise, another errand, a
mistake or an ending told around it silences it ("ma réclamation a été traitée en deux jours, bravo", "I pressed cancel
by mistake"), and so does its being a label, a word or a case among others ("le bouton résilier").
"""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from keywords.negation.clauses import Grammar, denies, negates
from keywords.negation.english.frames import ENGLISH_FRAMES
from keywords.negation.english.grammar import ENGLISH
from keywords.negation.english.reports import REPORTED as REPORTED_IN_ENGLISH
from keywords.negation.english.wishes import WISHES as ENGLISH_WISHES
from keywords.negation.frames import LOOKED_AHEAD, LOOKED_BACK, Frame, framed, surroundings
from keywords.negation.french.frames import FRENCH_FRAMES
from keywords.negation.french.grammar import FRENCH
from keywords.negation.french.reports import REPORTED as REPORTED_IN_FRENCH
from keywords.negation.french.wishes import WISHES as FRENCH_WISHES
from keywords.normal import Token
from streams.records import Language

_GRAMMARS: Mapping[Language, Grammar] = MappingProxyType({Language.FR: FRENCH, Language.EN: ENGLISH})
_FRAMES: Mapping[Language, tuple[Frame, ...]] = MappingProxyType(
    {Language.FR: FRENCH_FRAMES, Language.EN: ENGLISH_FRAMES}
)
_REPORTED: Mapping[Language, Frame] = MappingProxyType(
    {Language.FR: REPORTED_IN_FRENCH, Language.EN: REPORTED_IN_ENGLISH}
)
_WISHES: Mapping[Language, re.Pattern[str]] = MappingProxyType(
    {Language.FR: FRENCH_WISHES, Language.EN: ENGLISH_WISHES}
)


def is_negated(
    spoken: Sequence[Token],
    start: int,
    stop: int,
    language: Language,
    *,
    own_negation: bool = False,
    even_reported: bool = False,
) -> bool:
    """Whether the hit over tokens `start` to `stop` (exclusive) is negated or is not the speaker's own.

    `own_negation`: the phrase holds its negation ("not happy"), so that only a clause around it can deny it ("it's not
    that I'm not happy"). `even_reported`: it names a fact that counts whoever told it ("he said my card was cloned").
    """
    # no more than what can bear on the hit, so that a text without punctuation costs no more a hit than a short one
    first = max(0, start - LOOKED_BACK)
    spoken, start, stop = spoken[first : stop + LOOKED_AHEAD], start - first, stop - first
    negated = denies if own_negation else negates
    if negated(_GRAMMARS[language], spoken, start, stop):
        return True
    said = surroundings(spoken, start, stop, _WISHES[language])
    return framed(_FRAMES[language], said) or not even_reported and _REPORTED[language].governs(said)
