"""What other systems are told beside flags: that a call was scored, that customers call about something. Pure.

A notice carries all there is to tell, since what it is about changes afterwards. No word of a conversation is in one,
except the terms of a surge, which many calls named; targets get those only where they are sent words.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from qa_monitor.scorecards.records import AnswerValue, CallScore, ScoreState
from qa_monitor.themes.records import REASON, Surge, is_reason
from streams.records import CallId, Language


class NoticeEvent(StrEnum):
    """What happened. Told only to targets that name it."""

    CALL_SCORED = "call.scored"
    SURGE_BEGAN = "surge.began"
    SURGE_ENDED = "surge.ended"


SURGES = frozenset({NoticeEvent.SURGE_BEGAN, NoticeEvent.SURGE_ENDED})
"""Of a whole tenant, of no team."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredAnswer:
    """What one question was answered, without anybody's reason."""

    question_id: str
    value: AnswerValue
    points: float
    possible: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredCall:
    """What a call earned by a scorecard."""

    call_id: CallId
    agent_id: str
    language: Language | None
    score_id: str
    scorecard_id: str
    version: str
    total: float | None
    """0 to 100; none where no question that counts was answered."""
    failed: bool
    state: ScoreState
    answers: tuple[ScoredAnswer, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SurgeNews:
    """What customers call about more than usual."""

    surge_id: int
    reasons: tuple[str, ...]
    """Of the list of reasons, by their id; the strongest first."""
    terms: tuple[str, ...]
    """Words of customers."""
    began_at: datetime
    found_at: datetime
    ended_at: datetime | None
    calls: int
    expected: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something to be told, once. One of `scored` and `surge` is there."""

    event: NoticeEvent
    tenant: str
    team: str = ""
    at: datetime
    scored: ScoredCall | None = None
    surge: SurgeNews | None = None

    @property
    def name(self) -> str:
        """Of this event in this installation: no other has it. No dot: dots part what is signed."""
        if self.scored is not None:
            # its own name holds that of the call, which may hold anything
            return f"scored_{sha256(self.scored.score_id.encode()).hexdigest()[:24]}"
        assert self.surge is not None
        return f"{self.event.value.replace('.', '_')}_{self.surge.surge_id}"

    @property
    def call_id(self) -> CallId | None:
        """The call it is about, if it is about one."""
        return None if self.scored is None else self.scored.call_id


def scored(score: CallScore, *, tenant: str, team: str, agent_id: str, language: Language | None) -> Notice:
    """A call got this score."""
    answers = tuple(
        ScoredAnswer(question_id=one.question_id, value=one.value, points=one.points, possible=one.possible)
        for one in score.answers
    )
    told = ScoredCall(
        call_id=score.call_id,
        agent_id=agent_id,
        language=language,
        score_id=score.score_id,
        scorecard_id=score.scorecard_id,
        version=score.version,
        total=score.total,
        failed=score.failed,
        state=score.state,
        answers=answers,
    )
    return Notice(event=NoticeEvent.CALL_SCORED, tenant=tenant, team=team, at=score.at, scored=told)


def surged(before: Surge | None, after: Surge) -> Notice | None:
    """What to tell of a surge that is kept now; none where it only goes on."""
    if after.ended_at is not None:
        event, at = NoticeEvent.SURGE_ENDED, after.ended_at
        fresh = before is None or before.open
    else:
        event, at, fresh = NoticeEvent.SURGE_BEGAN, after.found_at, before is None
    if not fresh:
        return None
    assert after.surge_id is not None
    news = SurgeNews(
        surge_id=after.surge_id,
        reasons=tuple(theme.removeprefix(REASON) for theme in after.themes if is_reason(theme)),
        terms=tuple(theme.partition(":")[2] for theme in after.themes if not is_reason(theme)),
        began_at=after.began_at,
        found_at=after.found_at,
        ended_at=after.ended_at,
        calls=after.calls,
        expected=after.expected,
    )
    return Notice(event=event, tenant=after.tenant, at=at, surge=news)


def is_wanted(notice: Notice, teams: Collection[str]) -> bool:
    """Whether a target for these teams may hear of it; no teams: all. A surge is of no team: nobody's with a team."""
    return not teams or (notice.event not in SURGES and notice.team in teams)
