"""A call from its first frame to its last flag, over a real socket, with a recogniser that never mishears."""

import asyncio
import contextlib
import io
import json
import logging
import re
import sqlite3
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import httpx
import numpy as np
import pytest
import soundfile
import structlog

from qa_monitor.config import Settings
from qa_monitor.demo.scoring import meets
from qa_monitor.demo.truth import CallTruth
from qa_monitor.logs import set_up_logs
from qa_monitor.schemas.calls import CallDetailJson
from qa_monitor.simulator.scenario import PlannedCall, StreamProtocol
from qa_monitor.simulator.sender import Line, play
from qa_monitor.store.database.database import FILE
from streams.engine.engine import SpeechEngine
from streams.model.recipe import USUAL, Recipe
from streams.model.whisper import SpeechModel
from streams.model.window import Recognised, Window
from streams.records import EndReason, Samples
from tests.qa_monitor.dictation import Dictated
from tests.qa_monitor.listening import Told, console
from tests.qa_monitor.playing import BOTH, a_planned_call, detail, dictated, seen_flags, truth_of
from tests.qa_monitor.service import Running, running, settings_for

ENGLISH, FRENCH = "en-2-charged-twice", "fr-1-box-en-panne"
SPEED = 8.0
pytestmark = pytest.mark.slow
CARD = "4539 1488 0343 6467"
CARD_FROM_S = 3.99
"""Where the customer of the English call begins the line that is dictated as a card number."""


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """All that anything logs, at the finest level."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    written = io.StringIO()
    set_up_logs("debug", written)
    yield written
    structlog.reset_defaults()
    root.handlers[:] = handlers
    root.setLevel(level)


@contextlib.asynccontextmanager
async def followed(service: Running, call: PlannedCall) -> AsyncIterator[list[Told]]:
    """Play a call and follow it to its end on both event streams; everything they told."""
    told: list[Told] = []
    async with console(service.url) as flags:
        await flags.until(lambda one: one.event == "snapshot")
        playing = asyncio.create_task(play([call], Line(url=service.url, speed=SPEED)))
        await flags.until(lambda one: one.event == "call" and one.data["call_id"] == call.call_id)
        async with console(service.url, f"/v1/calls/{call.call_id}/stream") as words:
            await words.until(lambda one: one.event == "ended", 60)
            (sent,) = await playing
            assert sent.error is None
            told += [*words.told, *flags.told]
    yield told


def follow(service: Running, call: PlannedCall) -> tuple[list[Told], CallDetailJson]:
    async def following() -> list[Told]:
        async with followed(service, call) as told:
            return told

    return asyncio.run(following()), detail(service.url, call.call_id)


def expected_flags(truth: CallTruth, found: CallDetailJson) -> list[str]:
    """Expectations of the truth that no standing flag meets; empty when all is well."""
    flags = [flag for flag in seen_flags(found) if not flag.withdrawn]
    return [one.rule_id for one in truth.expected if not any(meets(flag, one) for flag in flags)]


@pytest.mark.parametrize("name", [ENGLISH, FRENCH])
def test_every_expected_flag_is_told_and_kept_and_no_other(name: str, tmp_path: Path) -> None:
    """With the right words on the right speakers; what the stream told is what the store has."""
    call, truth = a_planned_call(name), truth_of(name)
    with running(settings_for(tmp_path), dictated(name, call)) as service:
        told, found = follow(service, call)

    assert expected_flags(truth, found) == []
    standing = [flag for flag in found.flags if flag.state != "withdrawn"]
    assert len(standing) == len(truth.expected)
    assert {flag.flag_id for flag in found.flags} == {one.data["flag_id"] for one in told if one.event == "flag"}
    said = {
        speaker: " ".join(one.text for one in found.utterances if one.speaker == speaker).split()
        for speaker in call.channels
    }
    for speaker in call.channels:
        truly = " ".join(line.text for line in truth.utterances if line.speaker == speaker).split()
        # dictated evenly, a word may fall into a pause of the recording, where nobody listens
        assert [word for word in said[speaker] if word not in truly] == []
        assert len(said[speaker]) >= 0.9 * len(truly)
    finals = {one.data["utterance_id"]: one.data for one in told if one.event == "utterance" and one.data["final"]}
    assert [finals[one.utterance_id]["text"] for one in found.utterances] == [one.text for one in found.utterances]
    assert (found.call.end_reason, found.call.blind) == (EndReason.END, None)


def test_the_audio_kept_is_what_was_sent(tmp_path: Path) -> None:
    """Sample by sample, both channels in their place."""
    call = a_planned_call(ENGLISH, until_s=12)
    with running(settings_for(tmp_path), dictated(ENGLISH, call)) as service:
        follow(service, call)
        audio = audio_of(service, call)

    assert np.array_equal(audio, call.samples)


def test_without_keeping_audio_there_is_none_and_flags_all_the_same(tmp_path: Path) -> None:
    """`keep_audio` off."""
    call = a_planned_call(ENGLISH, until_s=12.5)
    with running(settings_for(tmp_path, keep_audio=False), dictated(ENGLISH, call)) as service:
        _, found = follow(service, call)
        answer = httpx.get(f"{service.url}/v1/calls/{call.call_id}/audio")

    assert answer.status_code == 404
    assert [flag.rule_id for flag in found.flags] == ["refund"]
    assert not list(tmp_path.rglob("*.wav"))


@pytest.mark.parametrize("protocol", BOTH)
def test_a_card_number_read_out_is_nowhere(protocol: StreamProtocol, tmp_path: Path, logged: io.StringIO) -> None:
    """Neither in a file of the service, nor on a stream, nor in a log; the audio is silent where it was said."""

    def said(line: Dictated) -> str:
        return f"yes my card number is {CARD} thank you" if line.start_s == CARD_FROM_S else line.text

    call = a_planned_call(ENGLISH, until_s=16)
    number_s = spoken_at(ENGLISH, said, "4539", "6467")
    with running(settings_for(tmp_path), dictated(ENGLISH, call, said)) as service:
        told, found = follow(service, replace(call, call_id=call.call_id))
        audio = audio_of(service, call)
        assert_no_digits_in_files(tmp_path)

    assert_no_digits_in_files(tmp_path)
    assert digits_in(json.dumps([one.data for one in told]).encode()) == []
    assert digits_in(logged.getvalue().encode()) == []
    assert any("[card]" in one.text for one in found.utterances)
    start, end = (round(second * call.rate_hz) for second in number_s)
    assert not audio[start:end].any()
    assert audio[: round(CARD_FROM_S * call.rate_hz)].any()
    assert audio[end + call.rate_hz :].any()


def test_a_card_number_over_two_utterances_is_nowhere_either(tmp_path: Path, logged: io.StringIO) -> None:
    """The first half waits, with its audio, until the second has come; the agent speaks in between."""

    def said(line: Dictated) -> str:
        halves = {28.73: "it is 4539 1488 so far", 34.46: "0343 6467 that was it"}
        return halves.get(line.start_s, line.text)

    call = a_planned_call(ENGLISH)
    first_s, second_s = spoken_at(ENGLISH, said, "4539", "1488"), spoken_at(ENGLISH, said, "0343", "6467")
    with running(settings_for(tmp_path), dictated(ENGLISH, call, said)) as service:
        told, _ = follow(service, call)
        audio = audio_of(service, call)

    assert_no_digits_in_files(tmp_path)
    assert digits_in(json.dumps([one.data for one in told]).encode()) == []
    assert digits_in(logged.getvalue().encode()) == []
    for number_s in (first_s, second_s):
        start, end = (round(second * call.rate_hz) for second in number_s)
        assert not audio[start:end].any()


def test_a_security_code_and_a_telephone_number_are_nowhere(tmp_path: Path, logged: io.StringIO) -> None:
    """By the question and by their form: in no file, stream or log, and silent; counted by kind."""

    def said(line: Dictated) -> str:
        lines = {
            12.26: "and the security code on the back please",
            15.4: "it is nine three seven thank you and my telephone number is 514 555 0199 as you know well",
        }
        return lines.get(line.start_s, line.text)

    def left(text: str) -> list[str]:
        return re.findall(r"\b(?:nine|three|seven)\b|(?<![\d.])(?:514|555|0199)(?![\d.])", text)

    call = a_planned_call(ENGLISH, until_s=26.5)
    silent = [spoken_at(ENGLISH, said, "nine", "seven"), spoken_at(ENGLISH, said, "514", "0199")]
    with running(settings_for(tmp_path), dictated(ENGLISH, call, said)) as service:
        told, found = follow(service, call)
        audio, figures = audio_of(service, call), httpx.get(f"{service.url}/metrics").text

    text = " ".join(one.text for one in found.utterances)
    assert ("[cvv]" in text, "[phone]" in text) == (True, True)
    assert [kind for kind in ("cvv", "phone") if f'redactions_total{{kind="{kind}"}}' not in figures] == []
    assert left(json.dumps([one.data for one in told])) == []
    assert left(logged.getvalue()) == []
    for path in tmp_path.rglob("*"):
        if path.is_file() and path.suffix not in (".wav", ".yaml"):  # rules have words of their own
            assert left(path.read_bytes().decode("latin-1")) == [], path.name
    for start_s, end_s in silent:
        assert not audio[round(start_s * call.rate_hz) : round(end_s * call.rate_hz)].any()
    assert audio[round(13 * call.rate_hz) : round(14 * call.rate_hz)].any(), "the question is heard"


def test_no_word_of_a_call_is_in_the_log(tmp_path: Path, logged: io.StringIO) -> None:
    """At the finest level."""
    call, truth = a_planned_call(FRENCH, until_s=24), truth_of(FRENCH)
    with running(settings_for(tmp_path), dictated(FRENCH, call)) as service:
        follow(service, call)
    text = logged.getvalue().lower()
    spoken = {word.strip(".,?!").lower() for line in truth.utterances for word in line.text.split()}

    assert text
    assert [word for word in spoken if len(word) >= 6 and word in text] == []


class Failing(SpeechModel):
    """A model that has lost its memory."""

    def __init__(self) -> None:
        """Loads nothing."""

    def recognise(self, windows: Sequence[Window], recipe: Recipe = USUAL) -> list[Recognised]:
        """Never."""
        raise MemoryError


def test_a_call_nobody_could_listen_to_says_so(tmp_path: Path, logged: io.StringIO) -> None:
    """It does not look calm, and it ends as usual; readiness warns."""

    def make(_: Settings) -> SpeechEngine:
        return SpeechEngine(Failing(), workers=1)

    call = a_planned_call(ENGLISH, until_s=12)
    with running(settings_for(tmp_path), make) as service:
        told, _ = follow(service, call)
        found = once_given_up(service, call)
        ready = httpx.get(f"{service.url}/readyz").json()
        figures = httpx.get(f"{service.url}/metrics").text

    assert (found.call.blind, found.call.state) == ("backlog", "ended")
    assert any(one.event == "call" and one.data["blind"] == "backlog" for one in told)
    assert "MemoryError" in " ".join(ready["warnings"])
    assert "\nutterances_lost_total 0.0" not in figures
    audio = read_wav(tmp_path)
    assert len(audio) == len(call.samples)
    assert not audio[round(4.2 * call.rate_hz) : round(11.5 * call.rate_hz)].any(), "a card number may have been said"


def once_given_up(service: Running, call: PlannedCall) -> CallDetailJson:
    """The call once its speech was tried again after the call, in vain."""
    give_up_s = time.monotonic() + 20
    while (found := detail(service.url, call.call_id)).call.blind == "later" and time.monotonic() < give_up_s:
        time.sleep(0.05)
    return found


def test_embeddings_never_reach_the_disk(tmp_path: Path) -> None:
    """The states of a voice are for the moment; the database has no place for them."""
    call = a_planned_call(ENGLISH, until_s=12)
    with running(settings_for(tmp_path), dictated(ENGLISH, call)) as service:
        told, _ = follow(service, call)
    connection = sqlite3.connect(tmp_path / FILE)
    tables = " ".join(str(row[0]) for row in connection.execute("SELECT sql FROM sqlite_master"))
    connection.close()

    assert "embedding" not in tables
    assert not any("embedding" in one.data for one in told)


def spoken_at(name: str, said: object, first: str, last: str) -> tuple[float, float]:
    """When the digits from `first` to `last` are dictated."""
    assert callable(said)
    truth = truth_of(name)
    lines = [Dictated(channel=0, start_s=line.start_s, end_s=line.end_s, text=line.text) for line in truth.utterances]
    words = [word for line in lines for word in replace(line, text=said(line)).words()]
    begins = next(word.start_s for word in words if word.text == first)
    return begins, next(word.end_s for word in words if word.text == last)


def audio_of(service: Running, call: PlannedCall) -> Samples:
    """What the service kept, as it serves it."""
    answer = httpx.get(f"{service.url}/v1/calls/{call.call_id}/audio")
    assert answer.status_code == 200
    samples, rate_hz = soundfile.read(io.BytesIO(answer.content), dtype="int16", always_2d=True)
    assert rate_hz == call.rate_hz
    return np.asarray(samples, np.int16)


def read_wav(folder: Path) -> Samples:
    (path,) = folder.rglob("*.wav")
    samples, _ = soundfile.read(path, dtype="int16", always_2d=True)
    return np.asarray(samples, np.int16)


def digits_in(data: bytes) -> list[str]:
    """Groups of the card number that stand alone or at the beginning of a longer number; decimals are none."""
    return [group for group in CARD.split() if re.search(rb"(?<![\d.])" + group.encode() + rb"(?!\d*\.\d)", data)]


def assert_no_digits_in_files(folder: Path) -> None:
    """Database, write-ahead log and whatever else lies there, byte by byte."""
    files = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".wav"]
    assert any(path.name == FILE for path in files)
    for path in files:
        assert digits_in(path.read_bytes()) == [], path.name
