"""Lists and searches of kept calls, on real files."""

import asyncio
import random
import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import String, column
from sqlalchemy.dialects import sqlite

from alerts.records import CoachId, Priority
from qa_monitor.library.records import Asked, Bounds, CallFilter, SavedSearch, Sort
from qa_monitor.library.text_query import parse_text
from qa_monitor.people.records import TeamKey
from qa_monitor.people.sight import EVERYTHING, NOTHING, Sight
from qa_monitor.records.calls import CallAgent, CallState
from qa_monitor.records.errors import NotKept
from qa_monitor.records.verdicts import Verdict, VerdictKind
from qa_monitor.store.database.database import FILE
from qa_monitor.store.library.library import SqliteLibrary
from qa_monitor.store.library.word_search import may_hold
from sentiment.records import Course, CourseState, Trend
from streams.records import CallId, Language, Speaker
from tests.qa_monitor.builders import NOON, a_call, a_flag, a_held_flag, some_dynamics
from tests.qa_monitor.past import a_past_call, keep
from tests.qa_monitor.storing import a_store

T = TypeVar("T")
TEAMS = frozenset({TeamKey("default", "north"), TeamKey("default", "south")})
NORTH = Sight(teams=frozenset({TeamKey("default", "north")}), known=TEAMS)
CALLS = [
    a_past_call("c0", (1.0, Speaker.CUSTOMER, "Je veux résilier mon abonnement"), days=0, end_s=60.0),
    a_past_call("c1", (2.5, Speaker.AGENT, "Je veux bien vous aider"), days=1, team="south", end_s=120.0),
    a_past_call("c2", (3.0, Speaker.CUSTOMER, "I want a refund"), days=2, language=Language.EN, end_s=30.0),
    a_past_call("c3", (4.0, Speaker.AGENT, "de tout cœur"), (9.0, Speaker.CUSTOMER, "un refund"), days=3, end_s=600.0),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four calls that are over, of two teams, and a live one."""
    made = tmp_path_factory.mktemp("library")

    async def fill() -> None:
        await keep(made, CALLS)
        async with a_store(made) as store:
            for name, call_id, priority in (
                ("f1", "c0", Priority.HIGH),
                ("f2", "c1", Priority.LOW),
                ("f3", "c1", Priority.LOW),
            ):
                flag = a_flag(name, call_id=call_id, priority=priority)
                await store.save_flag(flag, replace(a_call(call_id)), NOON)
            await store.save_verdict(
                Verdict(flag_id=a_flag("f2").flag_id, kind=VerdictKind.USEFUL, by=CoachId("ann"), at=NOON)
            )
            held = a_held_flag("h1")
            await store.save_held(replace(held, flag=replace(held.flag, call_id=CallId("c2"), rule_id="upselling")))
            await store.save_dynamics(
                CallId("c3"), replace(some_dynamics(), talk_over_total_s=40.0, silence_total_s=90.0)
            )
            course = Course(
                at_s=9.0, state=CourseState.UPSET, since_s=1.0, level=0.9, trend=Trend.RISING, told=3, unsure=0
            )
            await store.save_course(CallId("c1"), course)
            await store.save_agent(CallId("c3"), CallAgent(agent_id="zoe", team="south", from_s=30.0))

    asyncio.run(fill())
    return made


def using(folder: Path, work: Callable[[SqliteLibrary], Awaitable[T]]) -> T:
    async def run() -> T:
        async with a_store(folder) as store:
            return await work(store.library)

    return asyncio.run(run())


def ids(folder: Path, asked: CallFilter, sight: Sight = EVERYTHING, sort: Sort = Sort.OLDEST) -> str:
    page = using(folder, lambda library: library.calls(Asked(filter=asked, sort=sort), sight))
    assert page.count == len(page.calls)
    return " ".join(found.facts.call_id for found in page.calls)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (CallFilter(), "c0 c1 c2 c3"),
        (CallFilter(since=NOON + timedelta(days=1), until=NOON + timedelta(days=3)), "c1 c2"),
        (CallFilter(tenants=("elsewhere",)), ""),
        (CallFilter(teams=("south",)), "c1 c3"),
        (CallFilter(agents=("zoe", "agent-south")), "c1 c3"),
        (CallFilter(teams=("north",), agents=("zoe",)), ""),
        (CallFilter(languages=(Language.EN,)), "c2"),
        (CallFilter(states=(CallState.LIVE,)), ""),
        (CallFilter(duration_s=Bounds(least=60.0, most=120.0)), "c0 c1"),
        (CallFilter(talk_over_s=Bounds(least=10.0)), "c3"),
        (CallFilter(silence_s=Bounds(least=10.0), hold_s=Bounds(most=5.0)), "c3"),
        (CallFilter(rules=("cancellation",)), "c0 c1"),
        (CallFilter(rules=("upselling",)), ""),
        (CallFilter(rules=("upselling", "cancellation"), held=True), "c0 c1 c2"),
        (CallFilter(held=True), "c2"),
        (CallFilter(priority=Priority.MEDIUM), "c0"),
        (CallFilter(flags=Bounds(least=2.0)), "c1"),
        (CallFilter(priority=Priority.HIGH, flags=Bounds(most=0.0)), "c1 c2 c3"),
        (CallFilter(verdicts=(VerdictKind.USEFUL,)), "c1"),
        (CallFilter(courses=(CourseState.UPSET,), trends=(Trend.RISING,)), "c1"),
        (CallFilter(courses=(CourseState.CALM,)), ""),
        (CallFilter(score=Bounds(most=50.0)), ""),
        (CallFilter(text=parse_text("refund")), "c2 c3"),
        (CallFilter(text=parse_text("-refund")), "c0 c1"),
        (CallFilter(text=parse_text("refund coeur")), "c3"),
        (CallFilter(text=parse_text("agent:veux")), "c1"),
        (CallFilter(text=parse_text('"veux resilier"'), duration_s=Bounds(least=61.0)), ""),
        (CallFilter(text=parse_text("NEAR(a b) OR")), ""),
    ],
)
def test_calls_are_filtered(folder: Path, asked: CallFilter, found: str) -> None:
    """By one thing, and by several at once."""
    assert ids(folder, asked) == found


@pytest.mark.parametrize(
    ("sort", "found"),
    [
        (Sort.NEWEST, "c3 c2 c1 c0"),
        (Sort.LONGEST, "c3 c1 c0 c2"),
        (Sort.FLAGS, "c0 c1 c3 c2"),
        (Sort.TALK_OVER, "c3 c2 c1 c0"),
    ],
)
def test_calls_are_sorted(folder: Path, sort: Sort, found: str) -> None:
    """Those of which it is not known come last."""
    assert ids(folder, CallFilter(), sort=sort) == found


def test_people_find_calls_of_their_teams_only(folder: Path) -> None:
    """One that was transferred to another team is still theirs; what can be chosen is no more than they see."""
    assert ids(folder, CallFilter(), NORTH) == "c0 c2 c3"
    assert ids(folder, CallFilter(text=parse_text("veux")), NORTH) == "c0"
    assert ids(folder, CallFilter(), NOTHING) == ""
    choices = using(folder, lambda library: library.choices(NORTH))
    assert (choices.agents, choices.rules) == (("agent-north", "zoe"), ("cancellation", "upselling"))
    candidates = using(folder, lambda library: library.candidates(CallFilter(), NORTH, rules=True))
    assert [(each.call_id, each.rules) for each in candidates] == [("c0", ("cancellation",)), ("c2", ()), ("c3", ())]
    named = using(folder, lambda library: library.named([CallId("c0"), CallId("c1")], NORTH))
    assert list(named) == ["c0"]


def test_a_call_shows_where_the_words_were_said(folder: Path) -> None:
    """With the second."""
    page = using(folder, lambda library: library.calls(Asked(filter=CallFilter(text=parse_text("aider"))), EVERYTHING))
    (snippet,) = page.calls[0].snippets

    assert (snippet.at_s, snippet.speaker, snippet.text[slice(*snippet.marks[0])]) == (2.5, Speaker.AGENT, "aider")
    assert (page.calls[0].facts.course, page.calls[0].facts.trend) == (CourseState.UPSET, Trend.RISING)


@pytest.mark.parametrize("sort", [sort for sort in Sort if sort is not Sort.SCORE])
def test_pages_follow_one_another_whatever_comes_meanwhile(tmp_path: Path, sort: Sort) -> None:
    """No call is shown twice, none is left out; equal values too."""
    dice = random.Random(5)
    calls = [a_past_call(f"p{n}", days=dice.randrange(3), end_s=float(dice.randrange(1, 4))) for n in range(11)]

    async def walked() -> list[str]:
        await keep(tmp_path, calls)
        seen: list[str] = []
        async with a_store(tmp_path) as store:
            await store.save_dynamics(CallId("p3"), some_dynamics())
            page = await store.library.calls(Asked(filter=CallFilter(), sort=sort, limit=3), EVERYTHING)
            while True:
                seen += [found.facts.call_id for found in page.calls]
                if page.next is None:
                    return seen
                await store.save_call(a_call(f"live-{len(seen)}", started_at=NOON + timedelta(days=9)))
                page = await store.library.calls(
                    Asked(filter=CallFilter(), sort=sort, limit=3, after=page.next), EVERYTHING
                )

    seen = asyncio.run(walked())

    assert sorted(each for each in seen if each.startswith("p")) == sorted(f"p{n}" for n in range(11))
    assert len(seen) == len(set(seen))


def test_calls_are_filtered_and_sorted_by_score_once_they_are_scored(folder: Path, tmp_path: Path) -> None:
    """By the scorecard in force; calls without a score come last."""

    async def scored() -> None:
        await keep(tmp_path, CALLS)

    asyncio.run(scored())
    connection = sqlite3.connect(tmp_path / FILE)
    connection.executescript(
        "INSERT INTO call_scores (score_id, call_id, scorecard_id, total, failed, current, version, at, state)"
        " SELECT *, '1', '2026-03-02 12:00:00', 'machine' FROM (VALUES ('a', 'c0', 's', 80, 0, 1),"
        " ('b', 'c1', 's', 20, 1, 1), ('c', 'c1', 's', 90, 0, 0), ('d', 'c2', 's', 40, 0, 1))"
    )
    connection.close()

    assert ids(tmp_path, CallFilter(), sort=Sort.SCORE) == "c1 c2 c0 c3"
    assert ids(tmp_path, CallFilter(score=Bounds(least=30.0))) == "c0 c2"
    assert ids(tmp_path, CallFilter(failed=True)) == "c1"
    candidates = using(tmp_path, lambda library: library.candidates(CallFilter(failed=False), EVERYTHING, rules=False))
    assert [(each.call_id, each.score) for each in candidates] == [("c0", 80.0), ("c2", 40.0)]


def test_lines_that_hold_a_word_are_never_left_out() -> None:
    """However they are written: in capitals, with accents, ligatures, or signs put together of two."""
    said = {"résilier": ("Résilier ?", "RE\u0301SILIER", "non"), "oeuvre": ("main d'œuvre", "OEUVRE", "merci")}
    connection = sqlite3.connect(":memory:")
    for word, texts in said.items():
        written = may_hold(column("text", String), parse_text(word).wanted).compile(
            dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}
        )
        found = [connection.execute(f"SELECT {written} FROM (SELECT ? AS text)", (text,)).fetchone() for text in texts]
        assert [bool(each[0]) for each in found] == [True, True, False], word
    connection.close()


def test_searches_are_kept_by_name(tmp_path: Path) -> None:
    """One's own and the shared ones."""

    async def kept(library: SqliteLibrary) -> list[list[str]]:
        for name, owner, shared in (("b", "ann", False), ("A", "eve", True), ("c", "eve", False)):
            search = SavedSearch(search_id=name, owner=owner, name=name, query="q", shared=shared, made_at=NOON)
            await library.save_search(search)
        seen = [[search.name for search in await library.searches(owner)] for owner in ("ann", "eve", "")]
        await library.remove_search("A")
        with pytest.raises(NotKept):
            await library.remove_search("A")
        return [*seen, [search.name for search in await library.searches("eve")]]

    assert using(tmp_path, kept) == [["A", "b"], ["A", "c"], ["A"], ["c"]]


def test_more_calls_than_are_counted_are_said_to_be_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A count has its cost."""
    monkeypatch.setattr("qa_monitor.store.library.call_list.MOST_COUNTED", 2)
    asyncio.run(keep(tmp_path, CALLS))
    page = using(tmp_path, lambda library: library.calls(Asked(filter=CallFilter(), limit=1), EVERYTHING))

    assert (page.count, page.more, len(page.calls)) == (2, True, 1)
