"""Whether a silence or a talk-over has lasted long enough; for one rule in one call."""


class StretchWatch:
    """Not safe to share: speaks once per stretch.

    `counted`: how many were told before it began to watch; `told`: the one that goes on is the last of them, and is not
    told again however the limit has changed.
    """

    def __init__(self, *, longer_than_s: float, counted: int = 0, told: bool = False) -> None:
        self._longer_than_s = longer_than_s
        self._long_enough = False
        self._told_before = told
        self._count = counted

    @property
    def counted(self) -> int:
        """How many stretches of the call were long enough so far."""
        return self._count

    def at(self, length_s: float | None) -> int | None:
        """The number of this stretch in the call, from 1, when it has just become long enough; else None.

        `length_s`: how long it is by now; None: there is none.
        """
        was_long_enough = self._long_enough
        self._long_enough = length_s is not None and length_s >= self._longer_than_s
        self._told_before = self._told_before and length_s is not None
        if self._told_before or was_long_enough or not self._long_enough:
            return None
        self._count += 1
        return self._count

    @property
    def ongoing(self) -> int | None:
        """The number of the stretch that goes on and is long enough; else None."""
        return self._count if self._long_enough else None
