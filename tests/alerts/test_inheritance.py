"""One file on top of another: what it changes, what it keeps, and for whom it is."""

from pathlib import Path

import pytest

from alerts.files.document import parse_document
from alerts.files.problems import RuleError
from alerts.files.sources import Scope
from alerts.rulebook import STARTER_RULES, load_rulebook, merge
from streams.records import Language
from tests.alerts.played import a_book, a_rule_text, words

BASE = "lists: {shops: {en: [the other shop]}}\nrules:\n" + a_rule_text(words('"go to <shops>"'))


def write(folder: Path, **files: str) -> dict[str, Path]:
    paths = {name: folder / f"{name}.yaml" for name in files}
    for name, text in files.items():
        paths[name].write_text(text, encoding="utf-8")
    return paths


def test_a_child_names_only_what_it_changes(tmp_path: Path) -> None:
    """The rest is as it was, and the parent stays as it is."""
    parent = a_book(a_rule_text(words("to cancel")))
    child = parse_document("rules:\n  - {id: rule, deadline_s: 30}\n", tmp_path / "child.yaml")
    book = merge(parent, child)

    assert (book.rules[0].deadline_s, parent.rules[0].deadline_s) == (30.0, 60.0)
    assert book.rules[0].word_rules[0].phrases == parent.rules[0].word_rules[0].phrases
    assert book.version != parent.version


def test_merging_nothing_new_changes_nothing(tmp_path: Path) -> None:
    """The same rules written out again are the same book."""
    parent = a_book(a_rule_text(words("to cancel")))
    same = parse_document("rules:\n" + a_rule_text(words("to cancel")), tmp_path / "child.yaml")

    assert merge(parent, same).version == parent.version


def test_a_grandchild_sees_what_the_child_changed(tmp_path: Path) -> None:
    """And may switch a rule off and on again."""
    book = a_book(a_rule_text(words("to cancel")))
    for change in ("deadline_s: 30", "enabled: false", "priority: low"):
        book = merge(book, parse_document(f"rules:\n  - {{id: rule, {change}}}\n", tmp_path / "child.yaml"))
    assert book.rules == ()

    (rule,) = merge(book, parse_document("rules:\n  - {id: rule, enabled: true}\n", tmp_path / "child.yaml")).rules
    assert (rule.deadline_s, rule.priority.label) == (30.0, "low")


@pytest.mark.parametrize(
    ("change", "line", "field", "found", "allowed"),
    [
        ("{id: rule, deadline_s: soon}", 2, "rules[0].deadline_s", "'soon'", "a number"),
        ("{id: rule, deadlines_s: 5}", 2, "rules[0].deadlines_s", "the field 'deadlines_s'", "only: id, enabled"),
        ("{id: new, deadline_s: 5}", 2, "rules[0].name", "nothing", "this field is required"),
        ("{id: rule, inhibits: [nobody]}", 2, "rules[0].inhibits[0]", "'nobody'", "a rule of lower priority"),
    ],
)
def test_what_is_wrong_in_a_child_is_named_in_the_child(
    change: str, line: int, field: str, found: str, allowed: str, tmp_path: Path
) -> None:
    """At its own line and field."""
    child = parse_document(f"rules:\n  - {change}\n", tmp_path / "child.yaml")
    with pytest.raises(RuleError) as caught:
        merge(a_book(a_rule_text(words("to cancel"))), child)
    problem = caught.value.problems[0]

    assert (problem.file, problem.line, problem.field) == (child.file, line, field)
    assert problem.found == found
    assert problem.allowed.startswith(allowed)


def test_a_mistake_in_what_a_rule_inherits_says_so(tmp_path: Path) -> None:
    """It is on no line of the child: lowered alone, the rule inhibits one that is as pressing."""
    other = a_rule_text(words("to leave"), rule_id="other", priority="low")
    parent = a_book(a_rule_text(words("to cancel"), priority="medium", more="    inhibits: [other]\n") + other)
    child = parse_document("rules:\n  - {id: other}\n  - {id: rule, priority: low}\n", tmp_path / "child.yaml")
    with pytest.raises(RuleError) as caught:
        merge(parent, child)
    (problem,) = caught.value.problems

    assert (problem.line, problem.rule_id, problem.inherited) == (3, "rule", True)
    assert str(problem).startswith(f"{child.file}:3: rules[1].inhibits[0] (inherited): found 'other'; allowed: ")


@pytest.mark.parametrize(
    "change", ["{id: rule, inhibits: [nobody]}", "{id: rule, deadline_s: soon}", "{id: new, deadline_s: 5}"]
)
def test_what_a_child_writes_or_leaves_out_is_not_inherited(change: str, tmp_path: Path) -> None:
    child = parse_document(f"rules:\n  - {change}\n", tmp_path / "child.yaml")
    with pytest.raises(RuleError) as caught:
        merge(a_book(a_rule_text(words("to cancel"))), child)

    assert {problem.inherited for problem in caught.value.problems} == {False}
    assert {problem.rule_id for problem in caught.value.problems} == {change[5:].split(",")[0]}


def test_a_child_may_change_a_list_for_the_rules_it_inherits(tmp_path: Path) -> None:
    """The rule is then another version of itself."""
    files = write(tmp_path, base=BASE, own="extends: base.yaml\nlists: {shops: {en: [the corner store]}}\n")
    base, own = load_rulebook([files["base"]]), load_rulebook([files["own"]])

    assert own.rules[0].rule_version != base.rules[0].rule_version
    phrases = own.rules[0].word_rules[0].phrases.of(Language.EN)
    assert phrases != base.rules[0].word_rules[0].phrases.of(Language.EN)


def test_a_file_may_start_from_the_rules_of_the_product(tmp_path: Path) -> None:
    """They are read once, also where they are named besides."""
    own = write(tmp_path, own="extends: starter\nrules:\n  - {id: cancellation, deadline_s: 7}\n")["own"]
    starter = load_rulebook([STARTER_RULES])

    for book in (load_rulebook([own]), load_rulebook([own, STARTER_RULES])):
        assert len(book.rules) == len(starter.rules)
        assert next(rule for rule in book.rules if rule.rule_id == "cancellation").deadline_s == 7.0


def test_examples_stay_with_the_condition_they_were_written_for(tmp_path: Path) -> None:
    """Another condition makes other sentences true; another deadline does not."""
    base = a_book(a_rule_text(words("to cancel"), more="    examples: {fires: {en: [I want to cancel]}}\n"))
    same = merge(base, parse_document("rules:\n  - {id: rule, deadline_s: 5}\n", tmp_path / "own.yaml"))
    when = words("to leave")
    other = merge(base, parse_document(f"rules:\n  - {{id: rule, when: {when}}}\n", tmp_path / "own.yaml"))

    assert same.written["rule"].shape.examples == base.written["rule"].shape.examples
    assert other.written["rule"].shape.examples is None


@pytest.mark.parametrize(
    ("first", "second", "allowed"),
    [
        ("extends: nowhere.yaml\n", "", "starter, or the path of a rule file from here"),
        ("extends: second.yaml\n", "extends: first.yaml\n", "a file that does not itself start from this one"),
        ("extends: first.yaml\n", "", "a file that does not itself start from this one"),
        ("extends: 5\n", "", "text (a number or true as text goes in quotes)"),
    ],
)
def test_a_file_that_cannot_start_from_another_is_refused(
    first: str, second: str, allowed: str, tmp_path: Path
) -> None:
    """No such file, or a circle."""
    rule = "rules:\n" + a_rule_text(words("to cancel"))
    files = write(tmp_path, first=first + rule, second=second + rule)
    with pytest.raises(RuleError) as caught:
        load_rulebook([files["first"]])

    assert ("extends", allowed) in [(problem.field, problem.allowed) for problem in caught.value.problems]


def test_a_folder_is_its_files_by_name(tmp_path: Path) -> None:
    """Other files in it are left alone; rules may name those of a later file."""
    rules = {"b": a_rule_text(words("to cancel"), rule_id="b", priority="low"), "a": ""}
    rules["a"] = a_rule_text(words("to cancel"), rule_id="a", more="    inhibits: [b]\n")
    write(tmp_path, **{name: "rules:\n" + text for name, text in rules.items()})
    (tmp_path / "notes.txt").write_text("none of it", encoding="utf-8")

    assert [rule.rule_id for rule in load_rulebook([tmp_path]).rules] == ["a", "b"]


def test_tenants_and_teams_have_their_own_on_top(tmp_path: Path) -> None:
    """A team's word goes over its tenant's, whatever the order of the files."""
    head = "rules:\n  - {id: rule, deadline_s: "
    write(
        tmp_path,
        a=f"tenant: acme\nteam: care\n{head}10}}\n",
        b=f"tenant: acme\n{head}20}}\n",
        c=f"tenant: other\n{head}30}}\n",
        base="rules:\n" + a_rule_text(words("to cancel")),
    )

    def deadline_s(tenant: str, team: str) -> float:
        return load_rulebook([tmp_path], scope=Scope(tenant=tenant, team=team)).rules[0].deadline_s

    assert deadline_s("acme", "care") == 10.0
    assert deadline_s("acme", "sales") == 20.0
    assert deadline_s("other", "care") == 30.0
    assert deadline_s("default", "") == 60.0


def test_a_folder_to_start_from_is_read_however_the_endings_are_spelt(tmp_path: Path) -> None:
    base = tmp_path / "base"
    base.mkdir()
    (base / "one.yml").write_text("rules:\n" + a_rule_text(words("to cancel")), encoding="utf-8")
    child = write(tmp_path, child="extends: base\nrules:\n  - {id: rule, deadline_s: 30}\n")["child"]

    (rule,) = load_rulebook([child]).rules

    assert rule.deadline_s == 30.0
