"""Adapter: the outline of a call, kept beside its audio for this user alone."""

import os
from pathlib import Path

import numpy as np

from qa_monitor.store.audio.outline import Slices


def add_slices(path: Path, slices: Slices) -> None:
    """At the end of the file, which is made where there is none. Raises `OSError`."""
    with open(path, "ab", opener=_private) as file:
        file.write(slices.tobytes())


def replace_slices(path: Path, slices: Slices) -> None:
    """In place of all that was there. Raises `OSError`."""
    with open(path, "wb", opener=_private) as file:
        file.write(slices.tobytes())


def slices_in(path: Path, channels: int) -> Slices:
    """Those that are there whole; none without a file."""
    kept = np.fromfile(path, dtype=np.int8) if path.exists() else np.zeros(0, dtype=np.int8)
    whole = len(kept) // (2 * channels)
    return kept[: whole * 2 * channels].reshape(whole, channels, 2)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
