"""Adapter: WhisperLive, its own server and protocol, with batching across clients. Options: see README.md."""

import json
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from .conversation import Message, converse, greet, pcm16
from .environment import HOW, PYTHON, installed
from .port import Chunk, OnFinal, PeerError, PeerFinal, PeerServer
from .process import free_port, running, settings_of

SAME_OUTPUT = 2
"""How often a guess must come back unchanged to be final. Its default of 10 only makes finals later."""
_START = """
import json, sys
from whisper_live.server import TranscriptionServer
TranscriptionServer().run("127.0.0.1", **json.loads(sys.argv[1]))
"""


class WhisperLiveTalk:
    """One channel. The server repeats its last segments in every message; only `completed` ones are final."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._welcome = False
        self._told: set[tuple[str, str]] = set()
        self._open: dict[str, str] | None = None

    def opening(self) -> list[Message]:
        options = {
            "uid": str(uuid.uuid4()),
            "language": self._language,
            "task": "transcribe",
            "model": "given-by-the-server",
            "use_vad": True,
            "clip_audio": True,
            "same_output_threshold": SAME_OUTPUT,
            "audio_format": "int16",
        }
        return [json.dumps(options)]

    @property
    def welcome(self) -> bool:
        return self._welcome

    def sound(self, chunk: Chunk) -> list[Message]:
        return [pcm16(chunk)]

    def closing(self) -> list[Message]:
        return []  # END_OF_AUDIO would make it throw away what is not yet complete

    def hear(self, message: Message, at_s: float) -> list[PeerFinal]:
        told = json.loads(message)
        if "status" in told:
            raise PeerError(f"WhisperLive refused the stream: {told['status']} {told.get('message', '')}")
        self._welcome = self._welcome or told.get("message") == "SERVER_READY"
        segments = told.get("segments", [])
        if segments:
            self._open = None if segments[-1]["completed"] else segments[-1]
        return [self._final(segment, at_s) for segment in segments if segment["completed"] and self._is_new(segment)]

    @property
    def over(self) -> bool:
        return False

    def remains(self, at_s: float) -> list[PeerFinal]:
        return [self._final(self._open, at_s)] if self._open is not None and self._is_new(self._open) else []

    def _is_new(self, segment: dict[str, str]) -> bool:
        key = (segment["start"], segment["text"].strip())
        if key in self._told:
            return False
        self._told.add(key)
        return True

    def _final(self, segment: dict[str, str], at_s: float) -> PeerFinal:
        start_s, end_s = float(segment["start"]), float(segment["end"])
        return PeerFinal(text=segment["text"].strip(), at_s=at_s, start_s=start_s, end_s=end_s)


@dataclass(frozen=True, slots=True, kw_only=True)
class WhisperLiveServer:
    """The running server."""

    pid: int
    port: int

    async def stream(self, chunks: AsyncIterator[Chunk], language: str, on_final: OnFinal) -> None:
        await converse(f"ws://127.0.0.1:{self.port}", WhisperLiveTalk(language), chunks, on_final)


class WhisperLive:
    """collabora/WhisperLive."""

    name = "WhisperLive"

    def available(self) -> str | None:
        return None if installed("whisper-live") else f"not installed: {HOW}"

    @asynccontextmanager
    async def serve(self, model: Path, cores: int) -> AsyncIterator[PeerServer]:
        port = free_port()
        options = {
            "port": port,
            "backend": "faster_whisper",
            "faster_whisper_custom_model_path": str(model),
            "single_model": True,
            "batch_enabled": True,
            # nobody is turned away: how late the text is under load is what is measured
            "max_clients": 1000,
            "max_connection_time": 86_400,
            "batch_max_queue_wait_s": 3600.0,
            "batch_max_admissions_per_s": 1000.0,
        }
        command = [str(PYTHON), "-c", _START, json.dumps(options)]
        async with running(self.name, {port: command}, settings_of(cores)) as pid:
            await greet(f"ws://127.0.0.1:{port}", WhisperLiveTalk("en"))  # it loads the model for its first client
            yield WhisperLiveServer(pid=pid, port=port)
