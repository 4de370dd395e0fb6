"""The same call by every protocol through the whole service with the real models: the same words on both channels."""

import asyncio
import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
import pytest

from qa_monitor.records.calls import LATER
from qa_monitor.schemas.calls import CallDetailJson
from qa_monitor.simulator.audiohook.transcripts import Transcript
from qa_monitor.simulator.faults import Fault, FaultName
from qa_monitor.simulator.line import SentCall
from qa_monitor.simulator.planned import PlannedCall, StreamProtocol
from qa_monitor.simulator.sender import Line, play
from streams.records import CallId, GapReason, Speaker
from tests.qa_monitor.playing import a_planned_call, detail
from tests.qa_monitor.service import Running, running, settings_for

pytestmark = [pytest.mark.slow, pytest.mark.model]

NAME = "en-3-lost-parcel"
UNTIL_S = 24.0
WITHIN_S = 400.0
ALIKE = 0.9
"""Of the letters, in order: what a codec may change in a word or two of a channel."""
FRAME_S = 0.02
AT_ONCE = 7
"""Calls: this is not about load."""
BEGUN_EVERY_S = 0.3
ROLES = 'channels = ["customer", "agent"]\n'
ONE_SIDE = (StreamProtocol.VONAGE, StreamProtocol.ASTERISK)
"""Their connections carry one voice each, or both mixed."""
TWO_SIDES = tuple(protocol for protocol in StreamProtocol if protocol not in ONE_SIDE)
TELEPHONY = (
    "[routes.audiohook]\ntranscripts = true\npartial_transcripts = true\n"
    + "".join(f"[routes.{name}]\n{ROLES}" for name in ("jambonz", "audio-fork", "audio-stream", "exotel"))
    + "".join(f'[routes.{name}]\nchannels = ["customer"]\n' for name in ("vonage", "asterisk"))
)
APART_S = {StreamProtocol.AUDIOSOCKET: FRAME_S, **dict.fromkeys(ONE_SIDE, 3 * FRAME_S)}
"""Two connections make up the call: one may begin so much later than the other, on a busy machine."""
BAD_NETWORK = (
    Fault(name=FaultName.DUPLICATES, value=0.05),
    Fault(name=FaultName.REORDER, value=0.05),
    Fault(name=FaultName.LOSS, value=0.01),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A service that has followed the call by every protocol."""

    service: Running
    duration_s: float
    metrics: str
    told: Sequence[Transcript]
    """What AudioHook's client was told back."""

    def found(self, protocol: str) -> CallDetailJson:
        return detail(self.service.url, f"by-{protocol}")

    def words(self, protocol: str, channel: int) -> str:
        return spoken(self.found(protocol), channel)


def spoken(found: CallDetailJson, channel: int) -> str:
    """Everything said on a channel, in small letters, without punctuation."""
    said = [one.text for one in found.utterances if one.channel == channel and one.final]
    return " ".join(re.findall(r"\w+", " ".join(said).lower()))


def missing_s(found: CallDetailJson) -> float:
    return sum(gap.duration_s for gap in found.gaps)


def alike(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()


def again(protocol: str) -> str:
    """The name of the second play of a call that two connections make up."""
    return f"{protocol}-again"


def one_voice(call: PlannedCall, channel: int, name: str) -> PlannedCall:
    heard = call.sounding(call.samples[:, channel : channel + 1].repeat(2, axis=1))
    return replace(heard, samples=heard.samples[:, :1], channels=(Speaker.CUSTOMER,), call_id=CallId(f"by-{name}"))


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    folder = tmp_path_factory.mktemp("data")
    settings_file = Path(folder) / "telephony.toml"
    settings_file.write_text(TELEPHONY)
    settings_file.chmod(0o600)
    call = a_planned_call(NAME, until_s=UNTIL_S)
    with running(settings_for(folder, audiosocket_port=0)) as service:
        told = asyncio.run(follow(service, call))
        metrics = httpx.get(f"{service.url}/metrics", timeout=10).text
        yield Session(service=service, duration_s=call.duration_s, metrics=metrics, told=told)


async def follow(service: Running, call: PlannedCall) -> Sequence[Transcript]:
    """A few at a time, at the pace of speech. Gives what was told back."""
    told: list[Transcript] = []
    audiosocket = f"127.0.0.1:{service.parts.audiosocket_port}"
    jobs: list[tuple[PlannedCall, Line]] = []
    for protocol in TWO_SIDES:
        line = Line(url=service.url, protocol=protocol, audiosocket=audiosocket)
        jobs.append((replace(call, call_id=CallId(f"by-{protocol}")), line))
    for protocol in ONE_SIDE:
        for channel in (0, 1):
            line = Line(url=service.url, protocol=protocol)
            jobs.append((one_voice(call, channel, f"{protocol}-{channel}"), line))
    for name in (str, again):
        for protocol in ONE_SIDE:
            line = Line(url=service.url, protocol=protocol, two_sockets=True)
            jobs.append((replace(call, call_id=CallId(f"by-{name(protocol)}")), line))
    jobs.append((replace(call, call_id=CallId("by-bad")), bad_line(service)))
    for first in range(0, len(jobs), AT_ONCE):
        batch = jobs[first : first + AT_ONCE]
        sent = await asyncio.gather(*(begun(place, planned, line) for place, (planned, line) in enumerate(batch)))
        assert [one.error for each in sent for one in each if one.error] == []
        told += [transcript for each in sent for one in each for transcript in one.transcripts]
        await all_ended(service.url, [planned.call_id for planned, _ in batch])
    return told


async def begun(place: int, planned: PlannedCall, line: Line) -> Sequence[SentCall]:
    """Played, and begun by itself: calls that begin together keep each other's connections waiting."""
    await asyncio.sleep(place * BEGUN_EVERY_S)
    return await play([planned], line)


def bad_line(service: Running) -> Line:
    return Line(url=service.url, protocol=StreamProtocol.TWILIO, faults=BAD_NETWORK, seed=7)


async def all_ended(url: str, call_ids: Sequence[str]) -> None:
    """Every one is over, and what a busy machine left for later is known."""
    async with asyncio.timeout(WITHIN_S), httpx.AsyncClient(timeout=30) as client:
        for call_id in call_ids:
            async with client.stream("GET", f"{url}/v1/calls/{call_id}/stream") as told:
                # the stream of a call ends with the call
                async for _ in told.aiter_lines():
                    pass
            while (await client.get(f"{url}/v1/calls/{call_id}")).json()["call"]["blind"] == LATER:  # noqa: ASYNC110
                await asyncio.sleep(0.5)


@pytest.mark.parametrize("protocol", StreamProtocol)
def test_the_words_of_both_channels_are_the_same_by_every_protocol(session: Session, protocol: StreamProtocol) -> None:
    """Differences come from the codec alone."""
    for channel in (0, 1):
        reference = session.words("pcm", channel)
        assert len(reference) > 40
        assert alike(session.words(protocol, channel), reference) >= ALIKE, session.words(protocol, channel)


@pytest.mark.parametrize("protocol", ONE_SIDE)
def test_one_voice_per_connection_is_heard_as_well(session: Session, protocol: StreamProtocol) -> None:
    for channel in (0, 1):
        assert alike(session.words(f"{protocol}-{channel}", 0), session.words("pcm", channel)) >= ALIKE


@pytest.mark.parametrize("protocol", StreamProtocol)
def test_roles_length_and_gaps_are_those_of_the_call(session: Session, protocol: StreamProtocol) -> None:
    """Both channels are equally long within one frame: nothing is missing, and nothing was filled in.

    A busy machine may keep one of two connections waiting, so that what is missing is looked for in two plays.
    """
    names = (protocol, again(protocol)) if protocol in ONE_SIDE else (protocol,)
    found = min(map(session.found, names), key=missing_s)

    assert found.call.channels == [Speaker.CUSTOMER, Speaker.AGENT]
    assert (found.call.dialect, found.call.blind) == (protocol.value, None)
    assert missing_s(found) <= APART_S.get(protocol, 0.0)
    assert found.call.duration_s == pytest.approx(session.duration_s, abs=FRAME_S)


def test_audiohook_is_told_what_was_said(session: Session) -> None:
    """Every final on its channel, in its words, and before that what was still being said."""
    kept = [one for one in session.found("audiohook").utterances if one.final]

    for channel in (0, 1):
        finals = [each.text for each in session.told if each.final and each.channel == channel]
        assert " ".join(finals) == " ".join(one.text for one in kept if one.channel == channel)
    assert any(not each.final for each in session.told)


def test_a_bad_network_changes_nothing_but_what_was_lost(session: Session) -> None:
    """5 % duplicates, 5 % reordered within 10, 1 % lost: duplicates dropped, losses marked, words as before."""
    found = session.found("bad")
    lost_s = missing_s(found)
    frames = round(2 * session.duration_s / FRAME_S)

    assert {gap.reason for gap in found.gaps} == {GapReason.LOST}
    assert 0.002 < lost_s / (2 * session.duration_s) < 0.03
    assert dropped(session.metrics, "duplicate") == pytest.approx(0.05 * frames, rel=0.5)
    assert dropped(session.metrics, "late") == 0
    for channel in (0, 1):
        assert alike(spoken(found, channel), session.words("twilio", channel)) >= ALIKE


def dropped(metrics: str, reason: str) -> float:
    found = re.findall(rf'^\w*frames_rejected_total\{{dialect="twilio",reason="{reason}"\}} ([0-9.]+)$', metrics, re.M)
    return float(found[0]) if found else 0.0
