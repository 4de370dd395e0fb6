"""Who is at the other end of a connection of telephony."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """Whoever may begin calls, as far as they have shown it: a token, a log-in, a signature."""

    name: str
    """For the log and for counting calls; never a secret."""
    tenant: str | None = None
    """The only tenant whose calls it may begin and act on; none: any."""
    max_calls: int | None = None
    """Calls at once; none: no limit of its own."""
    calls_per_minute: int | None = None
    """New calls within a minute; none: no limit of its own."""
    prefix: str | None = None
    """Of the tenant's token behind it, which may be revoked meanwhile; none: there is none."""
    ticket: str | None = field(default=None, repr=False)
    """The one-time token of an announced call, where it was shown before the call began."""

    def may_act_for(self, tenant: str) -> bool:
        """Whether calls of this tenant are its business."""
        return self.tenant is None or self.tenant == tenant


OPEN = Credential(name="this machine")
"""Anybody, where the service is open to its own machine."""
INSTALLATION = Credential(name="installation")
"""The ingest token made at the first start."""
PEOPLE = Credential(name="people")
"""Whoever is logged in or sends the access token."""
