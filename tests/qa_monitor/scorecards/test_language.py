"""What a scorecard file may say, and what is said of one that cannot be used."""

import json
from pathlib import Path

import pytest

from alerts.files.problems import RuleError
from qa_monitor.scorecards.loading import STARTER_SCORECARD, check_text, load_scorecards, scorecard_files
from qa_monitor.scorecards.schema import scorecard_schema
from tests.qa_monitor.scorecards.cards import CARD, book

DOCS = Path(__file__).parents[3] / "docs"


def problems(text: str) -> list[tuple[int, str, str, str]]:
    """Line, field, what was found, and what is allowed."""
    with pytest.raises(RuleError) as refused:
        check_text(text, book())
    return [(one.line, one.field, one.found, one.allowed) for one in refused.value.problems]


def with_when(condition: str) -> str:
    return CARD.replace("words: {speaker: agent, phrases: {fr: [je m'appelle]}}", condition)


def test_a_scorecard_says_what_it_asks_and_for_whom() -> None:
    ready = check_text(CARD, book())
    questions = {question.question_id: question for _, question in ready.scorecard.questions}

    assert (ready.scorecard.scorecard_id, ready.scorecard.sections[0].weight) == ("support", 2)
    assert [questions[name].points for name in ("greeting", "name", "tone")] == [1, 2, 1]
    assert (questions["greeting"].auto_fail, questions["tone"].manual) == (True, True)
    assert ready.audience.teams == frozenset({"north"})


def test_the_version_changes_with_what_is_asked_and_not_with_comments() -> None:
    """Nor with whose calls it is for."""
    version = check_text(CARD, book()).scorecard.version

    assert check_text("# a comment\n" + CARD, book()).scorecard.version == version
    assert check_text(CARD.replace("[north]", "[south]"), book()).scorecard.version == version
    assert check_text(CARD.replace("je m'appelle", "je suis"), book()).scorecard.version != version
    assert check_text(CARD.replace("weight: 2", "weight: 3"), book()).scorecard.version != version


@pytest.mark.parametrize(
    ("condition", "field"),
    [
        ("emotion: {is: anger, at_least: 0.5, utterances: 2, of_last: 3}", "emotion"),
        ("course: {is: upset}", "course"),
        ("all: [{silence: {longer_than_s: 5}}, {none: [{course: {is: upset}}]}]", "all[1].none[0].course"),
        ("sequence: {steps: [{course: {is: upset}}, {silence: {longer_than_s: 5}}]}", "sequence.steps[0].course"),
        ("dynamics: {measure: customer_louder_db, above: 6}", "dynamics.measure"),
    ],
)
def test_no_voice_scores_anybody(condition: str, field: str) -> None:
    """Neither the agent's nor the customer's, however deep the condition stands; and the message says why."""
    ((line, where, _, allowed),) = problems(with_when(condition))

    assert (line, where) == (19, f"sections[0].questions[1].when.{field}")
    assert "no voice" in allowed


@pytest.mark.parametrize("rule", ["customer_anger", "recovery", "patience_in_words_and_voice"])
def test_a_rule_that_judges_a_voice_cannot_be_asked(rule: str) -> None:
    ((line, field, _, allowed),) = problems(CARD.replace("rule: greeting_missing", f"rule: {rule}"))

    assert (line, field) == (11, "sections[0].questions[0].rule")
    assert "no voice" in allowed


def test_a_condition_that_waits_for_a_voice_is_refused_too() -> None:
    waiting = "words: {speaker: agent, phrases: {fr: [désolé]}, window: {after: customer_anger}}"

    assert "waits for customer_anger" in problems(with_when(waiting))[0][2]


@pytest.mark.parametrize(
    ("before", "after", "field", "allowed"),
    [
        ("rule: greeting_missing", "rule: greeting", "rule", "a rule: "),
        ("rule: greeting_missing", "manual: true", "", "answer_if_found only beside when or rule"),
        ("answer_if_found: no", "answer_if_found: maybe", "answer_if_found", "'yes' or 'no'"),
        ("rule: greeting_missing", "", "", "exactly one of: when, rule, manual"),
        ("points: 2", "points: 0", None, "a number greater than 0"),
        ("{question: greeting}", "{question: tone}", None, "an earlier question: greeting"),
        ("{question: greeting}", "{rule: refund, question: greeting}", None, "exactly one of"),
        ("- id: name", "- id: greeting", None, "an id no other question of this scorecard has"),
        ("auto_fail: true", "deadline_s: 3", None, "only: id, text, points"),
        ("[je m'appelle]", '["(je"]', None, "a phrase that can be matched"),
    ],
)
def test_mistakes_are_named_with_what_is_allowed(before: str, after: str, field: str | None, allowed: str) -> None:
    found = problems(CARD.replace(before, after))

    assert any(allowed in one[3] for one in found), found
    if field is not None:
        assert found[0][1] == "sections[0].questions[0]" + (f".{field}" if field else "")


def test_the_starter_scorecard_loads_and_asks_in_both_languages() -> None:
    (ready,) = load_scorecards([STARTER_SCORECARD], book())
    questions = [question for _, question in ready.scorecard.questions]

    assert len(questions) == 18
    assert all(question.text_en and question.text_fr for question in questions)
    assert check_text(STARTER_SCORECARD.read_text(encoding="utf-8"), book()).scorecard == ready.scorecard


def test_two_scorecards_of_one_name_are_refused_and_no_files_mean_the_starter(tmp_path: Path) -> None:
    folder = tmp_path / "scorecards"
    folder.mkdir()
    for name in ("a.yaml", "b.yaml"):
        (folder / name).write_text(CARD, encoding="utf-8")
    with pytest.raises(RuleError, match="an id no other scorecard has"):
        load_scorecards(scorecard_files([], tmp_path), book())

    assert scorecard_files([], tmp_path / "elsewhere") == (STARTER_SCORECARD,)


def test_a_scorecard_may_end_in_yml_but_not_beside_another_of_its_name(tmp_path: Path) -> None:
    folder = tmp_path / "scorecards"
    folder.mkdir()
    (folder / "a.yml").write_text(CARD, encoding="utf-8")
    (ready,) = load_scorecards(scorecard_files([], tmp_path), book())
    assert ready.document.file == folder / "a.yml"

    (folder / "a.yaml").write_text(CARD.replace("id: ", "id: other_", 1), encoding="utf-8")
    with pytest.raises(RuleError, match=r"a\.yml:1: found a file of the same name beside it, a\.yaml"):
        load_scorecards(scorecard_files([], tmp_path), book())


def test_the_schema_that_is_published_is_the_one_in_force() -> None:
    """Written by `qa-monitor scorecards schema > docs/scorecards.schema.json`; it offers no condition on a voice."""
    published = json.loads((DOCS / "scorecards.schema.json").read_text(encoding="utf-8"))

    assert published == json.loads(json.dumps(scorecard_schema()))
    assert "emotion" not in published["$defs"]["When"]["properties"]
    assert {"required": ["course"]} not in published["$defs"]["When"]["oneOf"]
    assert "customer_louder_db" not in json.dumps(published)
