"""Admission of calls that come by two connections: each shows its token, the call counts once."""

from pathlib import Path

import pytest

from qa_monitor.telephony.admission import NOT_AUTHORISED, Visit
from qa_monitor.telephony.credential import INSTALLATION, Credential
from qa_monitor.telephony.settings import Address
from qa_monitor.telephony.tokens import TokenWish
from streams.records import CallId, CallStarted, EndReason, Speaker
from streams.refusals import Refused
from tests.qa_monitor.builders import NOON
from tests.qa_monitor.reception import INGEST, Desk, a_desk, a_start, an_announcement

CUSTOMER, AGENT = Speaker.CUSTOMER, Speaker.AGENT


def come(desk: Desk, given: str | None, side: Speaker | None, call_id: str, known: Credential | None = None) -> Visit:
    """One connection that is let in; a side takes its seat, as its dialect has it do."""
    visit = desk.reception.admission.visit(Address.VONAGE, known)
    if side is None:
        followed: CallStarted = visit.admit(given, a_start(call_id))
    else:
        followed = visit.admit_side(given, a_start(call_id), side)
        desk.reception.pairs.join(followed, side).pair.begin()
    desk.lines.live[followed.call_id] = followed
    return visit


def reason(desk: Desk, given: str | None, side: Speaker | None, call_id: str) -> str:
    with pytest.raises(Refused) as caught:
        come(desk, given, side, call_id)
    return caught.value.reason


def a_token(desk: Desk, **limits: int) -> str:
    return desk.reception.tokens.add(TokenWish(name="pbx", tenant="default", **limits), NOON)[1]


def test_both_sides_of_a_call_are_let_in_though_it_is_live(tmp_path: Path) -> None:
    """Not so a third connection, and not the whole call once more."""
    desk = a_desk(tmp_path)
    come(desk, INGEST, CUSTOMER, "c-1")
    come(desk, INGEST, AGENT, "c-1")

    assert "connected already" in reason(desk, INGEST, AGENT, "c-1")
    assert "live already" in reason(desk, INGEST, None, "c-1")


@pytest.mark.parametrize("given", [None, "guess"])
def test_the_second_side_needs_a_token_of_its_own(given: str | None, tmp_path: Path) -> None:
    desk = a_desk(tmp_path)
    come(desk, INGEST, CUSTOMER, "c-1")

    assert reason(desk, given, AGENT, "c-1") == NOT_AUTHORISED


def test_a_one_time_token_opens_each_side_once(tmp_path: Path) -> None:
    """Whatever else the message calls the call; and nothing more, whichever side came first."""
    desk = a_desk(tmp_path)
    token = desk.reception.announced.announce(an_announcement("a")).token
    come(desk, token, AGENT, "leg-1")

    assert reason(desk, token, AGENT, "leg-2") == NOT_AUTHORISED
    assert reason(desk, token, None, "leg-3") == NOT_AUTHORISED
    come(desk, token, CUSTOMER, "leg-4")
    assert set(desk.lines.live) == {"a"}
    assert reason(desk, token, CUSTOMER, "leg-5") == NOT_AUTHORISED
    assert desk.reception.announced.of_id(CallId("a")) is None


def test_a_one_time_token_shown_before_the_start_is_good_for_the_second_side(tmp_path: Path) -> None:
    """As a header of the upgrade, when nobody knows yet which side it is."""
    desk = a_desk(tmp_path)
    token = desk.reception.announced.announce(an_announcement("a")).token
    for side in (CUSTOMER, AGENT):
        known = desk.reception.credentials.of_header(Address.VONAGE, f"Bearer {token}")
        assert known is not None
        come(desk, None, side, "leg", known)

    assert desk.reception.credentials.of_header(Address.VONAGE, f"Bearer {token}") is None


def test_when_a_call_is_over_its_token_opens_no_other_side(tmp_path: Path) -> None:
    desk = a_desk(tmp_path)
    token = desk.reception.announced.announce(an_announcement("a")).token
    visit = desk.reception.admission.visit(Address.VONAGE, None)
    followed = visit.admit_side(token, a_start("leg"), CUSTOMER)
    desk.reception.pairs.join(followed, CUSTOMER).leave(EndReason.HANGUP, NOON)
    visit.over()

    assert reason(desk, token, AGENT, "leg") == NOT_AUTHORISED


def test_the_call_counts_once_until_both_have_gone(tmp_path: Path) -> None:
    """With a credential that may have one call at once."""
    desk = a_desk(tmp_path)
    token = a_token(desk, max_calls=1)
    first, second = come(desk, token, CUSTOMER, "c-1"), come(desk, token, AGENT, "c-1")
    assert "may have 1 calls at once" in reason(desk, token, None, "c-2")

    first.over()
    first.over()
    assert "may have 1 calls at once" in reason(desk, token, None, "c-2")
    second.over()
    come(desk, token, None, "c-2")


def test_the_call_counts_once_in_a_minute(tmp_path: Path) -> None:
    desk = a_desk(tmp_path)
    token = a_token(desk, calls_per_minute=1)
    come(desk, token, CUSTOMER, "c-1")
    come(desk, token, AGENT, "c-1")

    assert "calls a minute" in reason(desk, token, CUSTOMER, "c-2")


def test_no_room_is_no_room_for_the_first_side_only(tmp_path: Path) -> None:
    desk = a_desk(tmp_path)
    desk.lines.most = 1
    come(desk, None, CUSTOMER, "c-1", INSTALLATION)
    come(desk, None, AGENT, "c-1", INSTALLATION)

    assert "no room" in reason(desk, INGEST, CUSTOMER, "c-2")


def test_an_announced_call_lets_no_other_call_take_its_name(tmp_path: Path) -> None:
    """While its second side is awaited, by neither way of coming."""
    desk = a_desk(tmp_path)
    token = desk.reception.announced.announce(an_announcement("a")).token
    come(desk, token, CUSTOMER, "leg")

    assert "live already" in reason(desk, INGEST, CUSTOMER, "a")
    assert "live already" in reason(desk, INGEST, None, "a")
