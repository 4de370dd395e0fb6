"""Calls announced beforehand: found by token, by id or by leg, once, and for a limited time."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from hypothesis import settings as bounded
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from qa_monitor.telephony.announced import MOST_OF_ONE, AlreadyAnnounced, AnnouncedCalls, Ticket, TooManyAnnounced
from qa_monitor.telephony.credential import Credential
from streams.consent import Consent, Notice
from streams.records import CallId, Direction, Language, Speaker
from tests.qa_monitor.builders import NOON
from tests.qa_monitor.reception import HandClock, a_start, an_announcement

BOTH = (Speaker.CUSTOMER, Speaker.AGENT)
SWAPPED = (Speaker.AGENT, Speaker.CUSTOMER)
NOBODY_KNOWN = (Speaker.UNKNOWN, Speaker.UNKNOWN)


def some_calls(most: int = 100) -> tuple[AnnouncedCalls, HandClock]:
    clock = HandClock()
    return AnnouncedCalls(clock, most), clock


def test_a_token_opens_its_own_call_until_it_is_spent() -> None:
    """Asking does not spend it: an attempt that fails for another reason burns nothing."""
    calls, _ = some_calls()
    first, second = calls.announce(an_announcement("a")), calls.announce(an_announcement("b"))

    assert first.token != second.token
    assert min(len(first.token), len(second.token)) >= 32
    for _ in range(2):
        found = calls.of_token(first.token)
        assert found is not None
        assert found.call_id == "a"
    calls.spend(CallId("a"))
    assert calls.of_token(first.token) is None
    assert calls.of_token(second.token) is not None


@pytest.mark.parametrize("wrong", [None, "", "guess", "é", "\ud800", "x" * 100_000])
def test_what_is_no_token_opens_nothing(wrong: str | None) -> None:
    """Whatever an outsider sends."""
    calls, _ = some_calls()
    calls.announce(an_announcement())

    assert calls.of_token(wrong) is None


def test_a_call_that_does_not_come_in_time_is_forgotten() -> None:
    """By whatever it is looked for; its id may be announced again."""
    calls, clock = some_calls()
    ticket = calls.announce(an_announcement("a", provider_id="CA1", channels=BOTH, life_s=60), legs=True)
    clock.pass_s(59.9)
    assert calls.of_token(ticket.token) is not None

    clock.pass_s(0.1)
    assert calls.of_token(ticket.token) is None
    assert calls.of_id(CallId("a")) is None
    assert calls.of_call(a_start("CA1"), None) is None
    assert [calls.of_leg(leg) for leg in ticket.legs.values()] == [None, None]
    calls.announce(replace(an_announcement("a"), expires_at=clock.now.replace(year=2027)))


def test_an_id_is_announced_once() -> None:
    """The second is told so, and the first stands."""
    calls, _ = some_calls()
    ticket = calls.announce(an_announcement("a"))

    with pytest.raises(AlreadyAnnounced, match="call a is announced already"):
        calls.announce(an_announcement("a"))
    assert calls.of_token(ticket.token) is not None


@pytest.mark.parametrize("call", [a_start("CA1"), a_start("x", session_id="CA1")])
def test_a_call_is_known_by_the_provider_s_ids(call: object) -> None:
    """The call's or the session's, where no token can be sent; the latest announcement of an id wins."""
    calls, _ = some_calls()
    calls.announce(an_announcement("a", provider_id="CA1"))
    calls.announce(an_announcement("b", provider_id="CA1"))
    start = call if isinstance(call, type(a_start())) else a_start()

    found = calls.of_call(start, None)
    assert found is not None
    assert found.call_id == "b"
    calls.spend(CallId("b"))
    found = calls.of_call(start, None)
    assert found is not None
    assert found.call_id == "a"


def test_a_call_is_known_by_its_own_id_too_and_only_within_its_tenant() -> None:
    """One tenant's system cannot take another's announcement."""
    calls, _ = some_calls()
    calls.announce(an_announcement("CA1", tenant="acme"))

    assert calls.of_call(a_start("CA1"), "acme") is not None
    assert calls.of_call(a_start("CA1"), None) is not None
    assert calls.of_call(a_start("CA1"), "other") is None
    assert calls.of_call(a_start("CA2"), None) is None


def test_each_leg_is_claimed_once_and_the_token_goes_with_the_first() -> None:
    """Two sockets of one call: customer on channel 0, agent on 1."""
    calls, _ = some_calls()
    ticket = calls.announce(an_announcement("a", channels=BOTH), legs=True)
    customer, agent = ticket.legs[Speaker.CUSTOMER], ticket.legs[Speaker.AGENT]

    found = calls.of_leg(customer)
    assert found is not None
    assert (found.announcement.call_id, found.channel) == ("a", 0)
    calls.spend_leg(customer)
    assert calls.of_leg(customer) is None
    assert calls.of_token(ticket.token) is None
    other = calls.of_leg(agent)
    assert other is not None
    assert other.channel == 1
    calls.spend_leg(agent)
    assert calls.of_leg(agent) is None
    assert calls.of_id(CallId("a")) is None
    assert calls.of_leg(uuid4()) is None


def test_a_call_that_came_by_its_token_has_no_legs_any_more() -> None:
    """One call, one way in."""
    calls, _ = some_calls()
    ticket = calls.announce(an_announcement("a", channels=BOTH), legs=True)
    calls.spend(CallId("a"))

    assert [calls.of_leg(leg) for leg in ticket.legs.values()] == [None, None]


def test_when_full_the_expired_make_room_first_and_then_it_is_refused_by_name() -> None:
    """Memory is bounded, whoever announces."""
    calls, clock = some_calls(most=3)
    for number in range(3):
        calls.announce(an_announcement(f"c-{number}", life_s=10 if number == 0 else 300))
    with pytest.raises(TooManyAnnounced, match="3 announced calls are waiting"):
        calls.announce(an_announcement("c-3"))

    clock.pass_s(10)
    calls.announce(an_announcement("c-3"))
    with pytest.raises(TooManyAnnounced):
        calls.announce(an_announcement("c-4"))


def test_one_tenant_s_token_leaves_room_for_others() -> None:
    """Its own limit is reached before the service's."""
    calls, _ = some_calls(most=10_000)
    greedy = Credential(name="greedy", tenant="greedy", prefix="qam_greedy")
    for number in range(MOST_OF_ONE):
        calls.announce(an_announcement(f"g-{number}", by=greedy))

    with pytest.raises(TooManyAnnounced):
        calls.announce(an_announcement("one-more", by=greedy))
    calls.announce(an_announcement("another's"))


def test_what_was_announced_is_filled_in_and_wins() -> None:
    """What it did not say stays as the start message had it, the provider's ids too."""
    start = replace(a_start("CA1"), team="from start", language=Language.FR, consent=Consent.UNKNOWN)
    announcement = replace(an_announcement("a", tenant="acme"), team=None)
    call = announcement.filled_into(start, by_track=False)

    assert (call.call_id, call.tenant, call.agent_id, call.team) == ("a", "acme", "agent-9", "from start")
    assert (call.language, call.notice, call.consent) == (Language.EN, Notice.PLAYED, Consent.GRANTED)
    assert call.metadata == {"session_id": "MZ1", "conversation_id": "CA1", "queue": "vip"}
    assert (call.channels, call.rate_hz, call.started_at, call.dialect) == (BOTH, 8_000, NOON, "twilio")


def test_roles_are_taken_where_the_number_of_channels_is_the_announced() -> None:
    """Otherwise the stream is what it says itself."""
    announcement = an_announcement(channels=SWAPPED)

    assert announcement.filled_into(a_start(), by_track=True).channels == SWAPPED
    mono = a_start(channels=(Speaker.MIXED,))
    assert announcement.filled_into(mono, by_track=True).channels == (Speaker.MIXED,)


@pytest.mark.parametrize(
    ("said", "announced", "heard", "roles"),
    [
        (Direction.INBOUND, Direction.OUTBOUND, BOTH, SWAPPED),
        (Direction.OUTBOUND, Direction.INBOUND, SWAPPED, BOTH),
        (Direction.INBOUND, Direction.INBOUND, BOTH, BOTH),
        (Direction.INBOUND, Direction.UNKNOWN, BOTH, NOBODY_KNOWN),
        (Direction.UNKNOWN, Direction.INBOUND, NOBODY_KNOWN, NOBODY_KNOWN),
        (Direction.INBOUND, Direction.OUTBOUND, (Speaker.CUSTOMER,), (Speaker.AGENT,)),
        (Direction.INBOUND, Direction.OUTBOUND, (Speaker.MIXED,), (Speaker.MIXED,)),
    ],
)
def test_an_announced_direction_turns_roles_that_were_concluded_from_it(
    said: Direction, announced: Direction, heard: tuple[Speaker, ...], roles: tuple[Speaker, ...]
) -> None:
    """The agent's voice must never be taken for the customer's; in doubt nobody is known."""
    announcement = replace(an_announcement(), direction=announced)
    start = a_start(direction=said, channels=heard)

    assert announcement.filled_into(start, by_track=True).channels == roles
    assert announcement.filled_into(start, by_track=False).channels == heard
    assert announcement.filled_into(start, by_track=True).direction is announced


class Waiting(RuleBasedStateMachine):
    """Announced, claimed and expired in any order: nothing is claimed twice, nothing is left behind."""

    def __init__(self) -> None:
        super().__init__()
        self.calls, self.clock = some_calls(most=5)
        self.tickets: dict[str, Ticket] = {}
        self.claimed: set[str] = set()

    @rule(number=st.integers(0, 6), life_s=st.integers(1, 30), legs=st.booleans())
    def announce(self, number: int, life_s: int, legs: bool) -> None:
        call_id = f"c-{number}"
        announcement = an_announcement(call_id, provider_id=f"p-{number % 2}", channels=BOTH)
        expires_at = self.clock.now + (NOON.replace(minute=1) - NOON) * life_s / 60
        try:
            ticket = self.calls.announce(replace(announcement, expires_at=expires_at), legs=legs)
        except (AlreadyAnnounced, TooManyAnnounced):
            return
        self.tickets[call_id] = ticket
        self.claimed.discard(call_id)

    @rule(number=st.integers(0, 6))
    def claim(self, number: int) -> None:
        ticket = self.tickets.get(f"c-{number}")
        found = None if ticket is None else self.calls.of_token(ticket.token)
        if ticket is not None and found is not None:
            assert ticket.call_id not in self.claimed
            assert self.clock.now < ticket.expires_at
            self.claimed.add(ticket.call_id)
            self.calls.spend(ticket.call_id)

    @rule(number=st.integers(0, 6), side=st.sampled_from(BOTH))
    def claim_leg(self, number: int, side: Speaker) -> None:
        ticket = self.tickets.get(f"c-{number}")
        leg: UUID | None = None if ticket is None else ticket.legs.get(side)
        if leg is not None and self.calls.of_leg(leg) is not None:
            self.calls.spend_leg(leg)
            assert self.calls.of_leg(leg) is None

    @rule(seconds=st.integers(0, 20))
    def wait(self, seconds: int) -> None:
        self.clock.pass_s(seconds)

    @invariant()
    def every_index_leads_to_a_call(self) -> None:
        calls = set(self.calls._calls)
        assert len(calls) <= 5
        assert set(self.calls._tokens.values()) == calls
        assert set(self.calls._legs.values()) <= calls
        assert {each for listed in self.calls._provider_ids.values() for each in listed} == calls


TestWaiting = Waiting.TestCase
TestWaiting.settings = bounded(max_examples=60, stateful_step_count=30, deadline=None)
