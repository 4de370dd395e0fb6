"""`qa-monitor delete`: a call is deleted wholly, by the running service."""

from pathlib import Path
from typing import Annotated
from urllib.parse import quote

import typer

from qa_monitor.commands.client import ask_service
from qa_monitor.commands.terminal import err, out, plain_errors
from qa_monitor.erasing.schemas import ErasedJson


def delete(
    call_id: Annotated[str, typer.Argument(help="The call's id, as its page shows it.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    search: Annotated[
        bool, typer.Option("--search", help="Read the whole data folder afterwards for what is left.")
    ] = False,
    url: Annotated[str | None, typer.Option(help="Address of the service; from the settings if unset.")] = None,
    data_dir: Annotated[Path | None, typer.Option(help="Where the service keeps its access token.")] = None,
) -> None:
    """Delete a call that is over, for good: text, scores, flags and audio. Prints the proof."""
    if not yes:
        typer.confirm(f"Delete call {call_id} for good?", abort=True)
    with plain_errors():
        path = f"/v1/calls/{quote(call_id, safe='')}"
        answer = ask_service("DELETE", path, url=url, data_dir=data_dir, params={"search": str(search).lower()})
    if answer.status_code != 200:
        detail = answer.json().get("detail") if "json" in answer.headers.get("content-type", "") else None
        err.print(f"the service refused: {answer.status_code} {detail or ''}".rstrip(), style="red", markup=False)
        raise typer.Exit(2)
    done = ErasedJson.model_validate_json(answer.content)
    for table, count in done.rows.items():
        out.print(f"{table}: {count} rows", markup=False)
    out.print(f"audio: {done.audio_files} files, {done.audio_bytes} bytes", markup=False)
    if not done.log_emptied:
        err.print("the database's log is being read by another program: old pages leave it later", style="yellow")
    if done.traces is not None:
        out.print(f"found after it: {done.traces}", markup=False)
    out.print(f"proof {done.erasure_id}: {done.call_digest}, {done.at.isoformat()}, by {done.by}", soft_wrap=True)
    if done.traces:
        raise typer.Exit(1)
