"""What the streams folder hands downstream. Inside a call all times are seconds on the call's audio clock (`_s`)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import NewType

import numpy as np
from numpy.typing import NDArray

from streams.consent import Consent, ConsentSource, Notice

CallId = NewType("CallId", str)
UtteranceId = NewType("UtteranceId", str)
Samples = NDArray[np.int16]
"""Mono signed 16-bit samples, read-only."""
Audio = NDArray[np.float32]
"""Mono samples from -1 to 1, at the 16 kHz that the models take unless something else is said."""


class Language(StrEnum):
    """A language we transcribe and have rules for."""

    FR = "fr"
    EN = "en"


class Speaker(StrEnum):
    """Who is heard on a channel. `mixed` and `unknown` are never scored by voice."""

    CUSTOMER = "customer"
    AGENT = "agent"
    MIXED = "mixed"
    UNKNOWN = "unknown"


class Direction(StrEnum):
    """Who called whom, seen from the contact centre."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"
    UNKNOWN = "unknown"


class GapReason(StrEnum):
    """Why audio is missing."""

    LOST = "lost"
    PAUSED = "paused"
    DISCARDED = "discarded"
    OFF_RECORD = "off_record"
    """The speakers are off the record: nothing of it is heard, kept or shown."""


class EndReason(StrEnum):
    """How a call ended. `interrupted` is written by the next start after a crash."""

    END = "end"
    HANGUP = "hangup"
    ERROR = "error"
    ABRUPT = "abrupt"
    TIMEOUT = "timeout"
    REFUSED = "refused"
    RECONNECT = "reconnect"
    """The source goes on in another session: the call itself may not be over."""
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True, kw_only=True)
class CallStarted:
    """A call was announced by a valid start message. Emitted once, before any audio."""

    call_id: CallId
    tenant: str = "default"
    team: str = ""
    agent_id: str = ""
    direction: Direction = Direction.UNKNOWN
    language: Language | None = None
    """None: to be detected per channel."""
    channels: tuple[Speaker, ...]
    """Who speaks on channel 0, 1, …"""
    rate_hz: int
    started_at: datetime
    dialect: str
    notice: Notice = Notice.NONE
    consent: Consent = Consent.UNKNOWN
    metadata: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """What the provider said besides, secrets removed. `session_id` and `conversation_id` are the provider's own."""
    continues: tuple[str, ...] = ()
    """Sessions of the provider that this one carries on. Not kept: a call that is carried on keeps its first start."""

    def __post_init__(self) -> None:
        if not self.channels:
            raise ValueError(f"call {self.call_id} has no channel")
        if self.started_at.tzinfo is None:
            raise ValueError(f"call {self.call_id}: started_at needs a time zone")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AudioFrame:
    """Samples of one channel. Frames of a channel never overlap and never go back in time."""

    call_id: CallId
    channel: int
    start_s: float
    samples: Samples
    rate_hz: int

    @property
    def end_s(self) -> float:
        """Seconds at which the last sample ends."""
        return self.start_s + len(self.samples) / self.rate_hz


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Audio of one channel known to be missing. Nothing is invented in it."""

    call_id: CallId
    channel: int
    start_s: float
    duration_s: float
    reason: GapReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Dtmf:
    """A key was pressed. The digit may be card data: never stored, never logged."""

    call_id: CallId
    channel: int | None
    digit: str
    at_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Paused:
    """The source stops sending on purpose."""

    call_id: CallId
    at_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed:
    """The source sends again."""

    call_id: CallId
    at_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageChanged:
    """The source announced another language: the running utterance ends here."""

    call_id: CallId
    at_s: float
    language: Language


@dataclass(frozen=True, slots=True, kw_only=True)
class CallEnded:
    """Exactly one per `CallStarted`, whatever happens."""

    call_id: CallId
    end_s: float
    reason: EndReason


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentChanged:
    """The call was handed to another agent: from here on the agent channel is theirs."""

    call_id: CallId
    at_s: float
    agent_id: str
    team: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentChanged:
    """The customer was told, or has answered: it holds for what is said from here on."""

    call_id: CallId
    at_s: float | None
    """None once the call was over."""
    notice: Notice
    consent: Consent
    source: ConsentSource
    """Who says so."""
    by: str = ""
    """Who or what exactly, as the caller names it: an agent, a menu."""
    reference: str = ""
    """The version of the words the customer heard, or where the answer is recorded."""


CallEvent = (
    CallStarted
    | AudioFrame
    | Gap
    | Dtmf
    | Paused
    | Resumed
    | LanguageChanged
    | AgentChanged
    | ConsentChanged
    | CallEnded
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One recognised word as written, with its punctuation."""

    text: str
    start_s: float
    end_s: float
    probability: float
    """0 to 1, from the alignment of the text on the audio; 1 where it was not measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """A phrase that may have been said where other words were recognised. Those are shown all the same."""

    text: str
    """The phrase, as it is spoken."""
    heard: str
    """The words that were recognised there."""
    first: int
    """Number of the first of them in the utterance."""
    likeness: float
    """0 to 1: how alike both sound."""
    brevity: float
    """0 to 1: how short the phrase is by its sounds, and so how easily like something by chance."""
    by_audio: float
    """How much likelier the utterance is with it on its audio, in natural logarithms of probability."""
    by_habit: float
    """The same with nothing to hear."""
    guessed: bool = False
    """The recogniser wrote it itself, in another guess or when it heard the utterance again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """Where the time went, in seconds of wall time after the utterance's last word was heard."""

    endpoint_s: float
    """Until the pause was long enough to call it the end."""
    queued_s: float
    """Waiting for a speech worker."""
    speech_s: float
    """Inside the speech model."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Embedding:
    """Mean and standard deviation of the encoder states over the utterance: never kept, never leaves the process."""

    mean: NDArray[np.float32]
    deviation: NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """What one person said, from the first word to the pause after the last."""

    call_id: CallId
    utterance_id: UtteranceId
    """Deterministic: channel and start. The same for partials and the final."""
    speaker: Speaker
    channel: int
    start_s: float
    end_s: float
    text: str
    words: tuple[Word, ...]
    language: Language
    confidence: float
    """0 to 1: geometric mean of the token probabilities."""
    final: bool
    revision: int
    """Counts up with every partial; the final has the highest."""
    trusted: bool = True
    """False where the guards distrust the text: shown grey, raises no flag."""
    embedding: Embedding | None = None
    """Customer channel of a call with consent only; else none."""
    timing: Timing | None = None
    sought: tuple[Sought, ...] = ()
    """Of finals: phrases that may have been said in place of some of the words. Not kept."""

    def __post_init__(self) -> None:
        if self.end_s < self.start_s:
            raise ValueError(f"utterance ends at {self.end_s}s, before it starts at {self.start_s}s")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelActivity:
    """Someone spoke on a channel between these seconds. An open stretch is repeated with a later `end_s`."""

    call_id: CallId
    channel: int
    speaker: Speaker
    start_s: float
    end_s: float
    open: bool
    """True while the person is still speaking."""
