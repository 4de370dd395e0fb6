"""Verdicts as the store keeps them to the rules in force."""

from qa_monitor.rules.port import Verdicts
from qa_monitor.rules.precision import below_since
from qa_monitor.rules.rulesets import RuleSets
from qa_monitor.rules.standing import Standing


async def weigh(store: Verdicts, rules: RuleSets) -> None:
    """Judge all rules by coaches' verdicts as they stand now. Raises `StoreError`."""
    async with rules.judging:
        rules.weigh(await store.verdict_counts())
        rules.standing = await _standing(store, rules)


async def _standing(store: Verdicts, rules: RuleSets) -> Standing:
    floors = rules.in_force.floors
    below = [(tenant, rule) for tenant, demoted in rules.all_demoted.items() for rule in demoted if rule in floors]
    return Standing(
        demoted_since={
            (tenant, rule): below_since(await store.said(rule, tenant), floors[rule]) for tenant, rule in below
        },
        restored={(one.tenant, (one.rule_id, one.rule_version)): one for one in await store.restored()},
    )
