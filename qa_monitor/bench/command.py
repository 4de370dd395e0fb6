"""`qa-monitor bench calls`: what is measured in which order, and what is written down."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rich.console import Console

from qa_monitor.bench.figures import Figures, figures_of, rounded, trouble
from qa_monitor.bench.job import Material, check_sound
from qa_monitor.bench.limit import Climb
from qa_monitor.bench.machine import Machine, this_machine
from qa_monitor.bench.overload import goodput_per_s, overload_calls, overload_of
from qa_monitor.bench.peers import PeerProgram, PeerResult, measure_peers
from qa_monitor.bench.plan import calls_in_turn
from qa_monitor.bench.plot import plot
from qa_monitor.bench.prompts import are_installed
from qa_monitor.bench.records import CallPlan, RunLog
from qa_monitor.bench.report import (
    as_json,
    save,
    show_machine,
    show_overload,
    show_peers,
    show_run,
    show_steps,
)
from qa_monitor.bench.run import Progressed, Setup, run
from qa_monitor.bench.service import BenchError
from qa_monitor.config import Settings, load_settings
from qa_monitor.simulator.planned import StreamProtocol
from streams.model_files.models import ensure_model

DATA_VARIABLE = "QA_MONITOR_DATA"
SOAK_S = 1800.0


@dataclass(frozen=True, slots=True, kw_only=True)
class BenchOptions:
    """What `qa-monitor bench calls` is asked to do."""

    calls: int = 1
    seconds: float = 60.0
    protocol: StreamProtocol = StreamProtocol.AUDIOHOOK
    recordings: tuple[Path, ...] = ()
    material: Material | None = None
    """None: telephone prompts where they are installed, else the lines of the bundled calls."""
    seed: int = 1
    nice: int = 10
    wer_at_one: float | None = None
    """None: measured first."""
    find_limit: bool = False
    fine: int = 4
    most: int = 96
    overload: tuple[float, ...] = ()
    """So many times `capacity` are offered."""
    capacity: int | None = None
    later_s: float = 120.0
    """After an overload: how long to wait for what is transcribed later."""
    peers: PeerProgram | None = None
    """The program that measures other servers."""
    json_out: Path | None = None
    plot_out: Path | None = None


def recordings_at_hand() -> tuple[Path, ...]:
    """Two-channel calls in the folder of real recordings, where it is named."""
    folder = os.environ.get(DATA_VARIABLE)
    return tuple(sorted(Path(folder, "calls").glob("*.flac"))) if folder else ()


class Bench:
    """One benchmark from start to report."""

    def __init__(self, options: BenchOptions, out: Console) -> None:
        self._options, self._out = options, out
        self._settings: Settings = load_settings()
        self._machine: Machine = this_machine(self._settings)
        material = options.material or (Material.PROMPTS if are_installed() else Material.BUNDLED)
        self._setup = Setup(
            seconds=options.seconds,
            protocol=options.protocol,
            material=material,
            recordings=options.recordings,
            seed=options.seed,
            nice=options.nice,
        )

    def run(self) -> dict[str, object]:
        """Measure, show, write. Raises `BenchError` and what reading the material raises."""
        options = self._options
        check_sound(self._setup.material, options.recordings)
        # joined once, so that no run pays for it
        model = ensure_model(self._settings.model, self._settings.models_dir)
        show_machine(self._out, self._machine, options.protocol)
        self._out.print(f"scripted calls of {self._setup.material}, {len(options.recordings)} recordings", markup=False)
        report: dict[str, object] = {"machine": str(self._machine), "protocol": options.protocol.value}
        report |= {"material": self._setup.material.value, "recordings": [path.name for path in options.recordings]}
        if options.overload:
            report |= self._overload(options.capacity or options.calls)
        else:
            report |= self._calls()
        if options.peers is not None:
            limit = report.get("limit")
            found = self._peers(options.peers, model)
            show_peers(self._out, found, limit if isinstance(limit, int) else None)
            report["peers"] = {name: as_json(one) for name, one in found.items()}
        if options.json_out is not None:
            save(report, options.json_out)
        return report

    def _calls(self) -> dict[str, object]:
        """At one call, then at one number of calls or at more and more."""
        at_one = None if self._options.wer_at_one is not None else self._at_one()
        wer_at_one = self._options.wer_at_one if at_one is None else at_one.wer
        steps = self._climb() if self._options.find_limit else [self._measure(self._options.calls)]
        followed = [one for one in steps if trouble(one) is None]
        shown = max(followed, key=lambda one: one.calls) if followed else steps[0]
        show_run(self._out, shown, wer_at_one)
        report = as_json(shown) | {"wer_at_one": rounded(wer_at_one, 4), "trouble": trouble(shown)}
        report["at_one"] = None if at_one is None else as_json(at_one)
        if self._options.find_limit:
            show_steps(self._out, steps)
            report["limit"] = max((one.calls for one in followed), default=0)
            report["steps"] = [as_json(one) for one in steps]
        if self._options.plot_out is not None:
            self._options.plot_out.write_text(plot(steps, str(self._machine)), encoding="utf-8")
        return report

    def _at_one(self) -> Figures:
        """One call at a time over the same clips."""
        log = self._run("one call at a time", calls_in_turn(self._setup.seconds, self._setup.seed), self._setup)
        figures = figures_of(log)
        self._out.print(
            f"one call at a time: p50 {figures.final_p50_s} s, p95 {figures.final_p95_s} s, "
            f"first partial p50 {figures.partial_p50_s} s, word error rate {figures.wer}",
            markup=False,
            soft_wrap=True,
        )
        return figures

    def _measure(self, count: int) -> Figures:
        return figures_of(self._run(f"{count} calls", self._setup.at_once(count), self._setup))

    def _climb(self) -> list[Figures]:
        climb = Climb(start=self._options.calls, fine=self._options.fine, most=self._options.most)
        steps: list[Figures] = []
        while (count := climb.next) is not None:
            steps.append(self._measure(count))
            wrong = trouble(steps[-1])
            climb.note(count, followed=wrong is None)
            self._out.print(f"{count} calls: {wrong or f'followed, p95 {steps[-1].final_p95_s} s'}", markup=False)
        return steps

    def _overload(self, capacity: int) -> dict[str, object]:
        """First at capacity, then above it."""
        setup, options = self._setup, self._options
        log = self._run(f"{capacity} calls, the capacity", setup.at_once(capacity), setup)
        nominal, peak_per_s = figures_of(log), goodput_per_s(log, setup.seconds)
        show_run(self._out, nominal, None)
        found = []
        for times in options.overload:
            calls = overload_calls(capacity, times, setup.seconds, setup.recordings, setup.seed)
            above = self._run(f"{times:g} times {capacity} calls", calls, replace(setup, later_s=options.later_s))
            found.append(overload_of(above, times, setup.seconds, peak_per_s, nominal))
            show_overload(self._out, found[-1])
        peak = {"peak_goodput_per_s": round(peak_per_s, 3)}
        return as_json(nominal) | peak | {"wer_at_one": None, "overload": [as_json(one) for one in found]}

    def _peers(self, program: PeerProgram, model: Path) -> dict[str, PeerResult]:
        with self._out.status("other servers") as status:
            return measure_peers(
                program,
                self._setup,
                model,
                self._machine.cores,
                lambda name: status.update(f"{name}: the same calls, one after another number"),
            )

    def _run(self, title: str, calls: Sequence[CallPlan], setup: Setup) -> RunLog:
        with self._out.status(f"{title}: the service starts") as status:

            def tell(told: Progressed) -> None:
                status.update(
                    f"{title}: {told.calls_live} live, {told.finals} finals, lag {told.lag_s:.1f} s, "
                    f"shed level {told.shed_level}, {told.rss_mib:.0f} MiB"
                )

            return run(calls, setup, tell)


__all__ = ["Bench", "BenchError", "BenchOptions", "recordings_at_hand"]
