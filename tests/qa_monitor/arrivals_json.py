"""What the server sends to the page of arrivals, made by the server's own shapes."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from qa_monitor.routes.arrivals import ArrivalChannelJson, ArrivalJson, ArrivalsJson
from qa_monitor.telephony.arrivals import ArrivalState
from streams.health.call_health import HealthFact
from streams.records import Speaker
from tests.qa_monitor.builders import NOON
from tests.qa_monitor.console_json import Json


def level(speaker: Speaker, level_db: float, lost_share: float = 0.0) -> ArrivalChannelJson:
    """What is heard on one channel."""
    return ArrivalChannelJson(speaker=speaker, level_db=level_db, lost_share=lost_share)


def both(customer_db: float, agent_db: float) -> list[ArrivalChannelJson]:
    """A stereo call's levels."""
    return [level(Speaker.CUSTOMER, customer_db), level(Speaker.AGENT, agent_db)]


def an_arrival(number: int = 1, **changes: object) -> ArrivalJson:
    """A connection that waits for its start."""
    waiting = ArrivalJson(
        number=number,
        dialect="twilio",
        peer="192.0.2.7",
        opened_at=NOON,
        state=ArrivalState.WAITING,
        call_id=None,
        tenant="",
        agent_id="",
        ended_at=None,
        code=None,
        reason="",
        rejected={},
        channels=[],
        facts=[],
    )
    return waiting.model_copy(update=changes)


def live(number: int = 1, **changes: object) -> ArrivalJson:
    """Its call is followed, and heard on both channels."""
    given: dict[str, object] = {
        "state": ArrivalState.LIVE,
        "call_id": f"call-{number}",
        "tenant": "default",
        "agent_id": "agent-7",
        "channels": both(-24.0, -31.0),
    }
    return an_arrival(number, **(given | changes))


def over(state: ArrivalState, code: int | None, reason: str = "", number: int = 1, **changes: object) -> ArrivalJson:
    """It has ended, five seconds after it was opened."""
    given: dict[str, object] = {
        "state": state,
        "code": code,
        "reason": reason,
        "ended_at": NOON + timedelta(seconds=5),
    }
    return an_arrival(number, **(given | changes))


def refused(code: int | None, reason: str = "", number: int = 1, **changes: object) -> ArrivalJson:
    """It ended before a call began."""
    return over(ArrivalState.REFUSED, code, reason, number, **changes)


def arrivals_data(*arrivals: ArrivalJson, after_s: float = 42.0, address: str | None = None) -> Json:
    """The whole list, so many seconds after noon."""
    now: datetime = NOON + timedelta(seconds=after_s)
    return ArrivalsJson(now=now, address=address, arrivals=list(arrivals)).model_dump(mode="json")


def a_busy_hour() -> list[ArrivalJson]:
    """Every state, and much of what can be wrong."""
    long_id = "2026-11-21T14:02:07-billing-7f3b2c1e-9a4d"
    ended, when = ArrivalState.ENDED, NOON - timedelta(minutes=9)
    earlier: Mapping[str, object] = {"opened_at": when, "ended_at": when + timedelta(minutes=4, seconds=7)}
    return [
        an_arrival(12, peer="203.0.113.9", opened_at=NOON + timedelta(seconds=40)),
        live(11, dialect="audiohook", peer="198.51.100.24", call_id=long_id, rejected={"duplicate": 12, "late": 3}),
        live(10, channels=both(-19.4, -100.0), facts=[HealthFact.ONE_WAY], dialect="asterisk"),
        live(9, channels=[level(Speaker.MIXED, -33.0, 0.042)], dialect="jambonz", agent_id="", rejected={"quiet": 1}),
        live(8, channels=[], dialect="audiosocket", peer="10.0.0.4"),
        live(7, channels=both(-3.0, -2.0), facts=[HealthFact.CLIPPED, HealthFact.IDENTICAL], dialect="telnyx"),
        refused(401, "wrong token, user or password", 6, dialect="audio-fork"),
        refused(1008, "no valid start within 5 s", 5, dialect="vonage"),
        over(ended, 1000, "the call has ended", 4, call_id="CA-0042", agent_id="agent-3", **earlier),
        over(ended, 1006, "", 3, call_id="CA-0041", dialect="exotel", rejected={"client_error_408": 1}, **earlier),
        refused(1000, "the session is closed", 2, dialect="audiohook", rejected={"probe": 1}),
        refused(
            404, "no such protocol; known are audiohook, twilio, telnyx, talkdesk, exotel, pcm", 1, dialect="genesis"
        ),
    ]
