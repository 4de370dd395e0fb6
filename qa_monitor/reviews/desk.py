"""What the human side of review works with."""

from dataclasses import dataclass

from qa_monitor.reviews.port import CalibrationStore, ReviewStore
from qa_monitor.reviews.trust import Trust
from qa_monitor.scorecards.port import ScoreStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewing:
    """The parts that routes need."""

    reviews: ReviewStore
    calibrations: CalibrationStore
    scores: ScoreStore
    trust: Trust
