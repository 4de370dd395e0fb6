"""Rule files changed by hand while the service runs: in force at once, or refused with the old set kept."""

from pathlib import Path

import pytest

from alerts.files.problems import RuleError
from qa_monitor.rules.history import How
from qa_monitor.rules.sources import rule_files
from tests.qa_monitor.rule_folder import RuleFolder, looked, rule_ids
from tests.qa_monitor.rule_texts import a_file_text, a_rule_text


@pytest.fixture
def folder(tmp_path: Path) -> RuleFolder:
    return RuleFolder(tmp_path)


def test_a_valid_change_is_in_force_whole(folder: RuleFolder) -> None:
    rules = folder.opened()
    before = rules.of("default", "")
    folder.write("b.yaml", a_file_text(a_rule_text("refund", "money back")))
    looked(rules)

    assert rule_ids(rules) == ["cancellation", "refund"]
    assert rules.of("default", "") is not before
    assert rules.of("default", "").matcher is not before.matcher


def test_without_a_change_calls_get_the_same_object(folder: RuleFolder) -> None:
    """What a call compares before every utterance."""
    rules = folder.opened()
    before = rules.of("default", "")
    looked(rules)

    assert rules.of("default", "north") is before


def test_a_file_still_being_written_is_not_read_yet(folder: RuleFolder) -> None:
    """Half of it may be valid."""
    rules = folder.opened()
    folder.write("b.yaml", a_file_text(a_rule_text("refund", "money back")))
    rules.look()
    assert rule_ids(rules) == ["cancellation"]
    folder.write("b.yaml", a_file_text(a_rule_text("refund", "money back"), a_rule_text("manager", "your manager")))
    rules.look()
    assert rule_ids(rules) == ["cancellation"]
    rules.look()

    assert rule_ids(rules) == ["cancellation", "refund", "manager"]


def test_an_invalid_change_is_refused_with_every_mistake_and_the_old_set_stays(folder: RuleFolder) -> None:
    """Until it is put right, or put back."""
    rules = folder.opened()
    before, version = rules.of("default", ""), rules.in_force.version
    path = folder.write("b.yaml", a_file_text(a_rule_text("refund", more="    urgent: yes\n"), a_rule_text("A-b")))
    looked(rules)

    assert rules.of("default", "") is before
    assert rules.refused is not None
    assert [(one.file, one.line, one.field) for one in rules.refused.problems] == [
        (path, 7, "rules[0].urgent"),
        (path, 9, "rules[1].id"),
    ]

    folder.write("b.yaml", a_file_text(a_rule_text("refund", "money back")))
    looked(rules)
    assert rules.refused is None
    assert rules.in_force.version != version

    path.unlink()
    looked(rules)
    assert rules.in_force.version == version


def test_what_is_put_back_as_it_was_is_no_change(folder: RuleFolder) -> None:
    rules = folder.opened()
    path = folder.write("b.yaml", "rules: nonsense\n")
    looked(rules)
    assert rules.refused is not None
    path.unlink()
    looked(rules)

    assert rules.refused is None
    assert len(rules.history.entries()) == 1


def test_a_file_that_vanishes_is_refused_where_it_is_named_itself(folder: RuleFolder) -> None:
    """A service does not lose its rules because a disk was unmounted."""
    rules = folder.opened()
    (folder.named / "a.yaml").rename(folder.root / "a.yaml")
    folder.named.rmdir()
    looked(rules)

    assert rule_ids(rules) == ["cancellation"]
    assert rules.refused is not None


def test_a_file_that_another_starts_from_is_watched_as_well(folder: RuleFolder) -> None:
    """It lies outside every folder named."""
    parent = folder.root / "parent.yaml"
    parent.write_text(a_file_text(a_rule_text("refund", "money back")), encoding="utf-8")
    folder.write("b.yaml", a_file_text(a_rule_text("manager", "your manager"), top="extends: ../parent.yaml\n"))
    rules = folder.opened()
    parent.write_text(a_file_text(a_rule_text("press", "the newspaper")), encoding="utf-8")
    looked(rules)

    assert sorted(rule_ids(rules)) == ["cancellation", "manager", "press"]


def test_tenants_and_teams_have_their_own(folder: RuleFolder) -> None:
    """Added to, changed or switched off for their calls alone."""
    folder.write("acme.yaml", a_file_text(a_rule_text("refund", "money back"), top="tenant: acme\n"))
    folder.write("north.yaml", "tenant: acme\nteam: north\nrules:\n  - id: cancellation\n    enabled: false\n")
    folder.write("sales.yaml", a_file_text(a_rule_text("pressure", "only today"), top="team: sales\n"))
    rules = folder.opened()

    assert rule_ids(rules) == rule_ids(rules, "other", "north") == ["cancellation"]
    assert rule_ids(rules, "acme", "south") == ["cancellation", "refund"]
    assert rule_ids(rules, "acme", "north") == ["refund"]
    assert rule_ids(rules, "other", "sales") == ["cancellation", "pressure"]
    assert sorted(rule_ids(rules, "acme", "sales")) == ["cancellation", "pressure", "refund"]


def test_the_start_is_refused_with_every_mistake(folder: RuleFolder) -> None:
    folder.write("b.yaml", a_file_text(a_rule_text("B")))
    folder.write("c.yaml", a_file_text(a_rule_text("C"), top="tenant: acme\n"))

    with pytest.raises(RuleError) as refused:
        folder.opened()

    assert [problem.file.name for problem in refused.value.problems] == ["b.yaml", "c.yaml"]


def test_every_set_that_was_in_force_is_kept_with_its_texts(folder: RuleFolder) -> None:
    """A start with the same files is no new set."""
    rules = folder.opened()
    folder.write("a.yaml", a_file_text(a_rule_text("cancellation", "close my account"), a_rule_text("refund", "money")))
    looked(rules)
    again = folder.opened()
    newest, first = again.history.entries()

    assert (first.number, first.how, first.differences) == (1, How.START, ())
    assert (newest.number, newest.how, newest.by, newest.version) == (2, How.FILES, None, rules.in_force.version)
    (told,) = newest.differences
    assert (told.difference.added, told.difference.removed) == (("refund",), ())
    assert [(one.rule_id, one.fields) for one in told.difference.changed] == [("cancellation", ("when",))]
    assert again.history.text(first.files[0].sha256) == a_file_text()


def test_files_come_in_the_order_named_each_once(folder: RuleFolder) -> None:
    first, second = folder.write("b.yaml"), folder.named / "a.yaml"
    folder.write("notes.txt", "nothing")

    assert rule_files([first, folder.named]) == (first, second)
    assert rule_files([folder.root / "missing.yaml"]) == (folder.root / "missing.yaml",)

    circle = folder.root / "circle.yaml"
    circle.symlink_to(circle)
    assert rule_files([circle]) == (circle,)


@pytest.mark.parametrize("name", ["b.yml", "b.YAML", "b.YML"])
def test_rule_files_of_a_folder_are_read_however_their_ending_is_spelt(folder: RuleFolder, name: str) -> None:
    rules = folder.opened()
    folder.write(name, a_file_text(a_rule_text("refund", "money back")))
    looked(rules)

    assert rule_ids(rules) == ["cancellation", "refund"]


def test_two_files_that_only_their_ending_tells_apart_are_refused(folder: RuleFolder) -> None:
    """Until one is gone. Of other folders and names there may be as many as one likes."""
    (folder.data / "rules").mkdir(parents=True)
    (folder.data / "rules" / "a.yml").write_text(a_file_text(a_rule_text("manager", "your manager")), encoding="utf-8")
    rules = folder.opened()
    copy = folder.write("a.yml", a_file_text(a_rule_text("refund", "money back")))
    looked(rules)

    assert rules.refused is not None
    (problem,) = rules.refused.problems
    assert str(problem).startswith(
        f"{copy}:1: found a file of the same name beside it, a.yaml; allowed: one of the two"
    )
    assert rule_ids(rules) == ["cancellation", "manager"]

    copy.rename(copy.with_name("c.yml"))
    looked(rules)

    assert rules.refused is None
    assert rule_ids(rules) == ["cancellation", "refund", "manager"]
