"""The command line: what it says, and the exit code, for whoever runs it by hand or in a script."""

import json
import socket
import threading
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from alerts.rulebook import STARTER_RULES
from qa_monitor.cli import app
from tests.qa_monitor.commands.running import run


def test_help_names_every_command(capfd: pytest.CaptureFixture[str]) -> None:
    """With what it is for."""
    shown = run("--help", capfd=capfd)

    assert shown.code == 0
    for command in ("serve", "demo", "simulate", "healthcheck", "openapi", "backup", "restore", "models", "rules"):
        assert command in shown.out


def test_without_a_command_help_is_shown(capfd: pytest.CaptureFixture[str]) -> None:
    """Nothing is started by accident."""
    assert "Usage" in run(capfd=capfd).out + run(capfd=capfd).err


def test_the_version_is_told(capfd: pytest.CaptureFixture[str]) -> None:
    """Whoever reports trouble is asked for it."""
    shown = run("--version", capfd=capfd)

    assert (shown.code, shown.out.strip()) == (0, f"qa-monitor {version('qa-monitor')}")


def test_every_argument_and_option_of_every_command_is_explained() -> None:
    """An operator who has just arrived reads nothing else."""
    silent = [f"{' '.join(words)} {one.name}" for words, one in _parameters(get_command(app), ()) if not _help_of(one)]

    assert silent == []


def _parameters(command: object, words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    yield from ((words, one) for one in getattr(command, "params", ()))
    for name, inner in getattr(command, "commands", {}).items():
        yield from _parameters(inner, (*words, name))


def _help_of(parameter: object) -> str:
    return getattr(parameter, "help", None) or ""


def test_the_starter_rules_are_good(capfd: pytest.CaptureFixture[str]) -> None:
    """Without a file they are what is checked."""
    shown = run("rules", "check", capfd=capfd)

    assert shown.code == 0
    assert "rules, version" in shown.out
    assert run("rules", "check", str(STARTER_RULES), capfd=capfd).out == shown.out


def test_a_bad_rule_file_is_2_with_file_line_and_field(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """On standard error."""
    path = tmp_path / "bad.yaml"
    path.write_text("rules:\n  - id: x\n    priority: urgent\n")
    shown = run("rules", "check", str(path), capfd=capfd)

    assert shown.code == 2
    assert "bad.yaml:" in shown.err
    assert "Traceback" not in shown.err


@pytest.mark.parametrize("command", [("serve",), ("healthcheck",), ("models", "list"), ("openapi",), ("backup", "x")])
def test_a_bad_setting_is_2_naming_it(command: tuple[str, ...], capfd: pytest.CaptureFixture[str]) -> None:
    """Whatever was to be done."""
    shown = run(*command, env={"QA_MONITOR_PORT": "eighty"}, capfd=capfd)

    assert shown.code == 2
    assert "port: " in shown.err
    assert "'eighty'" in shown.err


def test_an_open_service_for_others_is_refused(capfd: pytest.CaptureFixture[str]) -> None:
    """Before anything is loaded."""
    shown = run("serve", "--open-loopback", "--host", "0.0.0.0", capfd=capfd)

    assert shown.code == 2
    assert "open_loopback: allowed only with a loopback host" in shown.err


def test_the_interface_is_described_as_json(capfd: pytest.CaptureFixture[str]) -> None:
    """Without a running service, and without loading a model."""
    shown = run("openapi", capfd=capfd)
    described = json.loads(shown.out)

    assert shown.code == 0
    assert "/v1/flags/stream" in described["paths"]


def test_no_service_is_not_healthy(capfd: pytest.CaptureFixture[str]) -> None:
    """Exit code 1 and the address, for a container's health check."""
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]
    shown = run("healthcheck", "--url", f"http://127.0.0.1:{port}", capfd=capfd)

    assert shown.code == 1
    assert f"no answer from 127.0.0.1:{port}" in shown.err


@pytest.mark.parametrize("url", ["http://here:port", "localhost:8080", "https://127.0.0.1", "http://", "http://[::1"])
def test_an_address_that_cannot_be_asked_is_2_with_what_is_allowed(url: str, capfd: pytest.CaptureFixture[str]) -> None:
    shown = run("healthcheck", "--url", url, capfd=capfd)

    assert shown.code == 2
    assert f"--url: found {url!r}; allowed: http://HOST:PORT" in shown.err


@pytest.mark.parametrize(("host", "asked"), [("::", "::1"), ("::1", "::1"), ("0.0.0.0", "127.0.0.1")])
def test_a_service_is_asked_where_it_listens(host: str, asked: str, capfd: pytest.CaptureFixture[str]) -> None:
    """By IPv6 as well."""
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]
    shown = run("healthcheck", env={"QA_MONITOR_HOST": host, "QA_MONITOR_PORT": str(port)}, capfd=capfd)

    assert shown.code == 1
    assert f"no answer from {asked}:{port}" in shown.err


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (("import", "x.wav", "--metadata", "none.csv"), "none.csv: No such file"),
        (("import", "x.wav", "--metadata", "bytes"), "bytes: 'utf-8' codec"),
        (("export", "nowhere/calls.csv"), "access-token"),
    ],
)
def test_a_file_that_cannot_be_used_is_2_naming_it(
    command: tuple[str, ...],
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """No traceback, whatever is wrong with it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bytes").write_bytes(b"\xff\xfe")
    shown = run(*command, capfd=capfd)

    assert shown.code == 2
    assert told in shown.err


@pytest.mark.parametrize("content", [b"\xff\xfe", b"x = "])
def test_a_file_of_settings_that_cannot_be_read_is_2_naming_it(
    content: bytes, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "settings.toml"
    file.write_bytes(content)
    shown = run("healthcheck", env={"QA_MONITOR_CONFIG": str(file)}, capfd=capfd)

    assert shown.code == 2
    assert str(file) in shown.err


@pytest.mark.parametrize("workers", ["4", "many"])
def test_more_than_one_worker_is_refused(workers: str, capfd: pytest.CaptureFixture[str]) -> None:
    """However that is written."""
    shown = run("serve", "--port", "0", env={"WEB_CONCURRENCY": workers}, capfd=capfd)

    assert shown.code == 2
    assert "WEB_CONCURRENCY" in shown.err


def test_something_else_on_the_port_is_not_healthy(capfd: pytest.CaptureFixture[str]) -> None:
    """It answers, but not as we do."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        other.settimeout(10)

        def answer() -> None:
            connection, _ = other.accept()
            with connection:
                connection.recv(1000)
                connection.sendall(b"220 mail.example ready\r\n")

        thread = threading.Thread(target=answer)
        thread.start()
        shown = run("healthcheck", "--url", f"http://127.0.0.1:{port}", capfd=capfd)
        thread.join()

    assert shown.code == 1
    assert f"127.0.0.1:{port}" in shown.err


def test_simulating_by_an_unknown_protocol_is_2_with_what_is_allowed(capfd: pytest.CaptureFixture[str]) -> None:
    """Nothing is sent."""
    shown = run("simulate", "call.wav", "--protocol", "sip", capfd=capfd)

    assert shown.code == 2
    assert "--protocol: found 'sip'; allowed: " in shown.err


def test_simulating_a_file_that_is_not_there_names_it(capfd: pytest.CaptureFixture[str]) -> None:
    """And what kinds of file there may be."""
    shown = run("simulate", "none.wav", capfd=capfd)

    assert shown.code != 0
    assert "none.wav: no such file" in shown.err


def test_backing_up_what_is_not_there_is_2(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """No empty backup that looks like one."""
    shown = run("backup", str(tmp_path / "copy"), capfd=capfd)

    assert shown.code == 2
    assert shown.err
    assert not (tmp_path / "copy").exists()


def test_restoring_what_is_no_backup_is_2(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """And nothing is put anywhere."""
    (tmp_path / "copy").mkdir()
    shown = run("restore", str(tmp_path / "copy"), capfd=capfd)

    assert shown.code == 2
    assert shown.err
    assert not list((tmp_path / "data").rglob("*.db"))


def test_models_are_listed_with_their_state(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Also when none was joined yet."""
    shown = run("models", "list", env={"QA_MONITOR_MODELS_DIR": str(tmp_path / "models")}, capfd=capfd)

    assert shown.code == 0
    assert "base" in shown.out
