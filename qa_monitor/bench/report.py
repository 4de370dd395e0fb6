"""What a benchmark says: tables in the terminal, and one JSON object."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec
from rich.console import Console
from rich.table import Table

from qa_monitor.bench.figures import Figures, trouble
from qa_monitor.bench.machine import Machine
from qa_monitor.bench.overload import Overload
from qa_monitor.bench.peers import PeerResult

Json = Mapping[str, object]
WIDE = 150
"""Characters a row of steps takes."""


def as_json(record: object) -> dict[str, object]:
    """A dataclass as plain JSON."""
    found: dict[str, object] = msgspec.json.decode(msgspec.json.encode(record))
    return found


def save(report: Json, path: Path) -> None:
    """Write it for people and programs."""
    path.write_bytes(msgspec.json.format(msgspec.json.encode(report), indent=1) + b"\n")


def show_machine(out: Console, machine: Machine, protocol: str) -> None:
    """Where the figures come from."""
    out.print(f"{machine}; calls by {protocol}", markup=False, soft_wrap=True)


def show_run(out: Console, figures: Figures, wer_at_one: float | None) -> None:
    """All figures of one run."""
    table = Table(show_header=False, box=None, pad_edge=False)
    for name, value in _rows(figures, wer_at_one):
        table.add_row(name, value)
    out.print(table)
    out.print("* what is said until the last call has begun, 10 s at most, is left out of latencies", markup=False)
    if figures.player_was_late:
        out.print("[red]The player itself was late: these figures are not the service's alone.[/red]", soft_wrap=True)


def show_steps(out: Console, steps: Sequence[Figures]) -> None:
    """One row per number of calls."""
    table = Table("calls", "p50 s", "p95 s", "max s", "partial p50", "lost", "not transcr.", "WER", "CPU/s", "cores")
    for name in ("MiB/call", "shed", "growth s", "player late", "verdict"):
        table.add_column(name)
    for one in sorted(steps, key=lambda step: step.calls):
        table.add_row(
            str(one.calls),
            _s(one.final_p50_s),
            _s(one.final_p95_s),
            _s(one.final_max_s),
            _s(one.partial_p50_s),
            str(one.lost),
            str(one.not_transcribed),
            _percent(one.wer),
            f"{one.cpu_s_per_audio_s:.3f}",
            f"{one.cpu_share:.2f}",
            f"{one.mib_per_call:.1f}",
            str(one.shed_level),
            f"{one.lag_growth_s:+.2f}",
            _s(one.player_late_p95_s),
            trouble(one) or "followed",
        )
    # whole, also where the output is a file of 80 columns
    Console(file=out.file, width=max(out.width, WIDE)).print(table)


def show_peers(out: Console, peers: Mapping[str, PeerResult], limit: int | None) -> None:
    """Other servers beside ours."""
    table = Table("server", "limit", "p95 s", "why not more")
    if limit is not None:
        table.add_row("qa-monitor", str(limit), "", "")
    for name, result in peers.items():
        table.add_row(name, "" if result.limit is None else str(result.limit), _s(result.final_p95_s), result.why or "")
    out.print(table)


def show_overload(out: Console, found: Overload) -> None:
    """One run above capacity."""
    table = Table(show_header=False, box=None, pad_edge=False)
    rows = {
        f"{found.times:g} times capacity": f"{found.offered} offered",
        "with a console on them": f"{found.watched}, of which {found.followed} were followed",
        "refused": "; ".join(f"{one.calls}: {one.told}" for one in found.refused) or "none",
        "goodput": f"{found.goodput_per_s:.2f} finals/s in good time, {_percent(found.goodput_share)} of capacity's",
        "finals of followed calls, p95": f"{_s(found.final_p95_s)} s, {_s(found.final_p95_times_nominal)} of nominal",
        "processor": f"{_s(found.cpu_share)} cores while it lasted",
        "player": f"{found.player_cpu_share:.3f} cores, late by {_s(found.player_late_p95_s)} s (p95)",
        "highest shed level": str(found.shed_level),
        "level 0 again after": f"{_s(found.recovered_after_s)} s",
        "shed": ", ".join(f"{name} {value:g}" for name, value in found.shed.items()) or "nothing counted",
        "transcribed later": _percent(found.later_share),
    }
    for name, value in rows.items():
        table.add_row(name, value)
    out.print(table)


def _rows(one: Figures, wer_at_one: float | None) -> list[tuple[str, str]]:
    levels = ", ".join(f"level {level} for {seconds:.0f} s" for level, seconds in one.shed_s) or "no heartbeat"
    return [
        ("calls", f"{one.calls}, {one.seconds:.0f} s each, {one.refused} refused"),
        ("speech", f"{one.speech_share:.2f} s per second of call, both sides together"),
        (
            "end of utterance to final *",
            f"p50 {_s(one.final_p50_s)} s, p95 {_s(one.final_p95_s)} s, max {_s(one.final_max_s)} s",
        ),
        (
            "the same by the service's times",
            f"p50 {_s(one.final_by_times_p50_s)} s, p95 {_s(one.final_by_times_p95_s)} s",
        ),
        ("begin of speech to first partial", f"p50 {_s(one.partial_p50_s)} s, p95 {_s(one.partial_p95_s)} s"),
        ("partials behind their sound", f"p50 {_s(one.partial_late_p50_s)} s, p95 {_s(one.partial_late_p95_s)} s"),
        ("lost", f"{one.lost} of {one.utterances} utterances; {one.not_transcribed} not transcribed live"),
        (
            "word error rate",
            f"{_percent(one.wer)} (fr {_percent(one.wer_fr)}, en {_percent(one.wer_en)}),"
            f" at one call {_percent(wer_at_one)}",
        ),
        ("processor", f"{one.cpu_s_per_audio_s:.3f} s per second of call, {one.cpu_share:.2f} cores"),
        (
            "memory",
            f"{one.rss_warm_mib:.0f} MiB before, {one.rss_end_mib:.0f} MiB at the end: {one.mib_per_call:.1f} per call;"
            f" {one.rss_growth_mib:+.1f} MiB from a fifth of the run on",
        ),
        ("shed", levels),
        ("lateness", f"{one.lag_growth_s:+.2f} s over the run, {one.lag_slope_s_per_min:+.3f} s per minute"),
        ("flags", f"{one.flags} raised, {one.flags_withdrawn} withdrawn; {one.scored_voices} voices scored"),
        ("player", f"{one.player_cpu_share:.3f} cores, late by {_s(one.player_late_p95_s)} s (p95)"),
    ]


def _s(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{value * 100:.1f} %"
