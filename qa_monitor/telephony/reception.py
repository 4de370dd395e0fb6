"""Where telephony comes in: settings, announced calls, credentials and admission, together. Built once, by `app.py`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from qa_monitor.config import Settings
from qa_monitor.security.tokens import Tokens
from qa_monitor.telephony.admission import Admission, Room
from qa_monitor.telephony.announced import AnnouncedCalls
from qa_monitor.telephony.credentials import Credentials
from qa_monitor.telephony.legs import Legs
from qa_monitor.telephony.places import Places
from qa_monitor.telephony.settings import Telephony
from qa_monitor.telephony.tokens import IngestTokens
from streams.protocols.legs import OpenPairs


@dataclass(frozen=True, slots=True, kw_only=True)
class Reception:
    """What telephony's routes need."""

    telephony: Telephony
    tokens: IngestTokens
    announced: AnnouncedCalls
    credentials: Credentials
    admission: Admission
    legs: Legs
    pairs: OpenPairs
    """Calls that come by two websockets."""


def a_reception(
    settings: Settings,
    telephony: Telephony,
    installation: Tokens,
    *,
    room: Room,
    clock: Callable[[], datetime],
    refused: Callable[[str], None],
) -> Reception:
    """Put together from the settings; `refused` counts refusals by reason."""
    tokens, announced, places = IngestTokens(settings.data_dir), AnnouncedCalls(clock), Places(clock)
    pairs = OpenPairs()
    credentials = Credentials(
        installation=installation,
        tenants=tokens,
        telephony=telephony,
        announced=announced,
        open_loopback=settings.open_loopback,
    )
    return Reception(
        telephony=telephony,
        tokens=tokens,
        announced=announced,
        credentials=credentials,
        admission=Admission(credentials=credentials, places=places, room=room, pairs=pairs, refused=refused),
        legs=Legs(credentials=credentials, places=places, room=room, clock=clock, refused=refused),
        pairs=pairs,
    )
