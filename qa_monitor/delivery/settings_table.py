"""The shape of the file of delivery targets, as it is written."""

import re
from collections.abc import Mapping
from datetime import UTC, tzinfo
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator

from qa_monitor.delivery.notices import NoticeEvent
from qa_monitor.delivery.records import DeliveryEvent, Event
from qa_monitor.delivery.targets import Network

MOST_TARGETS = 50
_CLOSED = ConfigDict(extra="forbid", frozen=True)
_HOST = re.compile(r"[A-Za-z0-9.-]{1,253}")
_MAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,253}")
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_HOURS = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-(?:([01]\d|2[0-3]):([0-5]\d)|24:00)")
Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DAYS: tuple[Day, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


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


def _server(value: str) -> str:
    host, _, port = value.rpartition(":")
    if _HOST.fullmatch(host) is None or not port.isdecimal() or not 0 < int(port) < 65536:
        raise ValueError("allowed: host:port, such as smtp.example.com:587")
    return value


def _mail_address(value: str) -> str:
    if _MAIL.fullmatch(value) is None:
        raise ValueError("allowed: a plain mail address, such as coaches@example.com")
    return value


def _name(value: str) -> str:
    if _NAME.fullmatch(value) is None:
        raise ValueError("allowed: names of 1 to 40 of a-z 0-9 -")
    return value


def _hours(value: str) -> str:
    if _HOURS.fullmatch(value) is None:
        raise ValueError('allowed: a stretch such as "08:00-20:00"')
    return value


def _event(value: object) -> Event:
    for choices in (DeliveryEvent, NoticeEvent):
        for event in choices:
            if value == event.value:
                return event
    allowed = ", ".join(f"'{event.value}'" for event in (*DeliveryEvent, *NoticeEvent))
    raise ValueError(f"Input should be {allowed}")


def _zone(value: str) -> str:
    zone_of(value)
    return value


def zone_of(name: str) -> tzinfo:
    if name == "UTC":
        return UTC  # there even where the machine knows no other
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError('allowed: a zone this machine knows, such as "Europe/Paris"') from None


def _networks(value: object) -> object:
    return tuple(ip_network(each) for each in value) if isinstance(value, list) else value


class TargetTable(BaseModel):
    """One table `[target.NAME]`."""

    model_config = _CLOSED
    kind: Literal["webhook", "mail", "slack", "teams"] = "webhook"
    url: Annotated[str, AfterValidator(_address)] | None = None
    url_env: str | None = None
    url_file: Path | None = None
    server: Annotated[str, AfterValidator(_server)] | None = None
    security: Literal["starttls", "tls", "none"] = "starttls"
    sender: Annotated[str, AfterValidator(_mail_address)] | None = None
    to: Annotated[tuple[Annotated[str, AfterValidator(_mail_address)], ...], Field(max_length=50)] = ()
    user: str | None = None
    password_env: str | None = None
    password_file: Path | None = None
    language: Literal["en", "fr"] = "en"
    secret_env: str | None = None
    secret_file: Path | None = None
    events: Annotated[tuple[Annotated[Event, PlainValidator(_event)], ...], Field(min_length=1)] | None = None
    rules: tuple[str, ...] = ()
    least_priority: Literal["low", "medium", "high"] = "low"
    teams: tuple[str, ...] = ()
    tenants: tuple[str, ...] = ()
    days: Annotated[tuple[Day, ...], Field(min_length=1)] = DAYS
    hours: Annotated[str, AfterValidator(_hours)] = "00:00-24:00"
    time_zone: Annotated[str, AfterValidator(_zone)] = "UTC"
    words: bool = False
    networks: Annotated[tuple[Network, ...], BeforeValidator(_networks)] = ()
    attempts: Annotated[int, Field(ge=1, le=50)] = 20
    ca_file: Path | None = None


class FileTable(BaseModel):
    model_config = _CLOSED
    link: Annotated[str, AfterValidator(_address)] | None = None
    target: Annotated[
        Mapping[Annotated[str, AfterValidator(_name)], TargetTable],
        Field(default_factory=dict, max_length=MOST_TARGETS),
    ]
