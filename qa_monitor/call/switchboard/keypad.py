"""Keys by which whoever is on the call pauses it or takes it off the record. Pure.

A digit may be card data: it is remembered only as long as a sequence may still come of it.
"""

from collections.abc import Mapping
from enum import StrEnum

FORGET_S = 5.0
"""Between two keys of a sequence, in seconds of audio."""


class KeyAction(StrEnum):
    """What a sequence of keys does."""

    PAUSE = "pause"
    RESUME = "resume"
    OFF_RECORD = "off_record"


class Keypad:
    """One per call. `sequences`: keys such as `*1`, and what they do; empty: no key does anything."""

    def __init__(self, sequences: Mapping[str, KeyAction]) -> None:
        self._sequences = sequences
        self._begun = ""
        self._pressed_s = 0.0

    def press(self, key: str, at_s: float) -> KeyAction | None:
        """What this key completes, if anything."""
        begun = self._begun if at_s - self._pressed_s <= FORGET_S else ""
        pressed, self._pressed_s = begun + key, at_s
        endings = [pressed[start:] for start in range(len(pressed))]
        complete = next((ending for ending in endings if ending in self._sequences), None)
        if complete is not None:
            self._begun = ""
            return self._sequences[complete]
        self._begun = next((ending for ending in endings if self._may_grow(ending)), "")
        return None

    def _may_grow(self, begun: str) -> bool:
        return any(sequence.startswith(begun) for sequence in self._sequences)
