"""Who may open a connection at all, before anything of it is read: machine, log-in, signature, room."""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

import structlog

from qa_monitor.telephony.credential import Credential
from qa_monitor.telephony.late_answers import LateAnswers
from qa_monitor.telephony.reception import Reception
from qa_monitor.telephony.settings import Address
from qa_monitor.telephony.upgrade import Upgrade
from streams.protocols.audiohook.nonces import Nonces
from streams.protocols.audiohook.signature import FAILURE_AFTER_S, Key, SignedRequest
from streams.protocols.audiohook.signature import verify as verify_audiohook
from streams.protocols.pcm.dialects import PCM_DIALECTS
from streams.protocols.twilio.signature import variants
from streams.protocols.twilio.signature import verify as verify_twilio

log = structlog.get_logger()

AUDIOHOOK_HEADERS = ("audiohook-organization-id", "audiohook-session-id")
"""Without them there is no session to answer."""
CROWDED = "too many open connections have shown no token yet: try again in some seconds, or show it in the upgrade"


class TurnedAway(Exception):
    """The connection is not opened. `why` is for whoever runs the other side; it holds no secret."""

    def __init__(self, status: int, why: str, after_s: float = 0.0, counted: str | None = None) -> None:
        super().__init__(why)
        self.status = status
        self.counted = counted or str(status)
        """What it is among the refusals in the figures."""
        self.why = why
        self.after_s = after_s
        """The answer goes out this long after the request came, so that its time tells nothing."""


class Door:
    """One per application. `wall` is the time that the signers' clocks show too; `full` says why nobody may begin one
    more call now, none where there is room; `closing` is true once nobody may come in at all.
    """

    def __init__(
        self,
        reception: Reception,
        wall: Callable[[], datetime],
        full: Callable[[], str | None],
        closing: Callable[[], bool] = lambda: False,
    ) -> None:
        self._reception, self._wall, self._full, self._closing = reception, wall, full, closing
        self._nonces = Nonces()
        self.late = LateAnswers()
        """Where a refusal waits for its time."""

    def knock(self, address: Address, upgrade: Upgrade) -> Credential | None:
        """Whoever connects, as far as it is known by now; none: its start message must show a token.

        Raises `TurnedAway`.
        """
        if not self._reception.telephony.allows_peer(address, upgrade.peer):
            raise TurnedAway(403, "this machine may not connect here: it is not among the address's peers")
        if address is Address.AUDIOHOOK and not all(upgrade.header(name) for name in AUDIOHOOK_HEADERS):
            raise TurnedAway(400, f"these headers are missing or empty: {', '.join(AUDIOHOOK_HEADERS)}")
        who = self._signed(upgrade) if address is Address.AUDIOHOOK else self._logged_in(address, upgrade)
        if address is Address.TWILIO:
            self._check_twilio(upgrade)
        if who is None and self._reception.admission.doorstep.full(second_side=self._second_side(address)):
            raise TurnedAway(503, CROWDED, counted="crowded")
        busy = self._busy(address, who)
        if busy is not None:
            raise TurnedAway(503, busy)
        return who

    def _busy(self, address: Address, who: Credential | None) -> str | None:
        """Why no call may begin by this connection; none where one may, or where it may be what a call waits for."""
        if self._second_side(address) and not self._closing():
            return None  # its start tells whether it is the second side of a call, and admission asks again
        return self._full() or (None if who is None else self._reception.admission.busy(who))

    def _second_side(self, address: Address) -> bool:
        """Whether a connection here may be the other side of a call that has begun with one."""
        return address.value in PCM_DIALECTS and self._reception.pairs.waiting

    def _logged_in(self, address: Address, upgrade: Upgrade) -> Credential | None:
        credentials = self._reception.credentials
        who = credentials.of_header(address, upgrade.shown)
        if who is None and upgrade.shown is not None:
            raise TurnedAway(401, "wrong token, user or password")
        if who is None and credentials.asks_for_log_in(address):
            raise TurnedAway(401, "this address asks for a user and password, or a bearer token")
        return who

    def _check_twilio(self, upgrade: Upgrade) -> None:
        telephony = self._reception.telephony
        if telephony.twilio.auth_token is None:
            return
        public = telephony.public(upgrade.path)
        given = upgrade.header("x-twilio-signature")
        urls = () if public is None else variants(public)
        # every variant is tried, so that the time tells nothing
        if not any([verify_twilio(url, given, telephony.twilio.auth_token) for url in urls]):
            raise TurnedAway(403, "X-Twilio-Signature is missing or is not that of the public address")

    def _signed(self, upgrade: Upgrade) -> Credential | None:
        credentials = self._reception.credentials
        verdict = verify_audiohook(self._as_signed(upgrade), self._audiohook_key, self._wall(), self._nonces)
        key_id = upgrade.header("x-api-key")
        if verdict.accepted and self._of_its_organization(key_id or "", upgrade):
            return credentials.of_audiohook_key(key_id or "")
        if not key_id and upgrade.header("signature") is None and upgrade.header("signature-input") is None:
            # a trial on this machine, or a client that shows a token of ours instead
            who = credentials.of_header(Address.AUDIOHOOK, upgrade.shown)
            if who is not None:
                return who
        log.info("signature refused", verdict=verdict.value, dialect=Address.AUDIOHOOK.value)
        raise TurnedAway(401, "not authorised", FAILURE_AFTER_S)

    def _of_its_organization(self, key_id: str, upgrade: Upgrade) -> bool:
        """Whether the key may be used by the organisation that connects."""
        found = self._reception.telephony.audiohook.keys.get(key_id)
        expected = None if found is None else found.organization
        return expected is None or expected.lower() == (upgrade.header("audiohook-organization-id") or "").lower()

    def _audiohook_key(self, name: str) -> Key | None:
        found = self._reception.telephony.audiohook.keys.get(name)
        return None if found is None else Key(secret=found.secret or b"", unsigned=found.unsigned)

    def _as_signed(self, upgrade: Upgrade) -> SignedRequest:
        """The request as it was sent: a proxy in between may have changed scheme, host and path."""
        url = self._reception.telephony.public_url
        public = None if url is None else urlsplit(url)
        return SignedRequest(
            target=upgrade.target if public is None else f"{public.path}{upgrade.target}",
            headers=upgrade.headers,
            secure=upgrade.secure if public is None else public.scheme == "wss",
            authority=None if public is None else public.netloc,
        )
