"""What the pages of review show: made-up calls of some weeks, scores, reviews, a calibration, figures, themes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import cycle
from pathlib import Path

from qa_monitor.people.port import Password, Written
from qa_monitor.people.records import AccountId, AgentKey
from qa_monitor.records.calls import CallState, StoredCall
from qa_monitor.reviews.records import Act, Assign, Begin, Dispute, Note, ReviewerId, ReviewId, Submit, Value
from qa_monitor.scorecards.records import AnswerValue
from qa_monitor.security.passwords import hash_password
from qa_monitor.seed.records import SeedPlan
from qa_monitor.seed.run import seed
from qa_monitor.store.sqlite import SqliteStore
from qa_monitor.themes.reasons import STARTER, read_reasons
from qa_monitor.themes.watch import ThemeWatch
from tests.qa_monitor.people_service import GOOD
from tests.qa_monitor.reporting import count_all
from tests.qa_monitor.reviewed import (
    ABOUT,
    GREETED,
    OFFERED,
    a_calibration,
    a_score,
    a_scorecard,
    a_sheet,
    an_event,
)

LEAD = AccountId("qa-lead")
"""Of the made-up centre: may look at every team."""
NEWEST = 24
"""Calls with scores; the first of them are reviewed."""
SCORED = (
    (AnswerValue.NO, AnswerValue.YES),
    (AnswerValue.YES, AnswerValue.YES),
    (AnswerValue.YES, AnswerValue.NO),
    (AnswerValue.YES, AnswerValue.YES),
)
"""What the machine answered, call by call."""
WORDS = ("Sample of the week", "Second refund in a month", "", "Random: one a week for each agent")


def seed_weeks(folder: Path, calls: int, days: int = 28) -> None:
    """Until today; in a folder that no service uses."""
    seed(folder, SeedPlan(calls=calls, until=datetime.now(UTC).date() + timedelta(days=1), days=days))


async def with_much(store: SqliteStore) -> None:
    """On top of seeded calls."""
    hashed = hash_password(GOOD, account_id="somebody")
    began_at = datetime(2026, 1, 1, tzinfo=UTC)
    password = Password(account_id=LEAD, hashed=hashed, must_change=False, set_at=began_at)
    await store.people.write(Written(password=password))
    calls = sorted(await store.calls(CallState.ENDED), key=lambda one: one.call.started_at, reverse=True)[:NEWEST]
    await store.scorecards.save_scorecard(a_scorecard(), began_at)
    for call, (greeted, offered) in zip(calls, cycle(SCORED), strict=False):
        score = a_score(call.call.call_id, greeted, offered)
        await store.scorecards.save_score(replace(score, at=call.call.started_at))
    await _review(store, calls)
    await _calibrate(store, calls[6:8])
    await count_all(store)
    await _count_themes(store)


async def _review(store: SqliteStore, calls: list[StoredCall]) -> None:
    """Four to do, one of them begun, and one that its agent disputes."""
    for place, stored in enumerate(calls[:5]):
        call = stored.call
        agent = AgentKey(call.tenant, call.agent_id or "nobody")
        about = replace(ABOUT, review_id=ReviewId(f"r-{place}"), call_id=call.call_id, agent=agent)
        words = WORDS[place % len(WORDS)]
        first = an_event(Assign(reviewer=ReviewerId(LEAD), words=words), by=LEAD)
        await store.reviews.begin(about, replace(first, at=call.started_at + timedelta(hours=1)))
    disputed: tuple[Act, ...] = (
        Begin(),
        Note(words="Listens well; name the date of the refund."),
        Submit(),
        Dispute(question_id=GREETED, words="I greeted before the recording began."),
    )
    for review_id, acts in (("r-1", disputed[:2]), ("r-4", disputed)):
        for act in acts:
            by = calls[4].call.agent_id if isinstance(act, Dispute) else LEAD
            event = replace(an_event(act, by=by or LEAD), at=datetime.now(UTC))
            await store.reviews.act(ReviewId(review_id), event, lambda review: None)


async def _calibrate(store: SqliteStore, calls: list[StoredCall]) -> None:
    """Two reviewers who do not always agree."""
    ids = tuple(one.call.call_id for one in calls)
    asked = a_calibration(LEAD, "ann", calls=ids)
    await store.calibrations.begin(asked)
    for call_id, value in zip(ids, (Value.YES, Value.NO), strict=True):
        for who in (LEAD, "ann"):
            answers = {GREETED: value, OFFERED: Value.YES if who == LEAD else value}
            await store.calibrations.hand_in(asked.calibration_id, a_sheet(who, call_id, answers=answers))


async def _count_themes(store: SqliteStore) -> None:
    """As the service does by and by."""
    now = datetime.now(UTC)
    await ThemeWatch(store.themes, read_reasons(STARTER), lambda: now).count_all(lambda counted: None)
