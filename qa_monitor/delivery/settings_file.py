"""Reads the file of delivery targets; whatever is wrong is said with file and key, never with an address or secret."""

import os
import re
import ssl
import tomllib
from collections.abc import Mapping
from datetime import UTC, time, tzinfo
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from alerts.records import Priority
from qa_monitor.config import SettingsError
from qa_monitor.delivery.records import DeliveryEvent
from qa_monitor.delivery.signature import read_secrets
from qa_monitor.delivery.targets import Filter, Hours, Network, Target, Targets

FILE_NAME = "delivery.toml"
"""Looked for in the data folder where the settings name no file."""
MOST_TARGETS = 50
_CLOSED = ConfigDict(extra="forbid", frozen=True)
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_HOURS = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-(?:([01]\d|2[0-3]):([0-5]\d)|24:00)")
Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
_DAYS: tuple[Day, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _address(value: str) -> str:
    allowed = "https://host/path, or http:// within `networks`; no user name, no #"
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        raise ValueError(f"allowed: {allowed}") from None
    plain = value.isascii() and value.isprintable() and not any(each in value for each in " \\#@")
    if parts.scheme not in ("https", "http") or not parts.hostname or port == 0 or not plain:
        raise ValueError(f"allowed: {allowed}")
    return value


def _name(value: str) -> str:
    if _NAME.fullmatch(value) is None:
        raise ValueError("allowed: names of 1 to 40 of a-z 0-9 -")
    return value


def _hours(value: str) -> str:
    if _HOURS.fullmatch(value) is None:
        raise ValueError('allowed: a stretch such as "08:00-20:00"')
    return value


def _zone(value: str) -> str:
    _zone_of(value)
    return value


def _zone_of(name: str) -> tzinfo:
    if name == "UTC":
        return UTC  # there even where the machine knows no other
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError('allowed: a zone this machine knows, such as "Europe/Paris"') from None


def _networks(value: object) -> object:
    return tuple(ip_network(each) for each in value) if isinstance(value, list) else value


class _Target(BaseModel):
    """One table `[target.NAME]`."""

    model_config = _CLOSED
    url: Annotated[str, AfterValidator(_address)]
    secret_env: str | None = None
    secret_file: Path | None = None
    events: Annotated[tuple[DeliveryEvent, ...], Field(min_length=1)] = tuple(DeliveryEvent)
    rules: tuple[str, ...] = ()
    least_priority: Literal["low", "medium", "high"] = "low"
    teams: tuple[str, ...] = ()
    tenants: tuple[str, ...] = ()
    days: Annotated[tuple[Day, ...], Field(min_length=1)] = _DAYS
    hours: Annotated[str, AfterValidator(_hours)] = "00:00-24:00"
    time_zone: Annotated[str, AfterValidator(_zone)] = "UTC"
    words: bool = False
    networks: Annotated[tuple[Network, ...], BeforeValidator(_networks)] = ()
    attempts: Annotated[int, Field(ge=1, le=50)] = 20
    ca_file: Path | None = None


class _File(BaseModel):
    model_config = _CLOSED
    link: Annotated[str, AfterValidator(_address)] | None = None
    target: Annotated[
        Mapping[Annotated[str, AfterValidator(_name)], _Target], Field(default_factory=dict, max_length=MOST_TARGETS)
    ]


def load_targets(named: Path | None, data_dir: Path, environment: Mapping[str, str] = os.environ) -> Targets:
    """Where flags are sent; nowhere where there is no file. Raises `SettingsError`."""
    path = named or data_dir / FILE_NAME
    if named is None and not path.is_file():
        return Targets()
    return read_targets(path, environment)


def read_targets(path: Path, environment: Mapping[str, str]) -> Targets:
    """Where flags are sent, by this file. Raises `SettingsError` with every mistake in it."""
    try:
        file = _File.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"delivery: {path} cannot be read: {getattr(error, 'strerror', error)}") from error
    except tomllib.TOMLDecodeError as error:
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
    return Targets(every=tuple(targets), link=None if file.link is None else file.link.rstrip("/"))


def _target(name: str, table: _Target, environment: Mapping[str, str]) -> Target:
    """Raises `ValueError` that begins with the key."""
    if table.url.startswith("http:") and not table.networks:
        raise ValueError("url: without https only to an address inside `networks`")
    _check_ca(table.ca_file)
    return Target(
        name=name,
        url=table.url,
        secrets=_secrets(table, environment),
        wanted=Filter(
            events=frozenset(table.events),
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


def _secrets(table: _Target, environment: Mapping[str, str]) -> tuple[bytes, ...]:
    if (table.secret_env is None) == (table.secret_file is None):
        raise ValueError("secret_env: allowed: either this, the name of a variable, or `secret_file`")
    if table.secret_env is not None:
        where, text = f"secret_env: {table.secret_env}", environment.get(table.secret_env, "")
    else:
        assert table.secret_file is not None
        where, text = f"secret_file: {table.secret_file}", _read(table.secret_file)
    try:
        return read_secrets(text)
    except ValueError as error:
        raise ValueError(f"{where}: {error}") from None


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no text"
        raise ValueError(f"secret_file: {path} cannot be read: {reason}") from None


def _check_ca(path: Path | None) -> None:
    if path is None:
        return
    try:
        ssl.create_default_context(cafile=str(path))
    except (OSError, ssl.SSLError) as error:
        raise ValueError(f"ca_file: {path} holds no certificates that can be read: {error.strerror}") from None


def _hours_of(table: _Target) -> Hours:
    since, until = table.hours.split("-")
    return Hours(
        days=frozenset(_DAYS.index(day) for day in table.days),
        since=time.fromisoformat(since),
        until=time.min if until == "24:00" else time.fromisoformat(until),
        zone=_zone_of(table.time_zone),
    )


def _sentence(problem: ErrorDetails) -> str:
    parts = [str(part) for part in problem["loc"] if part != "[key]"]
    key = ".".join(parts) or "delivery"
    if problem["type"] == "extra_forbidden":
        allowed = ", ".join(_Target.model_fields) if len(parts) > 2 else "link and [target.NAME]"
        return f"{key}: no such key; allowed: {allowed}"
    told = problem["msg"].removeprefix("Value error, ")
    shown = parts[-1:] not in (["url"], ["link"], ["secret_env"]) and not isinstance(problem["input"], dict)
    return f"{key}: {told} (found {problem['input']!r})" if shown else f"{key}: {told}"
