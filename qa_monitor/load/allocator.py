"""Adapter: the C library's allocator. What calls no longer use goes back to the machine; elsewhere nothing happens.

glibc opens up to eight arenas per core, each of which keeps what was freed in it. The speech model frees hundreds of
megabytes in every thread it works in, so that a service of 500 MiB holds 700. Where to set this for other programs too:
`MALLOC_ARENA_MAX`; see mallopt(3) and malloc_trim(3).
"""

import asyncio
import ctypes
from functools import cache

ARENAS = 2
"""As many as threads that work on speech on a small machine; more make nothing faster (docs/performance.md)."""
GIVE_BACK_EVERY_S = 10.0
_M_ARENA_MAX = -8
"""Its number in malloc.h."""


def limit_arenas() -> None:
    """To be called once, before there are threads: an arena that is open stays so."""
    libc = _glibc()
    if libc is not None:
        libc.mallopt(_M_ARENA_MAX, ARENAS)


def give_back() -> None:
    """Freed memory to the machine: some milliseconds, in which other threads run but wait where they allocate."""
    libc = _glibc()
    if libc is not None:
        libc.malloc_trim(0)


async def keep_giving_back() -> None:
    """Until cancelled."""
    while True:
        await asyncio.sleep(GIVE_BACK_EVERY_S)
        await asyncio.to_thread(give_back)


@cache
def _glibc() -> ctypes.CDLL | None:
    try:
        libc = ctypes.CDLL(None)
    except (OSError, TypeError):
        return None
    return libc if hasattr(libc, "mallopt") and hasattr(libc, "malloc_trim") else None
