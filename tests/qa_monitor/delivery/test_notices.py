"""Scores and surges told to other systems: once each, to those who name them, without words unless words are asked."""

import asyncio
import json
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from qa_monitor.config import SettingsError
from qa_monitor.delivery.notices import Notice, NoticeEvent, scored, surged
from qa_monitor.delivery.payload import body
from qa_monitor.delivery.records import DeliveryEvent, DeliveryState
from qa_monitor.delivery.settings_file import read_targets
from qa_monitor.delivery.signature import new_secret
from qa_monitor.delivery.targets import Filter, Target
from qa_monitor.delivery.wording import message
from qa_monitor.store.database.database import FILE
from qa_monitor.store.sqlite import SqliteStore
from qa_monitor.themes.records import SurgeId
from streams.records import CallEnded, EndReason, Language
from tests.qa_monitor.builders import NOON, a_call
from tests.qa_monitor.delivery.office import Office, an_office
from tests.qa_monitor.receiving import a_receiver, a_target
from tests.qa_monitor.scorecard_builders import AT, CARD, NA, NO, YES, later_card, score
from tests.qa_monitor.store.themes.test_themes import LATER, a_surge
from tests.qa_monitor.storing import CALL

EVERYTHING = Filter(events=frozenset({*DeliveryEvent, *NoticeEvent}))
SCORED = scored(score("s1", YES, NO, YES, NA), tenant="default", team="north", agent_id="ann", language=Language.FR)
BEGUN = surged(None, replace(a_surge(), surge_id=SurgeId(4)))


def test_a_re_scoring_tells_what_came_out_otherwise_where_that_was_asked_for(tmp_path: Path) -> None:
    """Another total: told. Other answers that add up to the same, and the same once more: not."""

    async def told() -> list[tuple[object, object]]:
        async with (
            a_receiver() as receiver,
            an_office(tmp_path, a_target(receiver.url, wanted=EVERYTHING)) as office,
        ):
            await with_a_call(office)
            scores = office.store.scorecards
            await scores.save_scores([score("s1", YES, NO, YES, NA)], tell=True)
            await scores.save_scores([score("s2", YES, NO, YES, NA)], tell=True)
            await scores.save_scores([score("s3", NO, YES, YES, NA)])
            (now,) = [one for one in await scores.scores_of(CALL) if one.current]
            await scores.save_scores(
                [replace(score("s4", YES, YES, YES, NA), total=now.total, failed=now.failed)], tell=True
            )
            await scores.save_scores([score("s5", NO, NO, YES, NA)], tell=True)
            await office.turn()
            data = [each.said["data"] for each in receiver.received]
            return [(one["score_id"], one["call_id"]) for one in data if isinstance(one, dict)]

    assert sorted(asyncio.run(told()), key=str) == [("s1", CALL), ("s5", CALL)]


async def with_a_call(office: Office) -> None:
    await office.store.save_call(a_call(CALL))
    await office.store.end_call(CallEnded(call_id=CALL, end_s=60.0, reason=EndReason.HANGUP), AT)
    for card in (CARD, later_card()):
        await office.store.scorecards.save_scorecard(card, AT)


def test_a_call_is_told_once_for_each_version_of_a_scorecard(tmp_path: Path) -> None:
    """A score that comes out otherwise by the same version is no news, nor are calls scored anew in bulk."""

    async def told() -> tuple[list[dict[str, object]], list[DeliveryState]]:
        async with (
            a_receiver() as receiver,
            an_office(tmp_path, a_target(receiver.url, wanted=EVERYTHING), a_target("http://b", "flags")) as office,
        ):
            await with_a_call(office)
            scores = office.store.scorecards
            looks: list[None] = []
            office.store.notices.follow(lambda: looks.append(None))
            await scores.save_score(score("s1", YES, NO, YES, NA))
            await scores.save_score(score("s2", NO, NO, YES, NA))
            await scores.save_score(score("s3", NO, YES, NA, card=later_card()))
            await scores.save_scores([score("s4", NO, YES, YES, NA)])
            await office.turn()
            assert len(looks) == 3
            return [each.said for each in receiver.received], [each.state for each in await office.kept()]

    said, states = asyncio.run(told())

    assert states == [DeliveryState.DELIVERED] * 2
    assert [each["type"] for each in said] == ["call.scored"] * 2
    data = said[0]["data"]
    assert isinstance(data, dict)
    assert (data["call_id"], data["score_id"], data["scorecard_version"]) == (CALL, "s1", CARD.version)
    assert (data["team"], data["agent_id"], data["total"]) == ("north", "agent-7", score("s1", YES, NO, YES, NA).total)
    assert [answer["value"] for answer in data["answers"]] == ["yes", "no", "yes", "na"]


def test_a_score_that_cannot_be_told_is_not_kept(tmp_path: Path) -> None:
    """Both are written, or neither."""

    def refuses(news: object) -> list[str]:
        raise ValueError("no")

    async def failed() -> None:
        store = await SqliteStore.open(tmp_path, wants=refuses)
        try:
            await store.save_call(a_call(CALL))
            await store.scorecards.save_scorecard(CARD, AT)
            with pytest.raises(ValueError, match="no"):
                await store.scorecards.save_score(score("s1", YES, NO, YES, NA))
            assert await store.scorecards.scores_of(CALL) == ()
            assert await store.outbox.find(None, None, 10) == []
        finally:
            await store.close()

    asyncio.run(failed())


def test_a_surge_is_told_when_it_begins_and_when_it_is_over(tmp_path: Path) -> None:
    async def told() -> tuple[list[str], list[str]]:
        async with a_receiver() as receiver, an_office(tmp_path, a_target(receiver.url, wanted=EVERYTHING)) as office:
            office.now = NOON + timedelta(hours=9)
            kept = await office.store.themes.save_surge(a_surge())
            await office.store.themes.save_surge(replace(kept, calls=40))
            over = await office.store.themes.save_surge(replace(kept, calls=40, ended_at=LATER + timedelta(hours=2)))
            await office.store.themes.save_surge(over)
            await office.turn()
            return [each.said["type"] for each in receiver.received], [each.key for each in receiver.received]

    types, keys = asyncio.run(told())

    assert types == ["surge.began", "surge.ended"]
    assert len(set(keys)) == 2
    assert not any("." in key for key in keys)


def test_a_deleted_call_takes_what_was_told_of_it_along(tmp_path: Path) -> None:
    async def scoring() -> None:
        async with an_office(tmp_path, a_target("http://a", wanted=EVERYTHING)) as office:
            await with_a_call(office)
            await office.store.scorecards.save_score(score("s1", YES, NO, YES, NA))
            assert [(each.call_id, each.flag_id) for each in await office.kept()] == [(CALL, None)]

    asyncio.run(scoring())
    connection = sqlite3.connect(tmp_path / FILE)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("DELETE FROM calls")

    assert connection.execute("SELECT count(*) FROM deliveries").fetchone() == (0,)
    connection.close()


@pytest.mark.parametrize(
    ("wanted", "passed"),
    [
        (Filter(), [False, False]),
        (EVERYTHING, [True, True]),
        (replace(EVERYTHING, teams=frozenset({"north"})), [True, False]),
        (replace(EVERYTHING, teams=frozenset({"south"})), [False, False]),
        (replace(EVERYTHING, tenants=frozenset({"other"})), [False, False]),
        (replace(EVERYTHING, rules=frozenset({"refund"})), [True, True]),
    ],
)
def test_only_targets_that_name_them_hear_of_them(wanted: Filter, passed: Sequence[bool]) -> None:
    """And only of their own teams; a surge is of none."""
    assert BEGUN is not None
    assert [wanted.passes(SCORED), wanted.passes(BEGUN)] == passed


@pytest.mark.parametrize("words", [False, True])
def test_words_of_customers_are_sent_only_where_words_are(words: bool) -> None:
    assert BEGUN is not None
    data = json.loads(body(BEGUN, words=words, link="https://qa.example"))["data"]

    assert ("box clignot" in json.dumps(data)) is words
    assert (data["calls"], data["expected"], data["ended_at"]) == (30, 6.5, None)
    for language in Language:
        assert ("box clignot" in message(BEGUN, language, words=words, link=None).text) is words


@pytest.mark.parametrize(
    ("notice", "language", "subject"),
    [
        (SCORED, Language.EN, "Call scored: 70 of 100"),
        (SCORED, Language.FR, "Appel évalué : 70 sur 100"),
        (BEGUN, Language.EN, "A surge of calls about the same thing"),
        (BEGUN, Language.FR, "Vague d'appels sur un même sujet"),
    ],
)
def test_people_are_told_in_their_language(notice: Notice, language: Language, subject: str) -> None:
    if notice.scored is not None:
        notice = replace(notice, scored=replace(notice.scored, total=70.4))
    told = message(notice, language, words=False, link="https://qa.example")

    assert told.subject == subject
    assert ("https://qa.example/calls/call-1" in told.text) is (notice.scored is not None)


def read(tmp_path: Path, more: str) -> Target:
    file = tmp_path / "delivery.toml"
    file.write_text(f'[target.desk]\nurl = "https://a.example/x"\nsecret_env = "S"\n{more}\n')
    return read_targets(file, {"S": new_secret()}).every[0]


def test_the_file_names_them_beside_flags(tmp_path: Path) -> None:
    assert read(tmp_path, "").wanted.events == set(DeliveryEvent)
    wanted = read(tmp_path, 'events = ["confirmed", "call.scored"]\nteams = ["north"]').wanted
    assert wanted.events == {DeliveryEvent.CONFIRMED, NoticeEvent.CALL_SCORED}
    with pytest.raises(SettingsError, match=r"target\.desk\.events: a surge is of no team"):
        read(tmp_path, 'events = ["surge.began"]\nteams = ["north"]')
