"""Bundled calls for the tests of the whole application: as they are, shortened, or dictated."""

import re
import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace

import httpx

from qa_monitor.config import Settings
from qa_monitor.demo.scoring import SeenFlag
from qa_monitor.demo.truth import CALLS_DIR, CallTruth, load_truth
from qa_monitor.schemas.calls import CallDetailJson
from qa_monitor.simulator.recording import read_recording
from qa_monitor.simulator.scenario import PlannedCall, StreamProtocol
from streams.consent import Consent, Notice
from streams.engine.engine import SpeechEngine
from streams.records import CallId, Speaker
from tests.qa_monitor.dictation import Dictated, Dictation

BOTH = (StreamProtocol.PCM, StreamProtocol.TWILIO)
"""Our own plain protocol and the most common one of telephony: enough where the protocol is not the matter."""


def truth_of(name: str) -> CallTruth:
    """What must come of a bundled call."""
    return load_truth(CALLS_DIR / f"{name}.json")


def a_planned_call(name: str, *, until_s: float | None = None, call_id: str | None = None) -> PlannedCall:
    """A bundled call up to a second, announced with notice and consent."""
    truth = truth_of(name)
    recording = read_recording(CALLS_DIR / f"{name}.flac")
    samples = recording.samples if until_s is None else recording.samples[: int(until_s * recording.rate_hz)]
    return PlannedCall(
        call_id=CallId(call_id or f"{name}-{uuid.uuid4().hex[:6]}"),
        agent_id=truth.agent_id,
        team=truth.team,
        direction=truth.direction,
        language=truth.language,
        notice=Notice.PLAYED,
        consent=Consent.GRANTED,
        channels=(Speaker.CUSTOMER, Speaker.AGENT),
        rate_hz=recording.rate_hz,
        samples=samples,
    )


def dictated(
    name: str, call: PlannedCall, said: Callable[[Dictated], str] = lambda line: line.text
) -> Callable[[Settings], SpeechEngine]:
    """An engine that writes the truth of a bundled call, or what `said` puts in its place."""
    truth = truth_of(name)
    lines = [
        Dictated(channel=call.channels.index(line.speaker), start_s=line.start_s, end_s=line.end_s, text=line.text)
        for line in truth.utterances
        if line.end_s <= call.duration_s
    ]
    spoken = [replace(line, text=said(line)) for line in lines]
    dictation = Dictation(call.samples, call.rate_hz, spoken, truth.language)
    return lambda _: dictation.engine()


def detail(url: str, call_id: str, token: str | None = None) -> CallDetailJson:
    """Everything the service keeps about a call."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    answer = httpx.get(f"{url}/v1/calls/{call_id}", headers=headers, timeout=30)
    assert answer.status_code == 200, answer.text
    return CallDetailJson.model_validate_json(answer.content)


def standing(found: CallDetailJson) -> Sequence[tuple[str, float, float]]:
    """Rule and span of the flags that were not withdrawn."""
    return sorted((flag.rule_id, flag.start_s, flag.end_s) for flag in found.flags if flag.state != "withdrawn")


def seen_flags(found: CallDetailJson) -> Sequence[SeenFlag]:
    """The flags of a call as the scoring of the demo takes them."""
    return [
        SeenFlag(
            flag_id=flag.flag_id,
            call_id=CallId(flag.call_id),
            rule_id=flag.rule_id,
            priority=flag.priority,
            speaker=flag.evidence.speaker,
            start_s=flag.start_s,
            end_s=flag.end_s,
            first_seen_s=0.0,
            withdrawn=flag.state == "withdrawn",
        )
        for flag in found.flags
    ]


def words_in(log: str, truth: CallTruth) -> Sequence[str]:
    """Words of a call, six letters or longer, that stand in a log."""
    spoken = {word.strip(".,?!'").lower() for line in truth.utterances for word in line.text.split()}
    logged = set(re.findall(r"\w+", log.lower()))
    return sorted(word for word in spoken if len(word) >= 6 and word in logged)
