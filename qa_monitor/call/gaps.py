"""The gaps of one call, joined: a pause told in pieces of 20 ms is one pause. Pure."""

from dataclasses import replace

from streams.records import Gap

TOUCHING_S = 0.005
"""Pieces closer than this belong together: their seconds are sums of rounded ones."""


class Gaps:
    """Give it the pieces as they come; take what is to be kept. A gap that still grows is taken again, longer."""

    def __init__(self) -> None:
        self._latest: dict[int, Gap] = {}
        self._changed: dict[tuple[int, float], Gap] = {}

    def add(self, piece: Gap) -> Gap:
        """The gap that this piece is part of, as far as it is known."""
        before = self._latest.get(piece.channel)
        whole = piece
        if before is not None and before.reason is piece.reason:
            before_end_s = before.start_s + before.duration_s
            if abs(piece.start_s - before_end_s) <= TOUCHING_S:
                whole = replace(before, duration_s=piece.start_s + piece.duration_s - before.start_s)
        self._latest[piece.channel] = self._changed[(whole.channel, whole.start_s)] = whole
        return whole

    def take(self) -> tuple[Gap, ...]:
        """What is new or has grown since the last time."""
        changed = tuple(self._changed.values())
        self._changed = {}
        return changed
