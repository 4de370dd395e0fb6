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

All this is how customers speak. An agent speaks for the company: what they pass on ("they say we can guarantee it") or
make depend on something ("if it breaks, I promise a refund") is its word. Of what rules look for in agents' speech
only what is negated or doubted does not count, nor what the customer said or was told ("you were told I can't").
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from keywords.negation import agents_english, agents_french
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
_OF_AGENTS: Mapping[Language, Grammar] = MappingProxyType(
    {language: replace(grammar, excuses=()) for language, grammar in _GRAMMARS.items()}
)
"""What excuses a negation is a customer's: what they are kept from, wait for, threaten with."""
_DOUBTED: Mapping[Language, tuple[Frame, ...]] = MappingProxyType(
    {Language.FR: agents_french.DOUBTED, Language.EN: agents_english.DOUBTED}
)
_TAKEN_UP: Mapping[Language, Frame] = MappingProxyType(
    {Language.FR: agents_french.TAKEN_UP, Language.EN: agents_english.TAKEN_UP}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HitKind:
    """What a phrase asks of the words around its hit."""

    own_negation: bool = False
    """It holds its negation ("not happy"): only a clause around it can deny it ("it's not that I'm not happy")."""
    even_reported: bool = False
    """It names a fact that counts whoever told it ("he said my card was cloned")."""
    of_agents: bool = False
    """It is looked for in what agents say, who speak for the company: what they pass on is theirs all the same."""


ANY_HIT = HitKind()


def is_negated(spoken: Sequence[Token], start: int, stop: int, language: Language, kind: HitKind = ANY_HIT) -> bool:
    """Whether the hit over tokens `start` to `stop` (exclusive) is negated or is not the speaker's own."""
    # no more than what can bear on the hit, so that a text without punctuation costs no more a hit than a short one
    first = max(0, start - LOOKED_BACK)
    spoken, start, stop = spoken[first : stop + LOOKED_AHEAD], start - first, stop - first
    negated = denies if kind.own_negation else negates
    grammars, frames, reported = (
        (_OF_AGENTS, _DOUBTED, _TAKEN_UP) if kind.of_agents else (_GRAMMARS, _FRAMES, _REPORTED)
    )
    if negated(grammars[language], spoken, start, stop):
        return True
    said = surroundings(spoken, start, stop, _WISHES[language])
    return framed(frames[language], said) or not kind.even_reported and reported[language].governs(said)
