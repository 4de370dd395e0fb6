"""Conditions inside conditions, lists and references: what a file may say of them, and how it is told it may not."""

from pathlib import Path

import pytest

from alerts.combined import AllOf, AnyOf, InSequence, NoneOf, Repeated
from alerts.conditions import AbsentAfter, AbsentAtEnd, CallIs, Flowing, Measure, WordsSaid
from alerts.files.document import parse_document
from alerts.files.problems import RuleError, RuleProblem
from alerts.rule_order import in_order
from alerts.rulebook import rulebook_of
from alerts.windows import AfterRule, DuringHold, FirstSeconds, LastSeconds
from streams.records import Direction, Language
from tests.alerts.played import a_book, a_rule_text, words

SAID = words("cancel")
QUIET = "{silence: {longer_than_s: 5}}"


def problems_of(*rules: str, top: str = "") -> tuple[RuleProblem, ...]:
    with pytest.raises(RuleError) as caught:
        a_book(*rules, top=top)
    return caught.value.problems


def test_combined_conditions_are_read() -> None:
    """What the file says is what the rule looks for."""
    when = (
        f"{{all: [{SAID}, {QUIET}, {{none: [{SAID}], within_s: 9}}, {{none: [{SAID}]}}, "
        f"{{call: {{team: [care], direction: outbound, language: [fr], metadata: {{queue: gold}}}}}}], within_s: 30}}"
    )
    (rule,) = a_book(a_rule_text(when)).rules
    assert isinstance(rule.when, AllOf)

    assert [type(part).__name__ for part in rule.when.parts] == ["WordsSaid", "DeadAir"]
    assert [none.within_s for none in rule.when.unless] == [9.0, 30.0]
    assert isinstance(rule.when.unless[0], NoneOf)
    (call,) = rule.when.where
    assert call == CallIs(
        teams=frozenset({"care"}),
        direction=Direction.OUTBOUND,
        languages=frozenset({Language.FR}),
        metadata={"queue": "gold"},
    )
    assert [word_rule.part for word_rule in rule.word_rules] == [0, 2, 3]


def test_the_other_conditions_are_read() -> None:
    """Sequence, repetition, choice, measures, absence and windows."""
    other = a_rule_text(QUIET, rule_id="other")
    conditions = [
        f"{{sequence: {{steps: [{SAID}, {QUIET}], within_s: 60}}}}",
        "{repeated: {of: {phrases: {en: [hello]}}, times: 3, within_s: 60}}",
        f"{{any: [{SAID}, {QUIET}]}}",
        "{dynamics: {measure: talk_over_total_s, below: 5, for_s: 10, not_before_s: 60}}",
        "{absent: {speaker: agent, phrases: {en: [sorry]}, after: other, within_s: 30}}",
        "{absent: {speaker: agent, phrases: {en: [goodbye]}, last_s: 30}}",
    ]
    rules = [a_rule_text(when, rule_id=f"r{number}") for number, when in enumerate(conditions)]
    sequence, repeated, choice, flow, follows, closes = (rule.when for rule in a_book(other, *rules).rules[1:])

    assert isinstance(sequence, InSequence)
    assert sequence.within_s == 60.0
    assert isinstance(repeated, Repeated)
    assert (repeated.times, repeated.within_s) == (3, 60.0)
    assert isinstance(choice, AnyOf)
    measure = Measure.TALK_OVER_TOTAL_S
    assert flow == Flowing(measure=measure, limit=5.0, above=False, for_s=10.0, not_before_s=60.0)
    assert isinstance(follows, AbsentAfter)
    assert (follows.after, follows.within_s) == ("other", 30.0)
    assert isinstance(closes, AbsentAtEnd)
    assert closes.last_s == 30.0


@pytest.mark.parametrize(
    ("window", "read"),
    [
        ("{first_s: 30}", FirstSeconds(first_s=30.0)),
        ("{last_s: 30}", LastSeconds(last_s=30.0)),
        ("{after: other}", AfterRule(rule_id="other", within_s=None)),
        ("{after: other, within_s: 5}", AfterRule(rule_id="other", within_s=5.0)),
        ("{during_hold: true}", DuringHold()),
    ],
)
def test_windows_are_read(window: str, read: object) -> None:
    """One of four kinds."""
    rule = a_rule_text(words("cancel", more=f", window: {window}"))
    said = a_book(rule, a_rule_text(QUIET, rule_id="other")).rules[0].when

    assert isinstance(said, WordsSaid)
    assert said.window == read


@pytest.mark.parametrize(
    ("when", "field", "found", "allowed"),
    [
        (
            "{none: [" + SAID + "]}",
            ".none",
            "none by itself",
            "a condition that happens; none and call stand in an all",
        ),
        ("{call: {team: [a]}}", ".call", "call by itself", "a condition that happens"),
        ("{any: [{call: {team: [a]}}]}", ".any[0].call", "call by itself", "a condition that happens"),
        ("{all: [{none: [" + SAID + "]}]}", ".all", "only none and call", "at least one condition that happens"),
        ("{all: []}", ".all", "a list of 0", "a list that is not empty"),
        ("{all: [" + SAID + "], within_s: 0}", ".within_s", "0", "a number greater than 0"),
        ("{any: [" + SAID + "], within_s: 5}", "", "within_s beside any", "within_s only beside all or none"),
        (
            "{all: [" + SAID + ", " + QUIET + "], within_words: 3}",
            ".within_words",
            "fewer than two words",
            "at least two words in all",
        ),
        ("{sequence: {steps: [" + SAID + "]}}", ".sequence.steps", "a list of 1", "a list of at least 2"),
        (
            "{any: [{any: [{any: [{any: [" + SAID + "]}]}]}]}",
            ".any[0].any[0].any[0].any[0].words",
            "words at depth 4",
            "",
        ),
        ("{repeated: {of: {phrases: {en: [a b]}}, times: 1}}", ".repeated.times", "1", "a number of at least 2"),
        ("{dynamics: {measure: pace, above: 1}}", ".dynamics.measure", "'pace'", ""),
        ("{dynamics: {measure: silence_s}}", ".dynamics", "no limit", "exactly one of: above, below"),
        ("{dynamics: {measure: agent_talk_share, above: 80}}", ".dynamics", "above 80", "a share from 0 to 1"),
        ("{call: {}}", ".call", "nothing about the call", "at least one of: team, direction, language, metadata"),
        (words("a b", more=", window: {}"), ".words.window", "no window", "exactly one of: first_s, last_s"),
        (words("a b", more=", window: {first_s: 3, within_s: 2}"), ".words.window", "within_s beside first_s", ""),
        (
            words("a b", more=", window: {after: nobody}"),
            ".words.window.after",
            "'nobody'",
            "a rule that is in service",
        ),
        (words("a b", more=", window: {after: rule}"), ".words.window.after", "'rule'", "a rule that does not itself"),
        (words("a b", more=", certainty: 2"), ".words.certainty", "2", "a number of at most 1"),
        (words("a b", more=", negated: maybe"), ".words.negated", "'maybe'", "'ignore' or 'count'"),
        (
            words("go to <shops>"),
            ".words.phrases.en[0]",
            "'go to <shops>'",
            "a phrase that can be matched; there is no",
        ),
        (
            "{absent: {speaker: agent, phrases: {en: [hi]}}}",
            ".absent",
            "no deadline",
            "exactly one of: within_s, last_s",
        ),
        (
            "{absent: {speaker: agent, phrases: {en: [hi]}, last_s: 5, after: rule}}",
            ".absent",
            "after without within_s",
            "after only beside within_s",
        ),
        ("{all: [{wordz: {}}]}", ".all[0].wordz", "the field 'wordz'", "only: words, absent"),
    ],
)
def test_a_wrong_combination_is_named(when: str, field: str, found: str, allowed: str) -> None:
    """Field, what was found, and the beginning of what is allowed."""
    problem = problems_of(a_rule_text(when))[0]

    assert (problem.line, problem.field, problem.found) == (7, f"rules[0].when{field}", found)
    assert problem.allowed.startswith(allowed)


def test_conditions_nested_out_of_all_reason_are_refused() -> None:
    """Politely, whatever the depth."""
    for depth in (10, 100, 5000):
        assert problems_of(a_rule_text("{any: [" * depth + SAID + "]}" * depth))


def test_rules_that_wait_for_one_another_are_refused() -> None:
    """Neither could ever come true."""
    one = a_rule_text(words("a b", more=", window: {after: two}"), rule_id="one")
    two = a_rule_text(words("a b", more=", window: {after: one}"), rule_id="two")

    assert [problem.field for problem in problems_of(one, two)] == [
        "rules[0].when.words.window.after",
        "rules[1].when.words.window.after",
    ]


def test_rules_are_looked_at_behind_those_they_wait_for() -> None:
    """Else as they are written."""
    third = a_rule_text(words("a b", more=", window: {after: second}"), rule_id="third")
    second = a_rule_text(words("a b", more=", window: {after: first}"), rule_id="second")
    rules = a_book(third, second, a_rule_text(QUIET, rule_id="first"), a_rule_text(QUIET, rule_id="last")).rules

    assert [rule.rule_id for rule in in_order(rules)] == ["first", "second", "third", "last"]


def test_a_list_stands_for_its_entries_and_its_change_is_a_change_of_the_rule() -> None:
    """A rule that does not name it keeps its version."""
    plain, named = a_rule_text(SAID, rule_id="plain"), a_rule_text(words('"go to <shops>"'), rule_id="named")
    first = a_book(plain, named, top="lists: {shops: {en: [the other shop]}}\n")
    second = a_book(plain, named, top="lists: {shops: {en: [the corner store]}}\n")

    assert first.rules[1].word_rules[0].phrases.of(Language.EN)[0].written == "go to <shops>"
    assert first.rules[0].rule_version == second.rules[0].rule_version
    assert first.rules[1].rule_version != second.rules[1].rule_version


def test_a_wrong_list_is_named() -> None:
    """Its name, its language, its entries."""
    top = "lists:\n  'Big Shops':\n    en: [a shop]\n  ok:\n    en: ['a (b|c)']\n  odd: {de: [laden]}\n"
    assert [problem.field for problem in problems_of(a_rule_text(SAID), top=top)] == ["lists.odd.de"]

    both = problems_of(a_rule_text(SAID), top=top.replace("  odd: {de: [laden]}\n", ""))
    assert [(problem.line, problem.field) for problem in both] == [(2, "lists.Big Shops"), (5, "lists.ok.en[0]")]


def test_examples_and_description_are_no_part_of_a_version() -> None:
    """Adding a sentence to the tests of a rule makes it no other rule; a floor or shadow does."""
    more = "    description: {en: What for, fr: Pourquoi}\n    examples: {fires: {en: [cancel it]}}\n"
    plain, told = a_book(a_rule_text(SAID)).rules[0], a_book(a_rule_text(SAID, more=more)).rules[0]
    shadow = a_book(a_rule_text(SAID, more="    shadow: true\n    floor: 0.5\n")).rules[0]

    assert plain.rule_version == told.rule_version != shadow.rule_version
    assert (told.description_en, shadow.shadow, shadow.floor) == ("What for", True, 0.5)


def test_a_file_of_neither_rules_nor_lists_is_refused() -> None:
    """It would do nothing."""
    with pytest.raises(RuleError, match="neither rules nor lists"):
        rulebook_of([parse_document("tenant: acme\n", Path("rules.yaml"))])
