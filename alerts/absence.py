"""That a phrase was not said where it should have been."""

from dataclasses import dataclass

from streams.records import Utterance


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """The phrase was not said between these seconds."""

    start_s: float
    end_s: float
    heard: tuple[Utterance, ...]
    """What was said instead: the finals of the window, and distrusted ones shortly before it."""

    @property
    def sure(self) -> bool:
        """False where one of the finals is distrusted: the phrase may have been in it."""
        return all(utterance.trusted for utterance in self.heard)
