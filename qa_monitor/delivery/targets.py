"""Where flags are sent, and which: the policy alone, no network."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, tzinfo
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path

from alerts.records import Priority
from qa_monitor.delivery.records import DeliveryEvent, FlagChange

Network = IPv4Network | IPv6Network
EVERY_DAY = frozenset(range(7))


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """When a target wants to hear: on these days (0: Monday), from one local time until before another.

    Where `until` is not after `since`, the stretch goes over midnight. The same time twice is the whole day.
    """

    days: frozenset[int] = EVERY_DAY
    since: time = time.min
    until: time = time.min
    zone: tzinfo = UTC

    def hold(self, at: datetime) -> bool:
        """Whether this moment lies within."""
        local = at.astimezone(self.zone)
        if local.weekday() not in self.days:
            return False
        now = local.time()
        if self.since < self.until:
            return self.since <= now < self.until
        return now >= self.since or now < self.until


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which changes a target wants. What is empty is not asked for."""

    events: frozenset[DeliveryEvent] = frozenset(DeliveryEvent)
    rules: frozenset[str] = frozenset()
    least_priority: Priority = Priority.LOW
    teams: frozenset[str] = frozenset()
    tenants: frozenset[str] = frozenset()
    hours: Hours = Hours()

    def passes(self, change: FlagChange) -> bool:
        """Whether this change is wanted."""
        flag = change.stored.flag
        return (
            change.event in self.events
            and flag.priority >= self.least_priority
            and _among(flag.rule_id, self.rules)
            and _among(change.stored.team, self.teams)
            and _among(change.tenant, self.tenants)
            and self.hours.hold(change.at)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One system that is told of flags."""

    name: str
    url: str = field(repr=False)
    """May hold a token of the other side: never logged."""
    secrets: tuple[bytes, ...] = field(repr=False)
    """Each signs; more than one while a secret is being changed."""
    wanted: Filter = Filter()
    words: bool = False
    """Whether the words that raised a flag are sent."""
    networks: tuple[Network, ...] = ()
    """Networks beside the public internet to which it may be sent."""
    attempts: int = 20
    """After so many it is given up."""
    ca_file: Path | None = None
    """Whose certificates are believed; none: the usual authorities."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Targets:
    """Everything an operator configured for delivery."""

    every: tuple[Target, ...] = ()
    link: str | None = None
    """How people reach the service, for links; none: no links."""

    def wanting(self, change: FlagChange) -> Sequence[str]:
        """The names of the targets that want to hear of a change."""
        return [target.name for target in self.every if target.wanted.passes(change)]


def _among(value: str, wanted: frozenset[str]) -> bool:
    return not wanted or value in wanted
