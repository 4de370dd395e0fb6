"""Rules over HTTP, on the real application: in force, tried, published, taken back, judged by coaches."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest

from alerts.records import FlagState, HeldFlag, HoldReason
from qa_monitor.config import Settings
from qa_monitor.feed_events import FeedKind
from qa_monitor.records.whole_calls import CallRecord
from qa_monitor.rules.looking import LOOK_S
from qa_monitor.rules.precision import ENOUGH
from streams.engine.engine import SpeechEngine
from streams.records import Language
from tests.qa_monitor.builders import NOON, a_call, a_flag
from tests.qa_monitor.dictation import Dictation
from tests.qa_monitor.live_calls import Source, an_application, record_of, started
from tests.qa_monitor.playing import a_planned_call
from tests.qa_monitor.rule_folder import ADA
from tests.qa_monitor.rule_texts import a_file_text, a_rule_text
from tests.qa_monitor.service import Running, running, settings_for
from tests.qa_monitor.storing import a_store

NAME = "en-2-charged-twice"
REFUND = a_file_text(a_rule_text("refund_only", "money back"))
WRONG = a_file_text(a_rule_text("Refund", more="    loud: 3\n"))


def silent_engine(settings: Settings) -> SpeechEngine:
    """Nobody speaks."""
    return Dictation(np.zeros((16_000, 2), np.int16), 8_000, [], Language.FR).engine()


@dataclass(frozen=True, slots=True)
class Client:
    """Asks a running service about its rules."""

    service: Running
    folder: Path

    def get(self, path: str = "") -> httpx.Response:
        return httpx.get(f"{self.service.url}/v1/rules{path}", timeout=30)

    def post(self, path: str, **body: object) -> httpx.Response:
        return httpx.post(f"{self.service.url}/v1/rules{path}", json=body, timeout=30)

    def publish(self, text: str, by: str = "ada") -> httpx.Response:
        return httpx.put(f"{self.service.url}/v1/rules", json={"text": text, "by": by}, timeout=30)

    def ids(self) -> list[str]:
        """The rules of everybody's set."""
        return [rule["rule_id"] for rule in self.get().json()["sets"][0]["rules"]]

    def until(self, met: str) -> None:
        """Ask again and again until the answer contains this."""
        for _ in range(20_000):
            if met in self.get().text:
                return
        raise AssertionError(f"{met} was never seen")

    def warnings(self) -> list[str]:
        found = httpx.get(f"{self.service.url}/readyz", timeout=30).json()["warnings"]
        assert isinstance(found, list)
        return found


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """Every test leaves the rules as it found them."""
    tmp_path = tmp_path_factory.mktemp("rules")
    named = tmp_path / "named"
    named.mkdir()
    (named / "a.yaml").write_text(a_file_text())
    settings = settings_for(tmp_path / "data", rules=str(named), starter_rules=False)
    with running(settings, silent_engine) as service:
        yield Client(service, named)


def test_publishing_taking_back_and_what_is_kept_of_it(client: Client) -> None:
    """From the page of the QA lead."""
    published = client.publish(REFUND)
    assert (published.status_code, published.json()["how"], published.json()["by"]) == (200, "published", "ada")
    assert client.ids() == ["cancellation", "refund_only"]
    now = client.get().json()
    assert (now["version"], now["published"]) == (
        published.json()["version"],
        [{"scope": {"tenant": "", "team": ""}, "text": REFUND, "yours": True}],
    )

    undone = client.post("/undo", by="eve")
    assert (undone.status_code, undone.json()["undoes"]) == (200, published.json()["number"])
    assert client.ids() == ["cancellation"]
    assert client.post("/undo", by="eve").status_code == 409

    entries = client.get("/history").json()["entries"]
    assert [(one["how"], one["by"]) for one in entries[:2]] == [("undone", "eve"), ("published", "ada")]
    assert (entries[-1]["number"], entries[-1]["how"]) == (1, "start")
    assert entries[1]["differences"][0]["added"] == ["refund_only"]
    kept = client.get(f"/history/{published.json()['number']}").json()
    assert [one["text"] for one in kept["files"]] == [a_file_text(), REFUND]
    assert kept["published"] == REFUND
    assert client.get(f"/history/{entries[0]['number']}").json()["published"] is None
    assert client.get("/history/99").status_code == 404


def test_a_rule_in_force_is_told_as_it_would_stand_in_a_file(client: Client) -> None:
    """Put into a draft as it is, it changes nothing; for another team it may say something else."""
    answer = client.get("/written/cancellation")
    text = answer.json()["text"]
    assert text.startswith("  - id: cancellation\n")
    checked = client.post("/check", text=f"rules:\n{text}").json()
    assert (checked["problems"], checked["differences"]) == ([], [])

    client.publish("tenant: acme\nrules:\n  - {id: cancellation, deadline_s: 7}\n")
    try:
        told = {whose: client.get(f"/written/cancellation?tenant={whose}").json()["text"] for whose in ("acme", "")}
        assert ["deadline_s: 7\n" in told["acme"], told[""] == text] == [True, True]
    finally:
        client.post("/undo", by="eve")
    assert client.get("/written/nothing_of_that_name").status_code == 404


def test_a_draft_with_mistakes_is_refused_with_every_one(client: Client) -> None:
    """By line and field, on checking, trying and publishing alike; nothing changes."""
    before = client.get().json()
    checked = client.post("/check", text=WRONG).json()
    refused = client.publish(WRONG)

    assert [(one["line"], one["field"]) for one in checked["problems"]] == [(2, "rules[0].id"), (7, "rules[0].loud")]
    assert (refused.status_code, refused.json()["problems"]) == (422, checked["problems"])
    tried = client.post("/try", text=WRONG, sentence="money back", language="en", speaker="customer").json()
    assert (tried["problems"], tried["hits"]) == (checked["problems"], [])
    assert client.get().json() == before


def test_a_sentence_is_tried_on_a_draft_and_on_the_rules_in_force(client: Client) -> None:
    """The words that count are lit, with why; nobody is told."""
    said = {"sentence": "well I want my money back now", "language": "en", "speaker": "customer"}
    drafted = client.post("/try", text=REFUND, **said).json()

    (hit,) = drafted["hits"]
    assert [drafted["words"][place] for place in hit["lit"]] == ["money", "back"]
    assert (hit["rule_id"], hit["phrase"], hit["reason"], hit["certainty"]) == (
        "refund_only",
        "money back",
        "exact",
        1.0,
    )
    assert drafted["flags"] == [{"rule_id": "refund_only", "priority": "high", "held": None}]
    assert client.post("/try", **said).json()["hits"] == []
    assert client.post("/try", text=REFUND, **{**said, "speaker": "agent"}).json()["hits"] == []
    assert client.ids() == ["cancellation"]


@pytest.mark.parametrize(
    "body",
    [
        {"sentence": "", "language": "en", "speaker": "customer"},
        {"sentence": "a", "language": "de", "speaker": "customer"},
        {"sentence": "a", "language": "en", "speaker": "mixed"},
        {"sentence": "a" * 5001, "language": "en", "speaker": "agent"},
    ],
)
def test_questions_that_make_no_sense_are_refused(client: Client, body: dict[str, object]) -> None:
    assert client.post("/try", **body).status_code == 422


def test_a_file_changed_by_hand_is_in_force_soon_or_refused_in_words(client: Client) -> None:
    """On the page of health too; the old set stays."""
    file = client.folder / "b.yaml"
    file.write_text(REFUND)
    client.until("refund_only")
    file.write_text(WRONG)
    client.until('"field":"rules[0].loud"')

    assert client.ids() == ["cancellation", "refund_only"]
    assert any("rules[0].loud" in one for one in client.warnings())
    file.unlink()
    client.until('"refused":null')
    assert not any("rules" in one for one in client.warnings())
    assert client.ids() == ["cancellation"]
    assert 3 * LOOK_S <= 1.5  # seen, seen to have settled, and loaded, within two seconds


def test_telephony_has_no_say_in_rules(tmp_path: Path) -> None:
    """Nor has anybody unknown."""
    with running(settings_for(tmp_path, open_loopback=False), silent_engine) as service:
        ingest, access = (
            (tmp_path / "ingest-token").read_text().strip(),
            (tmp_path / "access-token").read_text().strip(),
        )
        answers = [
            httpx.request(verb, f"{service.url}{path}", headers={"Authorization": f"Bearer {token}"}, timeout=30)
            for token in (ingest, "wrong", access)
            for verb, path in (("GET", "/v1/rules"), ("PUT", "/v1/rules"), ("POST", "/v1/flags/f/verdict"))
        ]

    assert [answer.status_code for answer in answers] == [401] * 6 + [200, 422, 422]


def test_verdicts_demote_a_rule_visibly(tmp_path: Path) -> None:
    """After enough false alarms, for the rule's present version."""
    rules = tmp_path / "rules.yaml"
    rules.write_text(a_file_text(a_rule_text(more="    floor: 0.5\n")))

    async def kept(version: str) -> None:
        async with a_store(tmp_path / "data") as store:
            for number in range(ENOUGH):
                flag = a_flag(f"f{number}")
                await store.save_flag(replace(flag, rule_version=version), a_call(), NOON)

    settings = settings_for(tmp_path / "data", rules=str(rules), starter_rules=False)
    with running(settings, silent_engine) as service:
        version = Client(service, tmp_path).get().json()["sets"][0]["rules"][0]["rule_version"]
    asyncio.run(kept(version))
    with running(settings, silent_engine) as service:
        for number in range(ENOUGH):
            answer = httpx.post(
                f"{service.url}/v1/flags/f{number}/verdict", json={"verdict": "false_alarm"}, timeout=30
            )
            assert (answer.status_code, answer.json()["verdict"]) == (200, "false_alarm")
        assert httpx.post(f"{service.url}/v1/flags/x/verdict", json={"verdict": "useful"}).status_code == 404
        (rule,) = Client(service, tmp_path).get().json()["sets"][0]["rules"]
        assert service.parts.rules.of("default", "north").book.demoted == {"cancellation"}
    with running(settings, silent_engine) as service:
        assert service.parts.rules.of("default", "north").book.demoted == {"cancellation"}
        (again,) = Client(service, tmp_path).get().json()["sets"][0]["rules"]
        told_again(Client(service, tmp_path), version)
        assert service.parts.rules.of("default", "north").book.demoted == frozenset()

    (judged,) = rule["judged"]
    assert (judged["tenant"], judged["demoted"], judged["needed"]) == ("default", True, 0)
    assert judged["demoted_since"] is not None
    assert again["judged"] == rule["judged"]
    assert rule["demoted_for"] == ["default"]
    assert (rule["precision"]["false_alarm"], rule["precision"]["precision"]) == (ENOUGH, 0.0)
    assert rule["by_team"][0]["team"] == "north"


def test_a_rule_on_trial_is_judged_apart_and_begins_anew_in_force(tmp_path: Path) -> None:
    """By verdicts on flags that nobody was told about: they demote nothing, and in force none of them count."""
    rules = tmp_path / "rules.yaml"
    rules.write_text(a_file_text(a_rule_text(more="    floor: 0.5\n    shadow: true\n")))

    async def kept(version: str) -> None:
        async with a_store(tmp_path / "data") as store:
            await store.save_call(a_call())
            for number in range(ENOUGH):
                flag = replace(a_flag(f"s{number}"), rule_version=version)
                await store.save_held(HeldFlag(flag=flag, reason=HoldReason.SHADOW))

    def rule_of(service: Running) -> dict[str, Any]:
        (rule,) = Client(service, tmp_path).get().json()["sets"][0]["rules"]
        assert isinstance(rule, dict)
        return rule

    settings = settings_for(tmp_path / "data", rules=str(rules), starter_rules=False)
    with running(settings, silent_engine) as service:
        version = rule_of(service)["rule_version"]
    asyncio.run(kept(version))
    with running(settings, silent_engine) as service:
        for number in range(ENOUGH):
            path = f"{service.url}/v1/flags/s{number}"
            answer = httpx.post(f"{path}/verdict", json={"verdict": "false_alarm"}, timeout=30)
            assert (answer.status_code, answer.json()["verdict"], answer.json()["saved"]) == (200, "false_alarm", True)
        on_trial = rule_of(service)
        assert service.parts.rules.of("default", "north").book.demoted == frozenset()
        assert httpx.post(f"{path}/undo", timeout=30).json()["verdict"] is None
        undone = rule_of(service)
        assert httpx.post(f"{path}/acknowledge", timeout=30).status_code == 404
        rules.write_text(a_file_text(a_rule_text(more="    floor: 0.5\n")))
        Client(service, tmp_path).until('"shadow":false')
        in_force = rule_of(service)

    (judged,) = on_trial["judged"]
    assert (on_trial["shadow"], judged["false_alarm"], judged["demoted"]) == (True, ENOUGH, False)
    assert (on_trial["demoted_for"], on_trial["by_team"][0]["false_alarm"]) == ([], ENOUGH)
    assert (on_trial["precision"]["precision"], on_trial["precision"]["high"]) == (0.0, 0.2775)
    assert undone["precision"]["false_alarm"] == ENOUGH - 1
    assert (in_force["judged"], in_force["precision"]["precision"]) == ([], None)


def told_again(client: Client, version: str) -> None:
    """A demoted rule is judged afresh, once; another one, or another version, is not demoted in the first place."""
    asked = {"rule_version": version, "tenant": "default", "by": "ada"}
    assert client.post("/cancellation/restore", **(asked | {"rule_version": "other"})).status_code == 409
    assert client.post("/nothing/restore", **asked).status_code == 409
    restored = client.post("/cancellation/restore", **asked)
    assert (restored.status_code, restored.json()["by"]) == (200, "ada")
    assert client.post("/cancellation/restore", **asked).status_code == 409

    (rule,) = client.get().json()["sets"][0]["rules"]
    (judged,) = rule["judged"]
    assert (judged["demoted"], judged["needed"], judged["false_alarm"]) == (False, ENOUGH, 0)
    assert (judged["restored_by"], judged["restored_at"]) == ("ada", restored.json()["at"])


def test_rules_published_during_a_call_hold_for_the_rest_of_it(tmp_path: Path) -> None:
    """Through the whole application: what was flagged before stays as it was, once."""
    call = a_planned_call(NAME, until_s=26.5, call_id="c")
    more = a_file_text(a_rule_text("bank", "the bank", priority="low"), a_rule_text("lawyer", "my lawyer"))

    async def play() -> CallRecord:
        async with an_application(tmp_path, call, NAME) as parts:
            source = Source(parts.switchboard.line(), started(call), call.samples)
            await source.start()
            await source.send(13.0)
            async for event in parts.feed.subscribe():
                if event.event is FeedKind.FLAG and event.data["state"] == "confirmed":
                    break
            await asyncio.to_thread(parts.publishing.publish, more, by=ADA)
            await source.send(26.5)
            await source.end()
            return await record_of(parts, parts.switchboard, "c")

    flags = [stored.flag for stored in asyncio.run(play()).flags]

    # the bank is named on both sides of the change, and tells only of the second
    assert sorted((flag.rule_id, flag.start_s > 13) for flag in flags if flag.state is FlagState.CONFIRMED) == [
        ("bank", True),
        ("lawyer", True),
        ("legal_threat", True),
        ("refund", False),
    ]
