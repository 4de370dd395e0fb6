"""What is known of a call before it arrives."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType

from qa_monitor.telephony.credential import Credential
from streams.consent import Consent, Notice
from streams.records import CallId, CallStarted, Direction, Language, Speaker

_OTHER = {Speaker.CUSTOMER: Speaker.AGENT, Speaker.AGENT: Speaker.CUSTOMER}
_OPPOSITE = {Direction.INBOUND: Direction.OUTBOUND, Direction.OUTBOUND: Direction.INBOUND}


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """One announced call. What is none was not said: the start message or the route decides."""

    call_id: CallId
    by: Credential
    """Who announced it: its calls are counted there."""
    expires_at: datetime
    provider_id: str = ""
    """The provider's own id of the call or session, to know it by where no token can be sent."""
    tenant: str = "default"
    agent_id: str | None = None
    team: str | None = None
    language: Language | None = None
    direction: Direction | None = None
    channels: tuple[Speaker, ...] | None = None
    notice: Notice | None = None
    consent: Consent | None = None
    followed: bool = True
    """False: it was decided not to follow this call."""
    reason: str = ""
    """Why it is not followed."""
    metadata: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def filled_into(self, call: CallStarted, *, by_track: bool) -> CallStarted:
        """The call as it was announced, where that says more than its start message; it also wins over that.

        `by_track`: who is heard on a channel was concluded from the direction, and follows it.
        """
        return replace(
            call,
            call_id=self.call_id,
            tenant=self.tenant,
            team=call.team if self.team is None else self.team,
            agent_id=call.agent_id if self.agent_id is None else self.agent_id,
            direction=self.direction or call.direction,
            language=self.language or call.language,
            channels=self._channels(call, by_track=by_track),
            notice=self.notice or call.notice,
            consent=self.consent or call.consent,
            metadata=MappingProxyType({**call.metadata, **self.metadata}),
        )

    def _channels(self, call: CallStarted, *, by_track: bool) -> tuple[Speaker, ...]:
        if self.channels is not None and len(self.channels) == len(call.channels):
            return self.channels
        if not by_track or self.direction in (None, call.direction):
            return call.channels
        if self.direction is _OPPOSITE.get(call.direction):
            return tuple(_OTHER.get(speaker, speaker) for speaker in call.channels)
        # one of the two directions is unknown, and with it who is who
        return tuple(Speaker.UNKNOWN if speaker in _OTHER else speaker for speaker in call.channels)
