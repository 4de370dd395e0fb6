"""The HTTP interface over a real socket: what can be asked, and what is answered when the question is wrong."""

import asyncio
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import httpx
import numpy as np
import pytest
import soundfile
from prometheus_client.parser import text_string_to_metric_families

from qa_monitor.schemas.calls import CallsJson, PeaksJson
from qa_monitor.schemas.flags import FlagJson, FlagsJson
from qa_monitor.simulator.scenario import PlannedCall
from qa_monitor.simulator.sender import Line, play
from tests.qa_monitor.listening import console
from tests.qa_monitor.playing import a_planned_call, detail, dictated
from tests.qa_monitor.service import Running, running, settings_for

NAME = "en-2-charged-twice"
NASTY = [
    "..",
    "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "a" * 3000,
    "caf%C3%A9",
    "%00",
    "%F0%9F%98%80",
    "x%0d%0aset-cookie:%20a=b",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """A service that has followed one call of 26 s."""

    service: Running
    call: PlannedCall

    def get(self, path: str, **given: Mapping[str, str | float]) -> httpx.Response:
        return httpx.get(f"{self.service.url}{path}", timeout=30, **given)  # type: ignore[arg-type]  # params, headers


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    call = a_planned_call(NAME, until_s=26.5, call_id="queue:7@site.a+b_c-d")
    with running(settings_for(tmp_path_factory.mktemp("data")), dictated(NAME, call)) as service:
        asyncio.run(play_to_its_end(service, call))
        yield Played(service=service, call=call)


async def play_to_its_end(service: Running, call: PlannedCall) -> None:
    async with console(service.url) as listener:
        (sent,) = await play([call], Line(url=service.url, speed=16))
        assert sent.error is None
        await listener.until(lambda one: one.event == "call" and one.data["state"] == "ended", 60)


def wav(answer: httpx.Response) -> tuple[np.ndarray[tuple[int, ...], np.dtype[np.int16]], int]:
    assert answer.headers["content-type"] == "audio/wav"
    samples, rate_hz = soundfile.read(io.BytesIO(answer.content), dtype="int16", always_2d=True)
    return samples, rate_hz


def test_calls_are_listed_by_state(played: Played) -> None:
    """Ended ones are not live."""
    ended = CallsJson.model_validate_json(played.get("/v1/calls", params={"state": "ended"}).content)
    live = CallsJson.model_validate_json(played.get("/v1/calls", params={"state": "live"}).content)
    both = CallsJson.model_validate_json(played.get("/v1/calls").content)

    assert [call.call_id for call in ended.calls] == [call.call_id for call in both.calls] == [played.call.call_id]
    assert live.calls == []
    assert both.calls[0].flags.high == 1
    assert both.calls[0].duration_s == pytest.approx(26.5, abs=0.1)


def test_a_call_is_told_whole(played: Played) -> None:
    """Utterances, their scores, flags with their clip, dynamics."""
    found = detail(played.service.url, played.call.call_id)

    assert [one.speaker for one in found.utterances] == ["agent", "customer", "agent", "customer"]
    assert [one.emotion is not None for one in found.utterances] == [False, True, False, True]
    assert {flag.rule_id for flag in found.flags} == {"refund", "legal_threat"}
    assert found.dynamics is not None
    assert found.gaps == []


def test_the_clip_of_a_flag_is_its_seconds_on_both_channels(played: Played) -> None:
    """By the address in the flag itself."""
    for flag in detail(played.service.url, played.call.call_id).flags:
        clip = flag.evidence.clip
        audio, rate_hz = wav(played.get(clip.url))
        asked = httpx.URL(clip.url).params
        start_s, end_s = float(asked["start_s"]), min(float(asked["end_s"]), 26.5)

        assert clip.start_s <= flag.start_s <= flag.end_s <= clip.end_s
        assert (start_s, end_s) == pytest.approx((clip.start_s, min(clip.end_s, 26.5)), abs=0.01)
        assert np.array_equal(audio, played.call.samples[round(start_s * rate_hz) : round(end_s * rate_hz)])


def test_the_whole_audio_can_be_asked_for_by_bytes(played: Played) -> None:
    """A player jumps."""
    path = f"/v1/calls/{played.call.call_id}/audio"
    whole, part = played.get(path), played.get(path, headers={"range": "bytes=1000-1999"})

    assert np.array_equal(wav(whole)[0], played.call.samples)
    assert (part.status_code, part.content) == (206, whole.content[1000:2000])
    assert part.headers["content-range"] == f"bytes 1000-1999/{len(whole.content)}"
    assert played.get(path, headers={"range": "bytes=99999999-"}).status_code == 416


@pytest.mark.parametrize(
    ("params", "status"),
    [
        ({"start_s": "5", "end_s": "4"}, 422),
        ({"start_s": "5", "end_s": "5"}, 422),
        ({"start_s": "0", "end_s": "601"}, 422),
        ({"start_s": "-1"}, 422),
        ({"start_s": "nan"}, 422),
        ({"end_s": "nan"}, 422),
        ({"start_s": "inf"}, 422),
        ({"end_s": "inf"}, 422),
        ({"start_s": "soon"}, 422),
        ({"start_s": "1000"}, 404),
        ({"start_s": "1e300"}, 422),
        ({"start_s": "26"}, 200),
        ({"end_s": "1"}, 200),
    ],
)
def test_seconds_that_make_no_sense_are_refused(played: Played, params: Mapping[str, str], status: int) -> None:
    """In words, and never with a failure of ours."""
    answer = played.get(f"/v1/calls/{played.call.call_id}/audio", params=params)

    assert answer.status_code == status, answer.text
    assert status == 200 or answer.json()["detail"]


def test_the_outline_fits_the_audio(played: Played) -> None:
    """Fifty slices a second, each with its lowest and highest, per channel."""
    peaks = PeaksJson.model_validate_json(played.get(f"/v1/calls/{played.call.call_id}/peaks").content)

    assert peaks.per_second == 50
    assert peaks.duration_s == pytest.approx(26.5, abs=0.03)
    assert [len(channel) for channel in peaks.channels] == [2 * 1325, 2 * 1325]
    assert all(min(channel) < -5 and max(channel) > 5 for channel in peaks.channels)


def test_a_flag_is_taken_on_once_and_all_consoles_hear_of_it(played: Played) -> None:
    """It is not open any more; a second time changes nothing and tells nothing."""
    flag_id = detail(played.service.url, played.call.call_id).flags[0].flag_id
    address = f"{played.service.url}/v1/flags/{flag_id}/acknowledge"

    async def test() -> tuple[FlagJson, FlagJson]:
        async with console(played.service.url) as one, console(played.service.url) as other:
            for listener in (one, other):
                await listener.until(lambda told: told.event == "snapshot")
            async with httpx.AsyncClient() as client:
                first = FlagJson.model_validate_json((await client.post(address)).content)
                second = FlagJson.model_validate_json((await client.post(address)).content)
            for listener in (one, other):
                told = await listener.until(lambda told: told.event == "flag")
                assert (told.data["flag_id"], told.data["state"]) == (flag_id, "acknowledged")
            beats = len(one.of("heartbeat"))
            await one.until(lambda _: len(one.of("heartbeat")) > beats)
            assert len(one.of("flag")) == 1
            return first, second

    first, second = asyncio.run(test())
    still_open = FlagsJson.model_validate_json(played.get("/v1/flags").content).flags
    every = FlagsJson.model_validate_json(played.get("/v1/flags", params={"open": "false"}).content).flags

    assert (first.state, first.acknowledged_by) == ("acknowledged", "console")
    assert second == first
    assert flag_id not in {flag.flag_id for flag in still_open}
    assert flag_id in {flag.flag_id for flag in every}


def test_a_flag_nobody_raised_cannot_be_taken_on(played: Played) -> None:
    """404, in words."""
    answer = httpx.post(f"{played.service.url}/v1/flags/none/acknowledge")

    assert (answer.status_code, answer.json()["detail"]) == (404, "no flag none is kept")


@pytest.mark.parametrize("path", ["", "/stream", "/audio", "/audio?start_s=1", "/peaks"])
def test_a_call_nobody_made_is_not_found(played: Played, path: str) -> None:
    """On every address below it."""
    assert played.get(f"/v1/calls/none{path}").status_code == 404


@pytest.mark.parametrize("call_id", NASTY)
@pytest.mark.parametrize("path", ["", "/stream", "/audio", "/audio?start_s=1", "/peaks"])
def test_ids_from_outside_name_nothing_else(played: Played, call_id: str, path: str) -> None:
    """No file, no header, no failure of ours."""
    answer = played.get(f"/v1/calls/{call_id}{path}")

    assert answer.status_code in (400, 404, 422)
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "query",
    ["calls?state=gone", "calls?limit=0", "calls?limit=1001", "calls?limit=x", "flags?limit=0", "flags?open=perhaps"],
)
def test_a_question_that_makes_no_sense_is_refused_naming_the_field(played: Played, query: str) -> None:
    """As FastAPI does."""
    answer = played.get(f"/v1/{query}")

    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"][1] == query.partition("?")[2].partition("=")[0]


def test_the_stream_of_a_past_call_tells_everything_and_ends(played: Played) -> None:
    """Utterances in order, dynamics, and the end."""

    async def test() -> list[str]:
        async with console(played.service.url, f"/v1/calls/{played.call.call_id}/stream") as listener:
            await listener.until(lambda one: one.event == "ended")
            return [one.event for one in listener.told]

    assert asyncio.run(test()) == [*["utterance"] * 4, "dynamics", "course", "ended"]


def test_the_pages_and_what_they_need_are_served(played: Played) -> None:
    """With no path of ours in them, and no page but ours may frame them."""
    for path in ("/", "/calls/any", "/login"):
        answer = played.get(path)
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/html")
    assert played.get("/static/none.js").status_code == 404
    assert played.get("/static/%2e%2e/app.py").status_code == 404


def test_health_and_readiness(played: Played) -> None:
    """Model, rules, and nothing to complain about but what the machine's own library asks for."""
    ready = played.get("/readyz").json()

    assert played.get("/healthz").json() == {"status": "alive"}
    assert (ready["ready"], ready["reasons"], ready["model"]) == (True, [], "base")
    assert ready["rules"]


def test_figures_are_prometheus_format_without_words(played: Played) -> None:
    """Neither a call id nor a word is in them."""
    answer = played.get("/metrics")
    names = {family.name for family in text_string_to_metric_families(answer.text)}

    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert {
        "calls_active",
        "calls",
        "lag_seconds",
        "shed_level",
        "final_latency_seconds",
        "alerts",
        "frames_rejected",
    } <= names
    assert played.call.call_id not in answer.text
    assert "lawyer" not in answer.text


def test_a_page_that_drew_a_flag_is_told_how_long_it_took(played: Played) -> None:
    """The first report is kept with the flag; a flag nobody told of, or told long ago, has no figure."""
    flags = FlagsJson.model_validate_json(played.get("/v1/flags", params={"open": "false"}).content).flags
    flag_id = next(flag.flag_id for flag in flags if flag.latency.feed_s is not None)
    drawn = {"drawn": [{"flag_id": flag_id, "held_s": 0.0}, {"flag_id": "nobody's", "held_s": 0.0}]}
    answer = httpx.post(f"{played.service.url}/v1/flags/drawn", json=drawn, timeout=30)
    report = played.get("/v1/latency").json()
    again = FlagsJson.model_validate_json(played.get("/v1/flags", params={"open": "false"}).content).flags
    screen = {each["stage"]: each for each in report["stages"]}["screen"]

    assert answer.status_code == 200
    assert answer.json()["screen_s"].keys() == {flag_id}
    assert (screen["count"], screen["p50_s"]) == (1, answer.json()["screen_s"][flag_id])
    assert {flag.flag_id: flag.latency.screen_s for flag in again}[flag_id] == answer.json()["screen_s"][flag_id]
    assert (report["alarm_s"], report["window_s"]) == (2.5, 300.0)
    assert report["minutes"]
    assert httpx.post(f"{played.service.url}/v1/flags/drawn", json={"drawn": []}, timeout=30).status_code == 422


def test_the_interface_describes_itself(played: Played) -> None:
    """Every path is there, and every reference leads somewhere."""
    described = played.get("/openapi.json").json()
    schemas = described["components"]["schemas"]

    assert described["openapi"].startswith("3.")
    assert {
        "/v1/flags",
        "/v1/flags/stream",
        "/v1/flags/{flag_id}/acknowledge",
        "/v1/calls",
        "/v1/calls/{call_id}",
        "/v1/calls/{call_id}/stream",
        "/v1/calls/{call_id}/audio",
        "/v1/calls/{call_id}/peaks",
        "/healthz",
        "/readyz",
        "/metrics",
    } <= set(described["paths"])
    assert [ref for ref in references(described) if ref.removeprefix("#/components/schemas/") not in schemas] == []
    assert all(operation["responses"] for path in described["paths"].values() for operation in path.values())


def references(node: object) -> Iterator[str]:
    """Every `$ref` below."""
    if isinstance(node, dict):
        for name, inner in node.items():
            if name == "$ref":
                yield inner
            else:
                yield from references(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from references(inner)


def test_a_console_resumes_where_it_was(tmp_path: Path) -> None:
    """What came while it was away, in order and once; an id of another run starts afresh."""
    call = a_planned_call(NAME, until_s=26.5)
    with running(settings_for(tmp_path), dictated(NAME, call)) as service:

        async def test() -> None:
            async with console(service.url) as first:
                await first.until(lambda one: one.event == "snapshot")
                began = first.last_id
                (sent,) = await play([call], Line(url=service.url, speed=16))
                assert sent.error is None
                await first.until(lambda one: one.event == "call" and one.data["state"] == "ended", 60)
                told = [(one.id, one.data["flag_id"], one.data["state"]) for one in first.of("flag")]
            async with console(service.url, after=began) as second:
                await second.until(lambda one: one.id == told[-1][0])
                again = [(one.id, one.data["flag_id"], one.data["state"]) for one in second.of("flag")]
            async with console(service.url, after="other-7") as third:
                await third.until(lambda one: one.event == "snapshot")
                kinds = [one.event for one in third.told if one.event != "heartbeat"][:2]
            async with console(service.url, f"/v1/flags/stream?after={told[0][0]}") as fourth:
                await fourth.until(lambda one: one.id == told[-1][0])
                rest = [one.id for one in fourth.of("flag")]

            assert told
            assert again == told
            assert kinds == ["resync", "snapshot"]
            assert rest == [one[0] for one in told[1:]]

        asyncio.run(test())
