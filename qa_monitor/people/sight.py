"""Whose calls somebody may see. Pure. Where it is in doubt, nothing is seen."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from qa_monitor.people.records import Account, Directory, Role, TeamKey
from streams.records import CallId


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """The teams somebody may see, among the teams there are. Calls of no known team are shown to `unassigned`."""

    every: bool = False
    """All calls: nothing is left out."""
    teams: frozenset[TeamKey] = frozenset()
    known: frozenset[TeamKey] = frozenset()
    """Every team that is set up, closed ones included."""
    unassigned: bool = False
    """Whether calls of a team that nobody set up are shown too, within the tenants of the own teams."""
    blind: frozenset[CallId] = frozenset()
    """Calls whose scores they must not learn yet: to them as if these were not scored. See `reviews.blinding`."""

    def sees(self, tenant: str | None, teams: Iterable[str]) -> bool:
        """Whether a call of this tenant, which was with these teams, is shown. None: the tenant is not known."""
        if self.every:
            return True
        if tenant is None:
            return False
        keys = {TeamKey(tenant, team) for team in teams}
        assigned = keys & self.known
        return bool(assigned & self.teams) if assigned else self.sees_unassigned(tenant)

    def sees_unassigned(self, tenant: str) -> bool:
        """Whether calls of this tenant that belong to no team are shown: also where the tenant has no team at all."""
        if not self.unassigned:
            return self.every
        return any(team.tenant == tenant for team in self.teams) or all(team.tenant != tenant for team in self.known)


EVERYTHING = Sight(every=True)
NOTHING = Sight()


def sight_of(account: Account, directory: Directory, now: datetime, *, everyone: bool) -> Sight:
    """What this account may see now: its teams, and those of coaches it stands in for.

    `everyone`: calls of no known team are shown to every coach, else to QA leads alone.
    """
    if account.disabled or not account.roles & {Role.COACH, Role.QA_LEAD}:
        return NOTHING
    if account.every_team:
        return EVERYTHING
    stood_in_for = [
        directory.accounts[cover.absent]
        for cover in directory.covers.values()
        if cover.covering == account.account_id and cover.holds(now) and cover.absent in directory.accounts
    ]
    covered = [team for absent in stood_in_for for team in (directory.teams if absent.every_team else absent.teams)]
    return Sight(
        teams=account.teams | frozenset(covered),
        known=frozenset(directory.teams),
        unassigned=everyone or Role.QA_LEAD in account.roles,
    )
