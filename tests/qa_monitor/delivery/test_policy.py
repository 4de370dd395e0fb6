"""Which changes a target hears of, when a failed delivery is tried again, which addresses are allowed. Pure."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta, timezone
from ipaddress import ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.lifecycle import ALLOWED
from alerts.records import FlagState, Priority
from qa_monitor.delivery.addresses import is_allowed, is_public
from qa_monitor.delivery.backoff import FIRST_S, LONGEST_REST_S, LONGEST_S, delay_s, rest_s, wait_s
from qa_monitor.delivery.payload import body
from qa_monitor.delivery.records import DeliveryEvent, event_of
from qa_monitor.delivery.targets import Filter, Hours, Targets
from tests.qa_monitor.builders import a_stored_flag
from tests.qa_monitor.delivery.builders import a_change
from tests.qa_monitor.receiving import a_target

PARIS = timezone(timedelta(hours=1))
CHANCES = st.floats(0, 1, exclude_max=True)
FAILURES = st.integers(1, 10_000)


@pytest.mark.parametrize(
    ("wanted", "passes"),
    [
        (Filter(), True),
        (Filter(events=frozenset({DeliveryEvent.CONFIRMED})), True),
        (Filter(events=frozenset({DeliveryEvent.RAISED})), False),
        (Filter(rules=frozenset({"cancellation", "refund"})), True),
        (Filter(rules=frozenset({"refund"})), False),
        (Filter(least_priority=Priority.HIGH), True),
        (Filter(teams=frozenset({"north"})), True),
        (Filter(teams=frozenset({"south"})), False),
        (Filter(tenants=frozenset({"default"})), True),
        (Filter(tenants=frozenset({"other"})), False),
        (Filter(hours=Hours(since=time(13), until=time(14))), False),
    ],
)
def test_a_target_hears_what_passes_every_filter(wanted: Filter, passes: bool) -> None:
    assert wanted.passes(a_change()) is passes


def test_a_flag_of_less_priority_is_not_told() -> None:
    stored = a_stored_flag()
    quiet = replace(a_change(), stored=replace(stored, flag=replace(stored.flag, priority=Priority.MEDIUM)))

    assert not Filter(least_priority=Priority.HIGH).passes(quiet)
    assert Filter(least_priority=Priority.MEDIUM).passes(quiet)


def test_every_target_decides_for_itself() -> None:
    south = Filter(teams=frozenset({"south"}))
    targets = Targets(every=(a_target("http://a", "all"), a_target("http://b", "south", wanted=south)))

    assert targets.wanting(a_change()) == ["all"]


@pytest.mark.parametrize(
    ("hours", "at", "within"),
    [
        (Hours(since=time(8), until=time(20)), "2026-03-02T08:00:00+00:00", True),
        (Hours(since=time(8), until=time(20)), "2026-03-02T19:59:59+00:00", True),
        (Hours(since=time(8), until=time(20)), "2026-03-02T20:00:00+00:00", False),
        (Hours(since=time(8), until=time(20), zone=PARIS), "2026-03-02T07:00:00+00:00", True),
        (Hours(since=time(22), until=time(6)), "2026-03-02T23:00:00+00:00", True),
        (Hours(since=time(22), until=time(6)), "2026-03-02T05:59:00+00:00", True),
        (Hours(since=time(22), until=time(6)), "2026-03-02T12:00:00+00:00", False),
        (Hours(days=frozenset({0})), "2026-03-02T12:00:00+00:00", True),
        (Hours(days=frozenset({1})), "2026-03-02T12:00:00+00:00", False),
        # Monday in London, Tuesday already in Paris
        (Hours(days=frozenset({1}), zone=PARIS), "2026-03-02T23:30:00+00:00", True),
    ],
)
def test_hours_are_those_of_the_target_s_zone(hours: Hours, at: str, within: bool) -> None:
    assert hours.hold(datetime.fromisoformat(at)) is within


@given(st.datetimes(timezones=st.just(UTC), min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1)))
def test_hours_that_are_not_set_are_always(at: datetime) -> None:
    assert Hours().hold(at)


@given(failures=FAILURES, chance=CHANCES)
def test_waits_double_up_to_an_hour_and_never_fall_below_half(failures: int, chance: float) -> None:
    whole = delay_s(failures, 1.0)

    assert FIRST_S / 2 <= delay_s(failures, 0.0) == whole / 2 <= delay_s(failures, chance) <= whole <= LONGEST_S
    assert delay_s(failures + 1, chance) >= delay_s(failures, chance)
    assert rest_s(failures, chance) <= min(LONGEST_REST_S, whole)


@given(failures=FAILURES, chance=CHANCES, asked=st.floats(0, 1e9))
def test_what_the_target_asks_for_is_kept_up_to_an_hour(failures: int, chance: float, asked: float) -> None:
    assert min(asked, LONGEST_S) <= wait_s(failures, chance, asked) <= LONGEST_S
    assert wait_s(failures, chance, None) == delay_s(failures, chance)


def test_every_change_of_state_has_a_name() -> None:
    """And an acknowledgement taken back is not told as a new flag."""
    for before, after in ((one, other) for one, others in ALLOWED.items() for other in others):
        assert event_of(before, after) == DeliveryEvent(after.value)
    assert event_of(None, FlagState.RAISED) is DeliveryEvent.RAISED
    assert event_of(FlagState.ACKNOWLEDGED, FlagState.CONFIRMED) is DeliveryEvent.REOPENED
    assert event_of(FlagState.CONFIRMED, FlagState.CONFIRMED) is None


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1"),
        *("0.0.0.0", "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1"),
        *("::1", "::", "fe80::1", "fc00::1", "fd12::1", "fec0::1", "ff02::1", "2001:db8::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::", "2001::1"),
    ],
)
def test_addresses_inside_the_house_are_not_public(address: str) -> None:
    """In whatever way they are written."""
    assert not is_public(ip_address(address))
    assert not is_allowed(ip_address(address), ())


@pytest.mark.parametrize("address", ["9.9.9.9", "2620:fe::fe", "::ffff:9.9.9.9"])
def test_public_addresses_are_allowed(address: str) -> None:
    assert is_allowed(ip_address(address), ())


def test_a_network_that_is_named_is_allowed_and_no_other() -> None:
    named = (ip_network("10.1.0.0/16"), ip_network("fd12::/32"))

    assert is_allowed(ip_address("10.1.2.3"), named)
    assert is_allowed(ip_address("::ffff:10.1.2.3"), named)
    assert is_allowed(ip_address("fd12::9"), named)
    assert not is_allowed(ip_address("10.2.0.1"), named)
    assert not is_allowed(ip_address("127.0.0.1"), named)


def test_words_leave_only_where_the_target_says_so() -> None:
    """Evidence is personal data."""
    silent = body(a_change(), words=False, link=None)
    spoken = body(a_change(), words=True, link="https://qa.example")

    assert "résilier." not in silent.decode()
    assert b"evidence" not in silent
    assert "Je veux résilier." in spoken.decode()
    assert b'"link":"https://qa.example/calls/call-1"' in spoken
    assert body(a_change(), words=False, link=None) == silent
