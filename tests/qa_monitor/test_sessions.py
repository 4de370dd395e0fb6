"""Sessions of the pages: they end, they are few, and guessing is slowed down."""

from datetime import datetime, timedelta

from qa_monitor.security.sessions import FAILURES, LIFE, MOST, THROTTLE, Sessions
from tests.qa_monitor.builders import NOON


class Clock:
    """A clock the test moves."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def go_on(self, by: timedelta) -> None:
        self.now += by


def test_a_session_is_known_until_it_is_logged_out() -> None:
    """The cookie's value is the whole secret."""
    sessions = Sessions(Clock())
    name = sessions.begin()

    assert sessions.knows(name)
    sessions.end(name)
    assert not sessions.knows(name)


def test_nobody_is_known_by_nothing_or_by_a_guess() -> None:
    """A missing cookie is not an empty session."""
    sessions = Sessions(Clock())
    sessions.begin()

    assert not sessions.knows(None)
    assert not sessions.knows("")
    assert not sessions.knows("guess")


def test_a_session_ends_after_its_life() -> None:
    """A forgotten browser does not stay logged in."""
    clock = Clock()
    sessions = Sessions(clock)
    name = sessions.begin()

    clock.go_on(LIFE)
    assert sessions.knows(name)
    clock.go_on(timedelta(seconds=1))
    assert not sessions.knows(name)


def test_one_session_too_many_ends_the_oldest() -> None:
    """Memory is bounded, and the newest always gets in."""
    clock = Clock()
    sessions = Sessions(clock)
    names = []
    for _ in range(MOST + 1):
        names.append(sessions.begin())
        clock.go_on(timedelta(seconds=1))

    assert not sessions.knows(names[0])
    assert all(sessions.knows(name) for name in names[1:])


def test_wrong_tokens_throttle_for_a_minute() -> None:
    """Then log-in works again by itself."""
    clock = Clock()
    sessions = Sessions(clock)
    for _ in range(FAILURES - 1):
        sessions.failed()
    assert not sessions.throttled

    sessions.failed()
    assert sessions.throttled
    clock.go_on(THROTTLE)
    assert not sessions.throttled


def test_names_are_long_and_never_the_same() -> None:
    """They are the only thing between a stranger and the calls."""
    sessions = Sessions(Clock())
    names = {sessions.begin() for _ in range(100)}

    assert len(names) == 100
    assert min(len(name) for name in names) >= 32
