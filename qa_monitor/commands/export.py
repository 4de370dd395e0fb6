"""`qa-monitor export`: calls of the running service, or what they earned, as a file."""

from pathlib import Path
from typing import Annotated

import typer

from qa_monitor.commands.client import fetch_file
from qa_monitor.commands.terminal import err, out, plain_errors

FORMS = {".csv": "csv", ".jsonl": "jsonl", ".parquet": "parquet"}


def export(
    file: Annotated[Path, typer.Argument(help="Ends in .csv, .jsonl or .parquet.")],
    since: Annotated[str | None, typer.Option(help="Calls that began then or later, with a zone.")] = None,
    until: Annotated[str | None, typer.Option(help="Calls that began earlier, with a zone.")] = None,
    tenant: Annotated[str | None, typer.Option(help="Only calls of this tenant.")] = None,
    team: Annotated[str | None, typer.Option(help="Only calls of this team.")] = None,
    agent_id: Annotated[str | None, typer.Option(help="Only calls of this agent.")] = None,
    scores: Annotated[
        bool, typer.Option("--scores", help="What the calls earned: a row for each question of their scorecards.")
    ] = False,
    url: Annotated[str | None, typer.Option(help="Address of the service; from the settings if unset.")] = None,
    data_dir: Annotated[Path | None, typer.Option(help="Where the service keeps its access token.")] = None,
) -> None:
    """Write the calls that are over into a file, a row each; or what they earned."""
    form = FORMS.get(file.suffix.lower())
    if form is None:
        err.print(f"{file}: found {file.suffix or 'no ending'}; allowed: {', '.join(FORMS)}", markup=False)
        raise typer.Exit(2)
    asked = {"format": form, "since": since, "until": until, "tenant": tenant, "team": team, "agent_id": agent_id}
    params = {name: cell for name, cell in asked.items() if cell is not None}
    with plain_errors():
        problem = fetch_file(
            f"/v1/exports/{'scores' if scores else 'calls'}", file, url=url, data_dir=data_dir, params=params
        )
    if problem is not None:
        err.print(f"the service refused: {problem}", style="red", markup=False, soft_wrap=True)
        raise typer.Exit(2)
    out.print(f"{file}: {file.stat().st_size} bytes", markup=False)
