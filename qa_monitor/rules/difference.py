"""What differs between two rule books, rule by rule. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

from alerts.rule import Rule
from alerts.rulebook import RuleBook

SETTLED = frozenset({"rule_id", "rule_version"})
"""The id names the rule, and its version says only that something changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedRule:
    """A rule in both books that is not the same in both."""

    rule_id: str
    fields: tuple[str, ...]
    """What changed, by the names of `Rule`; empty where only how it is written did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Rules by id, each list in order of the ids."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[ChangedRule, ...] = ()

    @property
    def empty(self) -> bool:
        """Nothing differs."""
        return not (self.added or self.removed or self.changed)


def difference(old: RuleBook, new: RuleBook) -> Difference:
    """What becomes of `old` when `new` takes its place."""
    before = {rule.rule_id: rule for rule in old.rules}
    after = {rule.rule_id: rule for rule in new.rules}
    return Difference(
        added=tuple(sorted(after.keys() - before.keys())),
        removed=tuple(sorted(before.keys() - after.keys())),
        changed=tuple(
            ChangedRule(rule_id=rule_id, fields=tuple(_changed(before[rule_id], after[rule_id])))
            for rule_id in sorted(before.keys() & after.keys())
            if before[rule_id].rule_version != after[rule_id].rule_version
        ),
    )


def _changed(before: Rule, after: Rule) -> Iterator[str]:
    names = (one.name for one in fields(Rule))
    return (name for name in names if name not in SETTLED and getattr(before, name) != getattr(after, name))
