"""In which calls of an installation the customer's voice is judged: narrower than the law's line, never wider. Pure.

The line itself is in `policy.py` and no profile moves it: the agent never, the customer only with notice and consent.
"""

from enum import StrEnum

from sentiment.policy import emotion_allowed
from streams.consent import Consent, ConsentSource
from streams.records import CallStarted

CONSENT_BY = "consent_by"
"""Where a call's metadata says who gave the consent, as a `ConsentSource`."""
BY_THEMSELVES = frozenset({ConsentSource.IVR.value, ConsentSource.KEYPAD.value})
"""The customer acted, and nobody for them."""


class EmotionProfile(StrEnum):
    """What an operator may choose."""

    OFF = "off"
    """No voice is judged at all."""
    CUSTOMER_AFTER_CONSENT = "customer_after_consent"
    """The customer's, once they were told and consent is recorded, whoever recorded it."""
    CUSTOMER_AFTER_OWN_ACT = "customer_after_own_act"
    """The customer's, once they were told and have switched it on themselves, in a voice menu or by a key."""

    def allows(self, call: CallStarted) -> bool:
        """Whether the customer's voice in this call may be judged here and now."""
        match self:
            case EmotionProfile.OFF:
                return False
            case EmotionProfile.CUSTOMER_AFTER_CONSENT:
                return emotion_allowed(call)
            case EmotionProfile.CUSTOMER_AFTER_OWN_ACT:
                return emotion_allowed(call) and call.metadata.get(CONSENT_BY) in BY_THEMSELVES


class ConsentRefused(ValueError):
    """What is said of a customer's consent cannot be. Says what was found and what is allowed."""


WITHHELD = frozenset({Consent.REFUSED, Consent.OBJECTED})
"""The customer does not want it."""


def check_change(call: CallStarted, *, consent: Consent, told: bool, source: ConsentSource) -> None:
    """Raises `ConsentRefused` for a change that cannot be. `told`: the customer has been told, before or with it.

    Consent needs a notice before it; and what the customer has withheld, only the customer gives.
    """
    if consent is Consent.GRANTED and not told:
        raise ConsentRefused(
            "consent: found granted without notice; allowed: notice played or contract, with it or before"
        )
    if consent is Consent.GRANTED and call.consent in WITHHELD and source.value not in BY_THEMSELVES:
        allowed = " or ".join(sorted(BY_THEMSELVES))
        raise ConsentRefused(f"source: found {source} after {call.consent}; allowed: {allowed}, the customer's own act")
