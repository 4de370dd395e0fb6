"""AudioSocket: an id stands for one side of an announced call, once."""

from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from qa_monitor.telephony.announcement import Announcement
from qa_monitor.telephony.legs import PATIENCE
from qa_monitor.telephony.settings import Address, Telephony
from qa_monitor.telephony.tables import RouteSettings
from qa_monitor.telephony.tokens import TokenWish
from streams.consent import Consent
from streams.records import CallId, Direction, Language, Speaker
from streams.refusals import NORMAL, POLICY, Refused
from tests.qa_monitor.builders import NOON
from tests.qa_monitor.reception import Desk, a_desk, an_announcement

BOTH = (Speaker.CUSTOMER, Speaker.AGENT)


def two_legs(desk: Desk, announcement: Announcement | None = None) -> tuple[UUID, UUID]:
    """The ids of the customer's and the agent's side."""
    known = announcement or an_announcement("a", channels=BOTH)
    ticket = desk.reception.announced.announce(known, legs=True)
    return ticket.legs[Speaker.CUSTOMER], ticket.legs[Speaker.AGENT]


def limited(desk: Desk, max_calls: int) -> Announcement:
    """As announced by a tenant with so many calls at once."""
    _, token = desk.reception.tokens.add(TokenWish(name="pbx", tenant="acme", max_calls=max_calls), NOON)
    who = desk.reception.credentials.of_token(token)
    assert who is not None
    return an_announcement("a", by=who, tenant="acme", channels=BOTH)


def test_both_sides_are_one_call_as_announced(tmp_path: Path) -> None:
    """What the announcement does not say comes from the address's settings."""
    route = RouteSettings(direction=Direction.OUTBOUND, consent=Consent.GRANTED)
    desk = a_desk(tmp_path, Telephony(routes={Address.AUDIOSOCKET: route}))
    announcement = replace(an_announcement("a", provider_id="1700.1", channels=BOTH), consent=None)
    customer, agent = (desk.reception.legs.claim(leg) for leg in two_legs(desk, announcement))

    assert customer is not None
    assert agent is not None
    assert (customer.channel, agent.channel) == (0, 1)
    assert customer.pair_key == agent.pair_key == "a"
    call = customer.call
    assert (call.call_id, call.agent_id, call.language, call.channels) == ("a", "agent-9", Language.EN, BOTH)
    assert (call.direction, call.consent, call.dialect) == (Direction.OUTBOUND, Consent.GRANTED, "audiosocket")
    assert call.metadata == {"conversation_id": "1700.1", "queue": "vip"}


def test_row_13_replay_an_id_that_is_unknown_expired_or_used_stands_for_nothing(tmp_path: Path) -> None:
    """Counted, and no call comes of it."""
    desk = a_desk(tmp_path)
    customer, agent = two_legs(desk)
    assert desk.reception.legs.claim(uuid4()) is None
    assert desk.reception.legs.claim(customer) is not None
    assert desk.reception.legs.claim(customer) is None
    desk.clock.pass_s(300)
    assert desk.reception.legs.claim(agent) is None
    assert desk.refused == {"leg": 3}


def test_a_call_not_to_be_followed_is_refused_in_words(tmp_path: Path) -> None:
    """Its ids are not spent by trying."""
    desk = a_desk(tmp_path)
    for leg in two_legs(desk, replace(an_announcement("a", channels=BOTH), followed=False)):
        with pytest.raises(Refused, match="not to be followed") as caught:
            desk.reception.legs.claim(leg)
        assert caught.value.code == NORMAL


def test_a_pair_counts_once_against_its_token_until_it_is_released(tmp_path: Path) -> None:
    """The second side is never the one too many."""
    desk = a_desk(tmp_path)
    first = limited(desk, max_calls=1)
    pair = two_legs(desk, first)
    other = two_legs(desk, replace(first, call_id=CallId("b")))
    assert [desk.reception.legs.claim(leg) is None for leg in pair] == [False, False]
    with pytest.raises(Refused, match="may have 1 calls at once") as caught:
        desk.reception.legs.claim(other[0])
    assert caught.value.code == POLICY

    desk.reception.legs.released(CallId("a"))
    desk.reception.legs.released(CallId("a"))
    assert desk.reception.legs.claim(other[0]) is not None


def test_a_pair_that_never_became_a_call_frees_its_place_after_a_while(tmp_path: Path) -> None:
    """One that did keeps it."""
    desk = a_desk(tmp_path)
    first = replace(limited(desk, max_calls=1), expires_at=NOON.replace(hour=13))
    leg, _ = two_legs(desk, first)
    other, _ = two_legs(desk, replace(first, call_id=CallId("b")))
    desk.reception.legs.claim(leg)
    desk.lines.live[CallId("a")] = object()
    desk.clock.pass_s(PATIENCE.total_seconds())
    with pytest.raises(Refused):
        desk.reception.legs.claim(other)

    del desk.lines.live[CallId("a")]
    assert desk.reception.legs.claim(other) is not None


def test_without_room_or_with_a_revoked_token_no_side_is_taken(tmp_path: Path) -> None:
    """And the id is not spent by trying."""
    desk = a_desk(tmp_path)
    leg, _ = two_legs(desk, limited(desk, max_calls=5))
    desk.lines.most = 0
    with pytest.raises(Refused, match="no room"):
        desk.reception.legs.claim(leg)
    desk.lines.most = 1
    desk.reception.tokens.revoke("pbx")
    with pytest.raises(Refused, match="not authorised"):
        desk.reception.legs.claim(leg)
    assert desk.refused == {"room": 1, "token": 1}
