"""What was said and hardly understood, or not at all: it may be a question, or an answer said again. Pure."""

from dataclasses import dataclass, replace

from keywords.records import RedactionKind
from streams.records import Utterance

CLEAR = 0.7
"""With less confidence some of the words are others, and where digits of a card may be said, they may be digits."""
REMEMBERED = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    channel: int
    start_s: float
    end_s: float
    vague: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    kind: RedactionKind
    channel: int
    end_s: float


class Unclear:
    """One per call. What the other side said counts, as far as it is of the last seconds."""

    def __init__(self) -> None:
        self._answers: list[_Answer] = []
        self._missed: list[tuple[int, float]] = []
        self._said: list[_Said] = []
        self._doubted_s: list[float] = []

    def missed(self, channel: int, end_s: float) -> None:
        """Something that ended here has no text at all."""
        self._missed = [*self._missed, (channel, end_s)][-REMEMBERED:]

    def note(self, utterance: Utterance, *, told: bool) -> None:
        """Somebody said this. A final takes the place of its guesses. `told`: enough was heard to know what it asks."""
        said = _Said(
            channel=utterance.channel,
            start_s=utterance.start_s,
            end_s=utterance.end_s,
            vague=utterance.confidence < CLEAR and not told and bool(utterance.text.strip()),
        )
        others = [one for one in self._said if (one.channel, one.start_s) != (said.channel, said.start_s)]
        self._said = [*others, said][-REMEMBERED:]

    def doubted(self, end_s: float) -> None:
        """What ended here was masked because it was hardly understood."""
        self._doubted_s = [*self._doubted_s, end_s][-REMEMBERED:]

    def was_doubted(self, at_s: float, within_s: float) -> bool:
        """Whether anything just before was, on any channel."""
        return any(0 <= at_s - end_s <= within_s for end_s in self._doubted_s)

    def answered(self, utterance: Utterance, kind: RedactionKind) -> None:
        """It was taken for an answer of this kind, whose digits nobody knows."""
        self._answers = [*self._answers, _Answer(kind=kind, channel=utterance.channel, end_s=utterance.end_s)][-1:]
        self.asks_nothing(utterance)

    def asks_nothing(self, utterance: Utterance) -> None:
        """It was no question, little as was understood of it."""
        place = (utterance.channel, utterance.start_s)
        self._said = [replace(one, vague=one.vague and (one.channel, one.start_s) != place) for one in self._said]

    def repeated(self, channel: int, at_s: float, within_s: float) -> RedactionKind | None:
        """What may be said again here: the kind of such an answer of the other side."""
        return next(
            (one.kind for one in self._answers if one.channel != channel and 0 <= at_s - one.end_s <= within_s), None
        )

    def was_missed(self, channel: int, at_s: float, within_s: float) -> bool:
        """Whether the other side said something just before that has no text."""
        return any(other != channel and 0 <= at_s - end_s <= within_s for other, end_s in self._missed)

    def was_vague(self, channel: int, at_s: float, within_s: float) -> bool:
        """Whether the last thing that the other side said just before was hardly understood."""
        before = [one for one in self._said if one.channel != channel and 0 <= at_s - one.end_s <= within_s]
        return bool(before) and max(before, key=lambda one: one.end_s).vague
