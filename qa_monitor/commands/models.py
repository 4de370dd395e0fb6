"""`qa-monitor models`: speech models, listed, checked and fetched."""

from typing import Annotated

import typer
from rich.table import Table

from qa_monitor.commands.terminal import out, plain_errors
from qa_monitor.config import load_settings
from streams.model_files.models import check_model, list_models, pull_model

models_app = typer.Typer(
    help="Speech models: what is here, whether it is whole, fetching others.", no_args_is_help=True
)


@models_app.command(name="list")
def models_list() -> None:
    """What is here, and whether it is complete."""
    with plain_errors():
        found = list_models(load_settings().models_dir)
    table = Table("model", "state", "MB", "where", "detail")
    for info in found:
        table.add_row(info.name, info.state, f"{info.size_bytes / 1e6:.0f}", str(info.folder), info.detail)
    out.print(table)


@models_app.command(name="check")
def models_check(
    name: Annotated[str | None, typer.Argument(help="Unset: the model in the settings.")] = None,
) -> None:
    """Read every file against its known sum; joins the packaged model first if need be."""
    with plain_errors():
        settings = load_settings()
        info = check_model(name or settings.model, settings.models_dir)
    out.print(f"{info.name}: {info.state}, {info.detail} ({info.folder})", markup=False, soft_wrap=True)


@models_app.command(name="pull")
def models_pull(name: Annotated[str, typer.Argument(help="For example small or large-v3-turbo.")]) -> None:
    """Fetch a published model: the only command that uses a network."""
    with plain_errors():
        folder = pull_model(name, load_settings().models_dir)
    out.print(f"{name}: {folder}", markup=False, soft_wrap=True)
