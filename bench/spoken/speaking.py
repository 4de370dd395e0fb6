"""Adapter: the synthetic voices of a tool outside the project, `say.py`; what was spoken is kept as files."""

import os
import threading
from dataclasses import dataclass
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Protocol, cast

import numpy as np
import soundfile
import soxr

from bench.spoken.line import LINE_HZ, active_level
from bench.spoken.plan import Piece, Spoken
from bench.spoken.script import Sentence
from streams.records import Audio

VOICE_HZ = 24_000
LEVEL = 0.05
PAUSE_S = (0.06, 0.2)
"""Between a sentence and its frame: a breath, at which no utterance ends."""
BESIDE_DATA = Path("tools") / "say.py"


class Tool(Protocol):
    """What is used of the tool's `Speaker`."""

    def say(self, text: str, lang: str, voice: str, speed: float = 1.0, pitch: float = 0.0) -> Audio:
        """Mono, 24 kHz."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sound:
    """What was spoken, at 8 kHz, and where the phrase lies in it."""

    audio: Audio
    start_s: float
    end_s: float


class Speaking:
    """Speaks once, then reads what was kept. Safe to share between threads."""

    def __init__(self, tool: Path, folder: Path) -> None:
        self._path, self._folder = tool, folder
        self._tool: Tool | None = None
        self._turn = threading.Lock()
        folder.mkdir(parents=True, exist_ok=True)

    def say(self, spoken: Spoken) -> Sound:
        """The sound of a sentence in its frame. Raises SystemExit where it has to be spoken and the tool is missing."""
        frame, sentence, rest = (self._piece(piece) for piece in spoken.pieces)
        pauses = np.random.default_rng(list(spoken.text.encode())).uniform(*PAUSE_S, size=2)
        silences = [np.zeros(int(pause * LINE_HZ), np.float32) for pause in pauses]
        first, last = _place(spoken.sentence)
        began, length = len(frame) + len(silences[0]), len(sentence)
        return Sound(
            audio=np.concatenate([frame, silences[0], sentence, silences[1], rest]),
            start_s=(began + first * length) / LINE_HZ,
            end_s=(began + last * length) / LINE_HZ,
        )

    def was_said(self, spoken: Spoken) -> bool:
        """Whether all of it was spoken before, so that the tool is not needed."""
        return all(self._file(piece).is_file() for piece in spoken.pieces)

    def _file(self, piece: Piece) -> Path:
        return self._folder / f"{piece.key}.flac"

    def _piece(self, piece: Piece) -> Audio:
        file = self._file(piece)
        with self._turn:
            if not file.is_file():
                self._speak(piece, file)
        audio, _ = soundfile.read(file, dtype="float32")
        levelled: Audio = audio * np.float32(LEVEL / active_level(audio))
        return levelled

    def _speak(self, piece: Piece, file: Path) -> None:
        voice = piece.voice
        said = self._loaded().say(piece.text, piece.language.value, voice.mix, voice.speed, voice.pitch)
        narrow = soxr.resample(_trimmed(said), VOICE_HZ, LINE_HZ)
        narrow /= max(1.0, float(np.abs(narrow).max()) / 0.99)
        unfinished = file.with_suffix(".part")
        soundfile.write(unfinished, narrow, LINE_HZ, subtype="PCM_16", format="FLAC")
        os.replace(unfinished, file)

    def _loaded(self) -> Tool:
        if self._tool is None:
            found = spec_from_file_location("say", self._path)
            if found is None or found.loader is None or not self._path.is_file():
                raise SystemExit(f"{self._path} is missing: give the path of say.py with --say, or set QA_MONITOR_DATA")
            module = module_from_spec(found)
            found.loader.exec_module(module)
            self._tool = cast(Tool, module.Speaker())
        return self._tool


def usual_tool() -> Path:
    """Where `say.py` is looked for unless told: beside the folder of recordings."""
    data = os.environ.get("QA_MONITOR_DATA")
    return (Path(data).parent if data else Path()) / BESIDE_DATA


def _trimmed(audio: Audio) -> Audio:
    """Without the silence at both ends."""
    loud = np.flatnonzero(np.abs(audio) > np.abs(audio).max() / 100)
    return audio[loud[0] : loud[-1] + 1]


def _place(sentence: Sentence) -> tuple[float, float]:
    """The shares of the sentence at which the phrase begins and ends, by the number of letters."""
    before, phrase, after = len(sentence.before), len(sentence.phrase), len(sentence.after)
    whole = before + phrase + after
    return before / whole, (before + phrase) / whole
