"""What the page of the customers' voice is told, as JSON."""

from datetime import datetime

from qa_monitor.schemas.shape import Bilingual, Shape
from streams.records import Language


class ExampleJson(Shape):
    """Some seconds of a call in which it was said."""

    call_id: str
    at: datetime
    start_s: float
    end_s: float
    clip: str | None
    """Where these seconds are heard; null where no audio is kept."""


class TermJson(Shape):
    """Words that customers say more often than in the weeks before."""

    theme: str
    shown: str
    """As they are most often said."""
    along: list[str]
    """Other words that have grown, of mostly the same calls."""
    language: Language
    calls: int
    """Different calls of this week that say them."""
    expected: float
    """How many would have, at the share of the weeks before."""
    times: float
    """Share of calls now over share before."""
    low: float
    high: float
    """The 95 % interval of `times`."""
    chance: float
    """Of so many calls or more, were nothing new: the p-value, before all terms are considered together."""
    fresh: bool
    """No call of the weeks before said them."""
    reasons: list[str]
    """Ids of the reasons of the list that they stand for; none: no reason covers them yet."""
    examples: list[ExampleJson]


class WeekJson(Shape):
    """One week of a reason."""

    begins_at: datetime
    calls: int | None
    """Null where fewer than five calls named it: that few might tell who called."""
    share: float | None
    """Of the calls of that week, 0 to 1."""


class ReasonJson(Shape):
    """A reason for calling, week by week, the running one last."""

    reason_id: str
    name: Bilingual
    weeks: list[WeekJson]
    times: float | None
    """This week's share over that of the weeks before; null where too few calls tell."""
    low: float | None
    high: float | None
    grown: bool
    """Beyond chance, all reasons considered."""
    examples: list[ExampleJson]


class ThemesJson(Shape):
    """What customers call about this week."""

    begins_at: datetime
    """The running week: the last seven days."""
    until: datetime
    calls: int
    calls_before: int
    """In the four weeks before."""
    counting: bool
    """Calls of before the start are still being counted: figures will rise."""
    learning: bool
    """Less than a week is known: surges cannot be told yet."""
    teams: list[str]
    """That can be chosen."""
    terms: list[TermJson]
    reasons: list[ReasonJson]


class SurgeWordsJson(Shape):
    """What a surge is called in one language."""

    language: Language
    shown: list[str]
    """In the customers' words, those that tell most, the strongest first."""


class SurgeJson(Shape):
    """Something that far more customers call about than usual. It is told once, in both languages."""

    surge_id: int
    shown: list[str]
    """All of `words`, one language after the other."""
    words: list[SurgeWordsJson]
    """By language, the one it was found in first."""
    reasons: list[str]
    languages: list[Language]
    began_at: datetime
    found_at: datetime
    ended_at: datetime | None
    """Null: it goes on."""
    calls: int
    """Of the teams one may see, that named the strongest term since it began."""
    times: float
    """How many times as often as usual, over all teams, when it was last looked at."""
    acknowledged_by: str | None
    acknowledged_at: datetime | None
    examples: list[ExampleJson]


class SurgesJson(Shape):
    """Answer of the list of surges."""

    surges: list[SurgeJson]
