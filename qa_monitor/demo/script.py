"""What a demo call says: the lines of both speakers, and which rule each line must or must not set off."""

from collections.abc import Mapping
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from streams.records import Direction, Language, Speaker


class ScriptError(Exception):
    """A script cannot be used; the message names file and field."""


class Line(BaseModel):
    """What one person says without being cut off, and what follows from it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    speaker: Speaker
    text: str = Field(min_length=1)
    gap: float = 0.5
    """Seconds after the end of everything said so far; negative: the line begins that long before it."""
    speed: float = Field(default=1.0, gt=0.5, lt=2)
    pitch: float = Field(default=0.0, ge=-6, le=6)
    """Semitones."""
    gain: float = Field(default=0.0, ge=-20, le=10)
    """Decibels."""
    longest_pause: float | None = Field(default=None, gt=0)
    """Pauses inside the line are cut to this many seconds."""
    expect: Mapping[str, str] = {}
    """Rule to the words of this line that set it off."""
    traps: Mapping[str, str] = {}
    """Rule to the words of this line that must not set it off."""
    may: Mapping[str, str] = {}
    """Rule to the words of this line that set it off unless another rule holds it back first."""
    silence: Mapping[str, float] = {}
    """Rule to the seconds of dead air before this line after which it is due."""
    overlap: Mapping[str, float] = {}
    """Rule to the seconds of both speaking, from this line's start, after which it is due."""
    absence: Mapping[str, float] = {}
    """Rule to the seconds from this line's start after which it is due."""


class CallScript(BaseModel):
    """One call, line by line."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    language: Language
    agent_id: str
    team: str
    direction: Direction = Direction.INBOUND
    quick: bool = False
    """Part of the short demo."""
    voices: Mapping[Speaker, str]
    lines: tuple[Line, ...] = Field(min_length=1)


def load_script(path: Path) -> CallScript:
    """Read and check one script; raises `ScriptError`."""
    try:
        script = CallScript.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise ScriptError(f"{path}: {error}") from error
    for number, line in enumerate(script.lines, start=1):
        for rule, words in [*line.expect.items(), *line.traps.items(), *line.may.items()]:
            if words not in line.text:
                raise ScriptError(f"{path}: line {number}, {rule}: the words {words!r} are not in the line")
    return script
