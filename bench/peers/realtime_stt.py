"""Adapter: RealtimeSTT's multi-user server, which its package carries. Options: see README.md."""

import json
import struct
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .conversation import Message, converse, greet, pcm16
from .environment import HOW, PYTHON, installed
from .port import RATE_HZ, Chunk, OnFinal, PeerError, PeerFinal, PeerServer
from .process import free_port, running, settings_of

LANGUAGES = ("en", "fr")
"""It has one language per server: there is one server for each, in one process group."""
CLOSING_S = 1.0
"""Silence sent after the end, so that the last utterance ends; its own `stop` holds up the streams of all others."""


class RealtimeSttTalk:
    """One channel: packets with their format in front; every `final` is one utterance."""

    def __init__(self) -> None:
        self._welcome = False

    def opening(self) -> list[Message]:
        return [json.dumps({"type": "start"})]

    @property
    def welcome(self) -> bool:
        return self._welcome

    def sound(self, chunk: Chunk) -> list[Message]:
        shape = {"sampleRate": RATE_HZ, "channels": 1, "format": "pcm_s16le", "frames": len(chunk)}
        header = json.dumps(shape).encode()
        return [struct.pack("<I", len(header)) + header + pcm16(chunk)]

    def closing(self) -> list[Message]:
        silence = np.zeros(RATE_HZ // 10, np.float32)
        return [message for _ in range(round(CLOSING_S * 10)) for message in self.sound(silence)]

    def hear(self, message: Message, at_s: float) -> list[PeerFinal]:
        told = json.loads(message)
        if told["type"] == "error":
            raise PeerError(f"RealtimeSTT: {told.get('message', '')}")
        self._welcome = self._welcome or (told["type"] == "ready" and told.get("ok", True))
        if told["type"] != "final" or not told["text"].strip():
            return []
        return [PeerFinal(text=told["text"].strip(), at_s=at_s)]

    @property
    def over(self) -> bool:
        return False

    def remains(self, at_s: float) -> list[PeerFinal]:
        return []


@dataclass(frozen=True, slots=True, kw_only=True)
class RealtimeSttServer:
    """The running servers, one per language."""

    pid: int
    ports: Mapping[str, int]

    async def stream(self, chunks: AsyncIterator[Chunk], language: str, on_final: OnFinal) -> None:
        await converse(url_of(self.ports[language]), RealtimeSttTalk(), chunks, on_final)


def url_of(port: int) -> str:
    return f"ws://127.0.0.1:{port}/ws/transcribe"


def command_of(port: int, language: str, model: Path) -> list[str]:
    """One language's server: one lane for finals and partials, finals first."""
    return [
        *(str(PYTHON), "-m", "example_fastapi_server.server", "--host", "127.0.0.1", "--port", str(port)),
        *("--engine", "faster_whisper", "--model", str(model), "--device", "cpu", "--compute-type", "int8"),
        *("--language", language, "--beam-size", "1", "--beam-size-realtime", "1"),
        *("--use-main-model-for-realtime", "--realtime-processing-pause", "1.0"),
        *("--post-speech-silence-duration", "0.5", "--early-transcription-on-silence", "0.2"),
        *("--max-sessions", "1000", "--max-active-speakers", "1000"),
        *("--max-global-inference-queue-depth", "10000", "--log-level", "WARNING"),
    ]


class RealtimeStt:
    """KoljaB/RealtimeSTT."""

    name = "RealtimeSTT"

    def available(self) -> str | None:
        return None if installed("realtimestt") else f"not installed: {HOW}"

    @asynccontextmanager
    async def serve(self, model: Path, cores: int) -> AsyncIterator[PeerServer]:
        ports = {language: free_port() for language in LANGUAGES}
        commands = {port: command_of(port, language, model) for language, port in ports.items()}
        async with running(self.name, commands, settings_of(cores)) as pid:
            for port in ports.values():
                await greet(url_of(port), RealtimeSttTalk())
            yield RealtimeSttServer(pid=pid, ports=ports)
