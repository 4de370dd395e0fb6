"""`qa-monitor themes`: the list of reasons for calling, and counting what customers call about anew."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from qa_monitor.commands.terminal import out, plain_errors
from qa_monitor.config import Settings, load_settings
from qa_monitor.themes.reasons import load_reasons, read_reasons

themes_app = typer.Typer(help="What customers call about.", no_args_is_help=True)


@themes_app.callback()
def themes() -> None:
    """What customers call about."""


@themes_app.command(name="check")
def themes_check(
    file: Annotated[Path | None, typer.Argument(help="Unset: the list in force.")] = None,
) -> None:
    """Read a list of reasons as the service would; every mistake with its place."""
    with plain_errors():
        settings = load_settings()
        found = read_reasons(file) if file else load_reasons(settings.reasons, settings.data_dir)
    table = Table("reason", "name", "terms")
    for reason in found.reasons:
        terms = sorted(term.partition(":")[2] for term in reason.terms)
        table.add_row(reason.reason_id, f"{reason.name_en} / {reason.name_fr}", ", ".join(terms))
    out.print(table)


@themes_app.command(name="recount")
def themes_recount() -> None:
    """Count all calls of the last five weeks anew, such as after a change of the list. The service must be stopped.

    It can be interrupted: the service, or the next recount, counts what is missing.
    """
    with plain_errors():
        counted = asyncio.run(_recount(load_settings()))
    out.print(f"{counted} calls counted")


async def _recount(settings: Settings) -> int:
    from datetime import UTC, datetime

    from qa_monitor.store.sqlite import SqliteStore
    from qa_monitor.themes.watch import ThemeWatch

    reasons = load_reasons(settings.reasons, settings.data_dir)
    store = await SqliteStore.open(settings.data_dir)
    try:
        await store.themes.forget()
        watch = ThemeWatch(store.themes, reasons, lambda: datetime.now(UTC))
        with out.status("counting") as status:
            return await watch.count_all(lambda counted: status.update(f"{counted} calls counted"))
    finally:
        await store.close()
