"""Adapter: work of lower priority than everything else in the process."""

import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")

NICER_BY = 5


def in_background(work: Callable[[], T]) -> T:
    """Do it in a thread of lower priority, and wait. Every thread that it starts keeps that priority.

    For threads that compute for long without Python's lock: a thread that holds the lock and is not given a core,
    because one of those has it, would keep all others waiting. Without effect where threads have no priority of
    their own, which is everywhere but on Linux.
    """
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="background", initializer=_step_back) as executor:
        return executor.submit(work).result()


def _step_back() -> None:
    if sys.platform == "linux":
        thread = threading.get_native_id()
        os.setpriority(os.PRIO_PROCESS, thread, os.getpriority(os.PRIO_PROCESS, thread) + NICER_BY)
