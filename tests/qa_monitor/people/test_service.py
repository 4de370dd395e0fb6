"""Roles and teams on the real service: what a coach of one team gets by any route, and how people are managed."""

import json
from collections.abc import Iterator
from pathlib import Path
from threading import Timer

import httpx
import pytest
from typer.testing import CliRunner

from qa_monitor.cli import app
from qa_monitor.security.sessions import COOKIE
from tests.qa_monitor.people_service import GOOD, SECRET, TEAMS, Staffed, staffed

STREAMS = {"/v1/flags/stream", "/v1/arrivals/stream", "/v1/calls/{call_id}/stream"}
ENOUGH_EVENTS = 2


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staffed]:
    with staffed(tmp_path_factory.mktemp("staffed")) as running:
        yield running


def addresses(house: Staffed, team: str) -> list[str]:
    """Every address there is to look at, with this team's names in it."""
    with house.operator() as operator:
        paths = operator.get("/openapi.json").json()["paths"]
    names = {"{call_id}": f"{team}-call", "{flag_id}": f"{team}-flag", "{number}": "1", "{test_id}": "x", "{name}": "x"}
    found = []
    for path, ways in paths.items():
        if "get" in ways:
            for gap, name in names.items():
                path = path.replace(gap, name)
            found.append(path)
    asked = ["/v1/flags?open=false&limit=1000", "/v1/calls?state=ended&limit=1000", "/v1/people/routing?team=south"]
    return [*found, *asked, f"/v1/calls/{team}-call/audio?start_s=1&end_s=3", "/", f"/calls/{team}-call", "/rules"]


def looked_at(client: httpx.Client, path: str) -> tuple[int, str]:
    """What is answered; of a stream, the first events."""
    if not path.endswith("/stream"):
        answer = client.get(path)
        return answer.status_code, answer.text
    lines: list[str] = []
    with client.stream("GET", path) as answer:
        if answer.status_code == 200:
            for line in answer.iter_lines():
                lines.append(line)
                if sum(each.startswith("data:") for each in lines) >= ENOUGH_EVENTS:
                    break
        return answer.status_code, "\n".join(lines)


@pytest.mark.parametrize("name", ["ann", "fay", "eve"])
def test_another_teams_calls_are_seen_by_no_route(house: Staffed, name: str) -> None:
    """A coach of the north, an administrator and an agent ask every address for what is the south's."""
    with house.logged_in(name) as client:
        for path in addresses(house, "south"):
            status, text = looked_at(client, path)

            assert SECRET["south"] not in text, path
            assert name == "fay" or "south-call" not in text or status in (403, 404), path
            if "south" in path and path.startswith("/v1/calls/"):
                assert status in (403, 404), path


def test_a_team_s_own_coach_sees_all_of_it(house: Staffed) -> None:
    """The same addresses do answer: the test before asks nothing that is never there."""
    with house.logged_in("cleo") as client:
        answers = {path: looked_at(client, path) for path in addresses(house, "south")}

    seen = {path for path, (_, text) in answers.items() if SECRET["south"] in text}
    assert {"/v1/calls/south-call", "/v1/calls/south-call/stream", "/v1/flags", "/v1/flags/stream"} <= seen
    assert answers["/v1/calls/south-call/audio"][0] == answers["/v1/calls/south-call/peaks"][0] == 200
    assert all(SECRET["north"] not in text for _, text in answers.values())


def test_another_team_s_flags_cannot_be_touched(house: Staffed) -> None:
    """They are not there, as far as is told; nor can another team's call be paused."""
    asked = [
        ("/v1/flags/south-flag/acknowledge", None),
        ("/v1/flags/south-flag/undo", None),
        ("/v1/flags/south-flag/verdict", {"verdict": "useful"}),
        ("/v1/calls/south-call/pause", None),
    ]
    with house.logged_in("ann") as client:
        answers = [client.post(path, json=body) for path, body in asked]
        missing = client.post("/v1/flags/none/acknowledge")

    assert [answer.status_code for answer in answers] == [404] * 4
    assert answers[0].json()["detail"] == missing.json()["detail"].replace("none", "south-flag")


def test_what_coaches_do_carries_their_name(house: Staffed) -> None:
    with house.logged_in("ann") as client:
        taken = client.post("/v1/flags/north-flag/acknowledge").json()
        undone = client.post("/v1/flags/north-flag/undo").json()

    assert taken["acknowledged_by"] == "ann"
    assert undone["acknowledged_by"] is None


def test_a_lead_sees_all_own_teams_and_may_look_at_rules(house: Staffed) -> None:
    with house.logged_in("dan") as client:
        calls = {call["call_id"] for call in client.get("/v1/calls").json()["calls"]}

        assert calls == {"north-call", "south-call"}
        assert client.get("/v1/rules").status_code == 200
        assert client.get("/v1/people").status_code == 403


def test_an_agent_looks_back_at_own_calls_and_clips(house: Staffed) -> None:
    """With the flag and its seconds of both channels; at nobody else's."""
    with house.logged_in("eve") as client:
        calls = client.get("/v1/mine/calls").json()["calls"]
        (flag,) = calls[0]["flags"]
        clip = client.get(flag["clip"])
        other = client.get("/v1/mine/flags/south-flag/clip")

    assert [call["call_id"] for call in calls] == ["north-call"]
    assert flag["said"] == SECRET["north"]
    assert "verdict" not in flag
    assert (clip.status_code, clip.headers["content-type"]) == (200, "audio/wav")
    assert other.status_code == 404


def test_pages_lead_everybody_to_what_is_theirs(house: Staffed) -> None:
    """And strangers to the log-in."""
    homes = {}
    for name in ("ann", "fay", "eve"):
        with house.logged_in(name) as client:
            answer = client.get("/")
            homes[name] = answer.headers.get("location", "/")
            assert client.get("/v1/me").json()["account"] == name
    with house.operator() as operator:
        me = operator.get("/v1/me").json()

    assert homes == {"ann": "/", "fay": "/people", "eve": "/mine"}
    assert (me["account"], me["every_team"]) == (None, True)
    assert httpx.get(f"{house.url}/people").headers["location"] == "/login?next=/people"


def test_an_account_from_nothing_to_its_own_password(house: Staffed) -> None:
    """Made by the operator, handed a password, kept out of everything until another is chosen."""
    with house.operator() as operator:
        cells = {"id": "gil", "roles": "coach", "teams": "south", "name": "Gil"}
        made = operator.put("/v1/people", json={"kind": "account", "cells": cells})
        handed = operator.post("/v1/people/accounts/gil/password").json()["password"]
    with house.logged_in("gil", handed) as client:
        before = client.get("/v1/calls").status_code, client.get("/").headers["location"]
        weak = client.put("/v1/me/password", json={"old": handed, "new": "short"})
        wrong = client.put("/v1/me/password", json={"old": "wrong", "new": GOOD})
        chosen = client.put("/v1/me/password", json={"old": handed, "new": GOOD})
        after = client.get("/v1/calls")

    assert made.json()["changes"][0]["did"] == "made"
    assert before == (403, "/account")
    assert (weak.status_code, wrong.status_code, chosen.status_code) == (422, 403, 204)
    assert [call["call_id"] for call in after.json()["calls"]] == ["south-call"]


def test_closing_an_account_ends_its_stream_and_its_session(house: Staffed) -> None:
    """Nothing more comes, and nothing more is answered."""
    cells = {"id": "hal", "roles": "coach", "teams": "north"}
    with house.operator() as operator:
        operator.put("/v1/people", json={"kind": "account", "cells": cells})
        handed = operator.post("/v1/people/accounts/hal/password").json()["password"]
        with house.logged_in("hal", handed) as client:
            client.put("/v1/me/password", json={"old": handed, "new": GOOD})
            closing = Timer(
                1.0, operator.put, ["/v1/people"], {"json": {"kind": "account", "cells": {**cells, "closed": "yes"}}}
            )
            with client.stream("GET", "/v1/flags/stream") as answer:
                closing.start()
                events = [line for line in answer.iter_lines() if line.startswith("event:")]
            closing.join()

            assert events[0] == "event: snapshot"
            assert client.get("/v1/calls").status_code == 401
            assert (
                client.post("/login", data={"name": "hal", "password": GOOD})
                .headers["location"]
                .startswith("/login?error=password")
            )


def test_the_command_line_imports_exports_and_hands_out(house: Staffed, tmp_path: Path) -> None:
    """A dry run changes nothing; mistakes are told with file and line, and change nothing either."""
    where = ["--url", house.url, "--data-dir", str(house.service.settings.data_dir)]
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text("kind,id,name,roles,teams\naccount,ivy,Ivy,coach,north\n")
    bad.write_text("kind,id,roles\naccount,joe,coach\naccount,kim,king\n")

    def run(*given: str) -> tuple[int, str]:
        done = CliRunner().invoke(app, ["people", *given, *where], catch_exceptions=False)
        return done.exit_code, done.output

    assert run("import", str(good), "--dry-run") == (0, run("import", str(good), "--dry-run")[1])
    assert "ivy" not in run("export")[1]
    code, said = run("import", str(bad))
    assert code == 1
    assert f"{bad.name}:3: roles: found 'king'" in said.replace("\n", "")
    assert "joe" not in run("export")[1]
    assert "1 changed" in run("import", str(good))[1]
    assert "account,ivy,Ivy,coach,north" in run("export")[1]
    code, said = run("password", "ivy")
    assert code == 0
    with house.logged_in("ivy", said.split()[-1]) as client:
        assert client.get("/v1/me").json()["must_change"] is True
    assert run("password", "nobody")[0] == 2


def test_what_is_wrong_in_a_request_is_said(house: Staffed) -> None:
    with house.operator() as operator:
        put = operator.put("/v1/people", json={"kind": "account", "cells": {"id": "lea", "roles": "boss"}})
        removed = operator.delete("/v1/people", params={"kind": "account", "id": "ann"})
        read = operator.post("/v1/people/import", content="nothing", headers={"content-type": "text/csv"})
        logged = operator.get("/v1/people/changes").text

    assert (put.status_code, removed.status_code, read.status_code) == (422, 422, 422)
    assert "roles: found 'boss'" in put.json()["detail"]
    assert read.json()["problems"][0]["line"] == 1
    assert "argon2" not in logged


def test_a_flag_s_way_can_be_asked(house: Staffed) -> None:
    """No console is open: it would go to everyone of the team."""
    with house.operator() as operator:
        asked = operator.get("/v1/people/routing", params={"team": "north", "agent_id": TEAMS["north"]}).json()

    assert asked == {"why": "nobody", "coaches": []}


def test_other_sites_cannot_change_people(house: Staffed) -> None:
    """Not even in the browser of an administrator."""
    with house.logged_in("fay") as client:
        cells = {"id": "mal", "roles": "admin"}
        evil = {"origin": "https://evil.example"}
        answer = client.put("/v1/people", json={"kind": "account", "cells": cells}, headers=evil)

        assert answer.status_code == 403
        assert "mal" not in json.dumps(client.get("/v1/people").json()["entries"][-1])
        assert client.cookies[COOKIE]


@pytest.mark.parametrize(
    ("name", "agents", "known"),
    [
        ("ann", {"agent-7"}, {("ann", "Ann", True), ("dan", "Dan", False)}),
        ("eve", set(), {("ann", "Ann", True), ("eve", "Eve", False)}),
        ("fay", {"agent-7"}, {("cleo", "Cleo", True), ("fay", "Fay", False)}),
    ],
)
def test_people_go_by_name(house: Staffed, name: str, agents: set[str], known: set[tuple[str, str, bool]]) -> None:
    """A coach, an agent and an administrator: everyone learns who signs what they read, and who can be asked."""
    with house.logged_in(name) as client:
        told = client.get("/v1/agents").json()

    assert {one["agent_id"] for one in told["agents"]} == agents
    assert known <= {(one["account"], one["name"], one["coach"]) for one in told["accounts"]}
