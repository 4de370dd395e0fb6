"""What the decoder takes an utterance for: its own tokens, and how sure it is of them. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """One utterance's tokens, without those that end it."""

    tokens: tuple[int, ...]
    confidence: float
    """0 to 1: geometric mean of the probabilities of the tokens."""
    no_speech: float
    """0 to 1: how likely nobody spoke."""


def guess_of(tokens: Sequence[int], score: float, no_speech: float, ends: set[int], told: int) -> Guess:
    """The guess in what the decoder wrote.

    `told`: how many tokens were put in the decoder's mouth: certain, they would make it look surer than it is.
    """
    own = [token for token in tokens[told:] if token not in ends]
    return Guess(
        tokens=tuple(own),
        confidence=exp(min(0.0, score * (told + len(own) + 1) / (len(own) + 1))),
        no_speech=no_speech,
    )
