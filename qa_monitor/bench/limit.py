"""Which numbers of calls are tried to find how many a machine follows. Pure."""

from dataclasses import dataclass, field


@dataclass(slots=True, kw_only=True)
class Climb:
    """In large steps until it is too much, then in small ones from the last that was not."""

    start: int
    coarse: int = 8
    fine: int = 4
    most: int = 96
    """Not more than that."""
    _good: int = field(default=0, init=False)
    _bad: int | None = field(default=None, init=False)

    @property
    def limit(self) -> int:
        """The most that was followed so far; 0 where even the first was too much."""
        return self._good

    @property
    def next(self) -> int | None:
        """What to try now; none when the limit is known."""
        if self._good == 0 and self._bad is None:
            return self.start
        if self._bad is None:
            following = self._good + self.coarse
            return following if following <= self.most else None
        following = self._good + self.fine
        return following if following < self._bad else None

    def note(self, calls: int, *, followed: bool) -> None:
        """How a try went."""
        if followed:
            self._good = max(self._good, calls)
        else:
            self._bad = calls if self._bad is None else min(self._bad, calls)


PEER_STEPS = (1, 2, 3, 4, 6, 8)
"""What other servers are tried with, until they do not follow."""
