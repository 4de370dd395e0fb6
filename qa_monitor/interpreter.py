"""How Python itself runs while the service does: whose turn it is, and what the collector of garbage looks at."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

TURN_S = 0.001
"""Seconds after which a thread gives Python's lock to one that waits for it, such as the event loop's; Python's own
value is 0.005. What it does for latency was not measured by itself."""


@contextmanager
def settled() -> Iterator[None]:
    """What is there now stays: the collector of garbage looks through it no more, as long as this lasts.

    With models, rules and word lists there are 440,000 objects; a full collection held up every socket for 0.2 s.
    """
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


@contextmanager
def quick_turns() -> Iterator[None]:
    """Work in threads gives way to the event loop after so long, not after Python's 5 ms each time it is asked to."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(TURN_S)
    try:
        yield
    finally:
        sys.setswitchinterval(before)
