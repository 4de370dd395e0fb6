"""What surrounds every AudioHook text message, and how the two sides number theirs."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from streams.protocols.fields import LARGEST_WHOLE, Fields, read_object
from streams.refusals import TOO_BIG, BadField, Refused

LARGEST_TEXT = 65_535
"""Bytes of one text message, in both directions."""
VERSION = "2"
LONGEST_S = 86_400.0
"""Seconds in one duration: no call lasts longer than a day."""
NOBODY = "00000000-0000-0000-0000-000000000000"
"""The identifier of whoever does not exist, as in a connection probe."""
_DURATION = re.compile(r"PT([0-9]{0,9}(?:\.[0-9]{1,18})?|[0-9]{1,9}\.)S")
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """One client message, its parameters unread."""

    type: str
    session_id: str
    seq: int
    serverseq: int
    position_s: float
    """Where the client stands in its stream."""
    parameters: Fields


def read_envelope(message: str) -> Envelope:
    """Raises Refused where it is too long, no JSON, or lacks what every message has."""
    size = len(message) if len(message) > LARGEST_TEXT else len(message.encode(errors="replace"))
    if size > LARGEST_TEXT:
        raise Refused(TOO_BIG, f"a text message has at most {LARGEST_TEXT} bytes, not {size}")
    fields = read_object(message)
    if fields.get("version") != VERSION:
        raise fields.bad("version", VERSION)
    parameters = fields.inner("parameters")
    if parameters is None:
        raise fields.bad("parameters", "an object")
    return Envelope(
        type=fields.text("type"),
        session_id=read_uuid(fields, "id"),
        seq=read_number(fields, "seq"),
        serverseq=read_number(fields, "serverseq"),
        position_s=read_duration(fields, "position"),
        parameters=parameters,
    )


def read_number(fields: Fields, name: str) -> int:
    """A whole number from 0, as JSON writes numbers. Raises BadField."""
    value = fields.get(name)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= LARGEST_WHOLE:
        raise fields.bad(name, "a whole number from 0")
    return value


def read_uuid(fields: Fields, name: str) -> str:
    """An identifier as it came. Raises BadField."""
    value = fields.get(name)
    if not isinstance(value, str) or _UUID.fullmatch(value) is None:
        raise fields.bad(name, "a UUID")
    return value


def read_duration(fields: Fields, name: str) -> float:
    """Seconds of a duration such as `PT1.2S`. Raises BadField."""
    value = fields.get(name)
    found = _DURATION.fullmatch(value) if isinstance(value, str) else None
    seconds = float(found[1]) if found is not None and found[1] else -1.0
    if not 0 <= seconds <= LONGEST_S:
        raise fields.bad(name, f"a duration such as PT1.2S, at most {LONGEST_S:.0f} s")
    return seconds


def write_duration(seconds: float) -> str:
    """To the millisecond."""
    return f"PT{max(0.0, seconds):.3f}".rstrip("0").rstrip(".") + "S"


class Numbering:
    """Numbers what is said and checks the numbers of what is heard. State of one session."""

    def __init__(self, session_id: str) -> None:
        self._session_id = session_id
        self._said = 0
        self._heard = 0

    def check(self, message: Envelope) -> None:
        """Take note of a message. Raises BadField where its number, what it has seen, or its session is wrong."""
        if message.seq != self._heard + 1:
            raise BadField("seq", str(message.seq), str(self._heard + 1))
        self._heard = message.seq
        self._check_rest(message)

    def follow(self, message: Envelope) -> None:
        """The same, of a client that was told of an error already: it may have gone on counting."""
        self._heard = message.seq
        self._check_rest(message)

    def write(self, type_: str, parameters: Mapping[str, object] | None = None) -> str:
        """The next message of ours. Every text written must be sent, in order: the number is spent."""
        self._said += 1
        message = {
            "version": VERSION,
            "id": self._session_id,
            "type": type_,
            "seq": self._said,
            "clientseq": self._heard,
            "parameters": dict(parameters or {}),
        }
        return json.dumps(message, separators=(",", ":"))

    def _check_rest(self, message: Envelope) -> None:
        if message.serverseq > self._said:
            raise BadField("serverseq", str(message.serverseq), f"at most {self._said}")
        if message.session_id != self._session_id:
            raise BadField("id", "another session", "the one of the upgrade request")
