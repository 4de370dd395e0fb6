"""How many speech workers with how many threads each suit a machine. Pure."""

MOST = 64
"""Workers, or threads of one: beyond that the rest of the service is the limit."""
ACCELERATOR_THREADS = 4
"""What prepares windows for an accelerator: features, languages and word times are the processor's."""


def plan_workers(cores: int, device: str, threads: int = 0, workers: int = 0) -> tuple[int, int]:
    """Workers and threads of each, for this many cores; 0: choose. What is given is kept.

    On a processor one worker per core, one thread each: two passes beside each other get more done than one pass on
    two threads (docs/performance.md). A single accelerator runs one pass after the other, so there is one worker.
    Raises ValueError for a count below zero or no core at all.
    """
    if cores < 1 or threads < 0 or workers < 0:
        raise ValueError(f"needs a core, and no count below zero: found {cores=}, {threads=}, {workers=}")
    if device != "cpu":
        return workers or 1, threads or min(ACCELERATOR_THREADS, cores)
    if workers and not threads:
        return workers, _within(cores // workers)
    return workers or _within(cores // max(1, threads)), threads or 1


def _within(count: int) -> int:
    return min(MOST, max(1, count))
