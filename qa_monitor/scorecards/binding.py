"""Scorecards and the rules in force for some calls, made one: what these calls are listened to for. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from alerts.conditions import AbsentAfter, AbsentAtEnd, PhraseAbsent, WordsSaid
from alerts.files.problems import RuleProblem
from alerts.files.references import wrong_references
from alerts.policy import AlertPolicy
from alerts.rule import Rule
from alerts.rulebook import RuleBook
from keywords.matcher import Matcher
from qa_monitor.backtest.books import Trial
from qa_monitor.backtest.pace import only_words
from qa_monitor.rules.ruleset import RuleSet
from qa_monitor.scorecards.ready import Ready
from qa_monitor.scorecards.records import Why
from qa_monitor.scorecards.voiceless import ALLOWED, voiced_rules

Verbal = WordsSaid | PhraseAbsent | AbsentAfter | AbsentAtEnd


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """Scorecards with the rules of one tenant and team. Safe to share between calls."""

    ready: tuple[Ready, ...]
    trial: Trial
    rules: Mapping[str, Rule]
    """All that is listened for, by id."""
    missing: Mapping[str, Why]
    """Rules that scorecards ask and that cannot be asked, and why."""


def bind(ready: Sequence[Ready], book: RuleBook, policy: AlertPolicy) -> Bound:
    """What has to be listened for, and nothing else. A rule counts also where it is out of service or tried out."""
    known = {rule_id: written.rule for rule_id, written in book.written.items()}
    own = {written.rule.rule_id: written.rule for one in ready for written in one.own}
    voiced = voiced_rules({**known, **own})
    asked = {named.rule_id for one in ready for named in one.named}
    missing = {rule_id: Why.NO_RULE for rule_id in asked - known.keys()}
    missing |= dict.fromkeys((asked | own.keys()) & voiced, Why.VOICE)
    wanted = _with_waited(((asked & known.keys()) | own.keys()) - voiced, {**known, **own})
    lost = {rule_id for rule_id in own if own[rule_id].waits_for - known.keys()}
    missing |= dict.fromkeys(lost - voiced, Why.NO_RULE)
    rules = {rule_id: _plain({**known, **own}[rule_id]) for rule_id in sorted(wanted - lost)}
    trial = Trial(
        rules=_set(replace(book, rules=tuple(rules.values()), demoted=frozenset())),
        policy=policy,
        only_words=all(only_words(rule.when) for rule in rules.values()),
        tested=frozenset(rules),
    )
    return Bound(ready=tuple(ready), trial=trial, rules=rules, missing=missing)


def wrong_bindings(ready: Ready, book: RuleBook) -> Iterator[RuleProblem]:
    """Every rule it names that is not there, or that judges a voice."""
    known = {rule_id: written.rule for rule_id, written in book.written.items()}
    voiced = voiced_rules(known)
    for named in ready.named:
        if named.rule_id not in known:
            allowed = f"a rule: {', '.join(sorted(known.keys() - voiced))}"
            yield ready.document.problem(named.path, repr(named.rule_id), allowed)
        elif named.rule_id in voiced:
            yield ready.document.problem(named.path, f"{named.rule_id!r}, which judges a voice", ALLOWED)
    for written in ready.own:
        rule_id = written.rule.rule_id
        others = {name: other for name, other in book.written.items() if name != rule_id}
        yield from (
            problem for problem in wrong_references({**others, rule_id: written}) if problem.file == ready.document.file
        )
        if heard := sorted(written.rule.waits_for & voiced):
            found = f"a condition that waits for {', '.join(heard)}, which judges a voice"
            yield ready.document.problem((*written.path, "when"), found, ALLOWED)


def _set(book: RuleBook) -> RuleSet:
    """Nothing is sought in audio: the call is over."""
    return RuleSet(book=book, matcher=Matcher(book.word_rules))


def _plain(rule: Rule) -> Rule:
    """Holds nothing back: whether it came true is all that counts."""
    return replace(rule, inhibits=(), shadow=False, good_news=False)


def _with_waited(wanted: set[str], rules: Mapping[str, Rule]) -> set[str]:
    """These and all they wait for, and so on."""
    found: set[str] = set()
    left = list(wanted)
    while left:
        rule_id = left.pop()
        if rule_id not in found and rule_id in rules:
            found.add(rule_id)
            left.extend(rules[rule_id].waits_for)
    return found
