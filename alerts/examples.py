"""The sentences a rule says it fires on, and those it says it stays quiet on, put to the test. Pure.

An example is what one person says, or several turns: `customer: I want to leave. agent: May I ask why?`
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from alerts.combined import leaves
from alerts.conditions import AbsentAfter, AbsentAtEnd, PhraseAbsent, WordsSaid
from alerts.files.compiling import by_language
from alerts.files.given import words_alone
from alerts.files.problems import RuleProblem
from alerts.files.shape import Examples
from alerts.files.written import WrittenRule
from alerts.policy import AlertPolicy
from alerts.records import ScoredUtterance
from alerts.rule import Rule
from alerts.rulebook import RuleBook
from alerts.watching.findings import Findings
from keywords.matcher import Matcher
from streams.records import CallId, CallStarted, Language, Speaker, Utterance, UtteranceId

_TURN = re.compile(r"\b(customer|agent):\s*")
_TURN_S = 4.0
_SPOKEN_S = 3.0
_CALL = CallStarted(
    call_id=CallId("example"),
    channels=(Speaker.CUSTOMER, Speaker.AGENT),
    rate_hz=8000,
    started_at=datetime(2000, 1, 1, tzinfo=UTC),
    dialect="example",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleExamples:
    """Tries sentences on one rule; what it asks for besides words is taken as given."""

    rule: Rule
    """About words alone."""
    matcher: Matcher
    absence: bool
    """It fires where the words are not said."""
    speaker: Speaker
    """Who says what no turn assigns."""
    policy: AlertPolicy

    def fires(self, text: str, language: Language) -> bool:
        """Whether the rule comes true on what is said."""
        said = [(utterance, self.matcher.hits(utterance)) for utterance in turns(text, language, self.speaker)]
        if self.absence:
            return not any(hits for _, hits in said)
        findings = Findings(_CALL, self.policy)
        findings.adopt([self.rule])
        scored = (ScoredUtterance(utterance=utterance, hits=hits) for utterance, hits in said)
        return any(found.sure for one in scored for found in findings.final(one, one.utterance.end_s))


def rule_examples(rule: Rule, policy: AlertPolicy) -> RuleExamples | None:
    """What tries sentences on the rule; None where it asks for no words."""
    absence = isinstance(rule.when, PhraseAbsent | AbsentAfter | AbsentAtEnd)
    alone = rule.when if absence else words_alone(rule.when)
    if alone is None:
        return None
    about_words = replace(rule, when=alone)
    said = [leaf for leaf in leaves(alone) if isinstance(leaf, WordsSaid | PhraseAbsent | AbsentAfter | AbsentAtEnd)]
    return RuleExamples(
        rule=about_words,
        matcher=Matcher(about_words.word_rules),
        absence=absence,
        speaker=(said[0].speaker if said else None) or Speaker.CUSTOMER,
        policy=policy,
    )


def wrong_examples(book: RuleBook, policy: AlertPolicy | None = None) -> tuple[RuleProblem, ...]:
    """Every example that does not do as it says, in the order of the rules; those out of service are left out."""
    in_service = (written for written in book.written.values() if written.shape.enabled)
    return tuple(problem for written in in_service for problem in _wrong_in(written, policy or AlertPolicy()))


def turns(text: str, language: Language, speaker: Speaker) -> Iterator[Utterance]:
    """An example as finals, a few seconds apart. `speaker` says what stands before the first turn."""
    pieces = _TURN.split(text)
    spoken = [(speaker, pieces[0]), *zip(map(Speaker, pieces[1::2]), pieces[2::2], strict=True)]
    for number, (who, said) in enumerate((who, said.strip()) for who, said in spoken if said.strip()):
        start_s = number * _TURN_S
        yield Utterance(
            call_id=_CALL.call_id,
            utterance_id=UtteranceId(f"{number}"),
            speaker=who,
            channel=_CALL.channels.index(who) if who in _CALL.channels else 0,
            start_s=start_s,
            end_s=start_s + _SPOKEN_S,
            text=said,
            words=(),
            language=language,
            confidence=1.0,
            final=True,
            revision=1,
        )


def _wrong_in(written: WrittenRule, policy: AlertPolicy) -> Iterator[RuleProblem]:
    examples = written.shape.examples
    if examples is None:
        return
    trial = rule_examples(written.rule, policy)
    if trial is None:
        yield written.problem(("examples",), "examples", "none for a rule that asks for no words")
        return
    for kind, wanted in (("fires", True), ("quiet", False)):
        for language, position, text in _sentences(examples, kind):
            if trial.fires(text, language) is not wanted:
                path = ("examples", kind, language.value, position)
                does, should = ("stays quiet", "fires on") if wanted else ("fires", "stays quiet on")
                yield written.problem(path, f"{text!r}: the rule {does}", f"a sentence the rule {should}")


def _sentences(examples: Examples, kind: str) -> Iterator[tuple[Language, int, str]]:
    listed = examples.fires if kind == "fires" else examples.quiet
    by_tongue: dict[Language, Sequence[str]] = by_language(listed) if listed else {}
    for language, sentences in by_tongue.items():
        for position, text in enumerate(sentences):
            yield language, position, text
