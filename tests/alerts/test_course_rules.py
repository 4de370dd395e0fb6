"""Rules about the course of a call: upset for a while, recovered, getting tense; and news that interrupts nobody."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from alerts.engine import CallWatch
from alerts.files.document import parse_document
from alerts.files.problems import RuleError
from alerts.policy import AlertPolicy
from alerts.records import Decision, FlagState, HoldReason, ScoredUtterance
from alerts.rulebook import STARTER_RULES, RuleBook, load_rulebook, rulebook_of
from alerts.voiced import tells_of_voice
from alerts.watching.course import KNOWN_FOR_S
from keywords.matcher import Matcher
from sentiment.course import CourseWatch
from sentiment.records import Emotion
from tests.alerts.builders import a_call, a_score, an_utterance, some_dynamics
from tests.alerts.played import a_book, a_rule_text

EVERY_S, LONG_S = 5.0, 2.0
CALM, UPSET = 0.05, 0.95


class Customer:
    """A customer whose voice is upset with these probabilities, every five seconds, before some rules."""

    def __init__(self, book: RuleBook) -> None:
        self.watch = CallWatch(a_call(), book, AlertPolicy())
        self.course = CourseWatch()
        self.now_s = 0.0

    def says(self, value: float) -> Decision:
        utterance = an_utterance("that is how it is", start_s=self.now_s)
        rest = (1 - value) / 2
        shares = dict(zip(Emotion, (value, 0.0, rest, rest), strict=True))
        score = replace(a_score(utterance, anger=value), probabilities=shares)
        scored = ScoredUtterance(utterance=utterance, emotion=score, course=self.course.heard(utterance, score))
        self.now_s += EVERY_S
        return self.watch.on_final(scored, utterance.end_s)

    def speaks(self, values: Sequence[float]) -> list[Decision]:
        return [self.says(value) for value in values]

    def waits(self, seconds: float) -> list[Decision]:
        """Nobody says anything; looked at every half second."""
        found = []
        for _ in range(int(seconds * 2)):
            self.now_s += 0.5
            found.append(self.watch.on_dynamics(some_dynamics(self.now_s)))
        return found


def rule(course: str, *, more: str = "", priority: str = "low") -> str:
    return a_rule_text(f"{{course: {course}}}", priority=priority, more=more)


def told(decisions: Sequence[Decision]) -> list[int]:
    """At which of these something was told."""
    return [number for number, decision in enumerate(decisions) if decision.told]


def test_upset_for_a_while_is_told_once_it_has_lasted() -> None:
    """Neither at the first upset utterances nor again and again."""
    customer = Customer(a_book(rule("{is: upset, for_s: 20}")))
    decisions = customer.speaks([CALM] * 4 + [UPSET] * 12)
    places = told(decisions)

    assert len(places) == 1
    (flag,) = decisions[places[0]].told
    assert flag.end_s - flag.start_s >= 20
    assert [measured.name for measured in flag.evidence.measured] == ["course_level", "course_lasted_s"]
    assert "several utterances" in flag.evidence.explanation_en
    assert "plusieurs phrases" in flag.evidence.explanation_fr


def test_it_lasts_while_nobody_speaks_but_not_for_ever() -> None:
    """Time counts as well; long after the last words nobody knows how the customer is."""
    short, long = (Customer(a_book(rule(f"{{is: upset, for_s: {for_s}}}"))) for for_s in (20, 20 + KNOWN_FOR_S + 20))
    for customer in (short, long):
        assert not told(customer.speaks([CALM] * 3 + [UPSET] * 4))

    assert told(short.waits(30))
    assert not told(long.waits(200))


def test_who_grows_tense_is_told_before_being_upset() -> None:
    """A warning that comes first."""
    book = a_book(rule("{is: rising}"), a_rule_text("{course: {is: upset}}", rule_id="upset"))
    decisions = Customer(book).speaks([0.1, 0.1, 0.2, 0.3, 0.4, 0.5, 0.55, 0.65, 0.75, 0.85, 0.9, 0.9])
    ids = [flag.rule_id for decision in decisions for flag in decision.told]

    assert ids == ["rule", "upset"]


def test_one_upset_utterance_tells_nothing() -> None:
    """Whatever the rule asks for."""
    book = a_book(
        rule("{is: rising}"),
        *(a_rule_text(f"{{course: {{is: {sign}}}}}", rule_id=sign) for sign in ("upset", "recovered")),
    )

    assert not told(Customer(book).speaks([CALM] * 6 + [1.0] + [CALM] * 8))


def test_a_recovery_is_told_once() -> None:
    """At the fourth calm utterance in a row, with when the customer was upset."""
    customer = Customer(a_book(rule("{is: recovered}")))
    decisions = customer.speaks([CALM] * 3 + [UPSET] * 5 + [CALM] * 12)
    places = told(decisions)

    assert len(places) == 1
    (flag,) = decisions[places[0]].told
    assert "calm again" in flag.evidence.explanation_en
    assert flag.start_s >= 8 * EVERY_S


def test_good_news_is_held_and_interrupts_nobody() -> None:
    """Kept as a note, with the reason."""
    customer = Customer(a_book(rule("{is: recovered}", more="    kind: good_news\n")))
    decisions = customer.speaks([UPSET] * 5 + [CALM] * 10)
    held = [held for decision in decisions for held in decision.held]

    assert not told(decisions)
    assert [one.reason for one in held] == [HoldReason.GOOD_NEWS]


def test_a_combined_rule_knows_the_course() -> None:
    """Upset, and words."""
    when = "{all: [{course: {is: upset}}, {words: {phrases: {en: [how it is]}}}], within_s: 30}"
    book = a_book(a_rule_text(when))
    customer = Customer(book)
    customer.speaks([CALM] * 3 + [UPSET] * 6)
    utterance = an_utterance("that is how it is", start_s=customer.now_s)
    hits = Matcher(book.word_rules).hits(utterance)
    decision = customer.watch.on_final(ScoredUtterance(utterance=utterance, hits=hits), utterance.end_s)

    assert [flag.rule_id for flag in decision.told] == ["rule"]


def test_forgetting_the_voice_ends_the_flags_that_rest_on_it() -> None:
    """They are over and say nothing of it any more; the rules begin anew."""
    book = a_book(
        rule("{is: upset}"),
        a_rule_text("{emotion: {is: anger, at_least: 0.6, utterances: 2, of_last: 3}}", rule_id="angry"),
    )
    customer = Customer(book)
    before = [flag for decision in customer.speaks([CALM] * 3 + [UPSET] * 6) for flag in decision.told]
    over = customer.watch.forget_voice(customer.now_s).told

    assert {flag.rule_id for flag in before} == {"rule", "angry"}
    assert all(tells_of_voice(flag.evidence) for flag in before)
    assert {flag.flag_id for flag in over} == {flag.flag_id for flag in before}
    assert {flag.state for flag in over} == {FlagState.RESOLVED}
    assert not any(tells_of_voice(flag.evidence) or flag.evidence.explanation_en for flag in over)
    assert not told(customer.waits(60))
    assert customer.watch.forget_voice(customer.now_s).told == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (rule("{is: recovered, for_s: 5}"), "for_s beside is: recovered"),
        (rule("{is: upset}", more="    kind: good_news\n", priority="high"), "good_news of high priority"),
        (rule("{is: angry}"), "'angry'"),
        (rule("{is: upset, for_s: -1}"), "-1"),
    ],
)
def test_what_cannot_be_is_refused(text: str, found: str) -> None:
    """In words, on its line."""
    with pytest.raises(RuleError, match=found):
        rulebook_of([parse_document(f"rules:\n{text}", Path("rules.yaml"))])


def test_the_starter_rule_of_recovery_is_good_news() -> None:
    """Lowest priority, and told to nobody."""
    rules = {rule.rule_id: rule for rule in load_rulebook([STARTER_RULES]).rules}

    assert rules["recovery"].good_news
    assert not any(rule.good_news for rule_id, rule in rules.items() if rule_id != "recovery")
