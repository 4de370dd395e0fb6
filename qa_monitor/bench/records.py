"""What a benchmark hands from its player to its figures. Wall times are seconds on the player's steady clock."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from streams.records import Language


class Source(StrEnum):
    """Where the sound of a call comes from."""

    SCRIPT = "script"
    """Composed: every word and its second are known."""
    RECORDING = "recording"
    """A recorded call without a text: only its latencies count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallPlan:
    """One call as it will be played."""

    number: int
    source: Source
    language: Language | None
    """As it is announced."""
    seconds: float
    """How long it lasts."""
    seed: int
    starts_after_s: float = 0.0
    """Wall seconds after the first call."""
    file: str | None = None
    """The recording."""
    watched: bool = True
    """A console follows it: in an overload, the others are put off first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """An utterance that is in the sound, by the call's clock. `key` names the clip it was made from."""

    channel: int
    key: str
    text: str
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A final text as it arrived at `at_s`. Its seconds of the call are None where the server tells none."""

    channel: int
    text: str
    at_s: float
    start_s: float | None = None
    end_s: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """A partial as it arrived: no text, only what it covers."""

    utterance_id: str
    channel: int
    start_s: float
    end_s: float
    at_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CallLog:
    """A call that was played, and what came of it."""

    plan: CallPlan
    started_at_s: float
    """When its second 0 was sent."""
    frame_s: float
    """How much sound one message carries."""
    error: str | None
    speech_s: float
    """Speech on its channels, added up."""
    spoken: tuple[Spoken, ...] = ()
    finals: tuple[Heard, ...] = ()
    guesses: tuple[Guess, ...] = ()
    scored_voices: int = 0
    """Finals that came with an emotion."""

    def sent_at_s(self, second: float) -> float:
        """When the message left that carried the sound up to `second`."""
        return self.started_at_s + math.ceil(round(second / self.frame_s, 6)) * self.frame_s


@dataclass(frozen=True, slots=True, kw_only=True)
class Beat:
    """A sign of life of the service."""

    at_s: float
    lag_s: float
    shed_level: int
    calls_live: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """Processor and memory of the service since its start, at one moment."""

    at_s: float
    cpu_s: float
    rss_mib: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many finals the service has given since its start, by its own count, and how many of them in good time."""

    at_s: float
    finals: float
    good: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Player:
    """What the playing itself cost, so that nobody takes the player's delay for the service's."""

    cpu_s: float
    wall_s: float
    late_p95_s: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunLog:
    """Everything seen in one run."""

    calls: tuple[CallLog, ...]
    player: Player
    warm: Usage
    """After the first short calls, before those that count."""
    usage: tuple[Usage, ...] = ()
    beats: tuple[Beat, ...] = ()
    tallies: tuple[Tally, ...] = ()
    flags: int = 0
    withdrawn: int = 0
    counters_before: Mapping[str, float]
    counters_after: Mapping[str, float]
    """The service's own counters by name, each with its labels and all labels of a name added up."""
