"""Adapter: JSON objects of outsiders through msgspec, read field by field, each refusal naming the field."""

import re
from collections.abc import Collection, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

import msgspec

from streams.protocols.port import LARGEST_MESSAGE
from streams.refusals import BAD_DATA, POLICY, TOO_BIG, BadField, Refused

Choice = TypeVar("Choice", bound=StrEnum)

LONGEST_TEXT = 128
MOST_METADATA = 32
LONGEST_METADATA = 512
MOST_DIGITS = 16
LARGEST_WHOLE = 2**53
"""Every JSON reader carries whole numbers up to here."""
_IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:@+-]{0,127}")


class Fields:
    """The fields of one JSON object. `path` is where it lies in the message, for refusals."""

    def __init__(self, values: Mapping[str, object], path: str = "") -> None:
        self._values = values
        self._path = path

    def get(self, name: str) -> object:
        """The value as it came; None where it is absent or null."""
        return self._values.get(name)

    def values(self) -> Mapping[str, object]:
        """All of them, as they came; read-only."""
        return MappingProxyType(self._values)

    def text(self, name: str, default: str | None = None) -> str:
        """Printable text of at most 128 characters. Absent, null or empty: the default, where there is one."""
        value = self.get(name)
        if value in (None, "") and default is not None:
            return default
        if not isinstance(value, str) or not value or len(value) > LONGEST_TEXT or not value.isprintable():
            raise self.bad(name, f"1 to {LONGEST_TEXT} printable characters")
        return value

    def identifier(self, name: str, default: str | None = None) -> str:
        """Text that is safe as a key and in an address."""
        value = self.text(name, default)
        if _IDENTIFIER.fullmatch(value) is None:
            raise self.bad(name, f"1 to {LONGEST_TEXT} letters, digits and . _ : @ + -, letter or digit first")
        return value

    def choice(self, name: str, default: Choice) -> Choice:
        """One member of the default's type. Absent, null or empty: the default."""
        value = self.get(name)
        if value in (None, ""):
            return default
        chosen = member(type(default), value)
        if chosen is None:
            raise self.bad(name, ", ".join(type(default)))
        return chosen

    def whole(self, name: str, code: int = POLICY) -> int | None:
        """A whole number from 0, written as a number or as text; None where it is absent. `code` is for a refusal."""
        value = self.get(name)
        if value is None:
            return None
        if isinstance(value, str) and len(value) <= MOST_DIGITS and value.isascii() and value.isdigit():
            value = int(value)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= LARGEST_WHOLE:
            raise self.bad(name, "a whole number from 0", code)
        return value

    def inner(self, name: str) -> "Fields | None":
        """The object under `name`; None where it is absent."""
        value = self.get(name)
        if value is None:
            return None
        if not isinstance(value, dict):
            raise self.bad(name, "an object")
        return Fields(value, f"{self._path}{name}.")

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts; empty where it is absent."""
        value = self.get(name)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise self.bad(name, "a list of texts")
        return tuple(value)

    def only(self, allowed: Collection[str]) -> None:
        """Refuse a field that nobody reads: a misspelt one would be silently ignored."""
        for name in self._values:
            if name not in allowed:
                raise BadField(f"{self._path}{_short(name)}", "an unknown field", ", ".join(sorted(allowed)))

    def metadata(self, without: Collection[str] = ()) -> Mapping[str, str]:
        """Every field not named in `without`, as text; read-only, bounded in number and length."""
        chosen = {name: value for name, value in self._values.items() if name not in without and value is not None}
        if len(chosen) > MOST_METADATA:
            raise BadField(self._path.rstrip("."), f"{len(chosen)} entries", f"at most {MOST_METADATA}")
        return MappingProxyType({name: self._metadatum(name, value) for name, value in chosen.items()})

    def _metadatum(self, name: str, value: object) -> str:
        written = str(value) if isinstance(value, str | int | float) else None
        if written is None or len(written) > LONGEST_METADATA or "\0" in written:
            raise self.bad(name, f"a text of at most {LONGEST_METADATA} characters, without NUL")
        if len(name) > LONGEST_TEXT or not name.isprintable():
            raise BadField(f"{self._path}{_short(name)}", "a bad name", f"1 to {LONGEST_TEXT} printable characters")
        return written

    def bad(self, name: str, allowed: str, code: int = POLICY) -> BadField:
        """The refusal of a field's value."""
        return BadField(f"{self._path}{_short(name)}", _found(self.get(name)), allowed, code)


def member(kind: type[Choice], value: object) -> Choice | None:
    """The member written so; None where there is none."""
    return next((each for each in kind if each == value), None)


def read_object(message: str) -> Fields:
    """The JSON object in a text message. Raises Refused: 1009 when it is too long, 1007 when it is no JSON object."""
    try:
        data = message.encode()
        if len(data) > LARGEST_MESSAGE:
            raise Refused(TOO_BIG, f"a message has at most {LARGEST_MESSAGE} bytes, not {len(data)}")
        return Fields(msgspec.json.decode(data, type=dict[str, object]))
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        raise Refused(BAD_DATA, "the message is not a JSON object in UTF-8") from None


def _found(value: object) -> str:
    """What was found, short; of lists and objects the kind only."""
    match value:
        case None:
            return "nothing"
        case dict():
            return "an object"
        case list():
            return "a list"
        case str():
            return repr(_short(value))
        case _:
            return _short(str(value))


def _short(text: str) -> str:
    return text if len(text) <= 24 else f"{text[:23]}…"
