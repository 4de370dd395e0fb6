"""Where flags are sent, and which: the policy alone, no network."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, tzinfo
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path

from alerts.records import Priority
from qa_monitor.delivery.notices import Notice, is_wanted
from qa_monitor.delivery.records import DeliveryEvent, Event, FlagChange, News
from streams.records import Language

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
    """Which changes a target wants. What is empty is not asked for. Rules and priority are asked of flags alone."""

    events: frozenset[Event] = frozenset(DeliveryEvent)
    rules: frozenset[str] = frozenset()
    least_priority: Priority = Priority.LOW
    teams: frozenset[str] = frozenset()
    tenants: frozenset[str] = frozenset()
    hours: Hours = Hours()

    def passes(self, news: News) -> bool:
        """Whether this is wanted."""
        return (
            news.event in self.events
            and (is_wanted(news, self.teams) if isinstance(news, Notice) else self._takes(news))
            and _among(news.tenant, self.tenants)
            and self.hours.hold(news.at)
        )

    def _takes(self, change: FlagChange) -> bool:
        flag = change.stored.flag
        return (
            flag.priority >= self.least_priority
            and _among(flag.rule_id, self.rules)
            and _among(change.stored.team, self.teams)
        )


class TargetKind(StrEnum):
    """Who is told, and in what way."""

    WEBHOOK = "webhook"
    """A system: a signed post."""
    MAIL = "mail"
    SLACK = "slack"
    TEAMS = "teams"


class Security(StrEnum):
    """How the way to a mail server is kept secret."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"
    """Not at all: only inside the house."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """How mail leaves, and for whom."""

    host: str
    port: int
    security: Security
    sender: str
    to: tuple[str, ...]
    user: str | None = None
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One system, or some people, that are told of flags."""

    name: str
    kind: TargetKind = TargetKind.WEBHOOK
    url: str = field(default="", repr=False)
    """May hold a token of the other side: never logged. Empty for mail."""
    secrets: tuple[bytes, ...] = field(default=(), repr=False)
    """Each signs; more than one while a secret is being changed. Only of webhooks."""
    mailbox: Mailbox | None = field(default=None, repr=False)
    """Only of mail."""
    language: Language = Language.EN
    """In which people are told."""
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
    files: tuple[Path, ...] = ()
    """What was read besides: secrets and certificates."""

    def wanting(self, news: News) -> Sequence[str]:
        """The names of the targets that want to hear of it."""
        return [target.name for target in self.every if target.wanted.passes(news)]


def _among(value: str, wanted: frozenset[str]) -> bool:
    return not wanted or value in wanted
