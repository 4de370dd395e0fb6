"""Adapter: signed HTTP posts, through httpx. Connects only to addresses that were checked, and follows no redirect."""

import ssl
from asyncio import timeout
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from ipaddress import ip_address

import httpx

from qa_monitor.delivery.addresses import Address, is_public
from qa_monitor.delivery.payload import body
from qa_monitor.delivery.port import Outcome
from qa_monitor.delivery.records import Delivery
from qa_monitor.delivery.resolving import AddressForbidden, Resolve, allowed_addresses, resolve
from qa_monitor.delivery.signature import headers
from qa_monitor.delivery.targets import Target

PATIENCE_S = 15.0
"""For one attempt, with everything that belongs to it."""
ADDRESSES = 3
"""Of one host, most that are tried at one attempt."""
GONE = 410
BUSY = frozenset({408, 425, 429})
"""Statuses that ask for patience."""


def wall_time() -> datetime:
    """As the machine has it now: receivers compare the time of a signature with their own clock."""
    return datetime.now(UTC)


class Webhook:
    """Posts to one target. `link`: see `Targets.link`; `clock` gives the wall time, set right as it may be since."""

    def __init__(
        self,
        target: Target,
        link: str | None,
        by: Resolve = resolve,
        patience_s: float = PATIENCE_S,
        clock: Callable[[], datetime] = wall_time,
    ) -> None:
        self._clock = clock
        self._target, self._link, self._resolve, self._patience_s = target, link, by, patience_s
        self._url = httpx.URL(target.url)
        self._port = self._url.port or (443 if self._url.scheme == "https" else 80)
        # neither proxies nor certificates from the environment: the check of addresses would see only the proxy's
        self._client = httpx.AsyncClient(
            trust_env=False,
            follow_redirects=False,
            timeout=None,
            # a connection kept open may be closed by the other side just when it is wanted
            limits=httpx.Limits(max_keepalive_connections=0),
            verify=True if target.ca_file is None else ssl.create_default_context(cafile=str(target.ca_file)),
            headers={"user-agent": "qa-monitor", "content-type": "application/json; charset=utf-8"},
        )

    async def close(self) -> None:
        """Let go of its connections."""
        await self._client.aclose()

    async def send(self, delivery: Delivery) -> Outcome:
        """Post one delivery; see `port.Channel`. What the other side answers is not read beyond its headers."""
        now = self._clock()
        content = body(delivery.change, words=self._target.words, link=self._link)
        signed = headers(self._target.secrets, delivery.key, int(now.timestamp()), content)
        try:
            async with timeout(self._patience_s):
                return await self._post(content, signed, now)
        except AddressForbidden:
            return Outcome(problem="its address is not allowed", hopeless=True)
        except TimeoutError:
            return Outcome(problem=f"no answer within {self._patience_s:g} s", resting=True)
        except (OSError, httpx.TransportError) as error:
            # the message of the error may hold the address
            return Outcome(problem=f"no connection: {_kind(error)}", resting=True)

    async def _post(self, content: bytes, signed: Mapping[str, str], now: datetime) -> Outcome:
        host, networks = self._url.host, self._target.networks
        addresses = await allowed_addresses(host, self._port, networks, self._resolve)
        if self._url.scheme == "http":
            # unencrypted, it stays in the house
            addresses = [address for address in addresses if not is_public(address)]
            if not addresses:
                raise AddressForbidden
        *others, last = addresses[:ADDRESSES]
        for address in others:
            try:
                return await self._post_to(address, content, signed, now)
            except httpx.ConnectError:
                continue  # the next one may answer
        return await self._post_to(last, content, signed, now)

    async def _post_to(self, address: Address, content: bytes, signed: Mapping[str, str], now: datetime) -> Outcome:
        named = {} if _is_address(self._url.host) else {"sni_hostname": self._url.host}
        request = self._client.build_request(
            "POST",
            self._url.copy_with(host=str(address)),
            content=content,
            headers={**signed, "host": self._url.netloc.decode("ascii")},
            # whose certificate is asked for and checked
            extensions=named,
        )
        answer = await self._client.send(request, stream=True)
        try:
            return outcome(answer.status_code, answer.headers.get("retry-after"), now)
        finally:
            await answer.aclose()


def outcome(status: int, retry_after: str | None, now: datetime) -> Outcome:
    """What a status means. Only 2xx is success: a redirect may lead anywhere."""
    if 200 <= status < 300:
        return Outcome()
    return Outcome(
        problem=f"status {status}",
        hopeless=status == GONE,
        resting=status >= 500 or status in BUSY,
        retry_after_s=asked_s(retry_after, now),
    )


def asked_s(retry_after: str | None, now: datetime) -> float | None:
    """Seconds to wait, from the header's seconds or date; none where it says neither."""
    if retry_after is None:
        return None
    if retry_after.isascii() and retry_after.isdecimal():
        return float(retry_after[:9])
    try:
        until = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    return max(0.0, (until - now).total_seconds()) if until.tzinfo is not None else None


def _kind(error: Exception) -> str:
    """What went wrong, in the words of the class of the innermost cause."""
    cause: BaseException = error
    while (inner := cause.__cause__ or cause.__context__) is not None:
        cause = inner
    return type(cause).__name__


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
