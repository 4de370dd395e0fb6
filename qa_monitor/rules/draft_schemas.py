"""The shapes of JSON about drafts of rules: checked, tried, published and taken back."""

from typing import Annotated, Literal

from pydantic import Field

from alerts.records import HoldReason
from keywords.records import HitReason
from qa_monitor.rules.history_schemas import DifferenceJson
from qa_monitor.rules.schemas import Name, ProblemJson, ScopeJson
from qa_monitor.schemas.flags import PriorityLabel
from qa_monitor.schemas.shape import Bilingual, Shape
from streams.records import Language

MOST_TEXT = 1_000_000
"""Characters of a rule file."""
MOST_SENTENCE = 5_000


class DraftJson(Shape):
    """A rule file that is not in force."""

    text: Annotated[str, Field(max_length=MOST_TEXT)]
    """It says itself which tenant and team it is for."""


class CheckedJson(Shape):
    """What publishing the draft would do. With problems it would be refused."""

    problems: list[ProblemJson]
    file: str
    """What the draft is called in its problems; those with another name are of files it is read together with."""
    scope: ScopeJson
    """Whose calls the draft says it is for."""
    yours: bool
    """Whether it is for whoever asks to publish it."""
    version: str | None
    differences: list[DifferenceJson]


class TryJson(Shape):
    """A sentence to try: on a draft, or without `text` on the rules in force, in a call of this tenant and team."""

    text: Annotated[str, Field(max_length=MOST_TEXT)] | None = None
    tenant: Name = ""
    team: Name = ""
    sentence: Annotated[str, Field(min_length=1, max_length=MOST_SENTENCE)]
    language: Language
    speaker: Literal["customer", "agent"]


class HitJson(Shape):
    """A phrase found in the sentence."""

    rule_id: str
    phrase: str
    part: int
    reason: HitReason
    certainty: float
    lit: list[int]
    """Places of its words in the sentence, from 0."""


class TriedFlagJson(Shape):
    """A flag the sentence alone would raise; `held`: why nobody would be told."""

    rule_id: str
    priority: PriorityLabel
    held: HoldReason | None


class TriedJson(Shape):
    """What the rules make of a sentence; with problems, nothing was tried."""

    problems: list[ProblemJson]
    words: list[str]
    hits: list[HitJson]
    flags: list[TriedFlagJson]
    names: dict[str, Bilingual]
    """What the rules of these hits and flags are called, by id."""


class PublishJson(DraftJson):
    """A rule file to put into force."""

    by: Annotated[str, Field(min_length=1, max_length=200)]
    """Who does it, for the history."""


class UndoJson(Shape):
    """The latest publication is to be taken back: for these calls, or without `scope` of all that are one's own."""

    scope: ScopeJson | None = None
    by: Annotated[str, Field(min_length=1, max_length=200)]


class RefusalJson(Shape):
    """A draft that was not published."""

    problems: list[ProblemJson]
