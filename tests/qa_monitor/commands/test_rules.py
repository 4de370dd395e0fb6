"""`qa-monitor rules`: checked, described, and tried on past calls."""

import asyncio
import json
from pathlib import Path

import pytest

from streams.records import Speaker
from tests.qa_monitor.backtest.trials import CANCEL, a_file
from tests.qa_monitor.commands.running import run
from tests.qa_monitor.past import a_past_call, keep

CHANGE = """rules:
  - id: cancellation
    when: {words: {speaker: customer, phrases: {fr: [j'arrête tout]}}}
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Two calls that are over."""
    folder = tmp_path / "data"
    folder.mkdir()
    calls = [
        a_past_call("c1", (5, Speaker.CUSTOMER, "Je veux résilier.")),
        a_past_call("c2", (5, Speaker.CUSTOMER, "Bonjour madame.")),
    ]
    asyncio.run(keep(folder, calls))
    return folder


def test_a_rule_is_tried_on_past_calls(data: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Counts, the difference, the formula; everything as JSON too."""
    report = tmp_path / "report.json"
    rule = a_file(tmp_path, CANCEL)
    old = a_file(tmp_path, "{words: {phrases: {fr: [bonjour madame]}}}", "old")

    shown = run("rules", "test", str(rule), "--against", str(old), "--json", str(report), capfd=capfd)

    assert shown.code == 0, shown.err
    for text in (
        "2 calls",
        "0 in both, 1 only in new, 1 only in old",
        "+ c1 at 0:05.7  résilier.  /v1/calls/c1/audio",
        "- c2 at 0:05.0  Bonjour madame.",
        "flags per coach-hour = flags / hours of calls x agents per coach",
        "minutes of work per 1,000 calls",
    ):
        assert text in shown.out
    kept = json.loads(report.read_text(encoding="utf-8"))
    assert kept["calls"] == 2
    assert kept["rules"][0]["found"]["flags"] == 1
    assert kept["rules"][0]["flags_per_coach_hour"] == pytest.approx(1 / (120 / 3600) * 20)


def test_unset_it_is_compared_with_the_rules_in_force(
    data: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Here the starter rules, which have no rule of that id."""
    shown = run("rules", "test", str(a_file(tmp_path, CANCEL)), capfd=capfd)

    assert "r (not in force): 0 in both, 1 only in new, 0 only in old" in shown.out


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--calls", "colour:red"), "NAME:VALUE"),
        (("--rule", "other"), "found other; allowed:"),
        (("--data-dir", "nowhere"), "data folder"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(
    data: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], options: tuple[str, ...], says: str
) -> None:
    shown = run("rules", "test", str(a_file(tmp_path, CANCEL)), *options, capfd=capfd)

    assert shown.code == 2
    assert says in shown.err


def test_the_schema_is_json(capfd: pytest.CaptureFixture[str]) -> None:
    shown = run("rules", "schema", capfd=capfd)

    assert json.loads(shown.out)["properties"]["rules"]


def test_an_example_that_does_not_do_as_it_says_is_a_mistake(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """With its line."""
    path = a_file(tmp_path, CANCEL)
    path.write_text(path.read_text(encoding="utf-8") + "    examples: {fires: {fr: [Bonjour.]}}\n", encoding="utf-8")

    shown = run("rules", "check", str(path), capfd=capfd)

    assert shown.code == 2
    assert f"{path}:9" in shown.err
    assert "stays quiet" in shown.err


@pytest.fixture
def change(tmp_path: Path) -> Path:
    """A file that says of a starter rule only what is to be another, as the service reads it."""
    path = tmp_path / "own.yaml"
    path.write_text(CHANGE, encoding="utf-8")
    return path


def test_a_file_that_changes_a_starter_rule_is_in_order(change: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """The service reads it after the starter rules, and so does the command; without those it is incomplete."""
    as_served = run("rules", "check", str(change), capfd=capfd)
    alone = run("rules", "check", str(change), env={"QA_MONITOR_STARTER_RULES": "false"}, capfd=capfd)

    assert as_served.code == 0, as_served.err
    assert alone.code == 2
    assert "rules[0].action: found nothing; allowed: this field is required" in alone.err


def test_teams_may_change_the_same_rule(change: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Each set is said with whom it is for."""
    team = tmp_path / "team.yaml"
    team.write_text(f"tenant: acme\nteam: north\n{CHANGE}  - {{id: refund, enabled: false}}\n", encoding="utf-8")

    shown = run("rules", "check", str(change), str(team), capfd=capfd)

    everybody, north = shown.out.splitlines()
    assert "tenant acme, team north, version" in north
    assert int(north.split()[0]) == int(everybody.split()[0]) - 1


def test_a_change_of_a_starter_rule_is_tried_alone(data: Path, change: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """What the file holds counts; the rule in force is what it starts from."""
    shown = run("rules", "test", str(change), capfd=capfd)

    assert shown.code == 0, shown.err
    assert "cancellation: 0 in both, 0 only in new, 1 only in old" in shown.out
    assert "refund" not in shown.out
