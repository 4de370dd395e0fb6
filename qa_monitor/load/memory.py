"""Adapter: how much memory there is, from the kernel's own files. Elsewhere than on Linux nothing is known."""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """Shares of what this machine or container has, 0 to 1."""

    taken: float = 0.0
    """By this process."""
    left: float = 1.0
    """By nobody; what the kernel can give back at once counts as left."""


class MemoryGauge:
    """Reads the files below `root`; another one for tests."""

    def __init__(self, root: Path = Path("/")) -> None:
        self._proc, self._group = root / "proc", root / "sys/fs/cgroup"

    def read(self) -> Memory:
        """As of now; nothing taken where the kernel does not tell."""
        machine = _table(self._proc / "meminfo")
        total, free = machine.get("MemTotal", 0) * 1024, machine.get("MemAvailable", 0) * 1024
        pages = _numbers(self._proc / "self/statm")
        if not total or len(pages) < 2:
            return Memory()
        left = free / total
        limit, used = _numbers(self._group / "memory.max"), _numbers(self._group / "memory.current")
        if limit and used and limit[0] < total:
            cache = _table(self._group / "memory.stat").get("inactive_file", 0)
            total = limit[0]
            left = min(left, 1 - max(0, used[0] - cache) / total)
        return Memory(taken=pages[1] * os.sysconf("SC_PAGE_SIZE") / total, left=left)


def _numbers(path: Path) -> list[int]:
    return [int(part) for part in _text(path).split() if part.isdigit()]


def _table(path: Path) -> dict[str, int]:
    rows = (line.replace(":", " ").split() for line in _text(path).splitlines())
    return {row[0]: int(row[1]) for row in rows if len(row) >= 2 and row[1].isdigit()}


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""
