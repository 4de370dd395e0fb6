"""What a target's table says of secrets and of where people are reached. Every problem begins with its key."""

import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from qa_monitor.delivery.settings_table import TargetTable
from qa_monitor.delivery.targets import Mailbox, Security, TargetKind

_SLACK = re.compile(r"/(services|workflows|triggers)/[A-Za-z0-9/_-]+")
_TEAMS = re.compile(
    r"(/powerautomate/automations/direct(/cu/\d+)?)?/workflows/[A-Za-z0-9_-]+/triggers/manual/paths/invoke/?"
)
SLACK_HOSTS = frozenset({"hooks.slack.com", "hooks.slack-gov.com"})
_MAIL_KEYS = frozenset({"server", "security", "sender", "to", "user", "password_env", "password_file"})
_CHAT_KEYS = frozenset({"url_env", "url_file"})
_WEBHOOK_KEYS = frozenset({"secret_env", "secret_file"})
_FOREIGN: Mapping[TargetKind, frozenset[str]] = {
    TargetKind.WEBHOOK: _MAIL_KEYS | _CHAT_KEYS | {"language"},
    TargetKind.MAIL: _CHAT_KEYS | _WEBHOOK_KEYS | {"url"},
    TargetKind.SLACK: _MAIL_KEYS | _WEBHOOK_KEYS,
    TargetKind.TEAMS: _MAIL_KEYS | _WEBHOOK_KEYS,
}


def reject_foreign(table: TargetTable, kind: TargetKind) -> None:
    """Raises `ValueError` for a key that means nothing for this kind of target."""
    for key in sorted(table.model_fields_set & _FOREIGN[kind]):
        raise ValueError(f"{key}: means nothing for kind {kind.value!r}")


def chat_address(table: TargetTable, kind: TargetKind, environment: Mapping[str, str]) -> str:
    """Where Slack or Teams takes messages; empty for mail. Whoever knows it may write there: it is a secret."""
    if kind is TargetKind.MAIL:
        return ""
    if table.url is not None and (table.url_env or table.url_file):
        raise ValueError("url: allowed: one of `url`, `url_env` and `url_file`")
    where, url = ("url", table.url)
    if url is None:
        where, url = read_secret_text("url", table.url_env, table.url_file, environment)
    url = url.strip()
    right = _is_slack(url) if kind is TargetKind.SLACK else _is_teams(url)
    if not right:
        allowed = (
            "the address of an incoming webhook of Slack"
            if kind is TargetKind.SLACK
            else ("the address of a workflow of Teams that takes webhook requests")
        )
        raise ValueError(f"{where}: allowed: {allowed}")
    return url


def mailbox(table: TargetTable, environment: Mapping[str, str]) -> Mailbox:
    """How mail leaves, and for whom."""
    if table.server is None or table.sender is None or not table.to:
        missing = "server" if table.server is None else "sender" if table.sender is None else "to"
        raise ValueError(f"{missing}: mail needs `server`, `sender` and `to`")
    security = Security(table.security)
    if security is Security.NONE and not table.networks:
        raise ValueError("security: none only to a server inside `networks`")
    password = None
    if table.user is not None:
        if security is Security.NONE:
            raise ValueError("security: none is not allowed with a log-in")
        where, text = read_secret_text("password", table.password_env, table.password_file, environment)
        password = text.strip()
        if not password:
            raise ValueError(f"{where}: it is empty")
    elif table.password_env or table.password_file:
        raise ValueError("user: a password needs one")
    host, _, port = table.server.rpartition(":")
    return Mailbox(
        host=host,
        port=int(port),
        security=security,
        sender=table.sender,
        to=table.to,
        user=table.user,
        password=password,
    )


def read_secret_text(
    name: str, variable: str | None, path: Path | None, environment: Mapping[str, str]
) -> tuple[str, str]:
    """Where it was found, and the text, from a variable or a file. Raises `ValueError` that begins with the key."""
    if (variable is None) == (path is None):
        raise ValueError(f"{name}_env: allowed: either this, the name of a variable, or `{name}_file`")
    if variable is not None:
        return f"{name}_env: {variable}", environment.get(variable, "")
    assert path is not None
    try:
        return f"{name}_file: {path}", path.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no text"
        raise ValueError(f"{name}_file: {path} cannot be read: {reason}") from None


def _is_slack(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme == "https" and parts.netloc in SLACK_HOSTS and _SLACK.fullmatch(parts.path) is not None


def _is_teams(url: str) -> bool:
    try:
        parts = urlsplit(url)
        named = parts.hostname is not None and parts.port != 0
    except ValueError:
        return False
    plain = named and "@" not in parts.netloc and "sig=" in parts.query
    return parts.scheme == "https" and plain and _TEAMS.fullmatch(parts.path) is not None
