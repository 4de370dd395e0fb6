"""A wrong rule file is refused with file, line, field, what was found and what is allowed."""

from pathlib import Path
from typing import get_args

import pytest

from alerts.files.problems import RuleError, RuleProblem
from alerts.files.shape_words import CueName
from alerts.rulebook import load_rulebook
from tests.alerts.rule_texts import DYNAMICS, GOOD

CONDITIONS = (
    "words, absent, silence, talk_over, emotion, course, cue, polarity, "
    "dynamics, call, all, any, none, sequence, repeated"
)
TOP = "extends, tenant, team, lists, rules"
CUES = ", ".join(get_args(CueName))


def problems_of(tmp_path: Path, text: str | bytes) -> tuple[RuleProblem, ...]:
    file = tmp_path / "rules.yaml"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    with pytest.raises(RuleError) as caught:
        load_rulebook([file])
    assert {problem.file for problem in caught.value.problems} == {file}
    return caught.value.problems


def test_the_message_reads_as_a_person_would_say_it(tmp_path: Path) -> None:
    """File, line and field first, so that an editor can jump there."""
    (problem,) = problems_of(tmp_path, GOOD.replace("180", "-5"))

    assert str(problem) == f"{tmp_path}/rules.yaml:8: rules[0].deadline_s: found -5; allowed: a number greater than 0"


@pytest.mark.parametrize(
    "row",
    [
        ("180", "0", 8, "rules[0].deadline_s", "0", "a number greater than 0"),
        ("180", "soon", 8, "rules[0].deadline_s", "'soon'", "a number"),
        ("180", "0,5", 8, "rules[0].deadline_s", "'0,5'", "a number"),
        ("180", "true", 8, "rules[0].deadline_s", "true", "a number"),
        ("180", "", 8, "rules[0].deadline_s", "nothing", "a number"),
        ("    deadline_s: 180\n", "", 2, "rules[0].deadline_s", "nothing", "this field is required"),
        ("priority: medium", "priority: urgent", 4, "rules[0].priority", "'urgent'", "'high', 'medium' or 'low'"),
        (
            "speaker: customer",
            "window: {during_hold: off}",
            11,
            "rules[0].when.words.window.during_hold",
            "'off'",
            "true",
        ),
        (
            "    deadline_s: 180",
            "\tdeadline_s: 180",
            8,
            "",
            r"character '\t' that cannot start any token",
            "valid YAML",
        ),
        ("id: refund", "id: Refund!", 2, "rules[0].id", "'Refund!'", "small letters, digits and _"),
        ("      fr: Aider l'agent\n", "", 5, "rules[0].action.fr", "nothing", "this field is required"),
        ("fr: Aider l'agent", "fr: ' '", 7, "rules[0].action.fr", "' '", "text that is not empty"),
        (
            "fr: Aider l'agent",
            "fr: 12",
            7,
            "rules[0].action.fr",
            "12",
            "text (a number or true as text goes in quotes)",
        ),
        (
            "speaker: customer",
            "speaker: robot",
            11,
            "rules[0].when.words.speaker",
            "'robot'",
            "'customer' or 'agent'",
        ),
        (
            "speaker: customer",
            "speeker: customer",
            11,
            "rules[0].when.words.speeker",
            "the field 'speeker'",
            "only: speaker, phrases, window, negated, reported, certainty",
        ),
        (
            "    priority",
            "    colour: red\n    priority",
            4,
            "rules[0].colour",
            "the field 'colour'",
            "only: id, enabled, name, description, kind, priority, action, deadline_s, when, inhibits, repeat_after_s, "
            "floor, shadow, examples",
        ),
        ("en: [refund]", "en: []", 13, "rules[0].when.words.phrases.en", "a list of 0", "a list that is not empty"),
        ("en: [refund]", "en: refund", 13, "rules[0].when.words.phrases.en", "'refund'", "a list"),
        ("en: [refund]", "de: [geld]", 13, "rules[0].when.words.phrases.de", "the field 'de'", "only: en, fr"),
        (
            "- rembourser",
            "- ''",
            16,
            "rules[0].when.words.phrases.fr[1]",
            "''",
            "text that is not empty",
        ),
        (
            "deadline_s: 180",
            "deadline_s: 180\n    deadline_s: 60",
            9,
            "rules[0].deadline_s",
            "it a second time, first on line 8",
            "each field once",
        ),
        ("- rembourser", "- !secret rembourser", 16, "rules[0].when.words.phrases.fr[1]", "the tag !secret", "no tags"),
        (
            "name: {en: Asks",
            "name: &a {x: 1}\n    again: *a\n    other: {en: Asks",
            4,
            "rules[0].again",
            "an alias (*)",
            "the value written out",
        ),
        (
            "    when:",
            "    ? [a, b]\n    : 1\n    when:",
            9,
            "rules[0]",
            "a list or mapping as a field name",
            "a word as a field name",
        ),
        (
            "    when:",
            "    inhibits: [nobody]\n    when:",
            9,
            "rules[0].inhibits[0]",
            "'nobody'",
            "a rule of lower priority: there is none",
        ),
        ("    when:", "    repeat_after_s: 0\n    when:", 9, "rules[0].repeat_after_s", "0", "a number greater than 0"),
        ("    when:", "    enabled: maybe\n    when:", 9, "rules[0].enabled", "'maybe'", "true or false"),
    ],
)
def test_a_wrong_field_is_named_with_its_line(tmp_path: Path, row: tuple[str, str, int, str, str, str]) -> None:
    """Everything needed to put it right is in the message. Old text, new text, then line, field, found, allowed."""
    old, new, *expected = row
    assert old in GOOD
    problem = problems_of(tmp_path, GOOD.replace(old, new, 1))[0]

    assert [problem.line, problem.field, problem.found, problem.allowed] == expected


@pytest.mark.parametrize(
    ("condition", "field", "found", "allowed"),
    [
        ("{}", "", "no condition", f"exactly one of: {CONDITIONS}"),
        (
            "{silence: {longer_than_s: 15}, talk_over: {longer_than_s: 3}}",
            "",
            "silence and talk_over",
            f"exactly one of: {CONDITIONS}",
        ),
        (
            "{silense: {longer_than_s: 15}}",
            ".silense",
            "the field 'silense'",
            f"only: {CONDITIONS}, within_s, within_words",
        ),
        ("{silence: {longer_than_s: .inf}}", ".silence.longer_than_s", "'.inf'", "a number"),
        ("{cue: {is: rage}}", ".cue.is", "'rage'", f"a list with some of: {CUES}"),
        ("{cue: {is: []}}", ".cue.is", "a list of 0", f"a list with some of: {CUES}"),
        ("{cue: {}}", ".cue.is", "nothing", f"this field is required: a list with some of: {CUES}"),
        ("{cue: rage}", ".cue", "'rage'", "fields, each on its line: is, window, certainty"),
        ("{call: {language: fr}}", ".call.language", "'fr'", "a list with some of: fr, en"),
        ("{call: {team: north}}", ".call.team", "'north'", "a list"),
        ("{course: {}}", ".course.is", "nothing", "this field is required: 'upset', 'rising' or 'recovered'"),
        ("{silence: 15}", ".silence", "15", "fields, each on its line: longer_than_s"),
        ("{words: {phrases: {}}}", ".words.phrases", "no language", "phrases under en, fr or both"),
        (
            "{absent: {phrases: {en: [hi]}, within_s: 5}}",
            ".absent.speaker",
            "nothing",
            "this field is required: 'customer' or 'agent'",
        ),
        (
            "{emotion: {is: joy, at_least: 0.6, utterances: 3, of_last: 4}}",
            ".emotion.is",
            "'joy'",
            "'anger' or 'distress'",
        ),
        (
            "{emotion: {is: anger, at_least: 60, utterances: 3, of_last: 4}}",
            ".emotion.at_least",
            "60",
            "a number of at most 1",
        ),
        (
            "{emotion: {is: anger, at_least: 0.6, utterances: 1, of_last: 4}}",
            ".emotion.utterances",
            "1",
            "a number of at least 2",
        ),
        (
            "{emotion: {is: anger, at_least: 0.6, utterances: 2.5, of_last: 4}}",
            ".emotion.utterances",
            "2.5",
            "a whole number",
        ),
        (
            "{emotion: {is: anger, at_least: 0.6, utterances: 3, of_last: 2}}",
            ".emotion",
            "of_last 2",
            "of_last of at least utterances (3)",
        ),
    ],
)
def test_a_wrong_condition_is_named_with_its_line(
    tmp_path: Path, condition: str, field: str, found: str, allowed: str
) -> None:
    """Exactly one condition, complete and within bounds."""
    problem = problems_of(tmp_path, DYNAMICS.replace("when:", f"when: {condition}"))[0]

    expected = (9, f"rules[0].when{field}", found, allowed)
    assert (problem.line, problem.field, problem.found, problem.allowed) == expected


@pytest.mark.parametrize(
    ("text", "line", "found", "allowed"),
    [
        ("", 1, "nothing", f"fields, each on its line: {TOP}"),
        ("- a\n- b\n", 1, "a list of 2", f"fields, each on its line: {TOP}"),
        ("rules:\n  - id: [a\n", 3, "expected ',' or ']', but got '<stream end>'", "valid YAML"),
        ("rules: []\n---\nrules: []\n", 2, "but found another document", "valid YAML"),
        (b"rules:\n  - id: \xff\n", 2, "the byte 0xff", "text saved as UTF-8"),
        ("rules:\n  - id: \x00\n", 2, "the character U+0000", "printable text"),
        ("rules: " + "[" * 5000 + "]" * 5000, 1, "lists or fields nested hundreds deep", "the fields of a rule file"),
    ],
)
def test_a_file_that_is_no_rule_file_is_refused(
    tmp_path: Path, text: str | bytes, line: int, found: str, allowed: str
) -> None:
    """Whatever the file holds, there is one clear sentence."""
    (problem,) = problems_of(tmp_path, text)

    assert (problem.line, problem.field, problem.found, problem.allowed) == (line, "", found, allowed)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """A typing error in a path does not mean an empty rule book."""
    with pytest.raises(RuleError) as caught:
        load_rulebook([tmp_path / "nowhere.yaml"])

    assert "nowhere.yaml:1: found No such file or directory" in str(caught.value)


def test_an_unusable_phrase_is_named_on_its_line(tmp_path: Path) -> None:
    """What the phrase compiler refuses, the rule file points at."""
    (problem,) = problems_of(tmp_path, GOOD.replace("- rembourser", "- remb*ourser"))

    assert (problem.line, problem.field) == (16, "rules[0].when.words.phrases.fr[1]")
    assert (problem.found, problem.allowed[:28]) == ("'remb*ourser'", "a phrase that can be matched")


def test_every_problem_is_listed_at_once(tmp_path: Path) -> None:
    """A QA lead corrects a file in one go."""
    wrong = GOOD.replace("180", "-5").replace("medium", "urgent").replace("      fr: Aider l'agent\n", "")
    problems = problems_of(tmp_path, wrong)

    assert [problem.field for problem in problems] == [
        "rules[0].priority",
        "rules[0].action.fr",
        "rules[0].deadline_s",
    ]


def test_the_problems_of_all_files_are_listed(tmp_path: Path) -> None:
    """The second file is checked even when the first is wrong."""
    files = [tmp_path / "a.yaml", tmp_path / "b.yaml"]
    for file in files:
        file.write_text(GOOD.replace("180", "0"), encoding="utf-8")

    with pytest.raises(RuleError) as caught:
        load_rulebook(files)

    assert [problem.file for problem in caught.value.problems] == files


def test_two_rules_of_one_file_cannot_share_an_id(tmp_path: Path) -> None:
    """Else one would silently win."""
    (problem,) = problems_of(tmp_path, GOOD + GOOD.removeprefix("rules:\n"))

    assert (problem.line, problem.field) == (17, "rules[1].id")
    assert problem.found == "'refund' a second time, first on line 2"


def test_words_that_yaml_takes_for_truth_or_time_stay_phrases(tmp_path: Path) -> None:
    """`no`, `off` and `10:30` are things people say."""
    file = tmp_path / "rules.yaml"
    file.write_text(GOOD.replace("en: [refund]", "en: [yes, off, on it, null and void]"), encoding="utf-8")

    assert len(load_rulebook([file]).rules) == 1
