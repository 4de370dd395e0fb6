"""How queries are run: in whoever's connection."""

from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

from sqlalchemy import Connection

T = TypeVar("T")


class Running(Protocol):
    """Runs a query: the store's way to write, or to read."""

    def __call__(self, work: Callable[[Connection], T], /) -> Awaitable[T]: ...
