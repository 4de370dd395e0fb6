"""`qa-monitor vocabulary check`: the file of names and products, read as the service would."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from qa_monitor.commands.terminal import out, plain_errors
from qa_monitor.config import load_settings
from qa_monitor.vocabulary import FILE_NAME, read_vocabularies
from streams.records import Language
from streams.vocabulary.terms import Vocabulary

vocabulary_app = typer.Typer(help="Names and products that calls may name.", no_args_is_help=True)


@vocabulary_app.callback()
def vocabulary() -> None:
    """Names and products that calls may name."""


@vocabulary_app.command(name="check")
def vocabulary_check(
    file: Annotated[
        Path | None, typer.Argument(help="Unset: the one the settings name, else `vocabulary.toml` in the data folder.")
    ] = None,
) -> None:
    """Read the file as the service would; every mistake with its key, and terms that sound alone will not find."""
    with plain_errors():
        settings = load_settings()
        found = read_vocabularies(file or settings.vocabulary or settings.data_dir / FILE_NAME)
    every = ([] if found.everybody is None else [("everybody", found.everybody)]) + sorted(found.teams.items())
    table = Table("team", "terms", "found only as written", "sound the same")
    for name, one in every:
        table.add_row(name, str(len(one.terms)), ", ".join(_short(one)), "; ".join(_same(one)))
    out.print(table)


def _short(vocabulary: Vocabulary) -> list[str]:
    return sorted({text for language in Language for text in vocabulary.only_as_written(language)})


def _same(vocabulary: Vocabulary) -> list[str]:
    return sorted({" = ".join(group) for language in Language for group in vocabulary.sounding_the_same(language)})
