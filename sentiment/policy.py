"""Whose voice may be judged: the customer's, in a call with notice and consent, and nobody else's. Pure.

No setting changes this. The emotion model takes a `CustomerVoice`, and only `customer_voice` makes one.
"""

from dataclasses import InitVar, dataclass

import numpy as np

from sentiment.prosody import Floats
from streams.consent import Consent, Notice
from streams.records import CallStarted, Speaker, Utterance

TOLD = frozenset({Notice.PLAYED, Notice.CONTRACT})
_MADE_BY_POLICY = object()


class VoiceRefused(RuntimeError):
    """Somebody tried to have a voice judged that must not be. Always a fault in the program, never bad input."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CustomerVoice:
    """One utterance in a customer's own voice that may lawfully be judged. Made by `customer_voice` alone."""

    call: CallStarted
    utterance: Utterance
    samples: Floats
    """Mono, -1 to 1, read-only."""
    rate_hz: int
    made_by: InitVar[object]

    def __post_init__(self, made_by: object) -> None:
        if made_by is not _MADE_BY_POLICY:
            raise VoiceRefused("a CustomerVoice is made by sentiment.policy.customer_voice only")


def emotion_allowed(call: CallStarted) -> bool:
    """Whether any voice in this call may be judged: notice given, consent granted, a channel that is the customer's."""
    return call.notice in TOLD and call.consent is Consent.GRANTED and Speaker.CUSTOMER in call.channels


def voice_allowed(call: CallStarted, utterance: Utterance) -> bool:
    """Whether this utterance may be judged by voice: a call that allows it, and the customer on their own channel."""
    return (
        emotion_allowed(call)
        and utterance.call_id == call.call_id
        and utterance.speaker is Speaker.CUSTOMER
        and 0 <= utterance.channel < len(call.channels)
        and call.channels[utterance.channel] is Speaker.CUSTOMER
    )


def customer_voice(call: CallStarted, utterance: Utterance, samples: Floats, rate_hz: int) -> CustomerVoice | None:
    """The utterance as a voice that may be judged, or none. `samples`: mono float32 of this utterance, -1 to 1.

    Raises ValueError where samples or rate are not what they should be.
    """
    if not voice_allowed(call, utterance):
        return None
    if samples.ndim != 1 or samples.dtype != np.float32:
        raise ValueError(f"samples must be mono float32, not {samples.dtype} with {samples.ndim} dimensions")
    if rate_hz < 8000:
        raise ValueError(f"rate_hz must be at least 8000, not {rate_hz}")
    own = samples.view()
    own.flags.writeable = False
    return CustomerVoice(call=call, utterance=utterance, samples=own, rate_hz=rate_hz, made_by=_MADE_BY_POLICY)
