"""What a peer offers: a server as a process of its own, and one stream of sound per channel.

`python bench/peers/environment.py` installs the peers; `catalogue.all_peers()` names them. Their times are not to be
relied on, since some tell none: compare by the arrival of the words.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

RATE_HZ = 16_000
CHUNK_S = 0.1
"""How much sound a chunk holds; they come at real pace."""
PATIENCE_S = 15.0
"""How long after the last chunk a peer may still give finals."""

Chunk = NDArray[np.float32]
"""Mono, 16 kHz, -1 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerFinal:
    """Text that the peer will not change any more. Each piece comes once, whatever the peer repeats."""

    text: str
    at_s: float
    """`time.monotonic()` when it arrived."""
    start_s: float | None = None
    """In seconds of the stream, where the peer tells."""
    end_s: float | None = None


OnFinal = Callable[[PeerFinal], None]


class PeerError(Exception):
    """A peer could not be started, refused a stream, or broke it off; the text says which and why."""


class PeerServer(Protocol):
    """A running server. `stream` may be called many times at once, also from several threads' event loops."""

    @property
    def pid(self) -> int:
        """Its first process; it leads a process group of its own, to which all its processes belong."""

    async def stream(self, chunks: AsyncIterator[Chunk], language: str, on_final: OnFinal) -> None:
        """Send one channel as it comes; return after the last final, or `PATIENCE_S` after the last chunk.

        `language` is `fr` or `en`. Raises PeerError when the server refuses the stream or breaks it off.
        """


class Peer(Protocol):
    """One kind of server."""

    @property
    def name(self) -> str:
        """As shown in tables."""

    def available(self) -> str | None:
        """Why it cannot be run here, in words; none when it can."""

    def serve(self, model: Path, cores: int) -> AbstractAsyncContextManager[PeerServer]:
        """Its server with the model in `model`, a CTranslate2 folder: ready when entered, ended on exit.

        Raises PeerError with the end of the server's log when it does not get ready.
        """
