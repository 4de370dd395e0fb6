"""Adapter: mail, Slack and Teams, through apprise, in a process of its own. See `messages.py`, which starts it.

    python -m qa_monitor.delivery.carrier

Reads one `Job` a line, answers one `Carried` a line, and ends with its input. The library connects to whatever its
addresses say and looks names up by itself; here it can only connect to the addresses the job names. That takes changes
to this process's own socket module, which is why it has a process of its own; so has it a time limit that holds, and
its memory does not stay with the service.
"""

import logging
import re
import socket
import sys
from collections.abc import Callable, Sequence
from typing import IO

from qa_monitor.delivery.jobs import Attached, Carried, Job, MailJob

STATUS = re.compile(r"error=(\d{3})\b")
UNCONNECTED = re.compile("onnection error", re.IGNORECASE)
NAME_EVENTS = frozenset({"socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo", "socket.sendto"})
"""What would ask a name server, or send without connecting."""


class Fence:
    """Lets this process connect to the addresses of the present job, and nowhere else. Stays for good."""

    def __init__(self) -> None:
        self._host, self._port = "", 0
        self._allowed: Sequence[tuple[str, int]] = ()

    def put_up(self) -> None:
        """From here on."""
        socket.getaddrinfo = self._addresses  # type: ignore[assignment]  # only the target's addresses are ever asked for
        # smtplib introduces itself by this machine's name, which would be looked up
        socket.getfqdn = _nameless
        sys.addaudithook(self._watch)

    def allow(self, job: Job) -> None:
        """Only what this job names."""
        self._host, self._port, self._allowed = job.host, job.port, job.addresses

    def _addresses(self, host: object, port: object, *_: object, **__: object) -> list[object]:
        if (host, port) != (self._host, self._port):
            raise socket.gaierror(socket.EAI_FAIL, "not the target of this message")
        return [_info(address, to) for address, to in self._allowed]

    def _watch(self, event: str, arguments: tuple[object, ...]) -> None:
        if event in NAME_EVENTS:
            raise PermissionError("names are not looked up here")
        if event == "socket.connect":
            to = arguments[1]
            if not isinstance(to, tuple) or tuple(to[:2]) not in {tuple(each) for each in self._allowed}:
                raise PermissionError("not an address of this message")


class Heard(logging.Handler):
    """What the library says went wrong: the status alone, since its sentences hold addresses."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.status: int | None = None
        self.connected = True

    def emit(self, record: logging.LogRecord) -> None:
        """Look for the status."""
        said = record.getMessage()
        found = STATUS.search(said)
        if found is not None:
            self.status = int(found[1])
        if UNCONNECTED.search(said):
            self.connected = False


def carry(job: Job) -> Carried:
    """Hand one message over, once."""
    from apprise import Apprise, AppriseAsset, NotifyFormat

    asset = AppriseAsset(
        app_id="qa-monitor", http_redirects=False, async_mode=False, storage_mode="memory", image_url_mask=None
    )
    plugin = Apprise.instantiate((job.url or "") if job.mail is None else _mail(job, job.mail), asset=asset)
    if plugin is None:
        return Carried(taken=False, unusable=True)
    heard, said_by = Heard(), logging.getLogger("apprise")
    said_by.addHandler(heard)
    try:
        taken = plugin.notify(
            body=job.text, title=job.subject, body_format=NotifyFormat.TEXT, attach=_attachment(job.attached)
        )
    finally:
        said_by.removeHandler(heard)
    return Carried(taken=bool(taken), status=heard.status, connected=heard.connected)


def work(lines: IO[str], answers: IO[str], hand_over: Callable[[Job], Carried] = carry) -> None:
    """Every line a job, until there are no more."""
    fence = Fence()
    fence.put_up()
    for line in lines:
        job = Job.model_validate_json(line)
        fence.allow(job)
        answers.write(hand_over(job).model_dump_json() + "\n")
        answers.flush()


def _mail(job: Job, mail: MailJob) -> dict[str, object]:
    return {
        "schema": "mailto" if mail.mode == "insecure" else "mailtos",
        "host": job.host,
        "smtp_host": job.host,
        "port": job.port,
        "user": mail.user,
        "password": mail.password,
        "from_addr": mail.sender,
        "targets": list(mail.to),
        "secure_mode": mail.mode,
        "headers": {"X-QA-Monitor-Delivery": job.key},
        "format": "text",
    }


def _attachment(attached: Attached | None) -> object:
    """As the library takes it: from memory, nothing is written to disk."""
    if attached is None:
        return None
    from apprise.attachment.memory import AttachMemory

    # the library gives it no types
    made: object = AttachMemory(  # type: ignore[no-untyped-call]
        content=attached.content, name=attached.name, mimetype=attached.media_type
    )
    return made


def _info(address: str, port: int) -> tuple[object, ...]:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    where = (address, port, 0, 0) if family is socket.AF_INET6 else (address, port)
    return family, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", where


def _nameless(name: str = "") -> str:
    """What a client says that has no name of its own."""
    return "[127.0.0.1]"


if __name__ == "__main__":
    logging.disable(logging.NOTSET)
    logging.getLogger("apprise").propagate = False
    work(sys.stdin, sys.stdout)
