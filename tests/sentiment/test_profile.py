"""In which calls a customer's voice is judged: every pair of notice and consent, under every profile."""

from dataclasses import replace
from itertools import product

import pytest

from sentiment.profile import BY_THEMSELVES, CONSENT_BY, WITHHELD, ConsentRefused, EmotionProfile, check_change
from streams.consent import Consent, ConsentSource, Notice
from streams.records import CallStarted, Speaker
from tests.sentiment.builders import a_call

SOURCES = [None, *ConsentSource]


def given(notice: Notice, consent: Consent, source: ConsentSource | None) -> CallStarted:
    metadata = {} if source is None else {CONSENT_BY: source.value}
    return replace(a_call(), notice=notice, consent=consent, metadata=metadata)


@pytest.mark.parametrize("profile", EmotionProfile)
def test_every_pair_of_notice_and_consent(profile: EmotionProfile) -> None:
    """Told and granted, and for the narrowest profile by the customer's own act; off means off."""
    for notice, consent, source in product(Notice, Consent, SOURCES):
        lawful = notice is not Notice.NONE and consent is Consent.GRANTED
        by_own_act = source is not None and source.value in BY_THEMSELVES
        wanted = {
            EmotionProfile.OFF: False,
            EmotionProfile.CUSTOMER_AFTER_CONSENT: lawful,
            EmotionProfile.CUSTOMER_AFTER_OWN_ACT: lawful and by_own_act,
        }

        assert profile.allows(given(notice, consent, source)) is wanted[profile]


@pytest.mark.parametrize("profile", EmotionProfile)
@pytest.mark.parametrize("speaker", [Speaker.AGENT, Speaker.MIXED, Speaker.UNKNOWN])
def test_no_profile_lets_anybody_else_be_judged(profile: EmotionProfile, speaker: Speaker) -> None:
    """Whatever was told and granted."""
    for notice, source in product(Notice, ConsentSource):
        call = given(notice, Consent.GRANTED, source)
        assert not profile.allows(replace(call, channels=(speaker,)))


def test_consent_needs_a_notice_and_what_was_withheld_the_customer() -> None:
    """Every way to answer, after every answer."""
    for before, after, source, told in product(Consent, Consent, ConsentSource, [True, False]):
        call = given(Notice.PLAYED, before, None)
        unheard = after is Consent.GRANTED and not told
        overruled = after is Consent.GRANTED and before in WITHHELD and source.value not in BY_THEMSELVES
        if unheard or overruled:
            with pytest.raises(ConsentRefused, match="allowed"):
                check_change(call, consent=after, told=told, source=source)
        else:
            check_change(call, consent=after, told=told, source=source)
