"""Adapter: plain faster-whisper with a voice-activity endpoint (`plain_server.py`), in the project's environment."""

import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from .conversation import Conversation, Message, converse, pcm16
from .port import Chunk, OnFinal, PeerFinal, PeerServer
from .process import free_port, running, settings_of

SERVER = Path(__file__).with_name("plain_server.py")


class PlainTalk:
    """One channel in the server's own small protocol: every message is one final."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._over = False

    def opening(self) -> list[Message]:
        return [json.dumps({"language": self._language})]

    @property
    def welcome(self) -> bool:
        return True

    def sound(self, chunk: Chunk) -> list[Message]:
        return [pcm16(chunk)]

    def closing(self) -> list[Message]:
        return [json.dumps({"end": True})]

    def hear(self, message: Message, at_s: float) -> list[PeerFinal]:
        told = json.loads(message)
        self._over = "end" in told
        if self._over:
            return []
        return [PeerFinal(text=told["text"], at_s=at_s, start_s=told["start_s"], end_s=told["end_s"])]

    @property
    def over(self) -> bool:
        return self._over

    def remains(self, at_s: float) -> list[PeerFinal]:
        return []


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainServer:
    """The running server."""

    pid: int
    port: int

    async def stream(self, chunks: AsyncIterator[Chunk], language: str, on_final: OnFinal) -> None:
        talk: Conversation = PlainTalk(language)
        await converse(f"ws://127.0.0.1:{self.port}", talk, chunks, on_final)


class Plain:
    """faster-whisper as it is."""

    name = "faster-whisper"

    def available(self) -> str | None:
        return None

    @asynccontextmanager
    async def serve(self, model: Path, cores: int) -> AsyncIterator[PeerServer]:
        port = free_port()
        command = [sys.executable, str(SERVER), "--model", str(model), "--cores", str(cores), "--port", str(port)]
        async with running(self.name, {port: command}, settings_of(cores)) as pid:
            yield PlainServer(pid=pid, port=port)
