"""What made calls score by the starter scorecard: what rules answer follows the call's flags, what a condition of its
own answers is thrown by dice, better for some agents than for others. Pure.

A seeded call is not put to the scorecard as a live one is: that would take longer than to make it. Scoring it once more
gives the machine's real answers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from random import Random

from alerts.records import FlagState, RedFlag
from alerts.rule import Rule
from qa_monitor.rules.ruleset import RuleSet
from qa_monitor.scorecards.adding import summed, worth
from qa_monitor.scorecards.hearing import spans_of
from qa_monitor.scorecards.loading import STARTER_SCORECARD, load_scorecards
from qa_monitor.scorecards.ready import About, Earlier, Inquiry, Matter, Named, Ready
from qa_monitor.scorecards.records import MACHINE, Answer, AnswerValue, CallScore, ScoreId, Span, Why
from qa_monitor.seed.records import AGENT, Spoken, SpokenLine
from streams.records import CallStarted

AFTER_END = timedelta(seconds=3)
"""From the end of a call to its score."""
SKILL = (0.62, 0.97)
"""How often an agent does what a question asks, from the worst to the best."""
UNSURE = (0.7, 0.97)
HOLD_MATTERS_S = 5.0
_OPPOSITE = {AnswerValue.YES: AnswerValue.NO, AnswerValue.NO: AnswerValue.YES}


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The starter scorecard with the rules it asks. Safe to share."""

    ready: Ready
    rules: Mapping[str, Rule]


def starter_card(ruleset: RuleSet) -> Card:
    """The one that comes with the product, over these rules."""
    (ready,) = load_scorecards((STARTER_SCORECARD,), ruleset.book)
    known = {rule_id: written.rule for rule_id, written in ruleset.book.written.items()}
    return Card(ready=ready, rules=known | {written.rule.rule_id: written.rule for written in ready.own})


def scored(call: CallStarted, said: Spoken, flags: Mapping[str, list[RedFlag]], card: Card, dice: Random) -> CallScore:
    """One score. `flags`: what rules told of the call and did not take back, by rule."""
    at = call.started_at + timedelta(seconds=said.end_cs / 100) + AFTER_END
    asking = _Asking(
        call=call,
        said=said,
        flags=flags,
        card=card,
        dice=dice,
        skill=_skill(call.tenant, call.agent_id),
        at=at,
        answers={},
    )
    for inquiry in card.ready.inquiries:
        asking.answers[inquiry.question.question_id] = asking.answer(inquiry)
    scorecard = card.ready.scorecard
    empty = CallScore(
        score_id=ScoreId(f"{call.call_id}:{scorecard.scorecard_id}:{at.timestamp():.6f}"),
        call_id=call.call_id,
        scorecard_id=scorecard.scorecard_id,
        version=scorecard.version,
        at=at,
        total=None,
    )
    return summed(empty, scorecard, tuple(asking.answers.values()))


def told_flags(flags: tuple[RedFlag, ...]) -> dict[str, list[RedFlag]]:
    """Flags as they stand, by rule; those taken back are left out."""
    found: dict[str, list[RedFlag]] = {}
    for flag in flags:
        if flag.state is not FlagState.WITHDRAWN:
            found.setdefault(flag.rule_id, []).append(flag)
    return found


@cache
def _skill(tenant: str, agent_id: str) -> float:
    """The same for an agent in all calls."""
    return Random(f"skill/{tenant}/{agent_id}").uniform(*SKILL)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asking:
    """The scorecard put to one call."""

    call: CallStarted
    said: Spoken
    flags: Mapping[str, list[RedFlag]]
    card: Card
    dice: Random
    skill: float
    at: datetime
    answers: dict[str, Answer]
    """So far, by question."""

    def answer(self, inquiry: Inquiry) -> Answer:
        if not self._counts(inquiry):
            return self._of(inquiry, AnswerValue.NA, Why.CONDITION)
        if inquiry.by is None:
            return self._of(inquiry, AnswerValue.UNANSWERED, Why.MANUAL)
        rule = self.card.rules[inquiry.by.rule_id]
        spans: tuple[Span, ...] = ()
        if isinstance(inquiry.by, Named):
            spans = spans_of(self.flags.get(rule.rule_id, ()))
        elif (self.dice.random() < self.skill) is (inquiry.if_found is AnswerValue.YES):
            spans = self._somewhere()
        found = AnswerValue.YES if spans else AnswerValue.NO
        value = found if inquiry.if_found is AnswerValue.YES else _OPPOSITE[found]
        return self._of(inquiry, value, Why.FOUND if spans else Why.NOT_FOUND, spans, rule)

    def _counts(self, inquiry: Inquiry) -> bool:
        wanted, unless = inquiry.only_if, inquiry.unless
        return (wanted is None or self._holds(wanted)) and (unless is None or not self._holds(unless))

    def _holds(self, matter: Matter) -> bool:
        match matter:
            case About(call=facts):
                return facts.holds(self.call, self.call.language)
            case Earlier(question_id=question_id, value=value):
                return self.answers[question_id].value is value
            case Named(rule_id=rule_id):
                return rule_id in self.flags
            case _:
                # the starter scorecard has no condition of its own but that somebody was put on hold
                return sum(end - start for start, end in self.said.holds) > 100 * HOLD_MATTERS_S

    def _somewhere(self) -> tuple[Span, ...]:
        """Something the agent said; in the first half, where most of what is asked for belongs."""
        own: list[SpokenLine] = [line for line in self.said.lines if line.channel == AGENT]
        if not own:
            return ()
        line = own[int(self.dice.random() * (len(own) + 1) / 2)]
        return (Span(start_s=line.start_cs / 100, end_s=line.end_cs / 100, utterance_ids=(line.utterance_id,)),)

    def _of(
        self,
        inquiry: Inquiry,
        value: AnswerValue,
        why: Why,
        spans: tuple[Span, ...] = (),
        rule: Rule | None = None,
    ) -> Answer:
        points, possible = worth(inquiry.question, value)
        low, high = UNSURE
        return Answer(
            question_id=inquiry.question.question_id,
            section_id=inquiry.section.section_id,
            value=value,
            points=points,
            possible=possible,
            confidence=None if rule is None else round(low + (high - low) * self.dice.random(), 3),
            spans=spans,
            by=MACHINE,
            reason=why.value,
            at=self.at,
            rule_id=None if rule is None else rule.rule_id,
            rule_version=None if rule is None else rule.rule_version,
        )
