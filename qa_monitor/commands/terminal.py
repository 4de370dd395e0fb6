"""What every command shares: the two terminals, and trouble said in one sentence."""

import contextlib
from collections.abc import Iterator

import typer
from rich.console import Console

from alerts.files.problems import RuleError
from qa_monitor.backup import BackupError
from qa_monitor.config import SettingsError
from qa_monitor.records.errors import StoreError
from streams.model_files.sums import ModelError

out = Console()
err = Console(stderr=True)


@contextlib.contextmanager
def plain_errors() -> Iterator[None]:
    """Expected trouble, also with a file, is one clear message and exit code 2, not a traceback."""
    from qa_monitor.demo.follow import FollowError
    from qa_monitor.server import ServerError
    from qa_monitor.simulator.recording import RecordingError
    from qa_monitor.simulator.sender import SimulationError
    from sentiment.voice import EmotionModelError

    try:
        yield
    except (
        SettingsError,
        RuleError,
        ModelError,
        StoreError,
        BackupError,
        ServerError,
        EmotionModelError,
        FollowError,
        SimulationError,
        RecordingError,
    ) as error:
        err.print(str(error), style="red", markup=False, highlight=False, soft_wrap=True)
        raise typer.Exit(2) from error
    except OSError as error:
        if error.filename is None:
            raise
        err.print(f"{error.filename}: {error.strerror}", style="red", markup=False, highlight=False, soft_wrap=True)
        raise typer.Exit(2) from error
