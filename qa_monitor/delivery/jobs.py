"""What passes between the service and the process that carries messages to people: one line of JSON each way. Pure."""

from collections.abc import Sequence
from typing import Literal

from pydantic import Base64Bytes, BaseModel, ConfigDict

_CLOSED = ConfigDict(extra="forbid", frozen=True)


class MailJob(BaseModel):
    """How one mail leaves."""

    model_config = _CLOSED
    mode: Literal["starttls", "ssl", "insecure"]
    sender: str
    to: Sequence[str]
    user: str | None
    password: str | None


class Attached(BaseModel):
    """A file that goes with a mail."""

    model_config = _CLOSED
    name: str
    media_type: str
    content: Base64Bytes


class Job(BaseModel):
    """One message to carry. Holds secrets: never logged."""

    model_config = _CLOSED
    key: str
    """The idempotency key: mail carries it in a header."""
    host: str
    port: int
    addresses: Sequence[tuple[str, int]]
    """Address and port, checked: nothing else is connected to."""
    url: str | None
    """Of Slack or Teams."""
    mail: MailJob | None
    subject: str
    text: str
    attached: Attached | None = None


class Carried(BaseModel):
    """What became of it."""

    model_config = _CLOSED
    taken: bool
    status: int | None = None
    """What the other side answered, where it is an HTTP status that says no."""
    connected: bool = True
    """False: nobody answered, or the way to the other side could not be secured, or it refused the log-in."""
    unusable: bool = False
    """The library makes nothing of the address in the settings."""
