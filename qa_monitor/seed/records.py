"""What a seeded call is made of. Times within a call are centiseconds of its audio where they end in `_cs`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from alerts.records import HeldFlag
from qa_monitor.people.records import DEFAULT_TENANT
from qa_monitor.records.calls import CallAgent
from qa_monitor.records.flags import StoredFlag
from qa_monitor.records.holds import OnHold
from qa_monitor.reports.repeats import Repeated
from qa_monitor.scorecards.records import CallScore
from sentiment.records import Course, Dynamics, EmotionScore
from streams.records import CallEnded, CallStarted, Gap, Language, Speaker, Utterance, UtteranceId, Word

MOST_DAYS = 3660


class SeedError(Exception):
    """Calls cannot be made or kept as asked. The message says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surge:
    """For a while, customers call about one reason this many times as often as they would."""

    reason: str
    starts_at: datetime
    lasts: timedelta
    factor: float
    teams: frozenset[str] = frozenset()
    """Empty: of all teams."""

    def factor_at(self, team: str, at: datetime) -> float:
        """What the rate of its reason is multiplied by; 1 outside of it."""
        holds = self.starts_at <= at < self.starts_at + self.lasts
        return self.factor if holds and (not self.teams or team in self.teams) else 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedPlan:
    """Which calls are made: the same plan gives the same calls, to the byte."""

    calls: int
    until: date
    """The first day without calls."""
    days: int = 365
    seed: int = 1
    surges: tuple[Surge, ...] = ()

    def __post_init__(self) -> None:
        if self.calls < 1:
            raise SeedError(f"calls: found {self.calls}; allowed: 1 or more")
        if not 1 <= self.days <= MOST_DAYS:
            raise SeedError(f"days: found {self.days}; allowed: 1 to {MOST_DAYS}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """A team of the made-up centre."""

    team: str
    name: str
    zone: str
    weight: float
    agents: int
    """Most it has; a quiet centre has fewer."""
    hours: tuple[int, int]
    queue: str
    partner: str
    """The client for whom these calls are taken, a tenant of its own; empty: the centre itself."""
    languages: Mapping[Language, float]
    reasons: Mapping[str, float]

    @property
    def tenant(self) -> str:
        """Whose calls these are."""
        return self.partner or DEFAULT_TENANT


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenLine:
    """One final as a recogniser would have it."""

    channel: int
    start_cs: int
    ends_cs: tuple[int, ...]
    """Where each word ends; the next begins there."""
    words: tuple[str, ...]
    sure: tuple[float, ...]
    """Of each word, 0 to 1."""
    telling: bool = False
    """It was put there for a rule to find."""

    @property
    def end_cs(self) -> int:
        """Where the last word ends."""
        return self.ends_cs[-1]

    @property
    def utterance_id(self) -> UtteranceId:
        """By channel and start, as those of live calls."""
        return UtteranceId(f"{self.channel}-{self.start_cs * 10:08d}")

    @property
    def text(self) -> str:
        """The whole."""
        return " ".join(self.words)

    @property
    def confidence(self) -> float:
        """Of the whole."""
        return round(sum(self.sure) / len(self.sure), 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """All that was said in a call, in order of start, and when somebody waited."""

    lines: tuple[SpokenLine, ...]
    holds: tuple[tuple[int, int], ...]
    """From and until, in centiseconds."""
    end_cs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeCall:
    """A whole call, over."""

    call: CallStarted
    ended: CallEnded
    spoken: Spoken
    reason: str
    """What it is about. Kept nowhere: whoever looks for it must hear it in the words."""
    agents: tuple[CallAgent, ...]
    holds: tuple[OnHold, ...]
    gaps: tuple[Gap, ...]
    dynamics: Dynamics
    emotions: tuple[EmotionScore, ...]
    course: Course | None
    flag_lives: tuple[tuple[tuple[datetime, StoredFlag], ...], ...]
    """Of each flag, every change with its moment; the last is how it stands."""
    held: tuple[HeldFlag, ...]
    repeated: Repeated
    """Whether the customer says that they have been in touch before."""
    score: CallScore

    @property
    def language(self) -> Language:
        """Every seeded call has one announced."""
        assert self.call.language is not None
        return self.call.language


def utterance(call: CallStarted, line: SpokenLine) -> Utterance:
    """The record that live calls hand on for such a final."""
    starts = (line.start_cs, *line.ends_cs[:-1])
    words = tuple(
        Word(text=text, start_s=start / 100, end_s=end / 100, probability=sure)
        for text, start, end, sure in zip(line.words, starts, line.ends_cs, line.sure, strict=True)
    )
    assert call.language is not None
    return Utterance(
        call_id=call.call_id,
        utterance_id=line.utterance_id,
        speaker=CHANNELS[line.channel],
        channel=line.channel,
        start_s=line.start_cs / 100,
        end_s=line.end_cs / 100,
        text=line.text,
        words=words,
        language=call.language,
        confidence=line.confidence,
        final=True,
        revision=REVISION,
    )


CHANNELS = (Speaker.CUSTOMER, Speaker.AGENT)
CUSTOMER, AGENT = 0, 1
REVISION = 3
"""How many guesses came before each final."""
