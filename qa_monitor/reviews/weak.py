"""Questions the machine answers badly: where it agrees too little with people, it answers no more. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from qa_monitor.reviews.agreement import Agreement
from qa_monitor.reviews.kappa import Kappa
from qa_monitor.reviews.records import QuestionId
from qa_monitor.scorecards.records import Scorecard


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """From when on the machine is no more trusted with a question."""

    kappa: float
    """Least kappa between the machine and people."""
    calls: int
    """So many calibrated calls are needed before it counts."""

    def __post_init__(self) -> None:
        if not -1 <= self.kappa <= 1:
            raise ValueError(f"a floor of {self.kappa}: kappa lies between -1 and 1")
        if self.calls < 2:
            raise ValueError(f"{self.calls} calls: kappa needs at least 2")


@dataclass(frozen=True, slots=True, kw_only=True)
class Floors:
    """The floor of every question of a scorecard."""

    default: Floor
    own: Mapping[QuestionId, float] = field(default_factory=lambda: MappingProxyType({}))
    """Of questions that name one themselves."""

    def of(self, question_id: QuestionId) -> float:
        """The least kappa of this question."""
        return self.own.get(question_id, self.default.kappa)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weak:
    """A question the machine answers no more, and why."""

    question_id: QuestionId
    kappa: Kappa
    floor: float


def weak_questions(found: Iterable[Agreement], floors: Floors) -> Mapping[QuestionId, Weak]:
    """Those under their floor.

    Where kappa is not defined, because all gave one and the same answer, there is no sign that the machine is wrong.
    """
    weak = {}
    for one in found:
        floor = floors.of(one.question_id)
        if one.machine is not None and one.machine.calls >= floors.default.calls and one.machine.value < floor:
            weak[one.question_id] = Weak(question_id=one.question_id, kappa=one.machine, floor=floor)
    return weak


def floors_of(scorecard: Scorecard, default: Floor) -> Floors:
    """What the questions of a scorecard ask of the machine, and what holds for those that ask nothing of their own."""
    own = {QuestionId(one.question_id): one.floor for _, one in scorecard.questions if one.floor is not None}
    return Floors(default=default, own=own)
