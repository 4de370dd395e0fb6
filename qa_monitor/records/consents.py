"""What the customer was told and answered, as kept."""

from dataclasses import dataclass
from datetime import datetime

from streams.consent import Consent, ConsentSource, Notice


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredConsent:
    """What the customer was told and answered, once."""

    at: datetime
    at_s: float | None
    """On the call's audio clock; none once the call was over."""
    notice: Notice
    consent: Consent
    source: ConsentSource
    by: str
    reference: str
