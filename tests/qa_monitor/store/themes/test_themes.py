"""Calls are counted once, by team and language, and pruned; a surge lives from its first call to its end."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import delete, select

from qa_monitor.erasing.records import AudioErased
from qa_monitor.people.records import TeamKey
from qa_monitor.people.sight import EVERYTHING, Sight
from qa_monitor.store.database.database import FILE
from qa_monitor.store.database.engines import writer_engine
from qa_monitor.store.tables import schema
from qa_monitor.themes.port import Scope
from qa_monitor.themes.reasons import STARTER, read_reasons
from qa_monitor.themes.records import EVERY, Counted, Place, Surge, Theme
from qa_monitor.themes.sayers import EVER, Sayers
from qa_monitor.themes.watch import ThemeWatch
from streams.records import CallId, Language, Speaker
from tests.qa_monitor.builders import NOON
from tests.qa_monitor.past import Past, a_past_call, keep
from tests.qa_monitor.storing import a_store

BOX = Theme("fr:box")
LATER = NOON + timedelta(hours=1)


def a_call_about(name: str, text: str, team: str = "north") -> Past:
    said = ((1.0, Speaker.AGENT, "Bonjour, votre routeur ?"), (3.0, Speaker.CUSTOMER, text))
    return a_past_call(name, *said, team=team)


def around(sight: Sight = EVERYTHING, teams: tuple[str, ...] = ()) -> Scope:
    since, until = NOON - timedelta(days=1), NOON + timedelta(days=1)
    return Scope(since=since, until=until, sight=sight, teams=frozenset(teams))


def test_calls_count_once_by_what_their_customers_said(tmp_path: Path) -> None:
    async def counting() -> None:
        north = [a_call_about(f"n{number}", "ma box clignote, la box !") for number in range(3)]
        south = [a_call_about(f"s{number}", "ma box et ma facture", team="south") for number in range(4)]
        await keep(tmp_path, [*north, *south])
        async with a_store(tmp_path) as store:
            watch = ThemeWatch(store.themes, read_reasons(STARTER), lambda: LATER, UTC)
            assert await watch.count_all(lambda counted: None) == 7
            assert await watch.count_all(lambda counted: None) == 0
            named = await store.themes.compared(around(), NOON - timedelta(days=1), 5)
            southern = Sight(teams=frozenset({TeamKey("default", "south")}), known=frozenset(both_teams()))

            assert await store.themes.volume(around()) == 7
            assert named[BOX] == (7, 0)
            assert Theme("fr:factur") not in named  # four calls: too few to be told of
            assert not any("routeur" in theme for theme in named)  # the agent's words
            assert await store.themes.sums(around(southern), (EVERY, BOX)) == {EVERY: 4, BOX: 4}
            assert await store.themes.sums(around(southern, ("north",)), (EVERY, BOX)) == {}
            assert await store.themes.named(Theme("reason:billing"), around(teams=("south",))) == 4
            assert await store.themes.teams(southern) == ("south",)
            examples = await store.themes.examples([BOX], around(southern), 2)
            assert [(example.shown, example.clip.start_s) for example in examples] == [("box", 3.0)] * 2
            callers = await store.themes.callers("default", [BOX, Theme("fr:rien")], NOON - timedelta(days=1))
            assert (len(callers[BOX].calls), callers[BOX].known_since) == (7, EVER)
            assert callers[Theme("fr:rien")] == Sayers()

    asyncio.run(counting())


def both_teams() -> list[TeamKey]:
    return [TeamKey("default", "north"), TeamKey("default", "south")]


def test_a_deleted_call_takes_its_examples_along(tmp_path: Path) -> None:
    async def counting() -> None:
        await keep(tmp_path, [a_call_about("n1", "ma box clignote")])
        async with a_store(tmp_path) as store:
            await ThemeWatch(store.themes, read_reasons(STARTER), lambda: LATER).count_all(lambda counted: None)
        engine = writer_engine(tmp_path / FILE)
        with engine.begin() as connection:
            connection.execute(delete(schema.calls))
            assert connection.execute(select(schema.theme_clips)).all() == []
            assert connection.execute(select(schema.theme_calls)).all() == []
        engine.dispose()

    asyncio.run(counting())


def test_a_call_deleted_with_proof_is_taken_out_of_the_counts_of_what_it_said(tmp_path: Path) -> None:
    async def erasing() -> None:
        await keep(tmp_path, [a_call_about("n1", "ma box et une girafe"), a_call_about("n2", "ma box clignote")])
        async with a_store(tmp_path) as store:
            await ThemeWatch(store.themes, read_reasons(STARTER), lambda: LATER).count_all(lambda counted: None)
            await store.erasures.erase(CallId("n1"), "dpo", LATER, AudioErased(files=0, bytes=0))
            named = await store.themes.sums(around(), (EVERY, BOX, Theme("fr:giraf")))

            assert named == {EVERY: 2, BOX: 1}

    asyncio.run(erasing())


def test_what_is_old_and_rare_is_forgotten_and_the_newest_examples_stay(tmp_path: Path) -> None:
    async def tidying() -> None:
        calls = [a_call_about(f"c{number}", "ma box") for number in range(45)]
        await keep(tmp_path, [*calls, a_call_about("once", "une girafe")])
        async with a_store(tmp_path) as store:
            watch = ThemeWatch(store.themes, read_reasons(STARTER), lambda: LATER)
            await watch.count_all(lambda counted: None)
            await store.themes.tidy(NOON + timedelta(days=3), NOON - timedelta(days=3))
            assert await store.themes.named(Theme("fr:giraf"), around()) == 0
            assert await store.themes.named(BOX, around()) == 45
            assert len(await store.themes.examples([BOX], around(), 100)) == 40
            known = (await store.themes.callers("default", [BOX], NOON - timedelta(days=1)))[BOX]
            assert (len(known.calls), known.known_since) == (40, min(known.calls.values()))
            await store.themes.tidy(NOON + timedelta(days=40), NOON + timedelta(days=40))
            assert await store.themes.volume(around()) == 0

    asyncio.run(tidying())


def test_a_surge_is_kept_changed_and_acknowledged_by_the_first(tmp_path: Path) -> None:
    async def living() -> None:
        async with a_store(tmp_path) as store:
            kept = await store.themes.save_surge(a_surge())
            assert kept.surge_id is not None
            await store.themes.acknowledge(kept.surge_id, "ann", LATER)
            again = await store.themes.acknowledge(kept.surge_id, "bob", LATER)
            assert again is not None
            assert again.acknowledged_by == "ann"
            assert await store.themes.surges(NOON) == (again,)
            assert again.themes == (BOX, Theme("fr:box clignot"))

    asyncio.run(living())


def a_surge() -> Surge:
    return Surge(
        surge_id=None,
        tenant="default",
        themes=(BOX, Theme("fr:box clignot")),
        began_at=NOON,
        found_at=LATER,
        calls=30,
        expected=6.5,
        evidence=20.0,
    )


class Clock:
    """Told by the test."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


def counted_calls(at: datetime, box: int, others: int) -> list[Counted]:
    place = Place(shown="box", start_s=3.0, end_s=4.0)
    return [
        Counted(
            call_id=CallId(f"{at.isoformat()}-{number}"),
            tenant="default",
            team="north",
            at=at,
            language=Language.FR,
            themes={BOX: place} if number < box else {},
        )
        for number in range(box + others)
    ]


def test_an_outage_is_told_within_the_hour_and_is_over_when_it_is_over(tmp_path: Path) -> None:
    """Eight days of an hour with sixty calls each, one in twenty about the box; then forty of a hundred."""

    async def following() -> None:
        clock = Clock(NOON)
        async with a_store(tmp_path) as store:
            watch = ThemeWatch(store.themes, read_reasons(STARTER), clock, UTC)
            for back in range(9, 0, -1):
                await put(tmp_path, counted_calls(NOON - timedelta(days=back), 3, 57))
            await watch.look()
            assert await store.themes.surges(NOON) == ()
            await put(tmp_path, counted_calls(NOON + timedelta(minutes=10), 20, 30))
            await put(tmp_path, counted_calls(NOON + timedelta(minutes=20), 20, 30))
            clock.now = NOON + timedelta(minutes=35)
            await watch.look()
            (found,) = await store.themes.surges(NOON)
            assert found.themes == (BOX,)
            assert found.began_at == NOON + timedelta(minutes=10)
            assert found.calls == 40
            await watch.look()
            assert len(await store.themes.surges(NOON)) == 1
            await put(tmp_path, counted_calls(NOON + timedelta(minutes=100), 3, 57))
            clock.now = NOON + timedelta(minutes=125)
            await watch.look()
            (over,) = await store.themes.surges(NOON)
            assert over.ended_at == clock.now

    asyncio.run(following())


async def put(folder: Path, counted: list[Counted]) -> None:
    """Straight into the counts, with the calls they are of."""
    from qa_monitor.store.calls import saves
    from qa_monitor.store.themes import counts as theme_counts
    from tests.qa_monitor.builders import a_call

    engine = writer_engine(folder / FILE)
    with engine.begin() as connection:
        for one in counted:
            saves.add_call(connection, a_call(one.call_id, started_at=one.at))
        theme_counts.add_counts(connection, counted, NOON)
    engine.dispose()
