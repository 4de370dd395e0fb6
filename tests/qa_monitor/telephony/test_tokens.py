"""Tenants' ingest tokens: shown once, hashed at rest, in a file that is whole or not changed at all."""

import json
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from structlog.testing import capture_logs
from typer.testing import CliRunner

from qa_monitor.cli import app
from qa_monitor.telephony.tokens import FILE_NAME, IngestTokens, NameTaken, NoSuchToken, TokenError, TokenWish
from tests.qa_monitor.builders import NOON

PBX = TokenWish(name="pbx", tenant="acme", max_calls=10, calls_per_minute=60)


def run(folder: Path, *arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["tokens", *arguments, "--data-dir", str(folder)], env={"COLUMNS": "200"})
    return done.exit_code, done.output


def test_a_token_is_found_again_and_is_not_in_the_file(tmp_path: Path) -> None:
    """Only its first characters and a sum, for this user alone."""
    tokens = IngestTokens(tmp_path)
    made, token = tokens.add(PBX, NOON)
    kept = (tmp_path / FILE_NAME).read_text()

    assert tokens.find(token) == made
    assert token.startswith(made.prefix)
    assert len(token) >= 43
    assert token[len(made.prefix) :] not in kept
    assert made.sha256 in kept
    assert stat.S_IMODE((tmp_path / FILE_NAME).stat().st_mode) == 0o600
    assert not list(tmp_path.glob("*.new"))


@pytest.mark.parametrize("wrong", [None, "", "qam_", "guess", "\ud800", "x" * 100_000])
def test_what_is_no_token_is_nobody_s(wrong: str | None, tmp_path: Path) -> None:
    """Whatever an outsider sends; also the right beginning with a wrong rest."""
    tokens = IngestTokens(tmp_path)
    _, token = tokens.add(PBX, NOON)

    assert tokens.find(wrong) is None
    assert tokens.find(token[:-1] + ("a" if token[-1] != "a" else "b")) is None
    assert tokens.find(token + " ") is None


def test_what_another_process_changes_counts_at_once(tmp_path: Path) -> None:
    """The command line revokes while the service runs."""
    service, command = IngestTokens(tmp_path), IngestTokens(tmp_path)
    assert service.all() == ()
    made, token = command.add(PBX, NOON)
    assert service.find(token) == made

    command.revoke("pbx")
    assert service.find(token) is None
    assert not service.allows(made.prefix)
    assert [each.revoked for each in service.all()] == [True]


def test_a_name_is_taken_until_its_token_is_revoked(tmp_path: Path) -> None:
    """The new one replaces it; the old one stays worthless."""
    tokens = IngestTokens(tmp_path)
    _, old = tokens.add(PBX, NOON)
    with pytest.raises(NameTaken, match="pbx"):
        tokens.add(PBX, NOON)
    tokens.revoke("pbx")
    tokens.revoke("pbx")
    _, new = tokens.add(PBX, NOON)

    assert tokens.find(old) is None
    assert tokens.find(new) is not None
    assert len(tokens.all()) == 1
    with pytest.raises(NoSuchToken, match="nobody"):
        tokens.revoke("nobody")


def test_tokens_made_at_the_same_time_are_all_kept(tmp_path: Path) -> None:
    """Each change waits for the one before it."""

    def make(number: int) -> str:
        return IngestTokens(tmp_path).add(TokenWish(name=f"t-{number}"), NOON)[1]

    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(make, range(24)))

    tokens = IngestTokens(tmp_path)
    assert all(tokens.find(token) is not None for token in made)
    assert len(tokens.all()) == 24


@pytest.mark.parametrize("broken", ["", "[{", '[{"name": "x"}]', '"x"'])
def test_a_broken_file_lets_nobody_in_and_says_so(broken: str, tmp_path: Path) -> None:
    """And is never overwritten by making another token."""
    tokens = IngestTokens(tmp_path)
    _, token = tokens.add(PBX, NOON)
    (tmp_path / FILE_NAME).write_text(broken)

    with capture_logs() as logged:
        assert tokens.find(token) is None
    assert [line["log_level"] for line in logged] == ["error"]
    for ask in (tokens.all, lambda: tokens.add(TokenWish(name="new"), NOON), lambda: tokens.revoke("pbx")):
        with pytest.raises(TokenError, match=FILE_NAME):
            ask()
    assert (tmp_path / FILE_NAME).read_text() == broken


def test_a_folder_that_cannot_be_written_is_told_in_words(tmp_path: Path) -> None:
    """Nothing is half done."""
    (tmp_path / "not-a-folder").write_text("")

    with pytest.raises(TokenError, match=FILE_NAME):
        IngestTokens(tmp_path / "not-a-folder" / "data").add(PBX, NOON)


def test_the_command_line_makes_lists_and_revokes(tmp_path: Path) -> None:
    """The token is printed once, alone on its line."""
    code, printed = run(tmp_path, "add", "pbx", "--tenant", "acme", "--max-calls", "5", "--per-minute", "30")
    token = printed.split()[-1]
    assert code == 0
    found = IngestTokens(tmp_path).find(token)
    assert found is not None
    assert (found.tenant, found.max_calls, found.calls_per_minute) == ("acme", 5, 30)

    code, listed = run(tmp_path, "list")
    assert code == 0
    assert found.prefix in listed
    assert "acme" in listed
    assert token not in listed
    assert run(tmp_path, "revoke", "pbx")[0] == 0
    assert "revoked" in run(tmp_path, "list")[1]
    assert IngestTokens(tmp_path).find(token) is None


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("add", "pbx"), "there is a token named pbx"),
        (("add", "a b"), "name: "),
        (("add", "x", "--tenant", ""), "tenant: "),
        (("add", "x", "--max-calls", "0"), "max_calls: "),
        (("revoke", "nobody"), "there is no token named nobody"),
    ],
)
def test_the_command_line_says_what_is_wrong(arguments: tuple[str, ...], said: str, tmp_path: Path) -> None:
    """One sentence and exit code 2; nothing is changed."""
    IngestTokens(tmp_path).add(PBX, NOON)
    before = json.loads((tmp_path / FILE_NAME).read_text())
    code, printed = run(tmp_path, *arguments)

    assert code == 2
    assert said in printed
    assert json.loads((tmp_path / FILE_NAME).read_text()) == before
