"""What the customer was told and answered, to its JSON shape."""

from qa_monitor.records.consents import StoredConsent
from qa_monitor.schemas.consents import ConsentJson


def consent_json(said: StoredConsent) -> ConsentJson:
    """What the customer was told and answered, once."""
    return ConsentJson(
        at=said.at,
        at_s=said.at_s,
        notice=said.notice,
        consent=said.consent,
        source=said.source,
        by=said.by,
        reference=said.reference,
    )
