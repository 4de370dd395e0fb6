"""Whether an emotion lasts; for one rule in one call."""

from collections import deque
from dataclasses import replace

from alerts.conditions import EmotionPersists
from alerts.records import ScoredUtterance


class PersistenceWatch:
    """Not safe to share: holds the customer's last utterances of one call. Speaks once per episode."""

    def __init__(self, condition: EmotionPersists, *, calm_utterances: int) -> None:
        self._condition = condition
        self._calm_utterances = calm_utterances
        self._recent: deque[ScoredUtterance] = deque(maxlen=condition.of_last)
        self._calm_in_a_row = 0
        self._in_episode = False
        self._count = 0

    @property
    def ongoing(self) -> int | None:
        """The number of the episode that goes on; else None."""
        return self._count if self._in_episode else None

    def forget(self) -> None:
        """What was heard so far is as if it had never been; no number is given to a second episode."""
        self._recent.clear()
        self._calm_in_a_row, self._in_episode = 0, False

    @property
    def showing(self) -> tuple[ScoredUtterance, ...]:
        """The utterances that show the emotion, among those remembered."""
        return tuple(recent for recent in self._recent if self._shows(recent))

    def final(self, scored: ScoredUtterance) -> tuple[ScoredUtterance, ...]:
        """The utterances that together show the emotion, when it has just become persistent; else empty.

        Utterances without enough voice to tell, or with distrusted text, neither count nor take up room.
        """
        if scored.emotion is None or not scored.emotion.enough or not scored.utterance.trusted:
            return ()
        # the voice itself is not kept beyond its scoring
        self._recent.append(replace(scored, utterance=replace(scored.utterance, embedding=None)))
        self._calm_in_a_row = 0 if self._shows(scored) else self._calm_in_a_row + 1
        if self._in_episode:
            self._end_when_calm()
            return ()
        self._in_episode = len(self.showing) >= self._condition.utterances
        self._count += self._in_episode
        return self.showing if self._in_episode else ()

    def _shows(self, scored: ScoredUtterance) -> bool:
        probabilities = scored.emotion.probabilities if scored.emotion else {}
        return probabilities.get(self._condition.emotion, 0.0) >= self._condition.at_least

    def _end_when_calm(self) -> None:
        if self._calm_in_a_row >= self._calm_utterances:
            self._in_episode = False
            self._recent.clear()
