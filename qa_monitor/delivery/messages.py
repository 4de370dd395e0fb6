"""Mail, Slack and Teams: carried by a process of its own, to addresses that were checked here. See `carrier.py`."""

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from base64 import b64encode
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import ValidationError

from qa_monitor.delivery.addresses import is_public
from qa_monitor.delivery.jobs import Attached, Carried, Job, MailJob
from qa_monitor.delivery.letters import File, Letter
from qa_monitor.delivery.port import Outcome
from qa_monitor.delivery.records import Delivery
from qa_monitor.delivery.resolving import AddressForbidden, Resolve, allowed_addresses, resolve
from qa_monitor.delivery.targets import Security, Target
from qa_monitor.delivery.webhook import ADDRESSES, outcome, wall_time
from qa_monitor.delivery.wording import message

PATIENCE_S = 45.0
"""For one attempt: a mail server may think for a while, and the library starts slowly on a busy machine."""
IDLE_S = 60.0
"""The process ends when nothing was sent for so long."""
HANDED_DOWN = ("PATH", "PYTHONPATH", "PYTHONHOME", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "TZ", "VIRTUAL_ENV")
"""All it gets of the environment: no proxy, no secret of another target."""
MODES: Mapping[Security, str] = {Security.STARTTLS: "starttls", Security.TLS: "ssl", Security.NONE: "insecure"}


class CarrierFailed(Exception):
    """The process ended, or said what cannot be read."""


class Carrier:
    """The process of one target: started when it is needed, ended when it is idle. For one task at a time."""

    def __init__(self, ca_file: Path | None, idle_s: float = IDLE_S) -> None:
        self._ca_file, self._idle_s = ca_file, idle_s
        self._process: Process | None = None
        self._idle: asyncio.TimerHandle | None = None

    async def carry(self, job: Job) -> Carried:
        """Hand one message over. Raises `CarrierFailed`; cancelled, it ends the process at once."""
        self._wake()
        try:
            process = await self._running()
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(job.model_dump_json().encode() + b"\n")
            await process.stdin.drain()
            carried = Carried.model_validate_json(await process.stdout.readline())
        except (OSError, ValidationError, ValueError):
            await self.close()
            raise CarrierFailed from None
        except BaseException:
            await self.close()
            raise
        self._idle = asyncio.get_running_loop().call_later(self._idle_s, self._let_go)
        return carried

    async def close(self) -> None:
        """End the process."""
        self._wake()
        process, self._process = self._process, None
        if process is not None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()

    async def _running(self) -> Process:
        if self._process is None or self._process.returncode is not None:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-P", "-m", "qa_monitor.delivery.carrier"),
                stdin=PIPE,
                stdout=PIPE,
                stderr=DEVNULL,
                env=self._environment(),
            )
        return self._process

    def _environment(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in HANDED_DOWN if name in os.environ}
        authority = (
            {} if self._ca_file is None else dict.fromkeys(("REQUESTS_CA_BUNDLE", "SSL_CERT_FILE"), str(self._ca_file))
        )
        return {**kept, **authority, "NETRC": os.devnull}

    def _let_go(self) -> None:
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()  # it ends with its input
            self._process = None

    def _wake(self) -> None:
        if self._idle is not None:
            self._idle.cancel()
            self._idle = None


class Messages:
    """Tells the people of one target. `link`: see `Targets.link`."""

    def __init__(self, target: Target, link: str | None, by: Resolve = resolve, patience_s: float = PATIENCE_S) -> None:
        self._target, self._link, self._resolve, self._patience_s = target, link, by, patience_s
        self._carrier = Carrier(target.ca_file)

    async def close(self) -> None:
        """End its process."""
        await self._carrier.close()

    async def send(self, delivery: Delivery) -> Outcome:
        """Send one message; see `port.Channel`."""
        target = self._target
        told = message(delivery.change, target.language, words=target.words, link=self._link)
        return await self.tell(Letter(key=delivery.key, subject=told.subject, text=told.text))

    async def tell(self, letter: Letter) -> Outcome:
        """Send what is written already; once, in the same way."""
        try:
            async with asyncio.timeout(self._patience_s):
                return _outcome(
                    await self._carrier.carry(await self._job(letter)), mail=self._target.mailbox is not None
                )
        except AddressForbidden:
            return Outcome(problem="its address is not allowed", hopeless=True, unsent=True)
        except TimeoutError:
            return Outcome(problem=f"no answer within {self._patience_s:g} s", resting=True)
        except CarrierFailed:
            return Outcome(problem="the process that carries messages ended", resting=True)
        except OSError as error:
            return Outcome(problem=f"no connection: {type(error).__name__}", resting=True, unsent=True)

    async def _job(self, letter: Letter) -> Job:
        target, mailbox = self._target, self._target.mailbox
        host, port = _place(target)
        addresses = await allowed_addresses(host, port, target.networks, self._resolve)
        if mailbox is not None and mailbox.security is Security.NONE:
            addresses = [address for address in addresses if not is_public(address)]
            if not addresses:
                raise AddressForbidden
        mail = (
            None
            if mailbox is None
            else MailJob.model_validate(
                {
                    "mode": MODES[mailbox.security],
                    "sender": mailbox.sender,
                    "to": mailbox.to,
                    "user": mailbox.user,
                    "password": mailbox.password,
                }
            )
        )
        return Job(
            key=letter.key,
            host=host,
            port=port,
            addresses=[(str(address), port) for address in addresses[:ADDRESSES]],
            url=None if mail else target.url,
            mail=mail,
            subject=letter.subject,
            text=letter.text,
            attached=_attached(letter.file),
        )


def _place(target: Target) -> tuple[str, int]:
    """Host and port that are connected to."""
    if target.mailbox is not None:
        return target.mailbox.host, target.mailbox.port
    parts = urlsplit(target.url)
    return parts.hostname or "", parts.port or 443


def _attached(file: File | None) -> Attached | None:
    if file is None:
        return None
    return Attached(name=file.name, media_type=file.media_type, content=b64encode(file.content))


def _outcome(carried: Carried, *, mail: bool) -> Outcome:
    """What it means. Of mail no status is known: whether another attempt helps is left to the attempts."""
    if carried.taken:
        return Outcome()
    if carried.unusable:
        return Outcome(problem="its address cannot be used", hopeless=True)
    if carried.status is not None and not mail:
        return outcome(carried.status, None, wall_time())
    if carried.connected:
        return Outcome(problem="a recipient was refused" if mail else "the message was not taken")
    why = "no connection, or the log-in was refused" if mail else "no connection"
    return Outcome(problem=why, resting=True, unsent=True)
