"""A scorecard and scores for tests."""

from dataclasses import replace
from datetime import UTC, datetime

from qa_monitor.scorecards.adding import summed, valued
from qa_monitor.scorecards.records import (
    Answer,
    AnswerValue,
    CallScore,
    Question,
    Scorecard,
    ScoreId,
    ScoreState,
    Section,
    Span,
)
from streams.records import CallId, UtteranceId

AT = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
YES, NO, NA = AnswerValue.YES, AnswerValue.NO, AnswerValue.NA


def question(question_id: str, points: float = 1.0, *, auto_fail: bool = False) -> Question:
    return Question(question_id=question_id, text_en="Asked?", text_fr="Demandé ?", points=points, auto_fail=auto_fail)


CARD = Scorecard(
    scorecard_id="support",
    version="1a2b3c4d",
    name_en="Support",
    name_fr="Assistance",
    sections=(
        Section(
            section_id="opening",
            name_en="Opening",
            name_fr="Accueil",
            weight=1,
            questions=(question("greeting", 2), question("name", 1)),
        ),
        Section(
            section_id="rules",
            name_en="Compliance",
            name_fr="Conformité",
            weight=3,
            questions=(question("notice", 4, auto_fail=True), question("offer", 4)),
        ),
    ),
)


def score(score_id: str, *values: AnswerValue, call_id: str = "call-1", card: Scorecard = CARD) -> CallScore:
    """A machine's score with these answers, in the order of the scorecard."""
    answers = [
        valued(
            Answer(
                question_id=asked.question_id,
                section_id=section.section_id,
                value=value,
                confidence=0.9,
                spans=(Span(start_s=1.0, end_s=2.5, utterance_ids=(UtteranceId("u1"),)),),
                at=AT,
                rule_id="greeting_missing",
                rule_version="abcd1234",
            ),
            asked,
        )
        for (section, asked), value in zip(card.questions, values, strict=True)
    ]
    empty = CallScore(
        score_id=ScoreId(score_id),
        call_id=CallId(call_id),
        scorecard_id=card.scorecard_id,
        version=card.version,
        at=AT,
        total=None,
        state=ScoreState.MACHINE,
    )
    return summed(empty, card, answers)


def later_card() -> Scorecard:
    """The same scorecard in a later version, which asks no more for a name."""
    opening, rules = CARD.sections
    return replace(
        CARD, version="5e6f7a8b", sections=(replace(opening, questions=opening.questions[:1]), replace(rules, weight=1))
    )
