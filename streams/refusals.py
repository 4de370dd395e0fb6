"""How a connection is closed or refused: the code of the websocket protocol, and a sentence for the other side."""

from dataclasses import dataclass

NORMAL = 1000
WRONG_TYPE = 1003
ABNORMAL = 1006
"""Never sent: the connection broke without a close frame."""
BAD_DATA = 1007
POLICY = 1008
TOO_BIG = 1009

LONGEST_REASON = 123
"""Bytes of UTF-8 that fit a websocket close frame."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Close:
    """What the adapter must close the connection with."""

    code: int
    reason: str

    def __post_init__(self) -> None:
        if len(self.reason.encode()) > LONGEST_REASON:
            raise ValueError(f"a close reason has at most {LONGEST_REASON} bytes, not {len(self.reason.encode())}")


class Refused(Exception):
    """The other side broke the protocol. Carries the close code and a sentence for whoever runs that side."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason

    @property
    def close(self) -> Close:
        """The same, cut to what a close frame can carry."""
        cut = self.reason.encode()[:LONGEST_REASON].decode(errors="ignore")
        return Close(code=self.code, reason=cut)


class BadField(Refused):
    """A field of a message is not what it must be."""

    def __init__(self, field: str, found: str, allowed: str, code: int = POLICY) -> None:
        super().__init__(code, f"{field}: found {found}; allowed: {allowed}")
        self.field = field
        self.found = found
        self.allowed = allowed
