"""A voice that was heard before is known where its call goes on, unless it must not be."""

from dataclasses import replace

import numpy as np
import pytest

from qa_monitor.call.judging.customer import CustomerOfCall
from sentiment.profile import EmotionProfile
from sentiment.records import EmotionScore
from sentiment.voice import VoiceModel
from streams.consent import Consent
from streams.records import Audio, CallStarted
from streams.samples.resample import SPEECH_RATE_HZ
from tests.sentiment.builders import a_call, a_sound, an_embedding, an_utterance

CALL = a_call()
SECONDS = 2.0
FIRST_WORDS = "first words: nothing to compare with yet"


@pytest.fixture(scope="module")
def model() -> VoiceModel:
    return VoiceModel.load()


def a_customer(model: VoiceModel, call: CallStarted = CALL) -> CustomerOfCall:
    return CustomerOfCall(call, model, EmotionProfile.CUSTOMER_AFTER_CONSENT)


def said(customer: CustomerOfCall, model: VoiceModel, start_s: float, pitch_hz: float = 190.0) -> EmotionScore:
    """A sentence of a high voice."""
    audio: Audio = a_sound(pitch_hz=pitch_hz, duration_s=SECONDS, rate_hz=SPEECH_RATE_HZ)
    utterance = an_utterance(start_s=start_s, duration_s=SECONDS, embedding=an_embedding(model.width))
    customer.heard(utterance, audio)
    score = customer.score(utterance)
    assert score is not None
    return score


def heard(model: VoiceModel, sentences: int) -> CustomerOfCall:
    customer = a_customer(model)
    for number in range(sentences):
        said(customer, model, 3.0 * number)
    return customer


def test_what_is_said_later_is_judged_as_if_the_call_had_been_followed(model: VoiceModel) -> None:
    live, late = heard(model, 5), a_customer(model)
    for channel, usual in live.usual():
        late.recall_usual(channel, usual)

    found, wanted = said(late, model, 20.0), said(live, model, 20.0)

    assert found.explanation_en == wanted.explanation_en != FIRST_WORDS
    assert found.certainty == pytest.approx(wanted.certainty)
    assert list(found.probabilities.values()) == pytest.approx(list(wanted.probabilities.values()))
    assert said(a_customer(model), model, 20.0).explanation_en == FIRST_WORDS


def test_the_side_that_heard_more_of_a_voice_is_believed(model: VoiceModel) -> None:
    live, late = heard(model, 2), heard(model, 5)
    (before,) = late.usual()
    for channel, usual in live.usual():
        late.recall_usual(channel, usual)

    assert tuple(late.usual()) == (before,)


def test_of_a_voice_that_must_not_be_judged_nothing_is_taken_along(model: VoiceModel) -> None:
    """Neither given out after a no, nor taken up where there never was a yes."""
    live = heard(model, 3)
    usual = dict(live.usual())
    refused = replace(CALL, consent=Consent.REFUSED)
    never = a_customer(model, refused)
    never.recall_usual(0, usual[0])
    live.consented(refused, 9.0)

    assert dict(live.usual()) == dict(never.usual()) == {}
    never.consented(CALL, 12.0)
    assert said(never, model, 14.0).explanation_en == FIRST_WORDS


def test_what_was_learned_with_other_features_is_left(model: VoiceModel) -> None:
    """Another release may have other weights: the voice is met anew then."""
    ((_, usual),), customer = heard(model, 1).usual(), a_customer(model)
    numbers = np.frombuffer(usual, "<f8")
    width = int(numbers[0])
    other = np.concatenate([[2.0, 2.0], numbers[2:6], np.zeros(10)])
    assert width != 2
    customer.recall_usual(0, other.tobytes())

    assert said(customer, model, 5.0).explanation_en == FIRST_WORDS
