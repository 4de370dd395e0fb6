"""`qa-monitor bench`: how much of its work this machine can do, and how late it is with it."""

from pathlib import Path
from typing import Annotated

import typer

from qa_monitor.bench.job import Material
from qa_monitor.commands.terminal import err, out, plain_errors
from qa_monitor.simulator.planned import StreamProtocol

bench_app = typer.Typer(help="Measure this machine.", no_args_is_help=True)
SHOWN = (
    "calls",
    "final_p50_s",
    "final_p95_s",
    "partial_p50_s",
    "lost",
    "wer",
    "wer_at_one",
    "cpu_s_per_audio_s",
    "mib_per_call",
    "shed_level",
    "limit",
    "trouble",
)
"""The figures told at the end; the file has all."""


@bench_app.callback()
def bench() -> None:
    """Measure this machine."""


@bench_app.command()
def calls(
    context: typer.Context,
    count: Annotated[int, typer.Option("--calls", min=1, help="Calls at once; with --find-limit the first try.")] = 8,
    seconds: Annotated[float | None, typer.Option(min=5, help="How long each call lasts; unset: 60.")] = None,
    json_out: Annotated[Path | None, typer.Option("--json", help="Write the figures here.")] = None,
    recordings: Annotated[
        list[Path] | None,
        typer.Option(help="Two-channel calls to play too; may be repeated. Unset: those in QA_MONITOR_DATA."),
    ] = None,
    protocol: Annotated[StreamProtocol, typer.Option(help="By which telephony.")] = StreamProtocol.AUDIOHOOK,
    material: Annotated[
        Material | None, typer.Option(help="What scripted calls say; unset: telephone prompts where installed.")
    ] = None,
    wer_at_one: Annotated[
        float | None, typer.Option(min=0, help="Word error rate at one call, from an earlier run.")
    ] = None,
    find_limit: Annotated[
        bool, typer.Option("--find-limit", help="More and more calls, until they are not followed.")
    ] = False,
    step: Annotated[int, typer.Option(min=1, help="With --find-limit: how exactly.")] = 4,
    most: Annotated[int, typer.Option(min=1, help="With --find-limit: never more than that.")] = 96,
    overload: Annotated[
        str | None, typer.Option(help="Offer so many times --capacity, for example 2,5, and see what comes of it.")
    ] = None,
    capacity: Annotated[int | None, typer.Option(min=1, help="With --overload: calls that are followed.")] = None,
    later_s: Annotated[
        float, typer.Option(min=0, help="With --overload: wait so long for what is transcribed later.")
    ] = 120.0,
    soak: Annotated[bool, typer.Option("--soak", help="Half an hour instead of a minute: does memory grow?")] = False,
    peers: Annotated[bool, typer.Option("--peers", help="Other servers too; only from the source tree.")] = False,
    plot: Annotated[Path | None, typer.Option(help="Draw latency and processor time here, as SVG.")] = None,
    seed: Annotated[int, typer.Option(help="The same calls again for the same seed.")] = 1,
    nice: Annotated[int, typer.Option(min=0, max=19, help="How far the player steps back behind the service.")] = 10,
) -> None:
    """Play calls at real pace into a service of its own and tell how late the text is; exit code 1 when too late."""
    from qa_monitor.bench.command import SOAK_S, Bench, BenchError, BenchOptions, recordings_at_hand
    from qa_monitor.bench.prompts import PromptsMissing
    from qa_monitor.simulator.recording import RecordingError

    if peers and context.obj is None:
        raise typer.BadParameter("other servers are measured by bench/calls.py of the source tree")
    options = BenchOptions(
        calls=count,
        seconds=seconds or (SOAK_S if soak else 60.0),
        protocol=protocol,
        recordings=recordings_at_hand() if recordings is None else tuple(recordings),
        material=material,
        seed=seed,
        nice=nice,
        wer_at_one=wer_at_one,
        find_limit=find_limit,
        fine=step,
        most=most,
        overload=_times(overload),
        capacity=capacity,
        later_s=later_s,
        peers=context.obj if peers else None,
        json_out=json_out,
        plot_out=plot,
    )
    with plain_errors():
        try:
            report = Bench(options, err).run()
        except (BenchError, PromptsMissing, RecordingError) as error:
            err.print(str(error), style="red", markup=False, highlight=False, soft_wrap=True)
            raise typer.Exit(2) from error
    out.print_json(data={name: report[name] for name in SHOWN if name in report})
    raise typer.Exit(1 if report.get("trouble") else 0)


def _times(text: str | None) -> tuple[float, ...]:
    try:
        found = tuple(float(part) for part in text.split(",")) if text else ()
    except ValueError:
        found = (0.0,)
    if any(times <= 0 for times in found):
        raise typer.BadParameter(f"--overload: found {text!r}; allowed: numbers such as 2,5")
    return found
