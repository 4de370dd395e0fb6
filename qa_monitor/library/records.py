"""What is asked of kept calls, and what is found. Pure."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from alerts.records import Priority
from qa_monitor.library.text_query import TextQuery
from qa_monitor.records.calls import CallState
from qa_monitor.records.verdicts import VerdictKind
from sentiment.records import CourseState, Trend
from streams.records import CallId, Direction, Language, Speaker

CASE = "case"
"""The name of a case in the metadata of calls."""
MOST_COUNTED = 1_000
"""Calls found are counted up to here; beyond, there are `more`."""


class Sort(StrEnum):
    """Which calls come first. Those of which it is not known come last."""

    NEWEST = "newest"
    OLDEST = "oldest"
    LONGEST = "longest"
    FLAGS = "flags"
    """By flags of high priority, then medium, then low."""
    TALK_OVER = "talk_over"
    SILENCE = "silence"
    SCORE = "score"
    """Lowest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """From one number to another, both included; none: open on that side."""

    least: float | None = None
    most: float | None = None

    def __bool__(self) -> bool:
        return self.least is not None or self.most is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallFilter:
    """Which calls; what is left out is not asked for. Of several values one is enough."""

    text: TextQuery = TextQuery()
    since: datetime | None = None
    """Calls that began then or later."""
    until: datetime | None = None
    """Calls that began earlier."""
    tenants: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    """Calls that were with one of these teams at some time."""
    agents: tuple[str, ...] = ()
    """Calls that were with one of these agents at some time."""
    languages: tuple[Language, ...] = ()
    directions: tuple[Direction, ...] = ()
    states: tuple[CallState, ...] = ()
    duration_s: Bounds = Bounds()
    talk_over_s: Bounds = Bounds()
    silence_s: Bounds = Bounds()
    hold_s: Bounds = Bounds()
    rules: tuple[str, ...] = ()
    """Calls flagged by one of these rules."""
    held: bool = False
    """With `rules`: calls where their flags were held back, too. Without: only calls with flags held back."""
    priority: Priority | None = None
    """Count flags of this priority or above; none: all."""
    flags: Bounds = Bounds()
    """How many of them. With a priority alone: at least one."""
    verdicts: tuple[VerdictKind, ...] = ()
    """Calls with a flag of which a coach last said so."""
    courses: tuple[CourseState, ...] = ()
    """How the customer was at the end, where their voice was judged."""
    trends: tuple[Trend, ...] = ()
    score: Bounds = Bounds()
    failed: bool | None = None
    """Of calls that are scored: whether they failed outright."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallFacts:
    """One call in one line. What is none is not known."""

    number: int
    call_id: CallId
    tenant: str
    team: str
    agent_id: str
    agents: int
    direction: Direction
    language: Language | None
    state: CallState
    began_at: datetime
    duration_s: float | None
    talk_over_s: float | None
    silence_s: float | None
    hold_s: float | None
    flags_high: int
    flags_medium: int
    flags_low: int
    held: int
    useful: int
    false_alarm: int
    already_known: int
    course: CourseState | None = None
    trend: Trend | None = None
    score: float | None = None
    failed: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """What was said where words of a search were found."""

    at_s: float
    """When it began to be said, on the call's audio clock."""
    speaker: Speaker
    text: str
    marks: tuple[tuple[int, int], ...]
    """Where in the text the words stand: first character, and the one after the last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCall:
    """A call that was asked for, with where the words were said."""

    facts: CallFacts
    snippets: tuple[Snippet, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What was called about before, and in which calls."""

    name: str = ""
    """Empty: the call is of no case."""
    calls: tuple[FoundCall, ...] = ()
    """Before this call, the newest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """The last call of a page: the next page begins after it, whatever was added meanwhile."""

    sort: Sort
    value: float | str | None
    """What it is sorted by; none where that is not known of the call."""
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One page of calls."""

    filter: CallFilter
    sort: Sort = Sort.NEWEST
    after: Cursor | None = None
    limit: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPage:
    """One page of what was found."""

    calls: tuple[FoundCall, ...]
    next: Cursor | None
    """None: this is the last page."""
    count: int
    """How many calls there are in all, up to `MOST_COUNTED`."""
    more: bool
    """There are more than were counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What calls can be filtered by, among those somebody may see."""

    tenants: tuple[str, ...]
    teams: tuple[str, ...]
    agents: tuple[str, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedSearch:
    """A search somebody named."""

    search_id: str
    owner: str
    """Id of the account; empty: the operator."""
    name: str
    query: str
    """As in the address of the page `/calls`."""
    shared: bool
    """Everyone who may search sees it; it shows each of them their own calls only."""
    made_at: datetime
