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
    others: tuple[tuple[int, ...], ...] = ()
    """What else it may have been, the likeliest first: tokens; none where a single guess was followed."""


def guess_of(written: Sequence[Sequence[int]], score: float, no_speech: float, ends: set[int], told: int) -> Guess:
    """The guess in what the decoder wrote, the likeliest first; `score`: of that one, for each of its tokens.

    `told`: how many tokens were put in the decoder's mouth: certain, they would make it look surer than it is.
    """
    own, *others = (tuple(token for token in tokens[told:] if token not in ends) for tokens in written)
    return Guess(
        tokens=own,
        others=tuple(others),
        confidence=exp(min(0.0, score * (told + len(own) + 1) / (len(own) + 1))),
        no_speech=no_speech,
    )
