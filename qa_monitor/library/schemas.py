"""Lists, searches and samples of calls as JSON, and how they are asked for."""

from datetime import UTC, datetime
from typing import Annotated, Self

from pydantic import Field, model_validator

from alerts.records import Priority
from qa_monitor.library.records import MOST_COUNTED, Bounds, CallFilter, Sort
from qa_monitor.library.sampling import Method, Part, Why
from qa_monitor.library.text_query import parse_text
from qa_monitor.records.calls import CallState
from qa_monitor.records.verdicts import VerdictKind
from qa_monitor.schemas.flags import FlagCountsJson, PriorityLabel
from qa_monitor.schemas.shape import Bilingual, Shape
from sentiment.records import CourseState, Trend
from streams.records import Direction, Language, Speaker

Name = Annotated[str, Field(max_length=400)]
Names = Annotated[list[Name], Field(max_length=200)]
Seconds = Annotated[float | None, Field(ge=0, le=1e7, allow_inf_nan=False)]
Count = Annotated[int | None, Field(ge=0, le=1_000_000)]
Share = Annotated[float | None, Field(ge=0, le=1_000, allow_inf_nan=False)]


class FilterJson(Shape):
    """Which calls. Names may be repeated: one of them is enough. What is left out is not asked for."""

    text: str = Field(
        default="",
        max_length=1_000,
        description='Words said in the call, all of them: `refund "a manager" -invoice cancel* agent:sorry`.',
    )
    since: datetime | None = Field(default=None, description="Calls that began then or later; no zone means UTC.")
    until: datetime | None = Field(default=None, description="Calls that began earlier.")
    tenant: Names = []
    team: Names = Field(default=[], description="Calls that were with one of these teams at some time.")
    agent: Names = Field(default=[], description="Calls that were with one of these agents at some time.")
    language: list[Language] = []
    direction: list[Direction] = []
    state: list[CallState] = []
    min_duration_s: Seconds = None
    max_duration_s: Seconds = None
    min_talk_over_s: Seconds = None
    min_silence_s: Seconds = None
    min_hold_s: Seconds = None
    rule: Names = Field(default=[], description="Calls flagged by one of these rules.")
    held: bool = Field(default=False, description="Also where the rule's flags were held back; alone: any flag was.")
    priority: PriorityLabel | None = Field(default=None, description="Count flags of this priority or above.")
    min_flags: Count = None
    max_flags: Count = None
    verdict: list[VerdictKind] = Field(default=[], description="With a flag of which a coach last said so.")
    course: list[CourseState] = Field(default=[], description="How the customer was at the end.")
    trend: list[Trend] = []
    min_score: Share = None
    max_score: Share = None
    failed: bool | None = None

    def filter(self) -> CallFilter:
        """The same as the store is asked."""
        return CallFilter(
            text=parse_text(self.text),
            since=_zoned(self.since),
            until=_zoned(self.until),
            tenants=tuple(self.tenant),
            teams=tuple(self.team),
            agents=tuple(self.agent),
            languages=tuple(self.language),
            directions=tuple(self.direction),
            states=tuple(self.state),
            duration_s=Bounds(least=self.min_duration_s, most=self.max_duration_s),
            talk_over_s=Bounds(least=self.min_talk_over_s),
            silence_s=Bounds(least=self.min_silence_s),
            hold_s=Bounds(least=self.min_hold_s),
            rules=tuple(self.rule),
            held=self.held,
            priority=None if self.priority is None else Priority[self.priority.upper()],
            flags=Bounds(least=self.min_flags, most=self.max_flags),
            verdicts=tuple(self.verdict),
            courses=tuple(self.course),
            trends=tuple(self.trend),
            score=Bounds(least=self.min_score, most=self.max_score),
            failed=self.failed,
        )


def _zoned(at: datetime | None) -> datetime | None:
    return at if at is None or at.tzinfo is not None else at.replace(tzinfo=UTC)


class AskedJson(FilterJson):
    """One page of calls."""

    sort: Sort = Sort.NEWEST
    after: str | None = Field(
        default=None, max_length=400, description="`next` of the page before, with the same sort."
    )
    limit: int = Field(default=50, ge=1, le=200)


class SnippetJson(Shape):
    """What was said where words of the search were found."""

    at_s: float
    speaker: Speaker
    text: str
    marks: list[tuple[int, int]]
    """Where the words stand in the text: first character, and the one after the last."""


class FoundCallJson(Shape):
    """One call in one line. What is null is not known."""

    call_id: str
    tenant: str
    team: str
    agent_id: str
    agents: int
    """How many parts it had, one for each agent in turn."""
    direction: Direction
    language: Language | None
    state: CallState
    began_at: datetime
    duration_s: float | None
    talk_over_s: float | None
    silence_s: float | None
    hold_s: float | None
    flags: FlagCountsJson
    held: int
    verdicts: dict[VerdictKind, int]
    course: CourseState | None
    trend: Trend | None
    score: float | None
    failed: bool | None
    snippets: list[SnippetJson]


class FoundPageJson(Shape):
    """One page of calls."""

    calls: list[FoundCallJson]
    next: str | None = Field(description="Give it as `after` for the page that follows; null: this is the last one.")
    count: int = Field(description=f"All calls asked for, counted up to {MOST_COUNTED}.")
    more: bool = Field(description="There are more than were counted.")


class CaseJson(Shape):
    """Calls about the same case."""

    case: str | None = Field(description="Null: the call is of no case.")
    calls: list[FoundCallJson] = Field(description="Before this call, the newest first.")


class ChoicesJson(Shape):
    """What calls can be filtered by, among those one may see."""

    tenants: list[str]
    teams: list[str]
    agents: list[str]
    rules: list[str]
    rule_names: dict[str, Bilingual]
    """By rule, of those in force."""


class SampleJson(Shape):
    """Which calls to draw from, and how."""

    filter: FilterJson = FilterJson()
    method: Method
    part: Part = Field(default=Part.AGENT, description="Of `stratified`: what parts calls are divided into.")
    size: int = Field(ge=1, le=500)
    seed: int = Field(default=1, ge=0, le=2**31 - 1, description="The same calls and the same seed: the same sample.")


class PickJson(Shape):
    """A call that was chosen, and why."""

    call: FoundCallJson
    why: Why
    reason: Bilingual


class SampledJson(Shape):
    """The calls that were chosen."""

    picks: list[PickJson]
    of: int
    """Among how many."""
    seed: int


class NewSearchJson(Shape):
    """A search to be kept."""

    name: str = Field(min_length=1, max_length=200)
    query: str = Field(max_length=4_000, description="As in the address of the page `/calls`, without the `?`.")
    shared: bool = False

    @model_validator(mode="after")
    def _named(self) -> Self:
        if not self.name.strip():
            raise ValueError("name: found only spaces; allowed: any other text")
        return self


class SearchJson(NewSearchJson):
    """A search that is kept."""

    search_id: str
    own: bool
    made_at: datetime


class SearchesJson(Shape):
    """One's own searches and the shared ones, by name."""

    searches: list[SearchJson]
