"""A recording brought into a running service: a call like any other, which nobody was told of."""

import time
from pathlib import Path

import httpx
import soundfile

from qa_monitor.export.parquet import available
from qa_monitor.schemas.calls import CallDetailJson
from tests.qa_monitor.playing import a_planned_call, detail, dictated
from tests.qa_monitor.service import running, settings_for

NAME = "en-2-charged-twice"
CALL = a_planned_call(NAME, until_s=30, call_id="c")
SAID = {
    "began_at": "2026-03-29T14:05:00+02:00",
    "call_id": "c",
    "team": "billing",
    "agent_id": "agent-7",
    "language": "en",
    "agent_channel": "1",
    "direction": "inbound",
}


def wait_for(url: str, sha256: str) -> dict[str, object]:
    for _ in range(600):
        found: dict[str, object] = httpx.get(f"{url}/v1/imports/{sha256}").json()
        if found["state"] not in ("waiting", "running"):
            return found
        time.sleep(0.1)
    raise AssertionError("it takes too long")


def replayed(url: str, call_id: str) -> dict[str, object]:
    begun = httpx.post(f"{url}/v1/calls/{call_id}/replay", json={"what": "audio"})
    assert begun.status_code == 202, begun.text
    for _ in range(600):
        found: dict[str, object] = httpx.get(f"{url}/v1/calls/{call_id}/replay/{begun.json()['replay_id']}").json()
        if found["state"] != "running":
            return found
        time.sleep(0.1)
    raise AssertionError("it takes too long")


def test_a_recording_becomes_a_call_for_review(tmp_path: Path) -> None:
    """Once, however often it is sent; with its sound; its flags open to nobody; replayed it comes out the same."""
    path = tmp_path / "call.flac"
    soundfile.write(path, CALL.samples, CALL.rate_hz)
    with running(settings_for(tmp_path / "data"), dictated(NAME, CALL)) as service:
        url = service.url
        refused = httpx.post(f"{url}/v1/imports", params={**SAID, "language": "de"}, content=b"x")
        noise = httpx.post(f"{url}/v1/imports", params=SAID, content=b"no recording")
        sent = httpx.post(f"{url}/v1/imports", params=SAID, content=path.read_bytes())
        assert sent.status_code == 202, sent.text
        done = wait_for(url, sent.json()["sha256"])
        assert (done["state"], done["call_id"], done["problem"]) == ("done", "c", None)
        again = httpx.post(f"{url}/v1/imports", params={**SAID, "call_id": "d"}, content=path.read_bytes())
        found: CallDetailJson = detail(url, "c")
        open_flags = httpx.get(f"{url}/v1/flags").json()
        peaks = httpx.get(f"{url}/v1/calls/c/peaks").json()
        twice = replayed(url, "c")
        text = httpx.post(f"{url}/v1/calls/c/replay", json={"what": "text"})
        whole = httpx.get(f"{url}/v1/calls/c/export").json()
        rows = httpx.get(f"{url}/v1/exports/calls", params={"limit": 1, "since": "2026-03-01T00:00:00Z"})
        rest = httpx.get(f"{url}/v1/exports/calls", params={"cursor": rows.headers["x-next-cursor"]})
        parquet = httpx.get(f"{url}/v1/exports/calls", params={"format": "parquet"})
        wrong = httpx.get(f"{url}/v1/exports/calls", params={"cursor": "x"})
        left = sorted(one.name for one in (tmp_path / "data" / "replays").iterdir())

    assert (refused.status_code, noise.status_code) == (422, 422)
    assert "language: found 'de'" in refused.text
    assert (again.status_code, again.json()["call_id"]) == (200, "c")
    assert (found.call.dialect, found.call.team, found.call.state) == ("imported", "billing", "ended")
    assert found.call.started_at.isoformat() == "2026-03-29T12:05:00+00:00"
    assert found.call.duration_s == 30.0
    assert len(found.utterances) >= 4
    assert {flag.state for flag in found.flags} == {"expired"}
    assert open_flags["flags"] == []
    assert peaks["duration_s"] == 30.0
    assert twice["state"] == "done", twice
    difference = twice["difference"]
    assert isinstance(difference, dict)
    assert difference["same"], difference
    assert text.status_code == 202
    assert left == []
    assert (whole["vcon"], whole["dialog"][0]["duration"]) == ("0.4.0", 30.0)
    assert [line.split(",")[0] for line in rows.text.splitlines()] == ["call_id", "c"]
    assert len(rest.text.splitlines()) == 1
    assert (parquet.status_code, wrong.status_code) == (200 if available() else 501, 422)
