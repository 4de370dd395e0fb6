"""A message to people that is written already, perhaps with a file. Pure."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """What goes with a mail. Slack and Teams take none."""

    name: str
    media_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One message."""

    key: str
    """The idempotency key: mail carries it in a header."""
    subject: str
    text: str = field(repr=False)
    file: File | None = None
