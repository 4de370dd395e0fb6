"""Rules made ready for past calls: what is tested, and what it is compared with."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from alerts.files.document import read_document
from alerts.files.folders import files_at
from alerts.files.sources import Scope
from alerts.policy import AlertPolicy
from alerts.rule import Rule
from alerts.rulebook import RuleBook
from qa_monitor.backtest.pace import only_words
from qa_monitor.rules.loading import load_sets
from qa_monitor.rules.ruleset import RuleSet, Sets, a_set


def rules_in(paths: Iterable[Path]) -> tuple[str, ...]:
    """Ids of the rules that stand in these files and folders, whatever else they start from. Raises `RuleError`."""
    documents = [read_document(file) for path in paths for file in files_at(path)]
    written = [one.data["rules"] for one in documents if isinstance(one.data, dict) and "rules" in one.data]
    rules = [rule for each in written if isinstance(each, list) for rule in each if isinstance(rule, dict)]
    return tuple(dict.fromkeys(rule_id for rule in rules if isinstance(rule_id := rule.get("id"), str)))


class NoSuchRule(Exception):
    """A rule is to be tested that no file holds."""

    def __init__(self, unknown: Iterable[str], known: Iterable[str]) -> None:
        super().__init__(f"rule: found {', '.join(unknown)}; allowed: {', '.join(known)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """The rules for the calls of one scope with all that judging a call by them needs. Safe to share."""

    rules: RuleSet
    policy: AlertPolicy
    only_words: bool
    """No rule looks at anything but words said: a call without a hit leads to nothing, and time plays no part."""
    tested: frozenset[str]
    """Ids of the rules that count; the others are there because these wait for them."""

    @property
    def versions(self) -> tuple[tuple[str, str], ...]:
        """What tells these rules from others."""
        return tuple((rule.rule_id, rule.rule_version) for rule in self.rules.book.rules)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trials:
    """The rules for everybody, and for every tenant and team with rules of its own."""

    by_scope: Mapping[Scope, Trial]

    def scope(self, tenant: str, team: str) -> Scope:
        """The narrowest one that holds for the calls of this team."""
        call = Scope(tenant=tenant, team=team)
        covering = (one for one in self.by_scope if one.covers(call))
        return max(covering, key=lambda one: (bool(one.tenant), bool(one.team)))

    @property
    def rules(self) -> Mapping[str, Rule]:
        """Every rule that counts, by id; where scopes differ, as everybody has it."""
        found: dict[str, Rule] = {}
        for scope in sorted(self.by_scope, key=lambda one: (one.tenant, one.team)):
            trial = self.by_scope[scope]
            for rule in trial.rules.book.rules:
                if rule.rule_id in trial.tested:
                    found.setdefault(rule.rule_id, rule)
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """Where the rules are, so that every process can read them for itself."""

    new: tuple[Path, ...]
    """Files, and folders of files, in reading order."""
    old: tuple[Path, ...] | None = None
    """The rules they are compared with; none: nothing is compared."""
    only: tuple[str, ...] = ()
    """Ids of the rules that count; empty: all of the new ones."""

    def load(self, policy: AlertPolicy) -> tuple[Trials, Trials | None]:
        """Both, without rules that are not tested. Raises `RuleError`, or `NoSuchRule`."""
        new = load_sets(self.new).sets
        known = {rule.rule_id for one in new.values() for rule in one.book.rules}
        old = None if self.old is None else load_sets(self.old).sets
        if old is not None:
            known |= {rule.rule_id for one in old.values() for rule in one.book.rules if rule.rule_id in self.only}
        if unknown := set(self.only) - known:
            raise NoSuchRule(sorted(unknown), sorted(known))
        tested = frozenset(self.only) or frozenset(known)
        return _trials(new, tested, policy), None if old is None else _trials(old, tested, policy)


def _trials(sets: Sets, tested: frozenset[str], policy: AlertPolicy) -> Trials:
    return Trials(by_scope={scope: _trial(one.book, tested, policy) for scope, one in sets.items()})


def _trial(book: RuleBook, tested: frozenset[str], policy: AlertPolicy) -> Trial:
    """Drafts, good news and demoted rules are tried as if coaches were told of them."""
    needed = _needed(book, tested)
    rules = tuple(replace(rule, shadow=False, good_news=False) for rule in book.rules if rule.rule_id in needed)
    return Trial(
        rules=a_set(replace(book, rules=rules, demoted=frozenset())),
        policy=policy,
        only_words=all(only_words(rule.when) for rule in rules),
        tested=tested,
    )


def _needed(book: RuleBook, tested: frozenset[str]) -> frozenset[str]:
    """These rules and those they wait for, and so on."""
    waits = {rule.rule_id: rule.waits_for for rule in book.rules}
    needed: set[str] = set()
    left = [rule_id for rule_id in waits if rule_id in tested]
    while left:
        rule_id = left.pop()
        if rule_id not in needed:
            needed.add(rule_id)
            left.extend(waits.get(rule_id, ()))
    return frozenset(needed)
