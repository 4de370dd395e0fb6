"""In which order rules are to be looked at, since some wait for others. Pure."""

from collections.abc import Sequence

from alerts.rule import Rule


def in_order(rules: Sequence[Rule]) -> tuple[Rule, ...]:
    """The rules, each behind those it waits for; else as they come."""
    by_id = {rule.rule_id: rule for rule in rules}
    done: dict[str, Rule] = {}

    def place(rule: Rule, waiting: frozenset[str]) -> None:
        for name in sorted(rule.waits_for - waiting):
            if name in by_id and name not in done:
                place(by_id[name], waiting | {name})
        done.setdefault(rule.rule_id, rule)

    for rule in rules:
        place(rule, frozenset({rule.rule_id}))
    return tuple(done.values())
