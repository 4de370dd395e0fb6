"""Whether what was said was taken back: "je ne veux pas résilier", "no need for a refund". Pure.

A negation governs what follows it up to the end of its clause: punctuation, "but" and "mais", "and" and "et", or the
subject of another clause ("je ne suis pas content je veux résilier"). It does not take back what the speaker plainly
wants: what they cannot get ("why can't I cancel"), have not got ("vous ne m'avez pas remboursé") or threaten with
("don't make me cancel", "je ne voudrais pas avoir à porter plainte").
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from keywords.clauses import Grammar, negates
from keywords.negation_en import ENGLISH
from keywords.negation_fr import FRENCH
from keywords.normal import Token
from streams.records import Language

_GRAMMARS: Mapping[Language, Grammar] = MappingProxyType({Language.FR: FRENCH, Language.EN: ENGLISH})


def is_negated(spoken: Sequence[Token], start: int, stop: int, language: Language) -> bool:
    """Whether the hit over tokens `start` to `stop` (exclusive) is negated."""
    return negates(_GRAMMARS[language], spoken, start, stop)
