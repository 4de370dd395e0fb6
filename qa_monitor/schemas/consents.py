"""What the customer was told and answered."""

from datetime import datetime

from qa_monitor.schemas.shape import Shape
from streams.consent import Consent, ConsentSource, Notice


class ConsentJson(Shape):
    """What the customer was told and answered, once."""

    at: datetime
    at_s: float | None
    """On the call's audio clock; null once the call was over."""
    notice: Notice
    consent: Consent
    source: ConsentSource
    by: str
    reference: str
