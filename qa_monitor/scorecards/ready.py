"""A scorecard ready to be put to calls: each question with how the machine finds out. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from alerts.conditions import CallIs
from alerts.files.document import Document, FieldPath
from alerts.files.written import WrittenRule
from qa_monitor.scorecards.records import AnswerValue, Question, Scorecard, Section
from streams.records import CallStarted, Direction, Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """A condition of the scorecard's own, as a rule that tells nobody."""

    written: WrittenRule

    @property
    def rule_id(self) -> str:
        """Under what name it is looked for."""
        return self.written.rule.rule_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A rule of the call's team, in service or not."""

    rule_id: str
    path: FieldPath
    """Where it is named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """What an earlier question was answered."""

    question_id: str
    value: AnswerValue


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What was announced of the call."""

    call: CallIs


Found: TypeAlias = Own | Named
"""What is looked for in the call."""
Matter: TypeAlias = Found | Earlier | About
"""What makes a question count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """One question, and how it is answered."""

    question: Question
    section: Section
    by: Found | None
    """None: only a human can."""
    if_found: AnswerValue = AnswerValue.YES
    only_if: Matter | None = None
    unless: Matter | None = None

    @property
    def matters(self) -> Iterator[Matter]:
        """All that has to be known for it."""
        return (one for one in (self.by, self.only_if, self.unless) if one is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class For:
    """Whose calls it is for."""

    tenant: str | None = None
    teams: frozenset[str] | None = None
    languages: frozenset[Language] | None = None
    direction: Direction | None = None

    def fits(self, call: CallStarted, spoken: Language | None) -> bool:
        """`spoken`: the language of a call that was announced without one."""
        return (
            self.tenant in (None, call.tenant)
            and (self.teams is None or call.team in self.teams)
            and (self.languages is None or (call.language or spoken) in self.languages)
            and self.direction in (None, call.direction)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """One scorecard. Safe to share between calls."""

    scorecard: Scorecard
    audience: For
    inquiries: tuple[Inquiry, ...]
    """In the order of writing."""
    document: Document

    @property
    def own(self) -> Iterator[WrittenRule]:
        """The conditions of its own."""
        return (one.written for inquiry in self.inquiries for one in inquiry.matters if isinstance(one, Own))

    @property
    def named(self) -> Iterator[Named]:
        """The rules it asks."""
        return (one for inquiry in self.inquiries for one in inquiry.matters if isinstance(one, Named))
