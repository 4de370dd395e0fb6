"""What customers answered in surveys, and how long they waited: brought in from other systems. Pure."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from math import isfinite

LONGEST_ID = 200
LONGEST_WAIT_S = 86_400.0


class SurveyKind(StrEnum):
    """Which question was asked. docs/reports.md says how each is scored, and whose definition that is."""

    NPS = "nps"
    """How likely they are to recommend: 0 to 10."""
    CSAT = "csat"
    """How satisfied they are: 1 to 5."""
    CES = "ces"
    """Whether it was made easy for them: 1 to 7."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Which answers there are, which of them count as satisfied, and which as against."""

    least: int
    most: int
    satisfied: int
    """From this answer on: a promoter, or satisfied."""
    against: int
    """Up to this answer: a detractor, or dissatisfied."""


SCALES = {
    SurveyKind.NPS: Scale(least=0, most=10, satisfied=9, against=6),
    SurveyKind.CSAT: Scale(least=1, most=5, satisfied=4, against=2),
    SurveyKind.CES: Scale(least=1, most=7, satisfied=5, against=3),
}


class CustomerError(ValueError):
    """An answer or a wait cannot be used. Names the field, what was found and what is allowed."""

    def __init__(self, *, field: str, found: object, allowed: str) -> None:
        super().__init__(f"{field}: found {found!r}; allowed: {allowed}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """One customer's answer to one question about one call. Its words are not kept."""

    survey_id: str
    """Of the system that asked: the same again replaces the answer."""
    call_id: str
    kind: SurveyKind
    value: int
    answered_at: datetime

    def __post_init__(self) -> None:
        _check_id("survey_id", self.survey_id)
        _check_id("call_id", self.call_id)
        _check_instant("answered_at", self.answered_at)
        scale = SCALES[self.kind]
        if not scale.least <= self.value <= scale.most:
            raise CustomerError(
                field="value", found=self.value, allowed=f"{scale.least} to {scale.most} for {self.kind.value}"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """One customer who waited for an agent, and got one or gave up."""

    wait_id: str
    """Of telephony: the same again replaces it."""
    call_id: str | None = None
    """The call it led to, where one was followed: what telephony said at its start is replaced."""
    tenant: str
    team: str
    queue: str
    began_at: datetime
    """When the customer began to wait."""
    waited_s: float
    answered: bool
    """False: they gave up."""

    def __post_init__(self) -> None:
        _check_id("wait_id", self.wait_id)
        _check_instant("began_at", self.began_at)
        if self.call_id is not None:
            _check_id("call_id", self.call_id)
            if not self.answered:
                raise CustomerError(field="call_id", found=self.call_id, allowed="only where it was answered")
        if not self.tenant or max(len(self.tenant), len(self.team), len(self.queue)) > LONGEST_ID:
            raise CustomerError(field="tenant, team, queue", found=self.tenant, allowed="at most 200 characters each")
        if not isfinite(self.waited_s) or not 0 <= self.waited_s <= LONGEST_WAIT_S:
            raise CustomerError(field="waited_s", found=self.waited_s, allowed="seconds, 0 to 86400")


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of what was brought in."""

    taken: int
    unmatched: tuple[str, ...]
    """Calls that are not kept, or not to be seen: nothing was written for these."""


def _check_id(field: str, value: str) -> None:
    if not 0 < len(value) <= LONGEST_ID or not value.isprintable():
        raise CustomerError(field=field, found=value, allowed="1 to 200 printable characters")


def _check_instant(field: str, value: datetime) -> None:
    if value.tzinfo is None:
        raise CustomerError(field=field, found=value.isoformat(), allowed="a time with its zone, 2026-03-02T12:00:00Z")
