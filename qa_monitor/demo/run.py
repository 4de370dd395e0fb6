"""`qa-monitor demo`: starts the service in this process and plays the bundled calls into it."""

import asyncio
import tempfile
import uuid
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console as Terminal

from qa_monitor.config import Settings, load_settings
from qa_monitor.connections.config import new_loop
from qa_monitor.demo.follow import Console
from qa_monitor.demo.playing import plan_bundled, play_bundled
from qa_monitor.demo.report import DemoReport, report_of, save_report
from qa_monitor.server import running_server
from qa_monitor.simulator.progress import ProgressDisplay
from qa_monitor.simulator.scenario import StreamProtocol
from qa_monitor.simulator.sender import Line

READY_WITHIN_S = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoOptions:
    """What `qa-monitor demo` is asked to do."""

    port: int = 8080
    quick: bool = False
    """Two calls instead of all."""
    once: bool = False
    """End when the calls have ended, instead of playing them again."""
    parallel: int = 3
    """Calls at a time."""
    pause_s: float = 10.0
    """Between two rounds."""
    json_out: Path | None = None
    data_dir: Path | None = None
    """None: a temporary one that is deleted at the end. That of the service is never taken: real calls lie there."""
    protocol: StreamProtocol = StreamProtocol.TWILIO


def run_demo(options: DemoOptions, terminal: Terminal | None = None) -> DemoReport:
    """Play the demo. Without `once` it goes on until interrupted, and the report is that of the last whole round."""
    terminal = terminal or Terminal(stderr=True)
    reports: list[DemoReport] = []
    with ExitStack() as stack:
        settings = demo_settings(options, stack)
        try:
            with asyncio.Runner(loop_factory=new_loop) as runner:
                runner.run(_rounds(options, settings, terminal, reports))
        except KeyboardInterrupt:
            terminal.print("The demo has ended.")
    return reports[-1] if reports else report_of([])


def demo_settings(options: DemoOptions, stack: ExitStack) -> Settings:
    """The settings the demo runs with. A temporary data folder, if it takes one, is deleted when the stack closes."""
    given = {"host": "127.0.0.1", "port": options.port, "open_loopback": True, "audiosocket_port": "off"}
    folder = options.data_dir or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="qa-monitor-demo-")))
    return load_settings(data_dir=folder, **given)


async def _rounds(options: DemoOptions, settings: Settings, terminal: Terminal, reports: list[DemoReport]) -> None:
    async with running_server(settings) as url, Console(url) as console:
        await console.ready(READY_WITHIN_S)
        terminal.print(f"Red flags appear at [bold]{url}[/bold] (stop with Ctrl-C)")
        terminal.print(f"Data folder: {settings.data_dir}", markup=False, soft_wrap=True)
        while True:
            reports.append(await _round(options, url, console, terminal))
            if options.json_out:
                save_report(reports[-1], options.json_out)
            if options.once:
                return
            await asyncio.sleep(options.pause_s)


async def _round(options: DemoOptions, url: str, console: Console, terminal: Terminal) -> DemoReport:
    """Play every call once."""
    calls = plan_bundled(uuid.uuid4().hex[:6], quick=options.quick)
    line = Line(url=url, protocol=options.protocol)
    with ProgressDisplay(terminal) as display:
        played = await play_bundled(calls, line, console, parallel=options.parallel, on_progress=display.show)
    report = report_of(played)
    flags = sum(len(call.flags) for call in report.calls)
    terminal.print(f"{len(report.calls)} calls, {flags} red flags; half within {report.flag_p50_s or 0:.1f} s.")
    return report
