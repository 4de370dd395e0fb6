"""Calls that are over, put to scorecards: what is answered, what proves it, and what it comes to."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import pytest

from alerts.policy import AlertPolicy
from qa_monitor.backtest.replay import Openers, openers
from qa_monitor.demo.truth import CallTruth, bundled_calls
from qa_monitor.records.calls import BACKLOG, CallState, StoredCall
from qa_monitor.records.past import PastRecord
from qa_monitor.records.utterances import StoredUtterance
from qa_monitor.scorecards.binding import Bound, bind
from qa_monitor.scorecards.loading import STARTER_SCORECARD, check_text, load_scorecards
from qa_monitor.scorecards.records import Answer, AnswerValue, CallScore, ScoreState, Why
from qa_monitor.scorecards.scoring import score_call
from streams.records import Gap, GapReason, Language, Speaker, Utterance
from tests.qa_monitor.builders import a_score
from tests.qa_monitor.past import Past, a_final, a_past_call
from tests.qa_monitor.scorecard_builders import AT, NA, NO, YES
from tests.qa_monitor.scorecards.cards import CARD, book

AGENT, CUSTOMER = Speaker.AGENT, Speaker.CUSTOMER
UNANSWERED = AnswerValue.UNANSWERED
HELLO = (1.0, AGENT, "Bonjour, je m'appelle Karim")
ASKS = (4.0, CUSTOMER, "Oui bonjour c'est pour ma facture")


@cache
def how() -> Openers:
    return openers()


@cache
def bound_to(text: str) -> Bound:
    return bind([check_text(text, book())], book(), AlertPolicy())


@cache
def starter() -> Bound:
    return bind(load_scorecards([STARTER_SCORECARD], book()), book(), AlertPolicy())


def record_of(past: Past, *, blind: str | None = None) -> PastRecord:
    call = StoredCall(call=past.call, state=CallState.ENDED, duration_s=past.end_s, blind=blind)
    return PastRecord(call=call, utterances=tuple(StoredUtterance(utterance=one) for one in past.said), gaps=past.gaps)


def scored(past: Past, text: str = CARD, *, blind: str | None = None) -> CallScore:
    (score,) = score_call(record_of(past, blind=blind), bound_to(text), how(), AT)
    return score


def answers(score: CallScore) -> dict[str, Answer]:
    return {answer.question_id: answer for answer in score.answers}


def asking(question: str) -> str:
    """A scorecard of one question."""
    head = CARD[: CARD.index("      - id: greeting")]
    return head + "      - id: it\n        text: {en: It?, fr: Ceci ?}\n" + question


def only(past: Past, question: str, *, blind: str | None = None) -> Answer:
    return scored(past, asking(question), blind=blind).answers[0]


def test_answers_come_with_the_seconds_that_prove_them() -> None:
    """What a condition found, and, of what must be said, where it was said."""
    found = answers(scored(a_past_call("c1", HELLO, ASKS)))

    assert [found[name].value for name in ("greeting", "name", "tone")] == [YES, YES, UNANSWERED]
    for name, words in (("greeting", (1.0, 1.34)), ("name", (1.33, 2.0))):
        (span,) = found[name].spans
        assert span.utterance_ids == ("1-00001000",)
        assert (span.start_s, span.end_s) == pytest.approx(words, abs=0.02)
        assert 0.8 < (found[name].confidence or 0) <= 1
    assert (found["greeting"].rule_id, found["greeting"].by) == ("greeting_missing", "machine")


def test_a_question_that_fails_the_call_makes_it_nothing_and_what_depends_on_it_does_not_count() -> None:
    late = a_past_call("c1", (1.0, AGENT, "Numéro de dossier"), ASKS, (30.0, AGENT, "C'est noté"), end_s=60)
    score = scored(late)
    found = answers(score)

    assert (score.total, score.failed, score.state) == (0.0, True, ScoreState.MACHINE)
    assert (found["greeting"].value, found["greeting"].reason) == (NO, Why.FOUND)
    assert found["greeting"].spans
    assert (found["name"].value, found["name"].reason, found["name"].possible) == (NA, Why.CONDITION, 0)


def test_a_scorecard_is_for_some_calls_only() -> None:
    """By team and language; the language of a call announced without one is that most spoken in it."""
    south = a_past_call("c1", HELLO, ASKS, team="south")
    english = a_past_call("c2", (1.0, AGENT, "Hello this is Dana"), language=Language.EN)
    unsaid = a_past_call("c3", HELLO, ASKS)
    unsaid = replace(unsaid, call=replace(unsaid.call, language=None))

    assert score_call(record_of(south), bound_to(CARD), how(), AT) == ()
    assert score_call(record_of(english), bound_to(CARD), how(), AT) == ()
    assert len(score_call(record_of(unsaid), bound_to(CARD), how(), AT)) == 1


def test_a_blind_call_proves_only_what_was_found_in_it() -> None:
    """Where some of it is missing, nobody can say that something was not said."""
    words = "        when: {words: {speaker: agent, phrases: {fr: [je m'appelle]}}}\n"
    said, unsaid = a_past_call("c1", HELLO, ASKS), a_past_call("c2", (1.0, AGENT, "Bonjour"), ASKS)

    assert only(said, words, blind=BACKLOG).value is YES
    assert only(unsaid, words).value is NO
    assert (only(unsaid, words, blind=BACKLOG).value, only(unsaid, words, blind=BACKLOG).reason) == (
        UNANSWERED,
        Why.BLIND,
    )
    silent = a_past_call("c3", (1.0, AGENT, "Numéro de dossier"), ASKS, end_s=60)
    absent = "        rule: greeting_missing\n"
    assert (only(silent, absent).value, only(silent, absent, blind=BACKLOG).value) == (YES, UNANSWERED)
    assert only(a_past_call("c4"), words).value is UNANSWERED


def test_a_question_without_phrases_of_the_calls_language_is_left_to_people() -> None:
    english = "        when: {words: {speaker: agent, phrases: {en: [my name is]}}}\n"

    assert only(a_past_call("c1", HELLO, ASKS), english).reason == Why.LANGUAGE


def test_what_had_not_to_be_said_yet_does_not_count() -> None:
    """The call was over before; or what it follows did not happen."""
    short = a_past_call("c1", (1.0, AGENT, "Oui"), (2.0, CUSTOMER, "Oui"), end_s=5)
    notice = "        rule: recording_notice_missing\n        answer_if_found: no\n"
    follow = "absent: {speaker: agent, after: refund, within_s: 20, phrases: {fr: [un remboursement]}}"
    after = f"        when: {{{follow}}}\n        answer_if_found: no\n"
    asked = a_past_call(
        "c2", (1.0, CUSTOMER, "Je veux un remboursement"), (9.0, AGENT, "D'accord pour un remboursement"), end_s=90
    )

    assert (only(short, notice).value, only(short, notice).reason) == (NA, Why.NOT_DUE)
    assert only(a_past_call("c3", HELLO, ASKS), after).reason == Why.NOT_DUE
    assert (only(asked, after).value, len(only(asked, after).spans)) == (YES, 1)


def test_how_sure_an_answer_is_falls_with_what_was_not_received() -> None:
    """Of something not said: by the recogniser's confidence and the audio that is missing."""
    words = "        when: {words: {speaker: agent, phrases: {fr: [je m'appelle]}}}\n"
    whole = a_past_call("c1", (1.0, AGENT, "Bonjour"), ASKS)
    gap = Gap(call_id=whole.call.call_id, channel=0, start_s=20.0, duration_s=30.0, reason=GapReason.LOST)

    assert only(whole, words).confidence == pytest.approx(0.9)
    assert only(replace(whole, gaps=(gap,)), words).confidence == pytest.approx(0.9 * 0.75)


def test_rules_that_are_gone_or_have_come_to_judge_a_voice_answer_nothing() -> None:
    """A tenant's rules may change after the scorecard was checked."""
    ready = check_text(CARD, book())
    renamed = replace(book(), written={"recovery": book().written["recovery"]})
    voiced = replace(book(), written={**book().written, "greeting_missing": book().written["customer_anger"]})
    for rules, why in ((renamed, Why.NO_RULE), (voiced, Why.VOICE)):
        bound = bind([ready], rules, AlertPolicy())
        (score,) = score_call(record_of(a_past_call("c1", HELLO, ASKS)), bound, how(), AT)
        assert (score.answers[0].value, score.answers[0].reason) == (UNANSWERED, why)


def test_a_question_under_its_floor_is_left_to_people() -> None:
    past = record_of(a_past_call("c1", HELLO, ASKS))
    (score,) = score_call(past, bound_to(CARD), how(), AT, left_out={("support", "name")})

    assert (score.answers[1].value, score.answers[1].reason) == (UNANSWERED, Why.UNDER_FLOOR)


def test_a_voice_that_was_judged_changes_nothing() -> None:
    calm = record_of(a_past_call("c1", HELLO, ASKS))
    angry = replace(calm, utterances=tuple(replace(one, emotion=a_score(one.utterance)) for one in calm.utterances))

    assert score_call(angry, bound_to(CARD), how(), AT) == score_call(calm, bound_to(CARD), how(), AT)


def test_the_same_call_scores_the_same_again() -> None:
    past = a_past_call("c1", HELLO, ASKS)

    assert scored(past) == scored(past)


def record_of_demo(truth: CallTruth) -> PastRecord:
    """What a recogniser without a fault would have heard of a demo call."""
    past = a_past_call(truth.call_id, language=truth.language, team=truth.team, end_s=truth.duration_s)

    def heard(line_start_s: float, line_end_s: float, final: Utterance) -> Utterance:
        each_s = (line_end_s - line_start_s) / len(final.words)
        words = tuple(
            replace(word, start_s=line_start_s + place * each_s, end_s=line_start_s + (place + 1) * each_s)
            for place, word in enumerate(final.words)
        )
        return replace(final, end_s=line_end_s, words=words)

    said = (
        heard(line.start_s, line.end_s, a_final(past.call, line.start_s, line.speaker, line.text))
        for line in truth.utterances
    )
    return record_of(replace(past, said=tuple(said)))


OPENINGS = {
    # greeting, introduction, offer of help, identity checked
    "en-1-broadband-down": (YES, YES, YES, NO),
    "en-2-charged-twice": (YES, YES, YES, NO),
    "en-5-no-greeting": (NO, NO, NO, YES),
    "fr-1-box-en-panne": (YES, YES, YES, YES),
    "fr-2-prelevement-double": (YES, YES, YES, NO),
    "fr-5-sans-accueil": (NO, NO, NO, YES),
}
ASKED = ("greeting", "introduction", "offer_of_help", "identity_checked")
LISTENING = {"no_dead_air": ("en-4", "fr-4"), "no_talk_over": ("en-6", "fr-6")}
"""The calls in which these are answered no: as their truth says."""


def demo_scores() -> Sequence[tuple[CallTruth, CallScore]]:
    found = []
    for _, truth in bundled_calls():
        (score,) = score_call(record_of_demo(truth), starter(), how(), AT)
        found.append((truth, score))
    return found


def test_the_starter_scorecard_answers_as_the_demo_calls_say() -> None:
    """Greeting, introduction and identification as heard by ear; silence and talk-over as their truth says."""
    for truth, score in demo_scores():
        found = answers(score)
        if truth.call_id in OPENINGS:
            assert tuple(found[name].value for name in ASKED) == OPENINGS[truth.call_id], truth.call_id
        for name, calls in LISTENING.items():
            assert found[name].value is (NO if truth.call_id[:4] in calls else YES), (truth.call_id, name)
        assert found["right_answer"].reason == Why.MANUAL
        assert score.total is not None
        assert not score.failed


def test_every_no_of_the_starter_that_something_caused_can_be_listened_to() -> None:
    """A `no` that was found has seconds to play, in the call; and nothing is proved by nobody's words."""
    for truth, score in demo_scores():
        for answer in score.answers:
            if answer.reason == Why.FOUND:
                assert answer.spans, (truth.call_id, answer.question_id)
            assert all(0 <= span.start_s <= span.end_s <= truth.duration_s + 1 for span in answer.spans)
