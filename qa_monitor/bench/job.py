"""What the player is told to do, and where it finds the sound. One file in, one file out."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import msgspec

from qa_monitor.bench.conversation import Conversation, compose, rolled, speech_s
from qa_monitor.bench.plan import chosen_prompts
from qa_monitor.bench.prompts import Prompt, bundled_lines, prompts_of
from qa_monitor.bench.records import CallPlan, RunLog, Source
from qa_monitor.bench.service import BenchError
from qa_monitor.simulator.planned import PlannedCall, StreamProtocol
from qa_monitor.simulator.recording import Recording, read_recording
from streams.consent import Consent, Notice
from streams.records import CallId, Language, Speaker

LEAST_WORDS = 3
"""Of a clip: fewer are too few to say whether they were heard."""


class Material(StrEnum):
    """What scripted calls are composed of."""

    PROMPTS = "prompts"
    """Real telephone prompts, as Debian packages have them."""
    BUNDLED = "bundled"
    """Lines of the bundled calls: synthetic voices."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One run of the player."""

    url: str
    pid: int
    """The service's process."""
    protocol: StreamProtocol
    material: Material
    run_s: float
    """What the clips are chosen for: all runs of this length say the same ones."""
    warm: tuple[CallPlan, ...]
    """Played first, and forgotten."""
    calls: tuple[CallPlan, ...]
    nice: int = 10
    """How far the player steps back behind the service."""
    later_s: float = 0.0
    """How long it waits after the calls for what is transcribed later."""


def load_job(path: Path) -> Job:
    """Read it."""
    return msgspec.json.decode(path.read_bytes(), type=Job)


def save_job(job: Job, path: Path) -> None:
    """Write it."""
    path.write_bytes(msgspec.json.encode(job))


def load_log(path: Path) -> RunLog:
    """What the player saw."""
    return msgspec.json.decode(path.read_bytes(), type=RunLog)


def save_log(log: RunLog, path: Path) -> None:
    """Write it."""
    path.write_bytes(msgspec.json.encode(log))


def prompts_for(material: Material, run_s: float) -> dict[Language, tuple[Prompt, ...]]:
    """The clips of each language. Raises `PromptsMissing`."""
    load = prompts_of if material is Material.PROMPTS else bundled_lines
    return {language: chosen_prompts(load(language, least_words=LEAST_WORDS), run_s) for language in Language}


def check_sound(material: Material, recordings: Sequence[Path]) -> None:
    """Before anything is started. Raises `PromptsMissing`, `RecordingError` or `BenchError`."""
    prompts_for(material, 0.0)
    for path in recordings:
        _both_people(path)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BenchCall:
    """A call with its sound. A recording is a conversation of which no text is known."""

    plan: CallPlan
    rate_hz: int
    conversation: Conversation


def calls_of(job_calls: Sequence[CallPlan], prompts: dict[Language, tuple[Prompt, ...]]) -> list[BenchCall]:
    """Compose and cut every call. Raises `RecordingError` or `BenchError`."""
    return [_recorded(plan) if plan.source is Source.RECORDING else _scripted(plan, prompts) for plan in job_calls]


def planned(call: BenchCall, run_id: str) -> PlannedCall:
    """As the simulator plays it: announced with notice and consent, so that voices are scored too."""
    return PlannedCall(
        call_id=CallId(f"bench-{run_id}-{call.plan.number}"),
        agent_id=f"agent-{call.plan.number:02d}",
        team="bench",
        language=call.plan.language,
        notice=Notice.PLAYED,
        consent=Consent.GRANTED,
        channels=(Speaker.CUSTOMER, Speaker.AGENT),
        rate_hz=call.rate_hz,
        samples=call.conversation.samples,
        starts_after_s=call.plan.starts_after_s,
    )


def _scripted(plan: CallPlan, prompts: dict[Language, tuple[Prompt, ...]]) -> BenchCall:
    clips = prompts[plan.language or Language.EN]
    conversation = compose(clips, plan.seconds, plan.seed)
    return BenchCall(plan=plan, rate_hz=8000, conversation=conversation)


def _recorded(plan: CallPlan) -> BenchCall:
    recording = _both_people(Path(plan.file or ""))
    samples = rolled(recording.samples, plan.seconds, plan.seed)
    at_8k = samples if recording.rate_hz == 8000 else samples[:: max(1, recording.rate_hz // 8000)]
    conversation = Conversation(samples=samples, spoken=(), speech_s=speech_s(at_8k))
    return BenchCall(plan=plan, rate_hz=recording.rate_hz, conversation=conversation)


def _both_people(path: Path) -> Recording:
    recording = read_recording(path)
    if recording.samples.shape[1] != 2:
        raise BenchError(f"{path}: both people are needed, each on a channel of their own")
    return recording
