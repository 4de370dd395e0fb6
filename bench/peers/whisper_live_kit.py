"""Adapter: WhisperLiveKit with its LocalAgreement policy on faster-whisper. Options: see README.md."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from .conversation import Message, converse, greet, pcm16
from .environment import HOW, PYTHON, installed
from .port import Chunk, OnFinal, PeerError, PeerFinal, PeerServer
from .process import free_port, running, settings_of


class _Line(TypedDict):
    text: str
    end: str


class WhisperLiveKitTalk:
    """One channel. Committed words are appended to lines; the uncommitted ones are in a buffer, which is ignored."""

    def __init__(self) -> None:
        self._welcome = False
        self._over = False
        self._lines: list[_Line] = []
        self._told: list[int] = []
        """Characters of each line that were handed on."""

    def opening(self) -> list[Message]:
        return []

    @property
    def welcome(self) -> bool:
        return self._welcome

    def sound(self, chunk: Chunk) -> list[Message]:
        return [pcm16(chunk)]

    def closing(self) -> list[Message]:
        return [b""]

    def hear(self, message: Message, at_s: float) -> list[PeerFinal]:
        told = json.loads(message)
        if told.get("error"):
            raise PeerError(f"WhisperLiveKit: {told['error']}")
        kind = told.get("type")
        self._welcome = self._welcome or kind == "config"
        self._over = self._over or kind == "ready_to_stop"
        if kind == "snapshot":
            self._lines = told["lines"]
        elif kind == "diff":
            new = told.get("new_lines", [])
            self._lines = [*self._lines[: told["n_lines"] - len(new)], *new]
        return [final for final in map(self._grown, range(len(self._lines)), [at_s] * len(self._lines)) if final.text]

    @property
    def over(self) -> bool:
        return self._over

    def remains(self, at_s: float) -> list[PeerFinal]:
        return []

    def _grown(self, index: int, at_s: float) -> PeerFinal:
        line = self._lines[index]
        self._told.extend([0] * (index + 1 - len(self._told)))
        text = (line["text"] or "")[self._told[index] :].strip()
        self._told[index] = max(self._told[index], len(line["text"] or ""))
        return PeerFinal(text=text, at_s=at_s, end_s=seconds_of(line["end"]))


def seconds_of(clock: str) -> float:
    """`0:01:02.50` in seconds."""
    total = 0.0
    for part in clock.split(":"):
        total = total * 60 + float(part)
    return total


@dataclass(frozen=True, slots=True, kw_only=True)
class WhisperLiveKitServer:
    """The running server."""

    pid: int
    port: int

    async def stream(self, chunks: AsyncIterator[Chunk], language: str, on_final: OnFinal) -> None:
        await converse(url_of(self.port, language), WhisperLiveKitTalk(), chunks, on_final)


def url_of(port: int, language: str) -> str:
    """Differences only, instead of the whole transcript in every message."""
    return f"ws://127.0.0.1:{port}/asr?language={language}&mode=diff"


class WhisperLiveKit:
    """QuentinFuxa/WhisperLiveKit."""

    name = "WhisperLiveKit"

    def available(self) -> str | None:
        return None if installed("whisperlivekit") else f"not installed: {HOW}"

    @asynccontextmanager
    async def serve(self, model: Path, cores: int) -> AsyncIterator[PeerServer]:
        port = free_port()
        command = [
            *(str(PYTHON), "-m", "whisperlivekit.basic_server", "--host", "127.0.0.1", "--port", str(port)),
            *("--backend", "faster-whisper", "--backend-policy", "localagreement", "--model_dir", str(model)),
            *("--language", "en", "--pcm-input", "--confidence-validation", "--retention-seconds", "0"),
            *("--warmup-file", "", "--log-level", "WARNING"),
        ]
        async with running(self.name, {port: command}, settings_of(cores)) as pid:
            await greet(url_of(port, "en"), WhisperLiveKitTalk())
            yield WhisperLiveKitServer(pid=pid, port=port)
