"""The file of targets: every mistake with file and key, and no address or secret in what is said."""

from collections.abc import Mapping
from datetime import UTC, datetime, time
from ipaddress import ip_network
from pathlib import Path

import pytest
from typer.testing import CliRunner

from alerts.records import Priority
from qa_monitor.cli import app
from qa_monitor.config import SettingsError
from qa_monitor.delivery.records import DeliveryEvent
from qa_monitor.delivery.settings_file import FILE_NAME, load_targets
from qa_monitor.delivery.signature import new_secret, read_secrets
from qa_monitor.delivery.targets import Filter, Hours, Mailbox, Security, Targets

WRITTEN = new_secret()
SECRETS = {"DESK": WRITTEN, "BAD": "hunter2"}
LEAST = '[target.desk]\nurl = "https://desk.example/hook"\nsecret_env = "DESK"\n'


def read(folder: Path, text: str, secrets: Mapping[str, str] = SECRETS) -> Targets:
    (folder / FILE_NAME).write_text(text, encoding="utf-8")
    return load_targets(None, folder, secrets)


def problem(folder: Path, text: str, secrets: Mapping[str, str] = SECRETS) -> str:
    """What is said about a bad file, without the file's name."""
    with pytest.raises(SettingsError) as caught:
        read(folder, text, secrets)
    lines = str(caught.value).splitlines()
    assert all(line.startswith(f"{folder / FILE_NAME}: ") for line in lines)
    assert "hunter2" not in str(caught.value)
    return "\n".join(line.removeprefix(f"{folder / FILE_NAME}: ") for line in lines)


def test_without_a_file_nothing_is_sent(tmp_path: Path) -> None:
    assert load_targets(None, tmp_path, {}) == Targets()


def test_the_least_that_a_target_needs(tmp_path: Path) -> None:
    """Everything is sent, and no words."""
    (target,) = read(tmp_path, LEAST).every

    assert (target.name, target.url, target.secrets) == ("desk", "https://desk.example/hook", read_secrets(WRITTEN))
    assert target.wanted == Filter()
    assert (target.words, target.networks, target.attempts) == (False, (), 20)
    assert WRITTEN not in repr(target)
    assert "desk.example" not in repr(target)


def test_everything_that_can_be_said_of_a_target(tmp_path: Path) -> None:
    secret = tmp_path / "desk.secret"
    secret.write_text(f"{WRITTEN}\n{new_secret()}\n")
    found = read(
        tmp_path,
        f"""
        link = "https://qa.example/"
        [target.desk]
        url = "http://10.1.2.3:8000/hook"
        secret_file = "{secret}"
        events = ["confirmed", "expired"]
        rules = ["cancellation"]
        least_priority = "medium"
        teams = ["north"]
        tenants = ["default"]
        days = ["mon", "fri"]
        hours = "22:30-06:00"
        time_zone = "UTC"
        words = true
        networks = ["10.1.0.0/16"]
        attempts = 5
        """,
    )
    (target,) = found.every

    assert found.link == "https://qa.example"
    assert len(target.secrets) == 2
    assert target.wanted.events == {DeliveryEvent.CONFIRMED, DeliveryEvent.EXPIRED}
    assert target.wanted.rules == {"cancellation"}
    assert target.wanted.least_priority is Priority.MEDIUM
    assert target.wanted.teams == {"north"}
    assert target.wanted.tenants == {"default"}
    hours = target.wanted.hours
    assert hours == Hours(days=frozenset({0, 4}), since=time(22, 30), until=time(6), zone=UTC)
    assert (target.words, target.networks, target.attempts) == (True, (ip_network("10.1.0.0/16"),), 5)


MAIL = """
[target.coaches]
kind = "mail"
server = "smtp.example.com:587"
sender = "qa@example.com"
to = ["north@example.com"]
user = "qa"
password_env = "MAIL"
language = "fr"
hours = "08:00-20:00"
time_zone = "Europe/Paris"
"""
SLACK = '[target.room]\nkind = "slack"\nurl_env = "ROOM"\n'
ROOM = "https://hooks.slack.com/services/T000/B000/abcDEF"
TEAMS = (
    "https://prod-1.westeurope.logic.azure.com:443/workflows/abc123/triggers/manual/paths/invoke"
    "?api-version=2016-06-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=hunter2"
)
PEOPLE = {"MAIL": "hunter2", "ROOM": ROOM, "FLOW": TEAMS, "EMPTY": " "}


def test_people_are_told_by_mail_slack_and_teams(tmp_path: Path) -> None:
    """Each flag once, unless the file says otherwise; what opens the way is in no text."""
    (tmp_path / FILE_NAME).write_text(MAIL + SLACK + '[target.floor]\nkind = "teams"\nurl_env = "FLOW"\n')
    mail, room, floor = load_targets(None, tmp_path, PEOPLE).every

    assert mail.mailbox == Mailbox(
        host="smtp.example.com",
        port=587,
        security=Security.STARTTLS,
        sender="qa@example.com",
        to=("north@example.com",),
        user="qa",
        password="hunter2",
    )
    assert [each.kind.value for each in (mail, room, floor)] == ["mail", "slack", "teams"]
    assert (mail.language.value, room.url, floor.url) == ("fr", ROOM, TEAMS)
    assert [each.wanted.events for each in (mail, room, floor)] == [{DeliveryEvent.CONFIRMED}] * 3
    assert all(word not in repr((mail, room, floor)) for word in ("hunter2", "hooks.slack", "north@", "azure"))


@pytest.mark.parametrize(
    ("month", "hour", "wanted"), [(1, 7, True), (1, 19, False), (7, 6, True), (7, 18, False), (7, 5, False)]
)
def test_hours_are_those_of_the_zone_in_summer_and_winter(tmp_path: Path, month: int, hour: int, wanted: bool) -> None:
    """Paris is one hour ahead of UTC in winter, two in summer."""
    (tmp_path / FILE_NAME).write_text(MAIL)
    (mail,) = load_targets(None, tmp_path, PEOPLE).every

    assert mail.wanted.hours.hold(datetime(2026, month, 14, hour, 30, tzinfo=UTC)) is wanted


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (MAIL.replace("587", "x"), "target.coaches.server: allowed: host:port"),
        (MAIL.replace("sender", "#"), "target.coaches.sender: mail needs `server`, `sender` and `to`"),
        (MAIL.replace("north@example.com", "hunter2"), "target.coaches.to.0: allowed: a plain mail address"),
        (MAIL.replace('"MAIL"', '"EMPTY"'), "target.coaches.password_env: EMPTY: it is empty"),
        (MAIL.replace('user = "qa"', ""), "target.coaches.user: a password needs one"),
        (MAIL + 'security = "none"', "target.coaches.security: none only to a server inside `networks`"),
        (
            MAIL + 'security = "none"\nnetworks = ["10.0.0.0/8"]',
            "target.coaches.security: none is not allowed with a log-in",
        ),
        (MAIL + 'url = "https://x.example"', "target.coaches.url: means nothing for kind 'mail'"),
        (SLACK.replace("ROOM", "FLOW"), "target.room.url_env: FLOW: allowed: the address of an incoming webhook of"),
        (SLACK.replace("slack", "teams"), "target.room.url_env: ROOM: allowed: the address of a workflow of Teams"),
        (SLACK + f'url = "{ROOM}"', "target.room.url: allowed: one of `url`, `url_env` and `url_file`"),
        (SLACK + 'secret_env = "DESK"', "target.room.secret_env: means nothing for kind 'slack'"),
        ('[target.desk]\nsecret_env = "DESK"', "target.desk.url: a webhook needs one"),
    ],
)
def test_a_mistake_about_people_is_named_by_its_key(tmp_path: Path, text: str, said: str) -> None:
    assert problem(tmp_path, text, PEOPLE | SECRETS).startswith(said)


def test_the_end_of_a_day_is_midnight(tmp_path: Path) -> None:
    (target,) = read(tmp_path, LEAST + 'hours = "08:00-24:00"').every

    assert target.wanted.hours.hold(datetime(2026, 3, 2, 23, 59, tzinfo=UTC))
    assert not target.wanted.hours.hold(datetime(2026, 3, 2, 7, 59, tzinfo=UTC))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[targets.x]", "targets: no such key; allowed: link and [target.NAME]"),
        (LEAST + "loud = true", "target.desk.loud: no such key; allowed: kind, url, url_env, url_file, server,"),
        (LEAST.replace("desk]", "Desk]"), "target.Desk: allowed: names of 1 to 40 of a-z 0-9 - (found 'Desk')"),
        (LEAST.replace("https", "ftp"), "target.desk.url: allowed: https://host/path"),
        (LEAST.replace("//desk", "//me:hunter2@desk"), "target.desk.url: allowed: https://host/path"),
        (LEAST.replace("https", "http"), "target.desk.url: without https only to an address inside `networks`"),
        (LEAST.replace('"DESK"', '"NONE"'), "target.desk.secret_env: NONE: it is empty"),
        (LEAST.replace('"DESK"', '"BAD"'), "target.desk.secret_env: BAD: allowed: whsec_ and 24 to 64 bytes in base64"),
        (LEAST + 'secret_file = "x"', "target.desk.secret_env: allowed: either this, the name of a variable, or `sec"),
        (LEAST.replace("secret_env", "secret_file"), "target.desk.secret_file: DESK cannot be read: No such file"),
        (LEAST + 'hours = "8-20"', "target.desk.hours: allowed: a stretch such as \"08:00-20:00\" (found '8-20')"),
        (LEAST + 'time_zone = "Mars/Base"', "target.desk.time_zone: allowed: a zone this machine knows"),
        (LEAST + 'events = ["sung"]', "target.desk.events.0: Input should be 'raised', 'confirmed'"),
        (LEAST + "events = []", "target.desk.events: Tuple should have at least 1 item"),
        (LEAST + "attempts = 0", "target.desk.attempts: Input should be greater than or equal to 1 (found 0)"),
        (LEAST + 'networks = ["10.1.2.3/16"]', "target.desk.networks: 10.1.2.3/16 has host bits set"),
        (LEAST + 'ca_file = "nowhere.pem"', "target.desk.ca_file: nowhere.pem holds no certificates"),
        ("[target", "found no TOML: Expected ']'"),
    ],
)
def test_a_mistake_is_named_by_its_key(tmp_path: Path, text: str, said: str) -> None:
    assert problem(tmp_path, text).startswith(said)


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    two = LEAST.replace('"DESK"', '"BAD"') + LEAST.replace("target.desk", "target.other").replace("https", "http")

    assert [line.split(":")[0] for line in problem(tmp_path, two).splitlines()] == [
        "target.desk.secret_env",
        "target.other.url",
    ]


def test_the_command_reads_the_file_as_the_service_would(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / FILE_NAME
    file.write_text(LEAST + 'events = ["raised"]\nwords = true\n')
    monkeypatch.setenv("DESK", WRITTEN)
    good = CliRunner().invoke(app, ["deliveries", "check", str(file)], catch_exceptions=False)
    monkeypatch.delenv("DESK")
    bad = CliRunner().invoke(app, ["deliveries", "check", str(file)], catch_exceptions=False)

    assert good.exit_code == 0
    assert all(word in good.output for word in ("desk", "raised", "sent"))
    assert "desk.example" not in good.output
    assert bad.exit_code == 2


def test_the_command_makes_a_secret_that_can_be_used() -> None:
    made = CliRunner().invoke(app, ["deliveries", "secret"], catch_exceptions=False)

    assert len(read_secrets(made.stdout)) == 1
