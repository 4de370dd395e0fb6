"""Adapter: how many cores this process may use, by its affinity and the quota of its control groups (Linux).

`os.cpu_count` counts the machine's cores: in a container it starts workers that only get in one another's way.
"""

import os
from collections.abc import Iterator
from pathlib import Path

_GROUPS = Path("/sys/fs/cgroup")
_OWN = Path("/proc/self/cgroup")


def usable_cores(groups: Path = _GROUPS, own: Path = _OWN) -> int:
    """At least 1; part of a core counts for nothing, since a worker on it would be stopped again and again."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    quota = min(_quotas(groups, own), default=float(cores))
    return max(1, min(cores, int(quota)))


def _quotas(groups: Path, own: Path) -> Iterator[float]:
    """Every limit that holds for this process, in cores: a group's own, and those of the groups it is in."""
    for line in _text(own).splitlines():
        _, controllers, path = line.split(":", 2)
        if controllers == "":
            yield from _version_2(groups, path)
        elif "cpu" in controllers.split(","):
            yield from _version_1(groups / controllers, path)
            yield from _version_1(groups / "cpu", path)


def _version_2(root: Path, path: str) -> Iterator[float]:
    for folder in _upwards(root, path):
        match _text(folder / "cpu.max").split():
            case [quota, period] if quota.isdecimal() and period.isdecimal():
                yield int(quota) / int(period)


def _version_1(root: Path, path: str) -> Iterator[float]:
    for folder in _upwards(root, path):
        quota, period = (_text(folder / f"cpu.cfs_{name}_us").strip() for name in ("quota", "period"))
        if quota.isdecimal() and period.isdecimal():  # -1 means no limit
            yield int(quota) / int(period)


def _upwards(root: Path, path: str) -> Iterator[Path]:
    """The group's folder and those above it; in a container the path may be the host's, and only the root is there."""
    folder = root / path.strip("/")
    while True:
        yield folder
        if folder == root or root not in folder.parents:
            return
        folder = folder.parent


def _text(file: Path) -> str:
    """Empty where there is no such file, as on machines without control groups."""
    try:
        return file.read_text()
    except OSError:
        return ""
