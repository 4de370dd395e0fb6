"""Reads the file of delivery targets; whatever is wrong is said with file and key, never with an address or secret."""

import os
import ssl
from collections.abc import Mapping
from datetime import time
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from alerts.files.plain_text import Unreadable, is_there
from alerts.records import Priority
from qa_monitor.config import SettingsError
from qa_monitor.delivery.notices import SURGES
from qa_monitor.delivery.records import DeliveryEvent
from qa_monitor.delivery.settings_secrets import chat_address, mailbox, read_secret_text, reject_foreign
from qa_monitor.delivery.settings_table import DAYS, FileTable, TargetTable, zone_of
from qa_monitor.delivery.signature import read_secrets
from qa_monitor.delivery.targets import Filter, Hours, Target, TargetKind, Targets
from qa_monitor.toml_file import read_toml
from streams.records import Language

FILE_NAME = "delivery.toml"
"""Looked for in the data folder where the settings name no file."""
FOR_PEOPLE = (DeliveryEvent.CONFIRMED,)
"""What people are told unless the file says otherwise: each flag once."""
HIDDEN = frozenset({"url", "link", "secret_env", "url_env", "user", "password_env", "sender", "to"})
"""Keys whose values are not repeated in what is said of a mistake."""


def load_targets(named: Path | None, data_dir: Path, environment: Mapping[str, str] = os.environ) -> Targets:
    """Where flags are sent; nowhere where there is no file. Raises `SettingsError`."""
    path = named or data_dir / FILE_NAME
    if named is None and not is_there(path):
        return Targets()
    return read_targets(path, environment)


def read_targets(path: Path, environment: Mapping[str, str]) -> Targets:
    """Where flags are sent, by this file. Raises `SettingsError` with every mistake in it."""
    try:
        file = FileTable.model_validate(read_toml(path))
    except Unreadable as error:
        raise SettingsError(f"{path}: {error}") from error
    except ValidationError as error:
        # what was found may hold a secret: the cause stays out of the trace too
        raise SettingsError("\n".join(f"{path}: {_sentence(each)}" for each in error.errors())) from None
    targets, problems = [], []
    for name, table in file.target.items():
        try:
            targets.append(_target(name, table, environment))
        except ValueError as error:
            problems.append(f"{path}: target.{name}.{error}")
    if problems:
        raise SettingsError("\n".join(problems))
    return Targets(
        every=tuple(targets),
        link=None if file.link is None else file.link.rstrip("/"),
        files=tuple(path for table in file.target.values() for path in _files(table)),
    )


def _files(table: TargetTable) -> tuple[Path, ...]:
    """What is read for a target besides the file itself."""
    named = (table.secret_file, table.url_file, table.password_file, table.ca_file)
    return tuple(path for path in named if path is not None)


def _target(name: str, table: TargetTable, environment: Mapping[str, str]) -> Target:
    """Raises `ValueError` that begins with the key."""
    kind = TargetKind(table.kind)
    reject_foreign(table, kind)
    _check_ca(table.ca_file)
    if table.teams and not SURGES.isdisjoint(table.events or ()):
        raise ValueError("events: a surge is of no team: it cannot be sent where `teams` are named")
    webhook = kind is TargetKind.WEBHOOK
    return Target(
        name=name,
        kind=kind,
        url=_webhook_address(table) if webhook else chat_address(table, kind, environment),
        secrets=_secrets(table, environment) if webhook else (),
        mailbox=mailbox(table, environment) if kind is TargetKind.MAIL else None,
        language=Language(table.language),
        wanted=Filter(
            events=frozenset(table.events or (tuple(DeliveryEvent) if webhook else FOR_PEOPLE)),
            rules=frozenset(table.rules),
            least_priority=Priority[table.least_priority.upper()],
            teams=frozenset(table.teams),
            tenants=frozenset(table.tenants),
            hours=_hours_of(table),
        ),
        words=table.words,
        networks=table.networks,
        attempts=table.attempts,
        ca_file=table.ca_file,
    )


def _webhook_address(table: TargetTable) -> str:
    if table.url is None:
        raise ValueError("url: a webhook needs one")
    if table.url.startswith("http:") and not table.networks:
        raise ValueError("url: without https only to an address inside `networks`")
    return table.url


def _secrets(table: TargetTable, environment: Mapping[str, str]) -> tuple[bytes, ...]:
    where, text = read_secret_text("secret", table.secret_env, table.secret_file, environment)
    try:
        return read_secrets(text)
    except ValueError as error:
        raise ValueError(f"{where}: {error}") from None


def _check_ca(path: Path | None) -> None:
    if path is None:
        return
    try:
        ssl.create_default_context(cafile=str(path))
    except (OSError, ssl.SSLError) as error:
        raise ValueError(f"ca_file: {path} holds no certificates that can be read: {error.strerror}") from None


def _hours_of(table: TargetTable) -> Hours:
    since, until = table.hours.split("-")
    return Hours(
        days=frozenset(DAYS.index(day) for day in table.days),
        since=time.fromisoformat(since),
        until=time.min if until == "24:00" else time.fromisoformat(until),
        zone=zone_of(table.time_zone),
    )


def _sentence(problem: ErrorDetails) -> str:
    parts = [str(part) for part in problem["loc"] if part != "[key]"]
    key = ".".join(parts) or "delivery"
    if problem["type"] == "extra_forbidden":
        allowed = ", ".join(TargetTable.model_fields) if len(parts) > 2 else "link and [target.NAME]"
        return f"{key}: no such key; allowed: {allowed}"
    told = problem["msg"].removeprefix("Value error, ")
    shown = HIDDEN.isdisjoint(parts[2:] or parts) and not isinstance(problem["input"], dict)
    return f"{key}: {told} (found {problem['input']!r})" if shown else f"{key}: {told}"
