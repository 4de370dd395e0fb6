"""The sentences of a rule are put to the test, each named where it does not do as it says."""

import pytest

from alerts.examples import wrong_examples
from alerts.rulebook import STARTER_RULES, load_rulebook
from tests.alerts.played import a_book, a_rule_text, words

CANCEL, OFFER = words("to cancel"), words("special offer", speaker="agent")
QUIET = "{silence: {longer_than_s: 5}}"


def wrong(when: str, fires: str = "", quiet: str = "") -> list[str]:
    """The fields of the examples that do not hold."""
    kinds = [f"{kind}: {{en: [{text}]}}" for kind, text in (("fires", fires), ("quiet", quiet)) if text]
    book = a_book(a_rule_text(when, more=f"    examples: {{{', '.join(kinds)}}}\n"))
    return [problem.field for problem in wrong_examples(book)]


@pytest.mark.parametrize(
    ("when", "fires", "quiet"),
    [
        (CANCEL, "I want to cancel", "I do not want to cancel"),
        (CANCEL, "'customer: I want to cancel'", "'agent: do you want to cancel'"),
        (words("to cancel", more=", window: {last_s: 9}"), "I want to cancel", "hello"),
        (f"{{all: [{CANCEL}, {QUIET}, {{call: {{team: [a]}}}}]}}", "I want to cancel", "hello"),
        (f"{{any: [{CANCEL}, {QUIET}]}}", "I want to cancel", "hello"),
        (
            f"{{all: [{CANCEL}, {{none: [{OFFER}]}}]}}",
            "I want to cancel",
            "'agent: a special offer. customer: I want to cancel'",
        ),
        (
            f"{{sequence: {{steps: [{OFFER}, {CANCEL}]}}}}",
            "'agent: a special offer. customer: I want to cancel'",
            "'customer: I want to cancel. agent: a special offer'",
        ),
        (
            "{repeated: {of: {phrases: {en: [call me]}}, times: 2}}",
            "'customer: call me. agent: yes. customer: call me'",
            "call me",
        ),
        ("{absent: {speaker: agent, phrases: {en: [hello]}, within_s: 20}}", "'agent: what is it'", "'agent: hello'"),
    ],
)
def test_examples_are_tried_as_they_are_meant(when: str, fires: str, quiet: str) -> None:
    """All hold as written, and none the other way round."""
    assert wrong(when, fires, quiet) == []
    assert wrong(when, quiet, fires) == ["rules[0].examples.fires.en[0]", "rules[0].examples.quiet.en[0]"]


def test_the_message_says_what_the_rule_does() -> None:
    """File, line and field first, like every other mistake."""
    more = "    examples:\n      fires:\n        en:\n          - I want to leave\n"
    (problem,) = wrong_examples(a_book(a_rule_text(CANCEL, more=more)))

    assert str(problem) == (
        "rules.yaml:10: rules[0].examples.fires.en[0]: found 'I want to leave': the rule stays quiet; "
        "allowed: a sentence the rule fires on"
    )


def test_a_rule_without_words_can_have_no_examples() -> None:
    """Nothing in a sentence could show it."""
    assert wrong(QUIET, "anything") == ["rules[0].examples"]


def test_a_rule_out_of_service_is_left_out() -> None:
    """It is not in force, nor are its sentences."""
    more = "    enabled: false\n    examples: {fires: {en: [nothing]}}\n"

    assert wrong_examples(a_book(a_rule_text(CANCEL, more=more))) == ()


def test_every_example_of_the_product_holds() -> None:
    """In both languages."""
    assert [str(problem) for problem in wrong_examples(load_rulebook([STARTER_RULES]))] == []
