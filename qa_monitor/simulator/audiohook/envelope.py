"""The envelope around every AudioHook message: numbered when written, checked when read."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

VERSION = "2"
LARGEST_TEXT = 65_535
"""Bytes of a text message."""
_DURATION = re.compile(r"PT(\d+(?:\.\d+)?)S")


class Violation(Exception):
    """The service broke the protocol. After a fatal one the client drops the connection."""

    def __init__(self, code: int, text: str, *, fatal: bool = False) -> None:
        super().__init__(code, text)
        self.code = code
        self.text = text
        self.fatal = fatal

    def __str__(self) -> str:
        return f"{self.text} ({self.code})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A message of the service whose envelope is right."""

    type: str
    clientseq: int
    """The last of the client's messages that the service had seen."""
    parameters: Mapping[str, object] = field(default_factory=dict)


class Envelopes:
    """Numbers what one client sends and checks the numbers it gets. State of one session; not shared."""

    def __init__(self, session_id: str) -> None:
        self._session_id = session_id
        self.sent = 0
        """The number of the last message sent; 0 before any."""
        self.seen = 0
        """The number of the last message of the service; 0 before any."""
        self._acknowledged = 0

    def write(self, kind: str, position_s: float, parameters: Mapping[str, object]) -> str:
        """The next message."""
        self.sent += 1
        envelope = {
            "version": VERSION,
            "id": self._session_id,
            "type": kind,
            "seq": self.sent,
            "serverseq": self.seen,
            "position": duration(position_s),
            "parameters": parameters,
        }
        return json.dumps(envelope)

    def read(self, message: str | bytes) -> Received:
        """Check one message of the service. Raises Violation."""
        envelope = _object_in(message)
        self._check_number(envelope.get("seq"))
        clientseq = envelope.get("clientseq")
        if not isinstance(clientseq, int) or not self._acknowledged <= clientseq <= self.sent:
            raise Violation(400, f"clientseq {clientseq} is not from {self._acknowledged} to {self.sent}")
        self._acknowledged = clientseq
        kind, parameters = envelope.get("type"), envelope.get("parameters")
        if envelope.get("version") != VERSION or envelope.get("id") != self._session_id:
            raise Violation(400, "version or id of a message is not that of the session")
        if not isinstance(kind, str) or not isinstance(parameters, dict):
            raise Violation(400, "a message without a type or without an object of parameters")
        return Received(type=kind, clientseq=clientseq, parameters=parameters)

    def _check_number(self, number: object) -> None:
        if number != self.seen + 1 or isinstance(number, bool):
            raise Violation(400, f"seq {number} where {self.seen + 1} was due", fatal=True)
        self.seen += 1


def _object_in(message: str | bytes) -> Mapping[str, object]:
    if isinstance(message, bytes):
        raise Violation(415, "a binary message", fatal=True)
    if len(message.encode()) > LARGEST_TEXT:
        raise Violation(413, f"a text message of {len(message.encode())} bytes")
    try:
        envelope = json.loads(message)
    except ValueError:
        raise Violation(400, "a text message that is not JSON") from None
    if not isinstance(envelope, dict):
        raise Violation(400, "a text message that is not a JSON object")
    return envelope


def duration(seconds: float) -> str:
    """As durations are written: `PT1.2S`."""
    return f"PT{seconds:.6f}".rstrip("0").rstrip(".") + "S"


def seconds_in(text: object) -> float:
    """The seconds of a duration. Raises Violation."""
    found = _DURATION.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        raise Violation(400, f"{text!r} is not a duration such as PT1.2S")
    return float(found[1])
