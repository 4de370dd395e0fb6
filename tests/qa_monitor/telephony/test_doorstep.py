"""Connections that have shown no token yet are bounded in number, and nobody else suffers for them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from qa_monitor.telephony.admission import Visit
from qa_monitor.telephony.credential import Credential
from qa_monitor.telephony.door import CROWDED, Door, TurnedAway
from qa_monitor.telephony.doorstep import MOST_STRANGERS, SECOND_SIDES
from qa_monitor.telephony.settings import Address
from qa_monitor.telephony.upgrade import Upgrade
from streams.records import Speaker
from tests.qa_monitor.reception import INGEST, Desk, a_desk, a_start


def an_upgrade(shown: str | None = None) -> Upgrade:
    """From a machine that shows this in its header, or nothing."""
    return Upgrade(
        path="/v1/streams/x",
        target="/v1/streams/x",
        query={},
        headers=(),
        peer="192.0.2.7",
        secure=True,
        offered=(),
        shown=None if shown is None else f"Bearer {shown}",
    )


def knock(desk: Desk, address: Address = Address.TELNYX, shown: str | None = None) -> Credential | None:
    door = Door(desk.reception, lambda: datetime.now(UTC), lambda: None)
    return door.knock(address, an_upgrade(shown))


def strangers(desk: Desk, count: int) -> list[Visit]:
    return [desk.reception.admission.visit(Address.TELNYX, knock(desk)) for _ in range(count)]


def test_one_stranger_too_many_is_refused_and_told_why(tmp_path: Path) -> None:
    """Counted apart from refusals for want of room; who shows a token in the upgrade comes in all the same."""
    desk = a_desk(tmp_path)
    strangers(desk, MOST_STRANGERS)

    with pytest.raises(TurnedAway) as caught:
        knock(desk)

    assert (caught.value.status, caught.value.why, caught.value.counted) == (503, CROWDED, "crowded")
    assert knock(desk, shown=INGEST) is not None


@pytest.mark.parametrize("how", ["gone", "admitted"])
def test_who_goes_or_shows_a_token_makes_room(tmp_path: Path, how: str) -> None:
    """A call that goes on takes no place among strangers."""
    desk = a_desk(tmp_path)
    *_, last = strangers(desk, MOST_STRANGERS)

    if how == "gone":
        last.over()
        last.over()
    else:
        last.admit(INGEST, a_start("a"))

    strangers(desk, 1)
    with pytest.raises(TurnedAway):
        knock(desk)


def test_the_second_side_of_a_call_finds_room_beyond_the_crowd(tmp_path: Path) -> None:
    """A number of them, too, while a call waits for one."""
    desk = a_desk(tmp_path)
    first = desk.reception.admission.visit(Address.VONAGE, None)
    call = first.admit_side(INGEST, a_start("leg"), Speaker.CUSTOMER)
    strangers(desk, MOST_STRANGERS)
    with pytest.raises(TurnedAway):
        knock(desk, Address.VONAGE)

    desk.reception.pairs.join(call, Speaker.CUSTOMER)
    for _ in range(SECOND_SIDES):
        desk.reception.admission.visit(Address.VONAGE, knock(desk, Address.VONAGE))

    for address in (Address.VONAGE, Address.TELNYX):
        with pytest.raises(TurnedAway):
            knock(desk, address)
