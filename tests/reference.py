"""The reference pages that are written from the code itself: `make docs` writes them, test_docs.py compares them."""

import json
from collections.abc import Iterator
from pathlib import Path

from pydantic_core import PydanticUndefined
from typer.core import TyperGroup
from typer.main import get_command
from typer.testing import CliRunner

from qa_monitor.cli import app
from qa_monitor.config import Settings

ROOT = Path(__file__).parent.parent
SETTINGS_PAGE = ROOT / "docs" / "settings.md"
OPENAPI_PAGE = ROOT / "docs" / "openapi.json"
BEGIN = "<!-- settings: written by `make docs` -->"
END = "<!-- end of settings -->"
PLACES = {
    "data_dir": "the user's data folder",
    "models_dir": "the user's cache folder, `models`",
}
"""Defaults that differ from one machine to the next."""


def settings_table() -> str:
    """One row per setting: its environment variable, its default, what it does."""
    rows = ["| environment variable | default | what it does |", "|---|---|---|"]
    prefix = Settings.model_config["env_prefix"]
    for name, field in Settings.model_fields.items():
        default = PLACES.get(name) or _shown(field.default)
        rows.append(f"| `{prefix}{name.upper()}` | {default} | {field.description} |")
    return "\n".join(rows)


def with_table(page: str, table: str) -> str:
    """`page` with what stands between the two marks replaced by `table`."""
    before, _, rest = page.partition(BEGIN)
    after = rest.partition(END)[2]
    return f"{before}{BEGIN}\n{table}\n{END}{after}"


def openapi_text() -> str:
    """The interface's description as served, in a stable order."""
    return json.dumps(_described(), indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def addresses() -> list[str]:
    """Every path of the interface."""
    paths = _described()["paths"]
    assert isinstance(paths, dict)
    return sorted(paths)


def commands() -> list[str]:
    """Every command of the command line; those with commands of their own are given with each of them."""
    return sorted(_named(get_command(app)))


def _named(command: object) -> Iterator[str]:
    if not isinstance(command, TyperGroup):
        yield ""
        return
    for name, below in command.commands.items():
        yield from (f"{name} {further}".strip() for further in _named(below))


def _described() -> dict[str, object]:
    printed = CliRunner().invoke(app, ["openapi"], catch_exceptions=False)
    if printed.exit_code:
        raise RuntimeError(f"qa-monitor openapi failed: {printed.output}")
    described = json.loads(printed.stdout)
    assert isinstance(described, dict)
    return described


def _shown(default: object) -> str:
    if default is PydanticUndefined:
        raise ValueError("a default that depends on the machine needs a line in PLACES")
    if default is None:
        return "none"
    if isinstance(default, bool):
        return "`true`" if default else "`false`"
    if isinstance(default, tuple):
        return f"`{','.join(str(item) for item in default)}`" if default else "none"
    return f"`{default}`"


def main() -> None:
    """Write both pages."""
    page = SETTINGS_PAGE.read_text(encoding="utf-8")
    SETTINGS_PAGE.write_text(with_table(page, settings_table()), encoding="utf-8")
    OPENAPI_PAGE.write_text(openapi_text(), encoding="utf-8")


if __name__ == "__main__":
    main()
