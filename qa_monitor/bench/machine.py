"""Adapter: what Linux tells about this machine and about a process on it."""

import os
import platform
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from qa_monitor.bench.records import Usage
from qa_monitor.config import Settings
from streams.engine.workers import plan_workers
from streams.machine.cores import usable_cores

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """Where a figure comes from."""

    processor: str
    cores: int
    model: str
    compute_type: str
    device: str
    workers: int
    threads: int

    def __str__(self) -> str:
        return (
            f"{self.cores} cores of {self.processor}; {self.model} {self.compute_type} on {self.device}, "
            f"{self.workers} passes at once with {self.threads} thread{'' if self.threads == 1 else 's'} each"
        )


def this_machine(settings: Settings) -> Machine:
    """This machine, and the speech model as it is set."""
    cores = usable_cores()
    workers, threads = plan_workers(cores, settings.device, settings.speech_threads, settings.speech_workers)
    return Machine(
        processor=_processor(),
        cores=cores,
        model=Path(settings.model).name,
        compute_type=settings.compute_type,
        device=settings.device,
        workers=workers,
        threads=threads,
    )


def usage_of(pid: int) -> Usage:
    """Processor seconds and memory of a process now. Raises OSError when it has ended."""
    folder = Path(f"/proc/{pid}")
    # the name in brackets may hold anything: what follows the last one are numbers
    fields = folder.joinpath("stat").read_text().rpartition(")")[2].split()
    ticks = int(fields[11]) + int(fields[12])
    pages = int(folder.joinpath("statm").read_text().split()[1])
    return Usage(
        at_s=time.monotonic(),
        cpu_s=ticks / os.sysconf("SC_CLK_TCK"),
        rss_mib=pages * os.sysconf("SC_PAGE_SIZE") / MIB,
    )


def group_usage(leader: int) -> Usage:
    """The same for all processes of the group that this one leads."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            with suppress(OSError):  # it has ended meanwhile
                if os.getpgid(int(folder.name)) == leader:
                    found.append(usage_of(int(folder.name)))
    return Usage(
        at_s=time.monotonic(), cpu_s=sum(one.cpu_s for one in found), rss_mib=sum(one.rss_mib for one in found)
    )


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        name, _, value = line.partition(":")
        if name.strip() == "model name":
            return value.strip()
    return platform.machine()
