"""How well a call is heard, as the streams folder hands it downstream."""

from dataclasses import dataclass
from enum import StrEnum

from streams.records import CallId


class HealthFact(StrEnum):
    """What is wrong with the sound of a call, as measured."""

    NO_AUDIO = "no_audio"
    """Nothing has arrived for a while, though nothing was paused."""
    ONE_WAY = "one_way"
    """One channel has stayed silent while the other speaks."""
    IDENTICAL = "identical_channels"
    """Both channels carry the same sound: nobody can be told apart."""
    SWAPPED = "swapped_channels"
    """The agent is heard where the customer was announced."""
    CLIPPED = "clipped"
    """The level is so high that the tops are cut off."""
    LOSS = "loss"
    """Much of the audio is missing."""
    DRIFT = "clock_drift"
    """The source's clock runs faster or slower than ours."""
    WRONG_FORMAT = "wrong_format"
    """The bytes do not sound like what was announced: another encoding, rate or byte order."""
    FOREIGN = "foreign_language"
    """On one channel a language is spoken that this service is not set to understand: its text means nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelHealth:
    """The sound of one channel, measured over the last seconds; shares are 0 to 1."""

    level_db: float
    """Loudness of what was heard lately, dB below full scale; -100 for digital silence."""
    clipped_share: float
    """Of the samples heard lately, how many were at full scale."""
    lost_share: float
    """Of the call so far, how much is missing, pauses left out."""
    spoken_s: float
    """Seconds of speech in the call so far."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallHealth:
    """Whether the sound of a call can be judged, as of one moment of its audio."""

    call_id: CallId
    at_s: float
    channels: tuple[ChannelHealth, ...]
    facts: tuple[HealthFact, ...]
    """What holds now, in the order of `HealthFact`."""
    blind: HealthFact | None
    """The fact for which the call cannot be judged; none when it can be."""
