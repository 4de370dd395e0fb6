"""Blind calibration: several people fill in the same scorecard for the same calls, each without the others'. Pure."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NewType

from qa_monitor.reviews.records import QuestionId, ReviewerId, Value
from streams.records import CallId

CalibrationId = NewType("CalibrationId", str)
MACHINE = ReviewerId("")
"""Who the machine's answers are by: no account has an empty name."""


class NotNow(Exception):
    """That cannot be done to this calibration as it stands. Says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A person's answer to a question, with a word on it."""

    value: Value
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What one reviewer answered for one call. Handed in once, never changed."""

    call_id: CallId
    reviewer: ReviewerId
    at: datetime
    answers: Mapping[QuestionId, Given]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One answer of one call: a person's, or the machine's."""

    call_id: CallId
    question_id: QuestionId
    by: ReviewerId
    value: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """Calls, people, and what they handed in."""

    calibration_id: CalibrationId
    title: str
    scorecard_id: str
    version: str
    """Of the scorecard: another one may ask other questions by the same names."""
    calls: tuple[CallId, ...]
    reviewers: tuple[ReviewerId, ...]
    by: str
    at: datetime
    machine: tuple[Said, ...] = ()
    """What the machine answered when it began. Kept, so that a later scoring does not change the comparison."""
    sheets: tuple[Sheet, ...] = ()
    closed_by: str | None = None
    closed_at: datetime | None = None

    @property
    def closed(self) -> bool:
        """Whether everybody may see everything."""
        return self.closed_at is not None

    @property
    def complete(self) -> bool:
        """Whether nobody has anything left to hand in."""
        return len(self.sheets) >= len(self.calls) * len(self.reviewers)

    def handed_in(self, reviewer: ReviewerId) -> frozenset[CallId]:
        """The calls this reviewer is done with."""
        return frozenset(sheet.call_id for sheet in self.sheets if sheet.reviewer == reviewer)

    def said(self) -> tuple[Said, ...]:
        """Every answer, the machine's among them."""
        people = tuple(
            Said(call_id=sheet.call_id, question_id=question_id, by=sheet.reviewer, value=given.value)
            for sheet in self.sheets
            for question_id, given in sheet.answers.items()
        )
        return (*people, *self.machine)


def check_takes(calibration: Calibration, sheet: Sheet) -> None:
    """Raises `NotNow` where this sheet cannot be handed in."""
    if calibration.closed:
        raise NotNow("this calibration is closed")
    if sheet.call_id not in calibration.calls or sheet.reviewer not in calibration.reviewers:
        raise NotNow("this calibration does not ask you about that call")
    if sheet.call_id in calibration.handed_in(sheet.reviewer):
        raise NotNow("it was handed in, and is not changed afterwards")
    if not sheet.answers:
        raise NotNow("answer at least one question")


def visible_to(calibration: Calibration, name: str, blind: Set[CallId] = frozenset()) -> Calibration:
    """As far as this person may see it: their own sheets until it is closed, whatever their role is; then all.

    Of the `blind` calls, which another calibration asks them about, their own sheets alone even then.
    """
    hidden = blind if calibration.closed else set(calibration.calls)
    return replace(
        calibration,
        sheets=tuple(one for one in calibration.sheets if one.reviewer == name or one.call_id not in hidden),
        machine=tuple(one for one in calibration.machine if one.call_id not in hidden),
    )


def blind_calls(calibrations: Iterable[Calibration], name: str) -> Set[CallId]:
    """The calls whose answers, the machine's and others', this person must not see yet."""
    return {call for one in calibrations if not one.closed and name in one.reviewers for call in one.calls}
