"""Adapter: a Whisper model in CTranslate2 and its tokenizer, set up for French, English and this processor."""

import os
from dataclasses import dataclass
from pathlib import Path

import ctranslate2
from tokenizers import Tokenizer

from streams.machine.background import in_background
from streams.model_files.narrowing import Narrowed, NotNarrowed, narrowed

WIDE = frozenset({"avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"})
"""What a processor must know for the widest instructions CTranslate2 is built with."""
_INSTRUCTIONS = "CT2_FORCE_CPU_ISA"
"""CTranslate2 takes them by itself on processors of one maker only; read when it is first used."""
_PROCESSOR = Path("/proc/cpuinfo")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a model works, in CTranslate2's words."""

    device: str = "cpu"
    compute_type: str = "int8"
    workers: int = 2
    threads: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A model, and how it writes texts."""

    model: ctranslate2.models.Whisper
    tokenizer: Tokenizer
    whole_because: str | None
    """Why it weighs the pieces of all languages; none where it does not, or was meant to."""


def load(folder: Path, place: Place, *, whole: bool = False) -> Loaded:
    """The model of a folder; `whole`: with the pieces of all languages, for comparison."""
    _take_widest_instructions()
    small, because = (None, None) if whole else _narrowed(folder)
    model = in_background(
        lambda: ctranslate2.models.Whisper(
            str(folder),
            device=place.device,
            compute_type=place.compute_type,
            inter_threads=place.workers,
            intra_threads=place.threads,
            files=None if small is None else dict(small.files),
        )
    )
    file = str(folder / "tokenizer.json")
    return Loaded(
        model=model,
        tokenizer=Tokenizer.from_file(file) if small is None else Tokenizer.from_str(small.tokenizer),
        whole_because=because,
    )


def _narrowed(folder: Path) -> tuple[Narrowed | None, str | None]:
    """With fewer pieces, or why not."""
    try:
        return narrowed(folder), None
    except NotNarrowed as error:
        return None, str(error)


def _take_widest_instructions() -> None:
    try:
        known = _PROCESSOR.read_text("utf-8")
    except OSError:
        return  # not Linux: CTranslate2 chooses
    flags = next((line for line in known.splitlines() if line.startswith("flags")), "")
    if set(flags.split()) >= WIDE:
        os.environ.setdefault(_INSTRUCTIONS, "AVX512")
