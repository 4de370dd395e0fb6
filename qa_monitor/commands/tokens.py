"""`qa-monitor tokens`: ingest tokens of tenants, made, listed and revoked."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from pydantic import TypeAdapter, ValidationError
from rich.table import Table

from qa_monitor.commands.terminal import err, out, plain_errors
from qa_monitor.config import SettingsError, load_settings
from qa_monitor.telephony.schemas import NewTokenJson
from qa_monitor.telephony.tokens import IngestTokens, TokenWish

tokens_app = typer.Typer(
    help="Ingest tokens: one per tenant or telephone system, with limits of its own.", no_args_is_help=True
)
DataDir = Annotated[Path | None, typer.Option(help="Database, audio and tokens.")]


@tokens_app.command(name="list")
def tokens_list(data_dir: DataDir = None) -> None:
    """Names, limits and first characters; the tokens themselves are kept nowhere."""
    with plain_errors():
        found = _tokens(data_dir).all()
    table = Table("name", "tenant", "begins with", "calls", "a minute", "made", "")
    for each in found:
        calls, a_minute = _limit(each.max_calls), _limit(each.calls_per_minute)
        state = "revoked" if each.revoked else ""
        table.add_row(each.name, each.tenant, each.prefix, calls, a_minute, f"{each.created_at:%Y-%m-%d}", state)
    out.print(table)


@tokens_app.command(name="add")
def tokens_add(
    name: Annotated[str, typer.Argument(help="For example the telephone system's.")],
    tenant: Annotated[str, typer.Option(help="The only tenant whose calls it opens.")] = "default",
    max_calls: Annotated[int | None, typer.Option(help="Calls at once; unset: no limit of its own.")] = None,
    per_minute: Annotated[int | None, typer.Option(help="New calls within a minute; unset: no limit.")] = None,
    data_dir: DataDir = None,
) -> None:
    """Make one and show it this once. A running service takes it from now on."""
    with plain_errors():
        wish = _wish(name, tenant, max_calls, per_minute)
        made, token = _tokens(data_dir).add(wish, datetime.now(UTC))
    err.print(f"{made.name}: opens calls of {made.tenant}. It is not shown again:", markup=False, soft_wrap=True)
    out.print(token, markup=False, highlight=False, soft_wrap=True)


@tokens_app.command(name="revoke")
def tokens_revoke(name: Annotated[str, typer.Argument(help="As `list` shows it.")], data_dir: DataDir = None) -> None:
    """From now on it opens nothing; calls that run go on."""
    with plain_errors():
        revoked = _tokens(data_dir).revoke(name)
    out.print(f"{revoked.name}: revoked", markup=False, soft_wrap=True)


def _tokens(data_dir: Path | None) -> IngestTokens:
    return IngestTokens(load_settings(data_dir=data_dir).data_dir)


def _wish(name: str, tenant: str, max_calls: int | None, per_minute: int | None) -> TokenWish:
    """Checked as the HTTP interface does. Raises SettingsError."""
    given = {"name": name, "tenant": tenant, "max_calls": max_calls, "calls_per_minute": per_minute}
    try:
        return TokenWish(**TypeAdapter(NewTokenJson).validate_python(given).model_dump())
    except ValidationError as error:
        sentences = [f"{each['loc'][0]}: {each['msg']} (found {each['input']!r})" for each in error.errors()]
        raise SettingsError("\n".join(sentences)) from error


def _limit(value: int | None) -> str:
    return "" if value is None else str(value)
