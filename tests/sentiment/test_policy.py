"""The lawful line: the customer's own voice, in a call with notice and consent, and nothing else."""

from dataclasses import fields, replace
from itertools import product

import numpy as np
import pytest

from sentiment.policy import CustomerVoice, VoiceRefused, customer_voice, emotion_allowed
from sentiment.prosody import Floats
from streams.consent import Consent, Notice
from streams.records import CallId, Speaker
from tests.sentiment.builders import BOTH, RATE_HZ, a_call, a_sound, an_utterance


@pytest.fixture(scope="module")
def sound() -> Floats:
    return a_sound(duration_s=0.5)


@pytest.mark.parametrize(("notice", "consent"), list(product(Notice, Consent)))
@pytest.mark.parametrize(("on_channel", "speaking"), list(product(Speaker, Speaker)))
def test_only_the_customer_after_notice_and_consent(
    sound: Floats, notice: Notice, consent: Consent, on_channel: Speaker, speaking: Speaker
) -> None:
    """Every combination there is: exactly notice given, consent granted, the customer on the customer's channel."""
    call = a_call(channels=(on_channel,), notice=notice, consent=consent)

    voice = customer_voice(call, an_utterance(speaker=speaking), sound, RATE_HZ)

    lawful = notice is not Notice.NONE and consent is Consent.GRANTED
    customer = on_channel is Speaker.CUSTOMER and speaking is Speaker.CUSTOMER
    assert (voice is not None) == (lawful and customer)
    assert emotion_allowed(call) == (lawful and on_channel is Speaker.CUSTOMER)


def test_exchanged_roles_move_the_voice_to_the_other_channel(sound: Floats) -> None:
    call, swapped = a_call(channels=BOTH), a_call(channels=BOTH[::-1])

    def judged(channels: tuple[Speaker, ...]) -> list[bool]:
        own = call if channels == BOTH else swapped
        said = [an_utterance(channel=channel, speaker=speaker) for channel, speaker in enumerate(channels)]
        return [customer_voice(own, utterance, sound, RATE_HZ) is not None for utterance in said]

    assert judged(BOTH) == [True, False]
    assert judged(BOTH[::-1]) == [False, True]


@pytest.mark.parametrize("channel", [-1, 2, 7])
def test_a_channel_that_the_call_does_not_have_is_nobody_s(sound: Floats, channel: int) -> None:
    assert customer_voice(a_call(), an_utterance(channel=channel), sound, RATE_HZ) is None


def test_consent_is_never_taken_from_another_call(sound: Floats) -> None:
    other = replace(a_call(), call_id=CallId("call-2"))

    assert customer_voice(other, an_utterance(), sound, RATE_HZ) is None


def test_a_customer_voice_cannot_be_made_by_hand(sound: Floats) -> None:
    with pytest.raises(VoiceRefused, match="customer_voice only"):
        CustomerVoice(call=a_call(), utterance=an_utterance(), samples=sound, rate_hz=RATE_HZ, made_by=object())


def test_a_customer_voice_cannot_be_turned_into_another(sound: Floats) -> None:
    voice = customer_voice(a_call(), an_utterance(), sound, RATE_HZ)
    assert voice is not None

    with pytest.raises(ValueError, match="made_by"):
        # the type checker refuses it too
        replace(voice, utterance=an_utterance(speaker=Speaker.AGENT, channel=1))  # type: ignore[call-arg]


def test_a_customer_voice_is_read_only_and_leaves_the_caller_s_samples_alone(sound: Floats) -> None:
    own = sound.copy()
    voice = customer_voice(a_call(), an_utterance(), own, RATE_HZ)
    assert voice is not None

    with pytest.raises(ValueError, match="read-only"):
        voice.samples[0] = 1.0
    own[0] = 0.5  # still the caller's to change


@pytest.mark.parametrize(
    ("samples", "rate_hz", "message"),
    [
        (np.zeros(10, dtype=np.int16), 8000, "mono float32, not int16"),
        (np.zeros((10, 2), dtype=np.float32), 8000, "2 dimensions"),
        (np.zeros(10, dtype=np.float32), 4000, "at least 8000, not 4000"),
    ],
)
def test_samples_of_the_wrong_kind_are_refused(samples: Floats, rate_hz: int, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        customer_voice(a_call(), an_utterance(), samples, rate_hz)


def test_no_part_of_a_voice_is_a_switch() -> None:
    """Nothing a setting could reach: call, utterance, sound and its rate are all there is."""
    assert [field.name for field in fields(CustomerVoice)] == ["call", "utterance", "samples", "rate_hz"]
