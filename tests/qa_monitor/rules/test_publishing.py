"""Rules published and taken back: all of it, or nothing."""

from pathlib import Path

import pytest

from alerts.files.problems import RuleError
from alerts.files.sources import Scope
from qa_monitor.rules.history import HistoryError, How
from qa_monitor.rules.publishing import NothingToUndo
from qa_monitor.rules.ruleset import EVERYBODY
from tests.qa_monitor.rule_folder import ADA, EVE, RuleFolder, looked, rule_ids
from tests.qa_monitor.rule_texts import a_file_text, a_rule_text

REFUND = a_file_text(a_rule_text("refund", "money back"))
MANAGER = a_file_text(a_rule_text("manager", "your manager"))


@pytest.fixture
def folder(tmp_path: Path) -> RuleFolder:
    return RuleFolder(tmp_path)


def everything(root: Path) -> dict[Path, bytes]:
    """Every file with what it holds."""
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_a_publication_is_in_force_at_once_and_survives_a_restart(folder: RuleFolder) -> None:
    rules, publishing = folder.publishing()
    entry = publishing.publish(REFUND, by=ADA)

    assert rule_ids(rules) == rule_ids(folder.opened()) == ["cancellation", "refund"]
    assert (entry.number, entry.by, entry.how, entry.version) == (2, "ada", How.PUBLISHED, rules.in_force.version)
    assert publishing.texts() == {EVERYBODY: REFUND}
    assert entry.differences[0].difference.added == ("refund",)


def test_one_takes_the_place_of_the_one_before(folder: RuleFolder) -> None:
    """For the same calls: a tenant's stands beside everybody's."""
    rules, publishing = folder.publishing()
    publishing.publish(REFUND, by=ADA)
    publishing.publish("tenant: ac.me/..\n" + MANAGER, by=ADA)
    publishing.publish(MANAGER.replace("your", "the"), by=EVE)

    assert rule_ids(rules) == ["cancellation", "manager"]
    assert rule_ids(rules, "ac.me/..", "x") == ["cancellation", "manager"]
    assert set(publishing.texts()) == {EVERYBODY, Scope(tenant="ac.me/..")}
    assert {path.parent for path in folder.data.rglob("published*")} == {folder.data / "rules"}


def test_files_looked_at_afterwards_change_nothing(folder: RuleFolder) -> None:
    """What was published is not found a second time."""
    rules, publishing = folder.publishing()
    publishing.publish(REFUND, by=ADA)
    before = rules.of("default", "")
    looked(rules)

    assert rules.of("default", "") is before
    assert len(rules.history.entries()) == 2


def test_a_draft_with_mistakes_changes_nothing_and_every_one_is_named(folder: RuleFolder) -> None:
    rules, publishing = folder.publishing()
    publishing.publish(REFUND, by=ADA)
    before, kept = everything(folder.root), rules.in_force
    wrong = a_file_text(a_rule_text("Manager"), a_rule_text("refund", more="    loud: 3\n"))

    with pytest.raises(RuleError) as refused:
        publishing.publish(wrong, by=ADA)

    assert [(one.file.name, one.line, one.field) for one in refused.value.problems] == [
        ("published.yaml", 2, "rules[0].id"),
        ("published.yaml", 13, "rules[1].loud"),
    ]
    assert publishing.check(wrong).problems == refused.value.problems
    assert rules.in_force is kept
    assert everything(folder.root) == before


@pytest.mark.parametrize("text", ["", "rules: [", "\x00", "- 1", "tenant: [a]\nrules: []", "{" * 500])
def test_whatever_is_drafted_is_answered_in_words(folder: RuleFolder, text: str) -> None:
    _, publishing = folder.publishing()

    assert publishing.check(text).problems


def test_a_check_tells_what_would_change_and_changes_nothing(folder: RuleFolder) -> None:
    rules, publishing = folder.publishing()
    publishing.publish(REFUND, by=ADA)
    before, kept = everything(folder.root), rules.in_force
    found = publishing.check(MANAGER)

    assert [(one.difference.added, one.difference.removed) for one in found.differences] == [
        (("manager",), ("refund",))
    ]
    assert (found.problems, found.scope) == ((), EVERYBODY)
    assert found.version not in (None, rules.in_force.version)
    assert publishing.check(REFUND).differences == ()
    assert rules.in_force is kept
    assert everything(folder.root) == before


def test_what_a_draft_makes_wrong_elsewhere_is_told_apart(folder: RuleFolder) -> None:
    """A rule of another file inhibits one that the draft makes as pressing: no line of the draft is named for it."""
    leaves = a_rule_text("leaves", more="    inhibits: [refund]\n")
    other = folder.write("b.yaml", a_file_text(leaves, a_rule_text("refund", "money back", priority="low")))
    _, publishing = folder.publishing()

    found = publishing.check("rules: [{id: refund, priority: high}]")

    assert [(one.file, one.rule_id) for one in found.problems] == [(other, "leaves")]
    assert found.file == folder.data / "rules" / "published.yaml"
    assert [one.file for one in publishing.check("rules: [{id: refund, priority: all}]").problems] == [found.file]


def test_each_undo_takes_back_one_more(folder: RuleFolder) -> None:
    """And then there is nothing left."""
    rules, publishing = folder.publishing()
    publishing.publish(REFUND, by=ADA)
    publishing.publish(MANAGER, by=ADA)

    first = publishing.undo(by=EVE)
    assert (first.how, first.by, first.undoes) == (How.UNDONE, "eve", 3)
    assert rule_ids(rules) == ["cancellation", "refund"]
    assert publishing.undo(by=EVE).undoes == 2
    assert rule_ids(rules) == rule_ids(folder.opened()) == ["cancellation"]
    with pytest.raises(NothingToUndo, match="nothing was published"):
        publishing.undo(by=EVE)

    publishing.publish(MANAGER, by=ADA)
    assert publishing.undo(by=ADA).undoes == 6


def test_what_was_changed_by_hand_since_is_not_thrown_away(folder: RuleFolder) -> None:
    rules, publishing = folder.publishing()
    publishing.publish(REFUND, by=ADA)
    published = folder.data / "rules" / "published.yaml"
    published.write_text(MANAGER, encoding="utf-8")
    looked(rules)

    with pytest.raises(NothingToUndo, match=r"published\.yaml was changed by hand since"):
        publishing.undo(by=ADA)
    assert published.read_text(encoding="utf-8") == MANAGER


def test_where_it_cannot_be_kept_it_does_not_come_into_force(folder: RuleFolder) -> None:
    """The disk fails between the file and the history: the file is put back too."""
    rules, publishing = folder.publishing()
    publishing.publish(REFUND, by=ADA)
    texts = folder.data / "rules-history" / "texts"
    texts.rename(texts.with_name("away"))
    texts.write_text("a file where a folder should be")

    with pytest.raises(HistoryError, match="cannot be kept"):
        publishing.publish(MANAGER, by=ADA)

    assert rule_ids(rules) == rule_ids(folder.opened()) == ["cancellation", "refund"]
    assert len(rules.history.entries()) == 2


@pytest.mark.parametrize("text", [REFUND.replace("\n", "\r\n"), "\ufeff" + REFUND], ids=["line ends", "mark"])
def test_what_editors_put_into_texts_can_be_taken_back_as_well(folder: RuleFolder, text: str) -> None:
    rules, publishing = folder.publishing()
    publishing.publish(text, by=ADA)
    publishing.undo(by=ADA)

    assert rule_ids(rules) == ["cancellation"]


def test_a_damaged_history_is_named(folder: RuleFolder) -> None:
    rules, publishing = folder.publishing()
    (folder.data / "rules-history" / "000001.json").write_text("{")

    with pytest.raises(HistoryError, match=r"000001\.json"):
        publishing.undo(by=ADA)
    with pytest.raises(HistoryError, match=r"000001\.json"):
        rules.history.entries()
