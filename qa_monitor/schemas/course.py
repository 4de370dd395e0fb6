"""How the customer went through a call."""

from qa_monitor.schemas.shape import Shape
from sentiment.records import CourseState, Trend


class ShiftJson(Shape):
    """From one utterance on, the customer's voice was another than before. Levels are 0 to 1."""

    at_s: float
    before: float
    after: float


class CourseJson(Shape):
    """How the customer went through the call, up to `at_s`. Levels are probabilities of being upset, 0 to 1."""

    at_s: float
    state: CourseState
    since_s: float | None
    """Since when it is so; null while it is unknown."""
    level: float | None
    trend: Trend | None
    told: int
    """Utterances that could be told."""
    unsure: int
    """Those with too little voice, or whose text is not trusted."""
    shifts: list[ShiftJson]
    peak: float | None
    peak_s: float | None
    peak_end: float | None
    """The mean of the worst level and the latest."""
    upset_s: float | None
    recovered_s: float | None
    """When the customer last had been calm again for several utterances; null where they never were upset."""
    recoveries: int
