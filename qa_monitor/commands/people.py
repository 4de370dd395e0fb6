"""`qa-monitor people`: accounts, teams, agents and covers of the running service, as a CSV file; passwords."""

from pathlib import Path
from typing import Annotated, NoReturn
from urllib.parse import quote

import typer
from httpx import Response

from qa_monitor.commands.client import ask_service
from qa_monitor.commands.terminal import err, out, plain_errors
from qa_monitor.people.schemas import HandedOutJson, ImportedJson

people_app = typer.Typer(help="Accounts, teams, agents, and who stands in for whom.", no_args_is_help=True)
DataDir = Annotated[Path | None, typer.Option(help="Where the service keeps its access token.")]
Url = Annotated[str | None, typer.Option(help="Address of the service; from the settings if unset.")]


@people_app.command(name="import")
def people_import(
    file: Annotated[Path, typer.Argument(help="In the columns of `export`; UTF-8.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what it would change, and change nothing.")] = False,
    url: Url = None,
    data_dir: DataDir = None,
) -> None:
    """Make and change what a CSV file names; with any mistake, nothing. What it does not name stays as it is."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        _fail(f"{file}: {error}: save it as CSV in UTF-8")
    answer = _ask("POST", "/v1/people/import", url, data_dir, {"dry_run": str(dry_run).lower()}, text)
    if answer.status_code not in (200, 422) or b'"problems"' not in answer.content:
        _refused(answer)
    found = ImportedJson.model_validate_json(answer.content)
    for problem in found.problems:
        err.print(f"{file}:{problem.line}: {problem.problem}", style="red", markup=False, soft_wrap=True)
    if found.problems:
        raise typer.Exit(1)
    for change in found.changes:
        fields = ", ".join(f"{one.field}: {one.before or '-'} -> {one.after or '-'}" for one in change.fields)
        out.print(f"{change.kind} {change.whom}: {change.did} {fields}".rstrip(), markup=False, soft_wrap=True)
    out.print(f"{len(found.changes)} {'changed' if found.done else 'would change'}")


@people_app.command(name="export")
def people_export(
    file: Annotated[Path | None, typer.Argument(help="Unset: print it.")] = None,
    url: Url = None,
    data_dir: DataDir = None,
) -> None:
    """Everyone as a CSV file, without passwords."""
    answer = _ask("GET", "/v1/people/export", url, data_dir, {})
    if answer.status_code != 200:
        _refused(answer)
    if file is None:
        out.print(answer.text, markup=False, highlight=False, soft_wrap=True, end="")
        return
    with plain_errors():
        file.write_bytes(answer.content)


@people_app.command(name="password")
def people_password(
    name: Annotated[str, typer.Argument(help="The account's log-in name.")], url: Url = None, data_dir: DataDir = None
) -> None:
    """Make a password to hand out and show it this once. It must be changed at the first log-in."""
    answer = _ask("POST", f"/v1/people/accounts/{quote(name, safe='')}/password", url, data_dir, {})
    if answer.status_code != 200:
        _refused(answer)
    err.print(f"{name}: to be changed at the first log-in. It is not shown again:", markup=False, soft_wrap=True)
    password = HandedOutJson.model_validate_json(answer.content).password
    out.print(password, markup=False, highlight=False, soft_wrap=True)


def _ask(
    method: str, path: str, url: str | None, data_dir: Path | None, params: dict[str, str], text: str | None = None
) -> Response:
    with plain_errors():
        return ask_service(method, path, url=url, data_dir=data_dir, params=params, text=text)


def _refused(answer: Response) -> NoReturn:
    detail = answer.json().get("detail") if "json" in answer.headers.get("content-type", "") else None
    _fail(f"the service refused: {answer.status_code} {detail or ''}".rstrip())


def _fail(message: str) -> NoReturn:
    err.print(message, style="red", markup=False, highlight=False, soft_wrap=True)
    raise typer.Exit(2)
