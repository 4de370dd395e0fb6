"""`qa-monitor backup` and `restore`: everything kept, copied and put back."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from qa_monitor.backup import backup, restore
from qa_monitor.commands.terminal import out, plain_errors
from qa_monitor.config import load_settings


def backup_command(
    target: Annotated[Path, typer.Argument(help="A new folder for the copy.")],
    data_dir: Annotated[Path | None, typer.Option(help="Database, audio and tokens.")] = None,
) -> None:
    """Copy database and audio, consistently, while the service runs."""
    with plain_errors():
        settings = load_settings(data_dir=data_dir)
        report = backup(settings.data_dir, target, datetime.now(UTC))
    out.print(f"copied {report.files} files to {target}", markup=False, soft_wrap=True)


def restore_command(
    source: Annotated[Path, typer.Argument(help="A folder made by `backup`.")],
    data_dir: Annotated[Path | None, typer.Option(help="Where to put it; must be empty.")] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace what is there.")] = False,
) -> None:
    """Put a backup back, after checking its sums. The service must be stopped."""
    with plain_errors():
        settings = load_settings(data_dir=data_dir)
        report = restore(source, settings.data_dir, replace=overwrite)
    out.print(f"put back {report.files} files into {settings.data_dir}", markup=False, soft_wrap=True)
