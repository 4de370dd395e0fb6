"""Adapter: bars in the terminal, one per call, through rich."""

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, TaskID, TextColumn
from rich.progress import Progress as Bars

from qa_monitor.simulator.sender import Progress
from streams.records import CallId


class ProgressDisplay:
    """Shows how far each call has been sent, while used as a context."""

    def __init__(self, console: Console) -> None:
        self._bars = Bars(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.completed:6.1f} / {task.total:.1f} s"),
            console=console,
        )
        self._tasks: dict[CallId, TaskID] = {}

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bars.stop()

    def show(self, progress: Progress) -> None:
        """Move one call's bar."""
        if progress.call_id not in self._tasks:
            self._tasks[progress.call_id] = self._bars.add_task(progress.call_id, total=progress.duration_s)
        self._bars.update(self._tasks[progress.call_id], completed=progress.sent_s)
