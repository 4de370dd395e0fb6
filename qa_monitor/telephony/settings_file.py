"""Reads the file of telephony's settings; whatever is wrong is said with file and field, never with a secret."""

import stat
from pathlib import Path

import structlog
from pydantic import TypeAdapter, ValidationError

from alerts.files.plain_text import Unreadable, is_there
from qa_monitor.config import SettingsError
from qa_monitor.telephony.settings import Telephony
from qa_monitor.toml_file import read_toml

FILE_NAME = "telephony.toml"
"""Looked for in the data folder where the settings name no file."""
SECRETS = frozenset({"secret", "auth_token", "basic_password", "bearer"})
_HIDDEN = [[name] for name in SECRETS]
_SHOWN = 4
"""Characters of an API key that are told: enough to find it."""

log = structlog.get_logger()


def load_telephony(named: Path | None, data_dir: Path) -> Telephony:
    """The settings of telephony; all defaults where there is no file. Raises `SettingsError`."""
    path = named or data_dir / FILE_NAME
    if named is None and not is_there(path):
        return Telephony()
    try:
        values = read_toml(path)
        found = TypeAdapter(Telephony).validate_python(values)
    except Unreadable as error:
        raise SettingsError(f"{path}: {error}") from error
    except ValidationError as error:
        # what was found may be a secret: the cause stays out of the trace too
        raise SettingsError("\n".join(f"{path}: {sentence}" for sentence in _sentences(error))) from None
    _warn_if_readable(path, values)
    return found


def _sentences(error: ValidationError) -> list[str]:
    return [
        _sentence(problem["loc"], problem["type"], problem["msg"], problem["input"])
        for problem in error.errors(include_url=False)
    ]


def _sentence(loc: tuple[int | str, ...], kind: str, message: str, found: object) -> str:
    parts = [str(part) for part in loc]
    if parts[:2] == ["audiohook", "keys"] and len(parts) > 2:
        parts[2] = f"{parts[2][:_SHOWN]}…"
    field = ".".join(parts) or "telephony"
    if kind == "unexpected_keyword_argument":
        return f"{field}: no such setting"
    told = message.removeprefix("Value error, ")
    # a value in the wrong place may be a secret as well
    hidden = isinstance(found, dict) or parts[:1] in (["audiohook"], ["twilio"]) or parts[-1:] in _HIDDEN
    return f"{field}: {told}" if hidden else f"{field}: {told} (found {found!r})"


def _warn_if_readable(path: Path, values: dict[str, object]) -> None:
    """A secret that others on this machine can read is worth a line, not a refusal: some mounts cannot be closed."""
    if _holds_secret(values) and stat.S_IMODE(path.stat().st_mode) & 0o077:
        log.warning("others can read telephony's secrets: chmod 600", file=str(path))


def _holds_secret(values: object) -> bool:
    if not isinstance(values, dict):
        return False
    return any(name in SECRETS or _holds_secret(inner) for name, inner in values.items())
