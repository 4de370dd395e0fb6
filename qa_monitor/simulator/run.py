"""`qa-monitor simulate`: files to calls to streams."""

import asyncio
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from qa_monitor.simulator.checking import SAMPLE_S, a_sample, tell_steps
from qa_monitor.simulator.faults import FaultError
from qa_monitor.simulator.fitting import encoding_for, fitted
from qa_monitor.simulator.line import Line, SentCall, SimulationError
from qa_monitor.simulator.planned import PlannedCall, StreamProtocol
from qa_monitor.simulator.progress import ProgressDisplay
from qa_monitor.simulator.recording import Recording, RecordingError, read_recording
from qa_monitor.simulator.sender import play
from streams.consent import Consent, Notice
from streams.records import CallId, Direction, Language, Speaker
from streams.samples.codec import Encoding


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
    encoding: Encoding | None = None
    """None: the protocol's usual one."""
    two_sockets: bool = False
    """A connection per person, where the protocol carries one voice each."""


def run_simulation(options: SimulationOptions, line: Line, console: Console | None = None) -> int:
    """Play the files and return the exit status: 0 when every call was played and closed as its protocol says."""
    console = console or Console(stderr=True)
    try:
        calls = plan_calls(options, run_id=uuid.uuid4().hex[:6])
        with ProgressDisplay(console) as display:
            sent = asyncio.run(play(calls, line, on_progress=display.show))
    except (RecordingError, SimulationError, FaultError) as error:
        console.print(str(error), style="red", markup=False, soft_wrap=True)
        return 2
    return _status(sent, console)


def run_check(options: SimulationOptions, line: Line, console: Console | None = None) -> int:
    """Play a few seconds of a tone, telling every step; the exit status is 0 when the service took them."""
    console = console or Console(stderr=True)
    call = plan_sound(a_sample(), CallId(f"check-{uuid.uuid4().hex[:6]}"), options)
    console.print(f"{options.protocol}: {SAMPLE_S:g} s of a tone as call {call.call_id}", markup=False)
    try:
        sent = asyncio.run(play([call], line, on_step=tell_steps(console)))
    except (SimulationError, FaultError) as error:
        console.print(str(error), style="red", markup=False, soft_wrap=True)
        return 2
    return _status(sent, console)


def _status(sent: Sequence[SentCall], console: Console) -> int:
    failed = [call.error for call in sent if call.error]
    for problem in failed:
        console.print(problem, style="red", markup=False, soft_wrap=True)
    return 1 if failed else 0


def plan_calls(options: SimulationOptions, run_id: str) -> list[PlannedCall]:
    """A call per file and copy, all known by `run_id`. Raises `RecordingError` or `SimulationError`."""
    if options.copies < 1:
        raise SimulationError(f"copies: at least 1, found {options.copies}")
    calls = [plan_call(path, CallId(f"{_name(path)}-{run_id}"), options) for path in options.files]
    copies = [call.copied(number, number * options.stagger_s) for number in range(1, options.copies) for call in calls]
    return calls + copies


def plan_call(path: Path, call_id: CallId, options: SimulationOptions) -> PlannedCall:
    """One file as a call, as its protocol carries it. A file with one channel is heard as both people mixed."""
    return plan_sound(read_recording(path), call_id, options)


def plan_sound(recording: Recording, call_id: CallId, options: SimulationOptions) -> PlannedCall:
    """A recording as a call, as its protocol carries it. Raises `SimulationError` where it cannot."""
    stereo = recording.samples.shape[1] == 2
    call = PlannedCall(
        call_id=call_id,
        agent_id=options.agent_id,
        team=options.team,
        tenant=options.tenant,
        direction=options.direction,
        language=options.language,
        notice=options.notice,
        consent=options.consent,
        channels=(Speaker.CUSTOMER, Speaker.AGENT) if stereo else (Speaker.MIXED,),
        rate_hz=recording.rate_hz,
        samples=recording.samples,
    )
    try:
        encoding = encoding_for(options.protocol, options.encoding)
        return fitted(call, options.protocol, encoding, two_sockets=options.two_sockets)
    except ValueError as error:
        raise SimulationError(str(error)) from error


def _name(path: Path) -> str:
    """The file's name as part of a call id: letters, digits and hyphens."""
    return "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in path.stem)[:80]
