"""Telephony's reception for tests: a clock set by hand, a switchboard with so many lines, whole announcements."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from qa_monitor.config import load_settings
from qa_monitor.security.tokens import Tokens
from qa_monitor.telephony.announcement import Announcement
from qa_monitor.telephony.credential import PEOPLE, Credential
from qa_monitor.telephony.reception import Reception, a_reception
from qa_monitor.telephony.settings import Telephony
from streams.consent import Consent, Notice
from streams.records import CallId, CallStarted, Direction, Language, Speaker
from tests.qa_monitor.builders import NOON

INGEST = "the-ingest-token-of-this-installation"


@dataclass(slots=True)
class HandClock:
    """Stands still until it is moved."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def pass_s(self, seconds: float) -> None:
        """So much later."""
        self.now += timedelta(seconds=seconds)


@dataclass(slots=True)
class Lines:
    """A switchboard that only counts: so many lines, each with a call of its own id."""

    most: int = 100
    live: dict[CallId, object] = field(default_factory=dict)

    def has_room_for(self, call: CallStarted) -> bool:
        """As the real one answers."""
        return len(self.live) < self.most and call.call_id not in self.live


@dataclass(slots=True, kw_only=True)
class Desk:
    """A reception and its surroundings."""

    reception: Reception
    clock: HandClock
    lines: Lines
    refused: Counter[str]


def a_desk(folder: Path, telephony: Telephony | None = None, *, open_loopback: bool = False) -> Desk:
    """A closed service with no tenant's token yet."""
    clock, lines, refused = HandClock(), Lines(), Counter[str]()
    reception = a_reception(
        load_settings(data_dir=folder, open_loopback=open_loopback),
        telephony or Telephony(),
        Tokens(access="the-access-token", ingest=INGEST, folder=folder, fresh=False),
        room=lines,
        clock=clock,
        refused=lambda reason: refused.update([reason]),
    )
    return Desk(reception=reception, clock=clock, lines=lines, refused=refused)


def an_announcement(
    call_id: str = "announced-1",
    *,
    by: Credential = PEOPLE,
    tenant: str = "default",
    provider_id: str = "",
    channels: tuple[Speaker, ...] | None = None,
    life_s: float = 300,
) -> Announcement:
    """An English call of agent-9 with consent."""
    return Announcement(
        call_id=CallId(call_id),
        by=by,
        expires_at=NOON + timedelta(seconds=life_s),
        provider_id=provider_id,
        tenant=tenant,
        agent_id="agent-9",
        team="south",
        language=Language.EN,
        channels=channels,
        notice=Notice.PLAYED,
        consent=Consent.GRANTED,
        metadata={"queue": "vip"},
    )


def a_start(
    call_id: str = "CA1",
    *,
    tenant: str = "default",
    channels: tuple[Speaker, ...] = (Speaker.CUSTOMER, Speaker.AGENT),
    direction: Direction = Direction.INBOUND,
    session_id: str = "MZ1",
    continues: tuple[str, ...] = (),
) -> CallStarted:
    """What a start message says that knows nothing but the provider's ids."""
    return CallStarted(
        call_id=CallId(call_id),
        tenant=tenant,
        channels=channels,
        rate_hz=8_000,
        started_at=NOON,
        dialect="twilio",
        direction=direction,
        metadata={"session_id": session_id, "conversation_id": call_id},
        continues=continues,
    )
