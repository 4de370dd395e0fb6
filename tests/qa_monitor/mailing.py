"""A real mail server for tests: aiosmtpd on this machine, which keeps what it gets."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_network

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from qa_monitor.delivery.targets import Filter, Mailbox, Security, Target, TargetKind

LOG_IN = ("qa-monitor", "correct horse")
REFUSED = "gone@example.com"


@dataclass(slots=True, kw_only=True)
class MailServer:
    """Keeps mails; refuses one recipient."""

    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    log_ins: list[str] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802 - the name is the library's
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address == REFUSED:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - the name is the library's
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        assert isinstance(envelope.content, bytes)
        made = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(made, EmailMessage)
        self.mails.append(made)
        self.recipients.append([str(each) for each in envelope.rcpt_tos])
        return "250 OK"

    def authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: object
    ) -> AuthResult:
        assert isinstance(given, LoginPassword)
        name, password = given.login.decode(), given.password.decode()
        self.log_ins.append(name)
        return AuthResult(success=(name, password) == LOG_IN, handled=True)


@asynccontextmanager
async def a_mail_server(tls: ssl.SSLContext | None = None) -> AsyncIterator[MailServer]:
    """Listens on this machine; with `tls`, only after STARTTLS and a log-in."""
    kept, secured = MailServer(), tls is not None

    def session() -> SMTP:
        return SMTP(
            kept,
            authenticator=kept.authenticate,
            tls_context=tls,
            require_starttls=secured,
            auth_required=secured,
            hostname="mail.example",
        )

    listening = await asyncio.get_running_loop().create_server(session, "127.0.0.1", 0)
    kept.port = listening.sockets[0].getsockname()[1]
    try:
        yield kept
    finally:
        listening.close()


def a_mail_target(port: int, host: str = "127.0.0.1", **changes: object) -> Target:
    """Two coaches, by a server inside the house."""
    given: dict[str, object] = {
        "host": host,
        "port": port,
        "security": Security.NONE,
        "sender": "qa@example.com",
        "to": ("north@example.com", "floor@example.com"),
    }
    return Target(
        name="coaches",
        kind=TargetKind.MAIL,
        mailbox=Mailbox(**(given | changes)),  # type: ignore[arg-type]  # fields by name
        wanted=Filter(),
        networks=(ip_network("127.0.0.0/8"),),
    )
