"""Whether a silence or a talk-over has lasted long enough; for one rule in one call."""


class StretchWatch:
    """Not safe to share: speaks once per stretch."""

    def __init__(self, *, longer_than_s: float) -> None:
        self._longer_than_s = longer_than_s
        self._told = False
        self._count = 0

    def at(self, length_s: float | None) -> int | None:
        """The number of this stretch in the call, from 1, when it has just become long enough; else None.

        `length_s`: how long it is by now; None: there is none.
        """
        long_enough = length_s is not None and length_s >= self._longer_than_s
        news = long_enough and not self._told
        self._told = long_enough
        if not news:
            return None
        self._count += 1
        return self._count

    @property
    def ongoing(self) -> int | None:
        """The number of the stretch that goes on and is long enough; else None."""
        return self._count if self._told else None
