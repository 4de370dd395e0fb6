"""What the human side of review asks of a store. Every method raises `StoreError`, and `NotKept` where nothing is."""

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from qa_monitor.people.records import AgentKey
from qa_monitor.people.sight import EVERYTHING, Sight
from qa_monitor.reviews.calibration import Calibration, CalibrationId, Said, Sheet
from qa_monitor.reviews.comments import Comment
from qa_monitor.reviews.life import About
from qa_monitor.reviews.records import Event, Review, ReviewerId, ReviewId, ReviewState
from streams.records import CallId


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """Which reviews are asked for; None: whichever."""

    states: Set[ReviewState] | None = None
    reviewer: ReviewerId | None = None
    call_id: CallId | None = None
    limit: int = 200


class ReviewStore(Protocol):
    """Reviews, and comments on calls."""

    async def begin(self, about: About, first: Event) -> Review:
        """Keep a new review. Raises `WrongStep`."""

    async def act(self, review_id: ReviewId, event: Event, allow: Callable[[Review], None]) -> Review:
        """Keep one more act. `allow` is given the review as it is in that moment, and raises what stands in the way.

        Raises `WrongStep`.
        """

    async def review(self, review_id: ReviewId) -> Review | None:
        """One review, or none."""

    async def reviews(self, sought: Sought, sight: Sight = EVERYTHING) -> tuple[Review, ...]:
        """Those of calls that may be seen, the last one touched first."""

    async def of_agent(self, agent: AgentKey, limit: int) -> tuple[Review, ...]:
        """Those of an agent's calls that were submitted, the last one touched first."""

    async def comment(self, comment: Comment) -> None:
        """Keep a comment. Raises `WrongThread`."""

    async def comments(self, call_id: CallId) -> tuple[Comment, ...]:
        """All of a call, by their second, then by when they were written."""


class CalibrationStore(Protocol):
    """Blind calibrations."""

    async def begin(self, calibration: Calibration) -> None:
        """Keep a new one, with the machine's answers as they are."""

    async def hand_in(self, calibration_id: CalibrationId, sheet: Sheet) -> Calibration:
        """Keep what a reviewer answered; with the last sheet it is closed. Raises `NotNow`."""

    async def close(self, calibration_id: CalibrationId, by: str, at: datetime) -> Calibration:
        """Close it with what was handed in. Raises `NotNow` where it is closed already."""

    async def calibration(self, calibration_id: CalibrationId) -> Calibration | None:
        """One of them, or none."""

    async def calibrations(self, limit: int) -> tuple[Calibration, ...]:
        """The newest first."""

    async def open_for(self, reviewer: ReviewerId) -> tuple[Calibration, ...]:
        """Those that are open and ask this person."""

    async def open_calls(self) -> frozenset[CallId]:
        """The calls of all that are open, whomever they ask."""

    async def calibrated(self) -> Sequence[tuple[str, str]]:
        """Scorecards with their versions, as ids, of closed ones."""

    async def said(self, scorecard_id: str, version: str) -> Sequence[Said]:
        """Every answer of the closed ones of this version of a scorecard."""
