"""Python's collector of garbage while much is built that stays."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_building: list[None] = []
"""One entry for each that builds; to add and to take away are one step each, whatever thread does them."""


@contextmanager
def collecting_later() -> Iterator[None]:
    """The collector waits as long as any thread is in here; it is then as it was. For a second or so at most.

    Rules that are loaded are objects by the hundred thousand, none of them garbage: looking through them again and
    again took longer than loading them.
    """
    was_on = gc.isenabled() or bool(_building)
    _building.append(None)
    gc.disable()
    try:
        yield
    finally:
        _building.pop()
        if was_on and not _building:
            gc.enable()
