"""What scoring asks of a store."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from qa_monitor.scorecards.records import (
    AnswerValue,
    CallScore,
    Kept,
    Override,
    Rescoring,
    Scorecard,
    ScoreId,
    ScoreQuery,
)
from streams.records import CallId


class OldScore(Exception):
    """A score that was replaced by a later one is to be changed."""

    def __init__(self, score_id: ScoreId) -> None:
        super().__init__(f"score {score_id} was replaced by a later one: answer that one")
        self.score_id = score_id


class ScoreStore(Protocol):
    """The database's part. Every method raises `StoreError`."""

    async def save_scorecard(self, scorecard: Scorecard, at: datetime) -> None:
        """Keep this version, for the scores made by it; the same again changes nothing."""

    async def scorecard(self, scorecard_id: str, version: str) -> Scorecard | None:
        """One version as it was kept, or none."""

    async def last_kept(self, scorecard_ids: Collection[str]) -> Mapping[str, Scorecard]:
        """Of each of these the version that was kept last, in force or not; those never kept are left out."""

    async def save_score(self, score: CallScore) -> CallScore:
        """Keep a score as the current one of its call and scorecard, and give it as kept.

        What humans answered before stands on top of it, for every question it still asks. The one before stays as
        history; where this one says the same, nothing is kept and the one before is given. Raises `NotKept` for a
        scorecard that was not saved and for a call that is not there.
        """

    async def save_scores(self, scores: Sequence[CallScore], *, tell: bool = False) -> Kept:
        """The same for many at once. Those of calls that are not there any more are left out.

        `tell`: other systems are told of those that came out otherwise; else of none.
        """

    async def scores_of(self, call_id: CallId) -> tuple[CallScore, ...]:
        """All scores of a call: the current ones first, then the newest."""

    async def override(
        self, score_id: ScoreId, question_id: str, value: AnswerValue, *, reason: str, by: str, at: datetime
    ) -> CallScore:
        """A human answers a question of a current score: points, total and state follow. Raises `NotKept`, `OldScore`.

        The answer the machine gave stays beside it.
        """

    async def overrides(self, call_id: CallId) -> tuple[Override, ...]:
        """Everything humans answered about a call, in the order in which they did."""

    async def scored(self, query: ScoreQuery) -> tuple[CallScore, ...]:
        """The current scores asked for, without their answers; those of the newest calls first."""

    async def unscored(self, since: datetime, until: datetime, limit: int, *, late_too: bool) -> tuple[CallId, ...]:
        """Calls that began since then, were over by `until` and have no score; those that began first first.

        Calls that wait to be transcribed are left out; `late_too`: not those that only some of is missing of.
        """

    async def save_rescoring(self, job: Rescoring) -> None:
        """Keep how far it has come, in place of what was kept of it before."""

    async def rescoring(self) -> Rescoring | None:
        """The last one begun."""
