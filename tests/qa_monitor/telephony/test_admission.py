"""May this call begin? Who asks, as what it was announced, and whether there is room."""

from dataclasses import replace
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from qa_monitor.telephony.admission import NOT_AUTHORISED, NOT_FOLLOWED
from qa_monitor.telephony.credential import INSTALLATION, OPEN, Credential
from qa_monitor.telephony.settings import Address, Telephony
from qa_monitor.telephony.tables import ProviderSettings, RouteSettings, TwilioSettings
from qa_monitor.telephony.tokens import TokenWish
from streams.records import CallId, CallStarted, Direction, Speaker
from streams.refusals import NORMAL, POLICY, Refused
from tests.qa_monitor.builders import NOON
from tests.qa_monitor.reception import INGEST, Desk, a_desk, a_start, an_announcement

SIGNED = Telephony(public_url="wss://calls.example.com", twilio=TwilioSettings(auth_token="12345"))


def admit(
    desk: Desk, given: str | None, call: CallStarted, known: Credential | None = None, at: Address = Address.TWILIO
) -> CallStarted:
    """One connection that stays."""
    call = desk.reception.admission.visit(at, known).admit(given, call)
    desk.lines.live[call.call_id] = call
    return call


def refusal(desk: Desk, given: str | None, call: CallStarted, known: Credential | None = None) -> Refused:
    with pytest.raises(Refused) as caught:
        admit(desk, given, call, known)
    return caught.value


def a_token(desk: Desk, name: str = "pbx", **limits: int) -> str:
    wish = TokenWish(
        name=name,
        tenant="acme",
        max_calls=limits.get("max_calls"),
        calls_per_minute=limits.get("calls_per_minute"),
    )
    return desk.reception.tokens.add(wish, NOON)[1]


def test_the_installation_s_token_opens_any_tenant_s_call(tmp_path: Path) -> None:
    """As the start message has it; in the message, or shown before."""
    desk = a_desk(tmp_path)

    assert admit(desk, INGEST, a_start("a", tenant="x")) == a_start("a", tenant="x")
    assert admit(desk, None, a_start("b"), INSTALLATION) == a_start("b")
    assert admit(desk, "whatever", a_start("c"), INSTALLATION) == a_start("c")


@pytest.mark.parametrize("wrong", [None, "", "guess", "\ud800", "the-access-token"])
def test_without_a_right_token_nothing_begins(wrong: str | None, tmp_path: Path) -> None:
    """Told the same way whatever is wrong with it; counted; logged without it."""
    desk = a_desk(tmp_path)
    with capture_logs() as logged:
        refused = refusal(desk, wrong, a_start())

    assert (refused.code, refused.reason) == (POLICY, NOT_AUTHORISED)
    assert desk.refused == {"token": 1}
    assert [(line["why"], line["credential"]) for line in logged] == [("token", None)]
    assert not wrong or wrong not in str(logged)


def test_an_open_machine_asks_for_nothing(tmp_path: Path) -> None:
    """Not even for a one-time token; what was announced is filled in all the same."""
    desk = a_desk(tmp_path, SIGNED, open_loopback=True)
    desk.reception.announced.announce(an_announcement("a", provider_id="CA1"))

    assert admit(desk, None, a_start("CA2"), OPEN).call_id == "CA2"
    assert admit(desk, None, a_start("CA1"), OPEN).agent_id == "agent-9"


def test_a_tenant_s_token_opens_its_tenant_s_calls_only(tmp_path: Path) -> None:
    """A start that names no tenant becomes its own; one that names another is refused."""
    desk = a_desk(tmp_path, Telephony(routes={Address.TWILIO: RouteSettings(tenant="acme-route")}))
    token = a_token(desk)

    assert admit(desk, token, a_start("a")).tenant == "acme"
    assert admit(desk, token, a_start("b", tenant="acme")).tenant == "acme"
    assert admit(desk, token, a_start("c", tenant="acme-route")).tenant == "acme"
    assert "does not open calls of other" in refusal(desk, token, a_start("d", tenant="other")).reason
    assert desk.refused == {"tenant": 1}


def test_a_revoked_token_opens_nothing_not_even_what_it_had_announced(tmp_path: Path) -> None:
    """Also where it was shown before it was revoked."""
    desk = a_desk(tmp_path)
    token = a_token(desk)
    who = desk.reception.credentials.of_token(token)
    assert who is not None
    ticket = desk.reception.announced.announce(an_announcement("a", by=who, tenant="acme"))
    desk.reception.tokens.revoke("pbx")

    assert refusal(desk, token, a_start()).reason == NOT_AUTHORISED
    assert refusal(desk, None, a_start(), who).reason == NOT_AUTHORISED
    assert refusal(desk, ticket.token, a_start()).reason == NOT_AUTHORISED


def test_row_13_replay_a_one_time_token_opens_its_call_once(tmp_path: Path) -> None:
    """And the call becomes what was announced."""
    desk = a_desk(tmp_path)
    ticket = desk.reception.announced.announce(an_announcement("a", tenant="acme"))
    call = admit(desk, ticket.token, a_start("CA1"))

    assert (call.call_id, call.tenant, call.agent_id, call.team) == ("a", "acme", "agent-9", "south")
    assert refusal(desk, ticket.token, a_start("CA2")).reason == NOT_AUTHORISED


def test_row_13_replay_a_failed_attempt_does_not_burn_the_token(tmp_path: Path) -> None:
    """No room just now: the same token works a moment later."""
    desk = a_desk(tmp_path)
    ticket = desk.reception.announced.announce(an_announcement("a"))
    desk.lines.most = 0
    assert "no room" in refusal(desk, ticket.token, a_start()).reason

    desk.lines.most = 1
    assert admit(desk, ticket.token, a_start()).call_id == "a"
    assert desk.refused == {"room": 1}


def test_a_ticket_may_come_in_the_header(tmp_path: Path) -> None:
    """For systems that can set a header and no message; looking at it does not spend it."""
    desk = a_desk(tmp_path)
    ticket = desk.reception.announced.announce(an_announcement("a", tenant="acme"))
    header = f"Bearer {ticket.token}"
    known = desk.reception.credentials.of_header(Address.TWILIO, header)

    assert known is not None
    assert known.tenant == "acme"
    assert desk.reception.credentials.of_header(Address.TWILIO, header) == known
    assert admit(desk, None, a_start(), known).call_id == "a"
    assert desk.reception.credentials.of_header(Address.TWILIO, header) is None
    assert refusal(desk, None, a_start("other"), known).reason == NOT_AUTHORISED


def test_where_one_time_tokens_are_demanded_no_lasting_one_will_do(tmp_path: Path) -> None:
    """Neither in the message, nor before, nor for a call known by its provider's id."""
    desk = a_desk(tmp_path, replace(SIGNED, telnyx=ProviderSettings(one_time_token=True)))
    ticket = desk.reception.announced.announce(an_announcement("a", provider_id="CA1"))

    for address in (Address.TWILIO, Address.TELNYX):
        with pytest.raises(Refused, match=NOT_AUTHORISED):
            admit(desk, INGEST, a_start("CA1"), at=address)
        with pytest.raises(Refused, match=NOT_AUTHORISED):
            admit(desk, None, a_start("CA1"), INSTALLATION, at=address)
    assert admit(desk, INGEST, a_start("CA9"), at=Address.EXOTEL).call_id == "CA9"
    assert admit(desk, ticket.token, a_start("CA1")).call_id == "a"


def test_a_call_without_a_token_of_its_own_is_known_by_the_provider_s_id(tmp_path: Path) -> None:
    """Within the tenant of whoever brings it; each announcement serves once."""
    desk = a_desk(tmp_path)
    token = a_token(desk)
    desk.reception.announced.announce(an_announcement("a", provider_id="CA1", tenant="acme"))
    desk.reception.announced.announce(an_announcement("b", provider_id="CA2", tenant="other"))

    assert admit(desk, token, a_start("CA1")).agent_id == "agent-9"
    assert admit(desk, token, a_start("CA1")).call_id == "CA1"
    assert admit(desk, token, a_start("CA2")).agent_id == ""


def test_one_tenant_s_ticket_does_not_pass_on_another_tenant_s_connection(tmp_path: Path) -> None:
    """Whoever is known already stays who they are."""
    desk = a_desk(tmp_path)
    who = desk.reception.credentials.of_token(a_token(desk))
    ticket = desk.reception.announced.announce(an_announcement("a", tenant="other"))

    assert refusal(desk, ticket.token, a_start(), who).reason == NOT_AUTHORISED
    assert admit(desk, ticket.token, a_start()).tenant == "other"


def test_an_announced_id_is_kept_for_the_call_it_was_announced_for(tmp_path: Path) -> None:
    """Another tenant's start under the same id is turned away, and learns nothing."""
    desk = a_desk(tmp_path)
    desk.reception.announced.announce(an_announcement("a", tenant="other"))

    assert "no room" in refusal(desk, a_token(desk), a_start("a")).reason


def test_a_call_not_to_be_followed_is_refused_politely(tmp_path: Path) -> None:
    """Closed as normal, with the reason, as often as it tries."""
    desk = a_desk(tmp_path)
    unwanted = replace(an_announcement("a", provider_id="CA1"), followed=False, reason="sampling")
    ticket = desk.reception.announced.announce(unwanted)

    for given in (ticket.token, INGEST, ticket.token):
        refused = refusal(desk, given, a_start("CA1"))
        assert (refused.code, refused.reason) == (NORMAL, NOT_FOLLOWED)
    assert desk.refused == {"not_followed": 3}
    assert refusal(desk, "guess", a_start("CA1")).reason == NOT_AUTHORISED


def test_a_token_has_so_many_calls_at_once(tmp_path: Path) -> None:
    """Until one of its connections is over; other tokens are not concerned."""
    desk = a_desk(tmp_path)
    token, other = a_token(desk, max_calls=2), a_token(desk, "other", max_calls=1)
    who = desk.reception.credentials.of_token(token)
    assert who is not None
    visits = [desk.reception.admission.visit(Address.TWILIO, None) for _ in range(3)]
    visits[0].admit(token, a_start("a"))
    assert desk.reception.admission.busy(who) is None
    visits[1].admit(token, a_start("b"))

    assert desk.reception.admission.busy(who) == "token pbx may have 2 calls at once"
    with pytest.raises(Refused, match="token pbx may have 2 calls at once"):
        visits[2].admit(token, a_start("c"))
    assert admit(desk, other, a_start("d")).tenant == "acme"
    visits[0].over()
    visits[0].over()
    visits[2].admit(token, a_start("c"))
    assert desk.reception.admission.busy(who) is not None
    assert desk.refused == {"rate": 1}


def test_announced_calls_count_for_the_token_that_announced_them(tmp_path: Path) -> None:
    """A ticket is no way around a limit."""
    desk = a_desk(tmp_path)
    who = desk.reception.credentials.of_token(a_token(desk, max_calls=1))
    assert who is not None
    first, second = (
        desk.reception.announced.announce(an_announcement(name, by=who, tenant="acme")) for name in ("a", "b")
    )

    admit(desk, first.token, a_start("CA1"))
    assert "may have 1 calls at once" in refusal(desk, second.token, a_start("CA2")).reason


def test_a_token_begins_so_many_calls_a_minute(tmp_path: Path) -> None:
    """Counted over the last sixty seconds; refused attempts do not count."""
    desk = a_desk(tmp_path)
    token = a_token(desk, calls_per_minute=2)
    admit(desk, token, a_start("a"))
    desk.clock.pass_s(30)
    admit(desk, token, a_start("b"))
    for _ in range(5):
        assert "may begin 2 calls a minute" in refusal(desk, token, a_start("c")).reason

    desk.clock.pass_s(30)
    admit(desk, token, a_start("c"))
    assert "may begin 2 calls a minute" in refusal(desk, token, a_start("d")).reason


def test_a_session_that_carries_on_another_takes_over_its_place(tmp_path: Path) -> None:
    """A reconnect is not one call more; claiming to be one is no way around a limit either."""
    desk = a_desk(tmp_path)
    token = a_token(desk, max_calls=1)
    first, second = (desk.reception.admission.visit(Address.AUDIOHOOK, None) for _ in range(2))
    first.admit(token, a_start("a", session_id="S1"))
    second.admit(token, a_start("b", session_id="S2", continues=("S0", "S1")))
    first.over()

    assert "at once" in refusal(desk, token, a_start("c", session_id="S3", continues=("S1",))).reason
    assert "at once" in refusal(desk, token, a_start("c", session_id="S3")).reason
    second.over()
    admit(desk, token, a_start("c", session_id="S3"))


def test_an_announced_direction_decides_who_is_heard_unless_the_address_says_so(tmp_path: Path) -> None:
    """On tracks; other dialects' channels do not depend on it."""
    swapped = (Speaker.AGENT, Speaker.CUSTOMER)
    both = (Speaker.CUSTOMER, Speaker.AGENT)
    fixed = Telephony(routes={Address.TWILIO: RouteSettings(channels=both)})
    for telephony, address, roles in (
        (Telephony(), Address.TWILIO, swapped),
        (fixed, Address.TWILIO, both),
        (Telephony(), Address.AUDIOHOOK, both),
    ):
        desk = a_desk(tmp_path, telephony)
        ticket = desk.reception.announced.announce(replace(an_announcement(), direction=Direction.OUTBOUND))
        assert admit(desk, ticket.token, a_start(), at=address).channels == roles


def test_a_live_id_is_refused(tmp_path: Path) -> None:
    """Two calls are never mixed."""
    desk = a_desk(tmp_path)
    desk.lines.live[CallId("a")] = object()

    assert "call a is live already" in refusal(desk, INGEST, a_start("a")).reason
