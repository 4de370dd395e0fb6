"""Whether something lasts over the customer's utterances: episodes that begin, go on and end."""

from collections import deque
from collections.abc import Callable
from typing import Generic, TypeVar

Heard = TypeVar("Heard")
"""What is remembered of an utterance."""


class Persistence(Generic[Heard]):
    """Not safe to share: holds the customer's last utterances of one call.

    An episode begins when `utterances` of the last `of_last` show what is looked for, and ends after
    `calm_utterances` in a row that do not.
    """

    def __init__(self, shows: Callable[[Heard], bool], *, utterances: int, of_last: int, calm_utterances: int) -> None:
        self._shows = shows
        self._utterances = utterances
        self._calm_utterances = calm_utterances
        self._recent: deque[Heard] = deque(maxlen=of_last)
        self._calm_in_a_row = 0
        self._in_episode = False
        self._count = 0

    @property
    def ongoing(self) -> int | None:
        """The number of the episode that goes on, from 1; else None."""
        return self._count if self._in_episode else None

    @property
    def showing(self) -> tuple[Heard, ...]:
        """Those that show it, among the utterances remembered."""
        return tuple(recent for recent in self._recent if self._shows(recent))

    def forget(self) -> None:
        """What was heard so far is as if it had never been; no number is given to a second episode."""
        self._recent.clear()
        self._calm_in_a_row, self._in_episode = 0, False

    def add(self, heard: Heard) -> bool:
        """Whether an episode begins with this utterance."""
        self._recent.append(heard)
        self._calm_in_a_row = 0 if self._shows(heard) else self._calm_in_a_row + 1
        if self._in_episode:
            self._end_when_calm()
            return False
        self._in_episode = len(self.showing) >= self._utterances
        self._count += self._in_episode
        return self._in_episode

    def _end_when_calm(self) -> None:
        if self._calm_in_a_row >= self._calm_utterances:
            self._in_episode = False
            self._recent.clear()
