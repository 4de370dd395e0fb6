"""Sessions of the pages: they end, they are few, and guessing is slowed down."""

from datetime import datetime, timedelta

from qa_monitor.people.records import AccountId
from qa_monitor.security.sessions import LIFE, MOST, Sessions
from qa_monitor.security.throttle import BY_ADDRESS, FAILURES, THROTTLE, Throttle
from tests.qa_monitor.builders import NOON

ANN, BEN = AccountId("ann"), AccountId("ben")


class Clock:
    """A clock the test moves."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def go_on(self, by: timedelta) -> None:
        self.now += by


def test_a_session_is_known_until_it_is_logged_out() -> None:
    """The cookie's value is the whole secret; what is kept is its digest."""
    sessions = Sessions(Clock())
    name, session = sessions.begin(ANN)

    assert sessions.of(name) == session
    assert session.account_id == ANN
    assert name not in (session.digest, repr(session))
    assert sessions.end(name) == [session.digest]
    assert sessions.of(name) is None
    assert sessions.end(name) == []


def test_nobody_is_known_by_nothing_or_by_a_guess() -> None:
    """A missing cookie is not an empty session."""
    sessions = Sessions(Clock())
    sessions.begin()

    assert [sessions.of(guess) for guess in (None, "", "guess", "\ud800")] == [None] * 4


def test_a_session_ends_after_its_life() -> None:
    """A forgotten browser does not stay logged in."""
    clock = Clock()
    sessions = Sessions(clock)
    name, session = sessions.begin()

    clock.go_on(LIFE)
    assert sessions.of(name)
    clock.go_on(timedelta(seconds=1))
    assert sessions.of(name) is None
    assert sessions.tidy() == [session.digest]


def test_one_session_too_many_ends_the_oldest() -> None:
    """Memory is bounded, and the newest always gets in."""
    clock = Clock()
    sessions = Sessions(clock)
    begun = []
    for _ in range(MOST + 1):
        begun.append(sessions.begin())
        clock.go_on(timedelta(seconds=1))

    assert sessions.tidy() == [begun[0][1].digest]
    assert sessions.of(begun[0][0]) is None
    assert all(sessions.of(name) for name, _ in begun[1:])


def test_an_account_is_logged_out_everywhere() -> None:
    """Others stay in."""
    sessions = Sessions(Clock())
    first, second, other = sessions.begin(ANN), sessions.begin(ANN), sessions.begin(BEN)

    assert set(sessions.end_all(ANN)) == {first[1].digest, second[1].digest}
    assert [sessions.of(name) is None for name, _ in (first, second, other)] == [True, True, False]


def test_sessions_outlive_a_restart() -> None:
    """What the store kept is enough to know the cookie again."""
    name, session = Sessions(Clock()).begin(ANN)

    assert Sessions(Clock(), [session]).of(name) == session


def test_wrong_guesses_throttle_for_a_minute() -> None:
    """Then log-in works again by itself; other accounts are not hindered."""
    clock = Clock()
    throttle = Throttle(clock)
    for number in range(FAILURES - 1):
        throttle.failed("ann", f"192.0.2.{number}")
    assert not throttle.waits("ann", "192.0.2.99")

    throttle.failed("ann", "192.0.2.98")
    assert throttle.waits("ann", "192.0.2.99")
    assert not throttle.waits("ben", "192.0.2.98")
    clock.go_on(THROTTLE)
    assert not throttle.waits("ann", "192.0.2.99")


def test_one_address_guessing_many_names_is_throttled() -> None:
    """One guess at each of many accounts is a guess too."""
    throttle = Throttle(Clock())
    for number in range(BY_ADDRESS):
        throttle.failed(f"name-{number}", "192.0.2.1")

    assert throttle.waits("someone else", "192.0.2.1")
    assert not throttle.waits("someone else", "192.0.2.2")


def test_names_are_long_and_never_the_same() -> None:
    """They are the only thing between a stranger and the calls."""
    sessions = Sessions(Clock())
    names = {sessions.begin()[0] for _ in range(100)}

    assert len(names) == 100
    assert min(len(name) for name in names) >= 32
