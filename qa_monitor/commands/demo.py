"""`qa-monitor demo`: the service with calls of its own playing into it."""

from pathlib import Path
from typing import Annotated

import typer

from qa_monitor.commands.terminal import plain_errors


def demo(
    port: Annotated[int, typer.Option(help="Port to listen on; 0 picks a free one.")] = 8080,
    quick: Annotated[bool, typer.Option("--quick", help="Two calls instead of all.")] = False,
    once: Annotated[bool, typer.Option("--once", help="End when the calls have ended.")] = False,
    json_out: Annotated[Path | None, typer.Option("--json", help="Write calls, flags and latencies here.")] = None,
    parallel: Annotated[int, typer.Option(min=1, help="Calls at a time.")] = 3,
    data: Annotated[
        Path | None, typer.Option(help="Keep the calls in this folder; without it, nothing is left.")
    ] = None,
) -> None:
    """Start the service without log-in on this machine and play calls into it: red flags appear."""
    from qa_monitor.demo.run import DemoOptions, run_demo
    from qa_monitor.logs import set_up_logs

    with plain_errors():
        set_up_logs("warning")
        options = DemoOptions(port=port, quick=quick, once=once, json_out=json_out, parallel=parallel, data_dir=data)
        report = run_demo(options)
        if once and not report.calls:
            raise typer.Exit(1)
