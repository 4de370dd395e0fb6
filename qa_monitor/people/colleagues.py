"""Whose names somebody may learn: of those who sign what they get to see. Pure."""

from qa_monitor.people.records import Account, Directory, Role, TeamKey
from qa_monitor.people.sight import Sight


def colleagues(account: Account | None, directory: Directory, sight: Sight) -> tuple[Account, ...]:
    """Accounts that coach, lead or belong to a team in sight; closed ones too, for what they signed is kept.

    Agents learn of those who coach and lead their own team; administrators and the operator, of everybody.
    """
    everyone = tuple(directory.accounts.values())
    if sight.every or account is None or Role.ADMIN in account.roles:
        return everyone
    own = _team_of(account, directory)
    coached = sight.teams if own is None else sight.teams | {own}
    return tuple(
        one
        for one in everyone
        if one == account or one.every_team or one.teams & coached or _team_of(one, directory) in sight.teams
    )


def _team_of(account: Account, directory: Directory) -> TeamKey | None:
    """Which team's agent this account is; none: of no agent, or of one without a team."""
    agent = None if account.agent is None else directory.agents.get(account.agent)
    return None if agent is None else agent.team
