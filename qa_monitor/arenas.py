"""Adapter to the C library: how many pools of memory the threads of this process share."""

import ctypes
import sys

M_ARENA_MAX = -8
"""From glibc's malloc.h."""
ARENAS = 2


def share_arenas() -> bool:
    """Have all threads share a few pools; call it before they start. False where the C library has no such thing.

    By default each thread takes from a pool of its own, and each pool keeps what its thread once needed: speech
    workers, listeners and the web server together then hold 70 MB that nobody uses (docs/performance.md).
    """
    if sys.platform != "linux":
        return False
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    return mallopt is not None and mallopt(M_ARENA_MAX, ARENAS) == 1
