"""How a window is shown to the speech model, and how it is decoded. Every choice is measured: docs/performance.md."""

from dataclasses import dataclass
from enum import StrEnum


class Tail(StrEnum):
    """What is encoded after the utterance."""

    OWN_BAND = "own-band"
    """As quiet as its own quietest band."""
    ZEROS = "zeros"
    """Digital silence."""


class Graft(StrEnum):
    """Which cached states of silence follow the encoded ones."""

    SPREAD = "spread"
    """A few right behind, then a sample of the rest up to second 30: the decoder sees where the silence ends."""
    ROOM = "room"
    """All of them, up to a number of positions."""
    NONE = "none"
    """None: only what was encoded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """One way of transcribing."""

    tail_frames: int = 100
    """Encoded after every utterance, 10 ms each; with less than a second the decoder tends to loop."""
    tail: Tail = Tail.OWN_BAND
    graft: Graft = Graft.SPREAD
    near: int = 200
    """Spread graft: positions of silence right behind the utterance, 20 ms each."""
    far: int = 50
    """Spread graft: positions sampled evenly from there to second 30."""
    positions: int = 750
    """Room graft: the fewest positions the decoder is shown."""
    beam: int = 1
    tokens_per_s: int = 8
    """Nobody speaks faster for long: the cap that ends a runaway decoder."""
    retry: bool = True
    """A decoder that went round in circles is given a window padded to 30 s, once."""
    halvings: int = 2
    """Where a final holds seconds of speech without a word, its audio is heard again in two halves, so many times."""
    encode_together: bool = False
    """Encode the windows of a batch in one go, padded to the longest: right for an accelerator, dearer on a core."""


USUAL = Recipe()
"""The one that was measured best for `base` on a processor."""
