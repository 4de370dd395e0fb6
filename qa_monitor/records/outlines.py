"""The outline of sound."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Peaks:
    """The outline of a call's audio, to be drawn."""

    per_second: int
    duration_s: float
    channels: tuple[tuple[int, ...], ...]
    """Per channel: lowest and highest of each slice in turn, -128 to 127."""
