"""A call that is over, put to scorecards: the same replay as that of a back-test, then every question. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from alerts.combined import leaves
from alerts.conditions import Absence, AbsentAfter
from alerts.records import RedFlag
from alerts.rule import Rule
from qa_monitor.backtest.replay import Openers, Replay
from qa_monitor.records.past import PastRecord
from qa_monitor.scorecards.adding import summed, valued
from qa_monitor.scorecards.binding import Bound, Verbal
from qa_monitor.scorecards.hearing import Heard, Listened, listened, spans_of, speaker_of
from qa_monitor.scorecards.ready import About, Earlier, Found, Inquiry, Matter, Ready
from qa_monitor.scorecards.records import MACHINE, Answer, AnswerValue, CallScore, ScoreId, Span, Why
from streams.records import Language

_OPPOSITE = {AnswerValue.YES: AnswerValue.NO, AnswerValue.NO: AnswerValue.YES}
Left = Collection[tuple[str, str]]
"""Scorecards' questions, as ids, that the machine does not answer any more: people disagree with it too often."""


def score_call(
    record: PastRecord, bound: Bound, openers: Openers, now: datetime, left_out: Left = ()
) -> tuple[CallScore, ...]:
    """One score for each scorecard that is for this call. `bound`: with the rules of its team."""
    record = without_voice(record)
    heard, call = listened(record), record.call.call
    fitting = [one for one in bound.ready if one.audience.fits(call, heard.language)]
    if not fitting:
        return ()
    found = Heard()
    Replay(record, bound.trial, openers, lambda utterance: True).play(found)
    return tuple(_Asking(bound=bound, ready=one, heard=heard, found=found, now=now).score(left_out) for one in fitting)


def without_voice(record: PastRecord) -> PastRecord:
    """The call as if no voice in it had been judged: nothing of that may reach a score, whatever rules may ask."""
    said = tuple(replace(one, emotion=None) if one.emotion is not None else one for one in record.utterances)
    return replace(record, utterances=said)


def score_id(record: PastRecord, ready: Ready, now: datetime) -> ScoreId:
    """A name no other score has: a call is scored once at one moment."""
    return ScoreId(f"{record.call.call.call_id}:{ready.scorecard.scorecard_id}:{now.timestamp():.6f}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What the machine says of one question."""

    value: AnswerValue
    why: Why
    confidence: float | None = None
    spans: tuple[Span, ...] = ()
    rule: Rule | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asking:
    """One scorecard put to one call."""

    bound: Bound
    ready: Ready
    heard: Listened
    found: Heard
    now: datetime
    answers: dict[str, Answer] = field(default_factory=dict)
    """So far, by question."""

    def score(self, left_out: Left) -> CallScore:
        scorecard, record = self.ready.scorecard, self.heard.record
        for inquiry in self.ready.inquiries:
            question_id = inquiry.question.question_id
            told = self._told(inquiry, under_floor=(scorecard.scorecard_id, question_id) in left_out)
            self.answers[question_id] = valued(self._answer(inquiry, told), inquiry.question)
        empty = CallScore(
            score_id=score_id(record, self.ready, self.now),
            call_id=record.call.call.call_id,
            scorecard_id=scorecard.scorecard_id,
            version=scorecard.version,
            at=self.now,
            total=None,
        )
        return summed(empty, scorecard, tuple(self.answers.values()))

    def _answer(self, inquiry: Inquiry, told: _Told) -> Answer:
        return Answer(
            question_id=inquiry.question.question_id,
            section_id=inquiry.section.section_id,
            value=told.value,
            confidence=told.confidence,
            spans=told.spans,
            by=MACHINE,
            reason=told.why.value,
            at=self.now,
            rule_id=None if told.rule is None else told.rule.rule_id,
            rule_version=None if told.rule is None else told.rule.rule_version,
        )

    def _told(self, inquiry: Inquiry, *, under_floor: bool) -> _Told:
        if self._excluded(inquiry):
            return _Told(value=AnswerValue.NA, why=Why.CONDITION)
        if inquiry.by is None:
            return _Told(value=AnswerValue.UNANSWERED, why=Why.MANUAL)
        if under_floor:
            return _Told(value=AnswerValue.UNANSWERED, why=Why.UNDER_FLOOR)
        told = self._looked(inquiry.by)
        if told.value not in _OPPOSITE or inquiry.if_found is AnswerValue.YES:
            return told
        return replace(told, value=_OPPOSITE[told.value])

    def _excluded(self, inquiry: Inquiry) -> bool:
        """Not for this call: where it cannot be told, it is asked."""
        if inquiry.only_if is not None and self._holds(inquiry.only_if) is False:
            return True
        return inquiry.unless is not None and self._holds(inquiry.unless) is True

    def _holds(self, matter: Matter) -> bool | None:
        """None: it cannot be told."""
        match matter:
            case About(call=facts):
                return facts.holds(self.heard.record.call.call, self.heard.language)
            case Earlier(question_id=question_id, value=value):
                return self.answers[question_id].value is value
            case _:
                told = self._looked(matter)
                return told.value is AnswerValue.YES if told.value in _OPPOSITE else None

    def _looked(self, found: Found) -> _Told:
        """`yes` where it is in the call, `no` where it is not."""
        if found.rule_id in self.bound.missing:
            return _Told(value=AnswerValue.UNANSWERED, why=self.bound.missing[found.rule_id])
        rule = self.bound.rules[found.rule_id]
        if not speaks(rule, self.heard.language):
            return _Told(value=AnswerValue.UNANSWERED, why=Why.LANGUAGE, rule=rule)
        flags = self.found.found(rule.rule_id)
        if not self.heard.complete and (not flags or is_absence(rule)):
            return _Told(value=AnswerValue.UNANSWERED, why=Why.BLIND, rule=rule)
        return self._found(rule, flags) if flags else self._not_found(rule)

    def _found(self, rule: Rule, flags: Sequence[RedFlag]) -> _Told:
        certainties = [self.heard.of_flag(flag) for flag in flags]
        confidence = self.heard.certainty(speaker_of(rule)) if is_absence(rule) else max(certainties)
        return _Told(value=AnswerValue.YES, why=Why.FOUND, confidence=confidence, spans=spans_of(flags), rule=rule)

    def _due(self, absence: Absence) -> bool:
        """What it had to follow happened; else it had to be said in every call."""
        return not isinstance(absence, AbsentAfter) or bool(self.found.found(absence.after))

    def _not_found(self, rule: Rule) -> _Told:
        said = self.found.said(rule)
        if isinstance(rule.when, Absence) and not (said and self._due(rule.when)):
            return _Told(value=AnswerValue.NA, why=Why.NOT_DUE, rule=rule)
        confidence = max(self.heard.of_hit(hit) for hit in said) if said else self.heard.certainty(speaker_of(rule))
        spans = tuple(self.heard.span_of(hit) for hit in said)
        return _Told(value=AnswerValue.NO, why=Why.NOT_FOUND, confidence=confidence, spans=spans, rule=rule)


def is_absence(rule: Rule) -> bool:
    """Whether it comes true by something that was not said."""
    return any(isinstance(leaf, Absence) for leaf in leaves(rule.when))


def speaks(rule: Rule, language: Language | None) -> bool:
    """Whether it knows any phrase of this language, or needs none."""
    verbal = [leaf for leaf in leaves(rule.when) if isinstance(leaf, Verbal) and not getattr(leaf, "cues", ())]
    return not verbal or language is None or any(leaf.phrases.of(language) for leaf in verbal)
