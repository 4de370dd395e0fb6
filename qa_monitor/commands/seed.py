"""`qa-monitor seed`: a year of made-up calls in a data folder, the same for the same seed."""

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from qa_monitor.commands.terminal import err, out, plain_errors
from qa_monitor.config import load_settings


def seed(
    calls: Annotated[int, typer.Option(min=1, help="How many calls.")] = 1_000,
    seed: Annotated[int, typer.Option(min=0, help="Another number makes other calls.")] = 1,
    days: Annotated[int, typer.Option(min=1, help="Over how many days they are spread.")] = 365,
    until: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The first day without calls; unset: today, UTC.")
    ] = None,
    data_dir: Annotated[Path | None, typer.Option(help="Database, audio and tokens.")] = None,
    into: Annotated[bool, typer.Option("--into", help="Add to the calls that are in the folder already.")] = False,
) -> None:
    """Put made-up calls into a folder: text, times, voices, flags, people; no audio. The service must be stopped."""
    from qa_monitor.seed.records import SeedError, SeedPlan
    from qa_monitor.seed.run import seed as seed_folder

    last = (datetime.now(UTC) if until is None else until).date()
    columns = (TextColumn("calls"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    began = time.monotonic()
    with plain_errors():
        settings = load_settings(data_dir=data_dir)
        try:
            plan = SeedPlan(calls=calls, until=last, days=days, seed=seed)
            with Progress(*columns, console=err, transient=True) as bar:
                task = bar.add_task("calls", total=calls)
                done = seed_folder(
                    settings.data_dir, plan, into=into, progress=lambda count: bar.update(task, completed=count)
                )
        except SeedError as error:
            err.print(str(error), style="red", markup=False, highlight=False, soft_wrap=True)
            raise typer.Exit(2) from error
    took_s = time.monotonic() - began
    out.print(
        f"{done.calls} calls ({days} days until {last}, seed {seed}), {done.utterances} utterances, "
        f"{done.flags} flags, {done.people} people in {settings.data_dir}: "
        f"{done.bytes_per_call} bytes a call, {took_s:.1f} s",
        markup=False,
        highlight=False,
        soft_wrap=True,
    )
