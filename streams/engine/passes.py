"""What a channel asks of the speech engine: so that what it was answered can be noted, and answered again."""

from collections.abc import Hashable
from concurrent.futures import Future
from typing import Protocol

from streams.engine.batching import Kind
from streams.engine.job_queue import Pass
from streams.model.window import Window


class Passes(Protocol):
    """See `SpeechEngine` in `engine.py`, which is one."""

    def submit(self, window: Window, kind: Kind, *, source: Hashable = None) -> "Future[Pass]":
        """Queue a window. Raises `EngineFull`."""

    def promote(self, future: "Future[Pass]") -> bool:
        """The endpoint has come: an early window is a final. False: it was given up, so submit the final anew."""
