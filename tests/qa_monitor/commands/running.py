"""Commands, run as from a terminal."""

from collections.abc import Mapping

import pytest
from typer.testing import CliRunner

from qa_monitor.cli import app


class Ended:
    """A command that has ended: its exit code, and what it wrote where."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


def run(*arguments: str, env: Mapping[str, str] | None = None, capfd: pytest.CaptureFixture[str]) -> Ended:
    """One command, in this process."""
    result = CliRunner().invoke(app, list(arguments), env=dict(env or {}))
    rest = capfd.readouterr()
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Ended(result.exit_code, result.stdout + rest.out, result.stderr + rest.err)
