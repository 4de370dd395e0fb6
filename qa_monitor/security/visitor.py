"""Who asks, as every route sees them."""

from dataclasses import dataclass

from alerts.records import CoachId
from qa_monitor.people.records import Account, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Someone who was let in."""

    name: str
    """For the log of changes, and for what they do to flags; never a secret."""
    roles: frozenset[Role]
    account: Account | None = None
    """None: the operator, who gave the access token or sits at an open machine, and sees everything."""
    must_change: bool = False
    """Logged in with a password that was handed out: good for nothing but choosing another one."""

    @property
    def coach_id(self) -> CoachId:
        """The name under which they take flags on."""
        return CoachId(self.name)

    def signed(self, name: str) -> str:
        """Who did it: name and account, for two people may have one name; the operator says whose."""
        if self.account is None:
            return name
        own, account_id = self.account.name, self.account.account_id
        return f"{own} ({account_id})" if own and own != account_id else account_id


EVERY_ROLE = frozenset({Role.COACH, Role.QA_LEAD, Role.ADMIN})
OPERATOR = Visitor(name="console", roles=EVERY_ROLE)
"""Whoever gives the access token, or anybody where the service is open to its own machine."""


def visitor_of(account: Account, *, must_change: bool) -> Visitor:
    """Someone who logged in with name and password."""
    roles = frozenset() if must_change else account.roles
    return Visitor(name=account.account_id, roles=roles, account=account, must_change=must_change)
