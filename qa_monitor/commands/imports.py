"""`qa-monitor import`: recordings of calls that are over, brought into the running service."""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer
from httpx import Response
from rich.progress import Progress

from qa_monitor.bring.csv_file import Line, read_lines
from qa_monitor.bring.jobs import UNDER_WAY, ImportState
from qa_monitor.bring.one_file import digest_of
from qa_monitor.bring.schemas import ImportJson
from qa_monitor.commands.client import ask_service, send_file
from qa_monitor.commands.terminal import err, out, plain_errors
from qa_monitor.config import SettingsError

LOOK_S = 0.5


def bring(
    places: Annotated[list[Path], typer.Argument(help="Recordings, or folders with them.")],
    metadata: Annotated[Path, typer.Option(help="CSV in UTF-8 that says of each file when it began, and more.")],
    check: Annotated[bool, typer.Option("--check", help="Only say what would be brought in.")] = False,
    url: Annotated[str | None, typer.Option(help="Address of the service; from the settings if unset.")] = None,
    data_dir: Annotated[Path | None, typer.Option(help="Where the service keeps its access token.")] = None,
) -> None:
    """Bring recordings in, one after the other, beside live calls. Begun again after a stop, it goes on."""
    with plain_errors():
        lines, missing = _matched(_lines(metadata), places)
        for line in missing:
            err.print(f"{metadata}:{line.line}: file: no such recording: {line.file}", markup=False, soft_wrap=True)
        if missing:
            raise typer.Exit(1)
        if check:
            out.print(f"{len(lines)} recordings would be brought in")
            return
        failed = _bring_all(lines, url, data_dir)
    if failed:
        raise typer.Exit(1)


def _lines(metadata: Path) -> list[Line]:
    try:
        text = metadata.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise SettingsError(f"{metadata}: {error}: save it as CSV in UTF-8") from error
    lines, problems = read_lines(text)
    for problem in problems:
        err.print(f"{metadata}:{problem.line}: {problem.problem}", style="red", markup=False, soft_wrap=True)
    if problems:
        raise typer.Exit(1)
    return lines


def _matched(lines: Sequence[Line], places: Sequence[Path]) -> tuple[list[tuple[Line, Path]], list[Line]]:
    """The file of each line, below a folder or by its name; and the lines that have none."""
    found: list[tuple[Line, Path]] = []
    missing: list[Line] = []
    for line in lines:
        path = next((path for path in _candidates(line, places) if path.is_file()), None)
        if path is None:
            missing.append(line)
        else:
            found.append((line, path))
    return found, missing


def _candidates(line: Line, places: Sequence[Path]) -> Iterator[Path]:
    for place in places:
        if place.is_dir():
            inside = place / line.file
            # a line names nothing outside the folder
            if inside.resolve().is_relative_to(place.resolve()):
                yield inside
        elif place.name == line.file or str(place) == line.file:
            yield place


def _bring_all(lines: Sequence[tuple[Line, Path]], url: str | None, data_dir: Path | None) -> int:
    """How many could not be brought in."""
    counts = dict.fromkeys(ImportState, 0)
    before = 0
    with Progress(console=err) as shown:
        whole = shown.add_task("recordings", total=len(lines))
        for line, path in lines:
            known, found = _bring_one(line, path, url, data_dir, shown)
            before += known
            counts[found.state] += not known
            if found.problem is not None:
                err.print(f"{path}: {found.problem}", style="red", markup=False, soft_wrap=True)
            shown.advance(whole)
    failed = len(lines) - before - counts[ImportState.DONE]
    out.print(f"{counts[ImportState.DONE]} brought in, {before} were already, {failed} failed")
    return failed


def _bring_one(
    line: Line, path: Path, url: str | None, data_dir: Path | None, shown: Progress
) -> tuple[bool, ImportJson]:
    """Whether it was there before, and how it came out."""
    sha256 = digest_of(path)
    where = f"/v1/imports/{sha256}"
    known = ask_service("GET", where, url=url, data_dir=data_dir, params={})
    if known.status_code == 200 and (found := _read(known)).state is ImportState.DONE:
        return True, found
    found = _sent(line, path, sha256, url, data_dir)
    task = shown.add_task(path.name, total=found.duration_s or 1.0)
    while found.state in UNDER_WAY:
        shown.update(task, completed=found.at_s)
        time.sleep(LOOK_S)
        found = _read(ask_service("GET", where, url=url, data_dir=data_dir, params={}))
    shown.remove_task(task)
    return False, found


def _sent(line: Line, path: Path, sha256: str, url: str | None, data_dir: Path | None) -> ImportJson:
    """The answer to a recording; one that others fill the queue for is sent again."""
    while True:
        answer = send_file("/v1/imports", path, url=url, data_dir=data_dir, params=line.cells)
        if answer.status_code != 429:
            break
        time.sleep(LOOK_S)
    if answer.status_code in (200, 202):
        return _read(answer)
    detail = answer.json().get("detail") if "json" in answer.headers.get("content-type", "") else None
    problem = f"line {line.line}: the service refused: {answer.status_code} {detail or ''}".rstrip()
    return ImportJson(sha256=sha256, call_id="", state=ImportState.FAILED, problem=problem)


def _read(answer: Response) -> ImportJson:
    answer.raise_for_status()
    return ImportJson.model_validate_json(answer.content)
