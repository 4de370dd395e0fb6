"""The kept text of one call through the rules of today: no sound, no model. It blocks: run it off the event loop."""

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from alerts.policy import AlertPolicy
from qa_monitor.backtest.books import Trial
from qa_monitor.backtest.replay import Replay, openers
from qa_monitor.records.whole_calls import CallRecord
from qa_monitor.replay.difference import CallDifference, of_text
from qa_monitor.rules.ruleset import RuleSet
from qa_monitor.store.calls.past import SqlitePastCalls


def replay_text(data_dir: Path, source: CallRecord, rules: RuleSet, policy: AlertPolicy) -> CallDifference:
    """What today's rules find in what was kept of a call. Raises `StoreError`."""
    with closing(SqlitePastCalls(data_dir)) as past:
        records = list(past.records([source.call.call.call_id]))
    told = frozenset(rule.rule_id for rule in rules.book.rules if not (rule.shadow or rule.good_news))
    trial = Trial(rules=rules, policy=policy, only_words=False, tested=told)
    found = [Replay(record, trial, openers(), lambda utterance: True).outcome() for record in records]
    return of_text(source, found[0].told if found else (), _names(rules))


def _names(rules: RuleSet) -> Mapping[str, tuple[str, str, str, str]]:
    return {
        rule.rule_id: (rule.rule_version, rule.name_en, rule.name_fr, rule.priority.label) for rule in rules.book.rules
    }
