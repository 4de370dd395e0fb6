"""Whether an emotion in the customer's voice lasts; for one rule in one call."""

from dataclasses import replace

from alerts.conditions import EmotionPersists
from alerts.records import ScoredUtterance
from alerts.watching.persistence import Persistence


class EmotionWatch:
    """Not safe to share: holds the customer's last utterances of one call. Speaks once per episode."""

    def __init__(self, condition: EmotionPersists, *, calm_utterances: int) -> None:
        self._condition = condition
        self._heard: Persistence[ScoredUtterance] = Persistence(
            self._shows,
            utterances=condition.utterances,
            of_last=condition.of_last,
            calm_utterances=calm_utterances,
        )

    @property
    def ongoing(self) -> int | None:
        """The number of the episode that goes on; else None."""
        return self._heard.ongoing

    @property
    def showing(self) -> tuple[ScoredUtterance, ...]:
        """The utterances that show the emotion, among those remembered."""
        return self._heard.showing

    def forget(self) -> None:
        """What was heard so far is as if it had never been; no number is given to a second episode."""
        self._heard.forget()

    def final(self, scored: ScoredUtterance) -> bool:
        """Whether the emotion becomes persistent with this utterance.

        Utterances without enough voice to tell, or with distrusted text, neither count nor take up room.
        """
        if scored.emotion is None or not scored.emotion.enough or not scored.utterance.trusted:
            return False
        # the voice itself is not kept beyond its scoring
        return self._heard.add(replace(scored, utterance=replace(scored.utterance, embedding=None)))

    def _shows(self, scored: ScoredUtterance) -> bool:
        probabilities = scored.emotion.probabilities if scored.emotion else {}
        return probabilities.get(self._condition.emotion, 0.0) >= self._condition.at_least
