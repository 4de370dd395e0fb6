"""What a run of the demo writes: every call, utterance, flag and latency."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from qa_monitor.demo.playing import PlayedCall
from qa_monitor.demo.scoring import percentile


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedUtterance:
    """A final utterance. `emotion` is none wherever the voice was not scored."""

    speaker: str
    start_s: float
    end_s: float
    text: str
    emotion: dict[str, object] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedFlag:
    """A flag on the event stream; `latency_s` from the end of what caused it, as it was sent."""

    rule_id: str
    priority: str
    speaker: str | None
    latency_s: float
    expected: bool
    withdrawn: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedCall:
    """One call."""

    call_id: str
    language: str
    utterances: tuple[ReportedUtterance, ...]
    flags: tuple[ReportedFlag, ...]
    missing: tuple[str, ...]
    """Rules that should have raised a flag."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoReport:
    """A whole run. Latencies in wall seconds: end of speech to final text, end of phrase to flag on the stream."""

    calls: tuple[ReportedCall, ...]
    final_p50_s: float | None
    final_p95_s: float | None
    flag_p50_s: float | None
    flag_p95_s: float | None


def report_of(played: Sequence[PlayedCall]) -> DemoReport:
    """Sum up a run."""
    finals = [latency for call in played for latency in call.final_latencies_s]
    flags = [found.latency_s for call in played for found in call.score().found]
    return DemoReport(
        calls=tuple(_call(call) for call in played),
        final_p50_s=percentile(finals, 0.5),
        final_p95_s=percentile(finals, 0.95),
        flag_p50_s=percentile(flags, 0.5),
        flag_p95_s=percentile(flags, 0.95),
    )


def save_report(report: DemoReport, path: Path) -> None:
    """Write it as JSON."""
    path.write_bytes(msgspec.json.format(msgspec.json.encode(report), indent=1) + b"\n")


def _call(played: PlayedCall) -> ReportedCall:
    score = played.score()
    met = {found.flag.flag_id: found.latency_s for found in score.found}
    return ReportedCall(
        call_id=played.sent.call_id,
        language=played.truth.language.value,
        utterances=tuple(
            ReportedUtterance(
                speaker=utterance.speaker.value,
                start_s=utterance.start_s,
                end_s=utterance.end_s,
                text=utterance.text,
                emotion=utterance.emotion.model_dump(mode="json") if utterance.emotion else None,
            )
            for utterance in played.detail.utterances
            if utterance.final
        ),
        flags=tuple(
            ReportedFlag(
                rule_id=flag.rule_id,
                priority=flag.priority,
                speaker=flag.speaker,
                latency_s=round(met.get(flag.flag_id, flag.first_seen_s - played.sent.sent_at_s(flag.end_s)), 3),
                expected=flag.flag_id in met,
                withdrawn=flag.withdrawn,
            )
            for flag in played.flags
        ),
        missing=tuple(expected.rule_id for expected in score.missing),
    )
