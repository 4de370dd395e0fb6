"""`qa-monitor simulate`: files to calls to streams."""

import asyncio
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from qa_monitor.simulator.progress import ProgressDisplay
from qa_monitor.simulator.rate import to_rate
from qa_monitor.simulator.recording import RecordingError, read_recording
from qa_monitor.simulator.scenario import TWILIO_RATE_HZ, PlannedCall, StreamProtocol
from qa_monitor.simulator.sender import Line, SimulationError, play
from streams.records import CallId, Consent, Direction, Language, Notice, Speaker


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulationOptions:
    """What `qa-monitor simulate` is asked to do. The left channel of a file is the customer, the right the agent."""

    files: Sequence[Path]
    url: str = "http://127.0.0.1:8080"
    protocol: StreamProtocol = StreamProtocol.PCM
    speed: float = 1.0
    copies: int = 1
    stagger_s: float = 2.0
    """Wall seconds between the starts of copies."""
    language: Language | None = None
    direction: Direction = Direction.INBOUND
    notice: Notice = Notice.NONE
    consent: Consent = Consent.UNKNOWN
    agent_id: str = "agent-01"
    team: str = "simulated"
    tenant: str = "default"
    token: str | None = None


def run_simulation(options: SimulationOptions, console: Console | None = None) -> int:
    """Play the files and return the exit status: 0 when every call was played to its end."""
    console = console or Console(stderr=True)
    try:
        calls = plan_calls(options, run_id=uuid.uuid4().hex[:6])
        line = Line(url=options.url, protocol=options.protocol, speed=options.speed, token=options.token)
        with ProgressDisplay(console) as display:
            sent = asyncio.run(play(calls, line, on_progress=display.show))
    except (RecordingError, SimulationError) as error:
        console.print(str(error), style="red", markup=False)
        return 2
    failed = [call.error for call in sent if call.error]
    for problem in failed:
        console.print(problem, style="red", markup=False)
    return 1 if failed else 0


def plan_calls(options: SimulationOptions, run_id: str) -> list[PlannedCall]:
    """A call per file and copy, all known by `run_id`. Raises `RecordingError` or `SimulationError`."""
    if options.copies < 1:
        raise SimulationError(f"copies: at least 1, found {options.copies}")
    calls = [plan_call(path, CallId(f"{_name(path)}-{run_id}"), options) for path in options.files]
    copies = [call.copied(number, number * options.stagger_s) for number in range(1, options.copies) for call in calls]
    return calls + copies


def plan_call(path: Path, call_id: CallId, options: SimulationOptions) -> PlannedCall:
    """One file as a call, at the rate its protocol carries. A file with one channel is heard as both people mixed."""
    recording = read_recording(path)
    rate_hz = TWILIO_RATE_HZ if options.protocol is StreamProtocol.TWILIO else recording.rate_hz
    stereo = recording.samples.shape[1] == 2
    return PlannedCall(
        call_id=call_id,
        agent_id=options.agent_id,
        team=options.team,
        tenant=options.tenant,
        direction=options.direction,
        language=options.language,
        notice=options.notice,
        consent=options.consent,
        channels=(Speaker.CUSTOMER, Speaker.AGENT) if stereo else (Speaker.MIXED,),
        rate_hz=rate_hz,
        samples=to_rate(recording.samples, recording.rate_hz, rate_hz),
    )


def _name(path: Path) -> str:
    """The file's name as part of a call id: letters, digits and hyphens."""
    return "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in path.stem)[:80]
