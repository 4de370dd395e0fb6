"""What somebody says the customer was told and answered, held against what is known of the call. Pure."""

from dataclasses import dataclass, replace
from types import MappingProxyType

from sentiment.policy import TOLD
from sentiment.profile import CONSENT_BY, check_change
from streams.consent import Consent, ConsentSource, Notice
from streams.records import CallStarted, ConsentChanged


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentAsked:
    """As it is said. A notice that was given stays given: only the first counts."""

    consent: Consent
    source: ConsentSource
    notice: Notice = Notice.NONE
    by: str = ""
    reference: str = ""

    def applied_to(self, call: CallStarted) -> CallStarted:
        """The call with it. Raises `ConsentRefused` for what cannot be."""
        notice = call.notice if call.notice in TOLD else self.notice
        check_change(call, consent=self.consent, told=notice in TOLD, source=self.source)
        metadata = MappingProxyType({**call.metadata, CONSENT_BY: self.source.value})
        return replace(call, notice=notice, consent=self.consent, metadata=metadata)

    def change(self, call: CallStarted, at_s: float | None) -> ConsentChanged:
        """What follows from it. `call`: with it; `at_s`: on its audio clock, none once it is over."""
        return ConsentChanged(
            call_id=call.call_id,
            at_s=at_s,
            notice=call.notice,
            consent=call.consent,
            source=self.source,
            by=self.by,
            reference=self.reference,
        )
