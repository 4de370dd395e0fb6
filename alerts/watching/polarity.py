"""Whether the customer's words go on speaking for or against; for one rule in one call."""

from alerts.conditions import PolarityPersists
from alerts.watching.persistence import Persistence
from keywords.records import TextPolarity
from streams.records import Utterance

Said = tuple[Utterance, TextPolarity]
"""What was said, and what its words speak for."""


class PolarityWatch:
    """Not safe to share: holds the customer's last utterances of one call. Speaks once per episode."""

    def __init__(self, condition: PolarityPersists, *, calm_utterances: int) -> None:
        self._condition = condition
        self._said: Persistence[Said] = Persistence(
            self._shows,
            utterances=condition.utterances,
            of_last=condition.of_last,
            calm_utterances=calm_utterances,
        )

    @property
    def ongoing(self) -> int | None:
        """The number of the episode that goes on; else None."""
        return self._said.ongoing

    @property
    def showing(self) -> tuple[Said, ...]:
        """The utterances that show the polarity, among those remembered."""
        return self._said.showing

    def final(self, utterance: Utterance, polarity: TextPolarity | None) -> bool:
        """Whether an episode begins with this utterance. One without a polarity neither counts nor takes up room."""
        return polarity is not None and self._said.add((utterance, polarity))

    def _shows(self, said: Said) -> bool:
        _, polarity = said
        return polarity.polarity is self._condition.polarity and polarity.certainty >= self._condition.at_least
