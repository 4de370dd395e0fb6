"""Bundled calls through the whole service with the real models, as two consoles see it."""

import asyncio
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx
import numpy as np
import pytest
import soundfile

from qa_monitor.demo.scoring import meets
from qa_monitor.rules.history import FOLDER as HISTORY_FOLDER
from qa_monitor.schemas.calls import CallDetailJson, PeaksJson
from qa_monitor.schemas.flags import FlagJson, FlagsJson
from qa_monitor.simulator.scenario import PlannedCall, StreamProtocol
from qa_monitor.simulator.sender import Line, play
from streams.records import Speaker
from tests.qa_monitor.listening import Listener, Told, console
from tests.qa_monitor.playing import BOTH, a_planned_call, detail, seen_flags, truth_of
from tests.qa_monitor.service import Running, running, settings_for

pytestmark = [pytest.mark.slow, pytest.mark.model]

ENGLISH, FRENCH = "en-3-lost-parcel", "fr-3-colis-perdu"
NAMES = (ENGLISH, FRENCH)
SPEED = 2.0
WITHIN_S = 240.0
PLAYED = [(name, protocol) for name in NAMES for protocol in BOTH]


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A service that followed every call, and what a console saw meanwhile."""

    service: Running
    calls: dict[tuple[str, StreamProtocol], PlannedCall]
    told: Sequence[Told]
    resumed: Sequence[Told]
    """What a console was told that had gone away after the first snapshot and came back at the end."""

    def detail(self, name: str, protocol: StreamProtocol) -> CallDetailJson:
        return detail(self.service.url, self.calls[name, protocol].call_id)


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    calls = {(name, protocol): a_planned_call(name) for name, protocol in PLAYED}
    with running(settings_for(tmp_path_factory.mktemp("data"))) as service:
        told, resumed = asyncio.run(follow(service, calls))
        yield Session(service=service, calls=calls, told=told, resumed=resumed)


async def follow(
    service: Running, calls: dict[tuple[str, StreamProtocol], PlannedCall]
) -> tuple[Sequence[Told], Sequence[Told]]:
    """Both languages at a time, one protocol after the other."""
    async with console(service.url) as listener:
        first = await listener.until(lambda one: one.event == "snapshot")
        for protocol in BOTH:
            line = Line(url=service.url, protocol=protocol, speed=SPEED)
            chosen = [calls[name, protocol] for name in NAMES]
            for sent in await play(chosen, line):
                assert sent.error is None
            for call in chosen:
                await ended(listener, call.call_id)
        async with console(service.url, after=first.id) as back:
            last = listener.of("flag")[-1]
            await back.until(lambda one: one.id == last.id)
            return list(listener.told), list(back.told)


async def ended(listener: Listener, call_id: str) -> None:
    await listener.until(
        lambda one: one.event == "call" and one.data["call_id"] == call_id and one.data["state"] == "ended", WITHIN_S
    )


@pytest.mark.parametrize(("name", "protocol"), PLAYED)
def test_the_expected_flags_are_on_the_stream_and_in_the_store_and_no_others(
    session: Session, name: str, protocol: StreamProtocol
) -> None:
    """Missing and extra ones are listed by name."""
    truth, found = truth_of(name), session.detail(name, protocol)
    standing = [flag for flag in seen_flags(found) if not flag.withdrawn]
    missing = [one.rule_id for one in truth.expected if not any(meets(flag, one) for flag in standing)]
    extra = [flag.rule_id for flag in standing if not any(meets(flag, one) for one in truth.expected)]
    last_told = {str(one.data["flag_id"]): one.data["state"] for one in session.told if one.event == "flag"}

    assert (missing, extra) == ([], []), [one.text for one in found.utterances]
    assert {flag.flag_id: flag.state.value for flag in found.flags}.items() <= last_told.items()
    assert all(flag.saved for flag in found.flags)


@pytest.mark.parametrize(("name", "protocol"), PLAYED)
def test_every_line_is_heard_on_the_right_speaker(session: Session, name: str, protocol: StreamProtocol) -> None:
    """At its seconds; and emotion is the customer's alone."""
    truth, found = truth_of(name), session.detail(name, protocol)

    for line in truth.utterances:
        middle_s = (line.start_s + line.end_s) / 2
        heard = {one.speaker for one in found.utterances if one.start_s <= middle_s <= one.end_s}
        assert line.speaker in heard, line.text
    assert {one.speaker for one in found.utterances if one.emotion is not None} == {Speaker.CUSTOMER}
    assert (found.call.language, found.call.blind) == (truth.language, None)


@pytest.mark.parametrize(("name", "protocol"), PLAYED)
def test_audio_outline_and_clips_are_there(session: Session, name: str, protocol: StreamProtocol) -> None:
    """Two channels at the call's rate; a clip holds the words it is about."""
    call, found = session.calls[name, protocol], session.detail(name, protocol)
    audio = wav(session, f"/v1/calls/{call.call_id}/audio")
    peaks = PeaksJson.model_validate_json(get(session, f"/v1/calls/{call.call_id}/peaks").content)

    assert audio.shape == pytest.approx(call.samples.shape, rel=0.01)
    if protocol is StreamProtocol.PCM:
        assert np.array_equal(audio[: len(call.samples)], call.samples)
    assert peaks.duration_s == pytest.approx(call.duration_s, abs=0.5)
    assert len(peaks.channels) == 2
    for flag in found.flags:
        clip = wav(session, flag.evidence.clip.url)
        asked_s = min(flag.evidence.clip.end_s, len(audio) / call.rate_hz) - flag.evidence.clip.start_s
        assert clip.shape[1] == 2
        assert len(clip) / call.rate_hz == pytest.approx(asked_s, abs=0.05)
        spoken = clip[:, call.channels.index(flag.evidence.speaker)] if flag.evidence.speaker else clip
        assert np.abs(spoken).max() > 500


def test_a_console_that_comes_back_is_told_what_it_missed(session: Session) -> None:
    """The same changes in the same order, each once, with no snapshot in between."""
    changes = [(one.id, one.data["state"]) for one in session.told if one.event == "flag"]
    again = [(one.id, one.data["state"]) for one in session.resumed if one.event == "flag"]

    assert changes
    assert again == changes
    assert not [one for one in session.resumed if one.event in ("snapshot", "resync")]


def test_every_flag_was_measured_through_all_stages(session: Session) -> None:
    """In order: text, rule, disk, feed."""
    answer = get(session, "/v1/flags?open=false")
    flags = FlagsJson.model_validate_json(answer.content).flags

    assert flags
    for flag in flags:
        if flag.evidence.speaker is None or not flag.evidence.phrase:
            continue  # measured: nobody's last word to count from
        latency = flag.latency
        stages = [latency.text_s, latency.rule_s, latency.stored_s, latency.feed_s]
        assert None not in stages, flag
        assert [stage for stage in stages if stage is not None] == sorted(
            stage for stage in stages if stage is not None
        )


def test_taking_a_flag_on_is_told_to_every_open_console(session: Session) -> None:
    """And it stays so."""
    flag = next(flag for flag in session.detail(ENGLISH, StreamProtocol.PCM).flags if flag.state == "confirmed")

    async def test() -> None:
        url = session.service.url
        async with console(url) as one, console(url) as other, httpx.AsyncClient(base_url=url) as client:
            for listener in (one, other):
                await listener.until(lambda told: told.event == "snapshot")
            answer = await client.post(f"/v1/flags/{flag.flag_id}/acknowledge")
            assert FlagJson.model_validate_json(answer.content).state == "acknowledged"
            for listener in (one, other):
                told = await listener.until(lambda told: told.event == "flag")
                assert (told.data["flag_id"], told.data["state"]) == (flag.flag_id, "acknowledged")

    asyncio.run(test())
    kept = {one.flag_id: one for one in session.detail(ENGLISH, StreamProtocol.PCM).flags}[flag.flag_id]
    assert (kept.state, kept.acknowledged_by) == ("acknowledged", "console")


def test_no_word_is_left_on_the_disk_outside_the_store(session: Session) -> None:
    """Database, audio, tokens and the rules that were in force: nothing else lies in the data folder."""
    folder = session.service.settings.data_dir
    files = {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}
    known = {"qa-monitor.db", "qa-monitor.db-wal", "qa-monitor.db-shm", "in-use.lock", "access-token", "ingest-token"}

    assert {str(path) for path in files if path.parts[0] not in ("audio", HISTORY_FOLDER)} <= known
    assert all(Path(path).suffix in (".wav", ".peaks") for path in files if path.parts[0] == "audio")


def get(session: Session, path: str) -> httpx.Response:
    answer = httpx.get(f"{session.service.url}{path}", timeout=30)
    assert answer.status_code == 200, answer.text
    return answer


def wav(session: Session, path: str) -> np.ndarray[tuple[int, ...], np.dtype[np.int16]]:
    samples, _ = soundfile.read(io.BytesIO(get(session, path).content), dtype="int16", always_2d=True)
    return np.asarray(samples, np.int16)
