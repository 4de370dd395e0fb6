"""The targets in force, swapped whole when their file changes; a file that is wrong changes nothing."""

import asyncio
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import structlog

from qa_monitor.config import SettingsError
from qa_monitor.delivery.records import News
from qa_monitor.delivery.settings_file import FILE_NAME, load_targets
from qa_monitor.delivery.targets import Targets
from qa_monitor.rules.looking import LOOK_S, Looks
from qa_monitor.rules.sources import Stamp, stamp

log = structlog.get_logger()


class TargetsInForce:
    """One per application. Raises `SettingsError` where the file at the start is wrong.

    Reading is safe from any thread: what is in force is one object, replaced in one assignment.
    """

    def __init__(self, named: Path | None, data_dir: Path, environment: Mapping[str, str] = os.environ) -> None:
        self._named, self._data_dir, self._environment = named, data_dir, environment
        self.refused: str | None = None
        """What is wrong with the file as it is now; none while it is in force."""
        self.now: Targets = load_targets(named, data_dir, environment)
        self._looks = Looks(self._stamp())

    def wanting(self, news: News) -> Sequence[str]:
        """The names of the targets that want to hear of it."""
        return self.now.wanting(news)

    async def watch(self, swapped: Callable[[], None]) -> None:
        """Until cancelled: put a changed file into force, and say so."""
        while True:
            await asyncio.sleep(LOOK_S)
            try:
                changed = await asyncio.to_thread(self.look)
            except OSError as error:
                # a disk that fails for a moment must not keep later changes from being seen
                log.warning("the file of deliveries cannot be looked at", why=error.strerror)
                continue
            if changed:
                swapped()

    def look(self) -> bool:
        """Read the file where it has changed, and looks the same twice; whether other targets are in force now."""
        if not self._looks.changed(self._stamp()):
            return False
        try:
            fresh = load_targets(self._named, self._data_dir, self._environment)
        except SettingsError as error:
            self.refused = str(error)
            log.warning("deliveries were refused, those before stay in force", why=self.refused)
            return False
        self.now, self.refused = fresh, None
        self._looks.overlook(self._stamp())  # it may name other files
        log.info("deliveries in force", targets=[target.name for target in fresh.every])
        return True

    def _stamp(self) -> Stamp:
        return stamp((self._named or self._data_dir / FILE_NAME, *self.now.files))
