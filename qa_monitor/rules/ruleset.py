"""The rules of one team, ready to be used by its calls."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Protocol

from alerts.files.sources import Scope
from alerts.rulebook import RuleBook, demoting
from keywords.matcher import Matcher
from keywords.sought.seeker import Seeker
from streams.records import Speaker

RuleVersion = tuple[str, str]
"""Id and version of a rule: verdicts on one say nothing of the next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet:
    """A rule book with its matcher. Safe to share between calls."""

    book: RuleBook
    matcher: Matcher
    seekers: Mapping[Speaker, Seeker] = field(default_factory=lambda: MappingProxyType({}))
    """What has the audio asked about phrases that either side may have said."""


EVERYBODY = Scope()
Sets = Mapping[Scope, RuleSet]
"""A set for everybody, and for every tenant and team with rules of its own."""


class RulesInForce(Protocol):
    """What a call asks: cheap, from any thread, and again before every utterance, for rules change."""

    def of(self, tenant: str, team: str) -> RuleSet:
        """The rules for calls of this team now, with what of them is demoted: the same object until that changes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedRules:
    """One set for all calls, for ever."""

    rules: RuleSet

    def of(self, tenant: str, team: str) -> RuleSet:
        """The set."""
        return self.rules


def fixed(book: RuleBook) -> FixedRules:
    """One book for all calls."""
    return FixedRules(rules=a_set(book))


def a_set(book: RuleBook) -> RuleSet:
    """A book with the matcher made for it, and with what seeks its phrases."""
    rules = book.word_rules
    matcher = Matcher(rules)
    seekers = {side: Seeker(matcher, rules, side) for side in (Speaker.CUSTOMER, Speaker.AGENT)}
    return RuleSet(book=book, matcher=matcher, seekers=MappingProxyType(seekers))


def set_of(sets: Sets, tenant: str, team: str) -> RuleSet:
    """The set of the narrowest scope that holds for the calls of this team."""
    call = Scope(tenant=tenant, team=team)
    return sets[max((one for one in sets if one.covers(call)), key=lambda one: (bool(one.tenant), bool(one.team)))]


def demoting_set(found: RuleSet, demoted: frozenset[RuleVersion]) -> RuleSet:
    """The set with those of its rules kept from coaches that are among these; itself where none is."""
    versions = {(rule.rule_id, rule.rule_version) for rule in found.book.rules}
    rule_ids = frozenset(rule_id for rule_id, _ in versions & demoted)
    return replace(found, book=demoting(found.book, rule_ids)) if rule_ids else found
