"""Whether the customer's words go on speaking for or against; for one rule in one call."""

from collections import deque

from alerts.conditions import PolarityPersists
from keywords.records import TextPolarity
from streams.records import Utterance

Leaning = tuple[Utterance, TextPolarity]
"""What was said, and what its words speak for."""


class LeaningWatch:
    """Not safe to share: holds the customer's last utterances of one call. Speaks once per episode."""

    def __init__(self, condition: PolarityPersists, *, calm_utterances: int) -> None:
        self._condition = condition
        self._calm_utterances = calm_utterances
        self._recent: deque[Leaning] = deque(maxlen=condition.of_last)
        self._calm_in_a_row = 0
        self._in_episode = False
        self._count = 0

    @property
    def ongoing(self) -> int | None:
        """The number of the episode that goes on; else None."""
        return self._count if self._in_episode else None

    @property
    def showing(self) -> tuple[Leaning, ...]:
        """The utterances that show the polarity, among those remembered."""
        return tuple(recent for recent in self._recent if self._shows(recent[1]))

    def final(self, utterance: Utterance, polarity: TextPolarity | None) -> bool:
        """Whether an episode begins with this utterance. One without a polarity neither counts nor takes up room."""
        if polarity is None:
            return False
        self._recent.append((utterance, polarity))
        self._calm_in_a_row = 0 if self._shows(polarity) else self._calm_in_a_row + 1
        if self._in_episode:
            self._end_when_calm()
            return False
        self._in_episode = len(self.showing) >= self._condition.utterances
        self._count += self._in_episode
        return self._in_episode

    def _shows(self, polarity: TextPolarity) -> bool:
        return polarity.polarity is self._condition.polarity and polarity.certainty >= self._condition.at_least

    def _end_when_calm(self) -> None:
        if self._calm_in_a_row >= self._calm_utterances:
            self._in_episode = False
            self._recent.clear()
