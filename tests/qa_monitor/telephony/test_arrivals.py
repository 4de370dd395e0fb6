"""Who connects, who was turned away and why."""

from collections import Counter
from datetime import UTC, datetime, timedelta

from qa_monitor.telephony.arrivals import MOST_OVER, Arrivals, ArrivalState
from tests.qa_monitor.builders import a_call

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)


class Clock:
    """A clock a test sets."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


def test_a_connection_is_followed_from_its_first_byte_to_its_end() -> None:
    clock, counts = Clock(), Counter[str]()
    arrivals = Arrivals(clock)
    number = arrivals.opened("twilio", "192.0.2.7", lambda: counts)
    (waiting,) = arrivals.recent()
    call = a_call()
    arrivals.started(number, call)
    counts["late"] += 2
    (live,) = arrivals.recent()
    clock.now += timedelta(seconds=5)
    arrivals.over(number, 1000, "the call has ended")
    counts["late"] += 1
    arrivals.over(number, 1011, "said twice")
    (ended,) = arrivals.recent()

    assert (waiting.state, waiting.peer, waiting.call_id) == (ArrivalState.WAITING, "192.0.2.7", None)
    assert (live.state, live.call_id, live.rejected) == (ArrivalState.LIVE, call.call_id, {"late": 2})
    assert (ended.state, ended.code, ended.reason) == (ArrivalState.ENDED, 1000, "the call has ended")
    assert (ended.ended_at, ended.rejected) == (NOON + timedelta(seconds=5), {"late": 2})


def test_one_that_never_began_a_call_was_refused_and_says_why() -> None:
    arrivals = Arrivals(Clock())
    arrivals.over(arrivals.opened("pcm", "192.0.2.7"), 1008, "no valid start within 5 s")
    arrivals.refused("audiohook", "192.0.2.8", 401, "the signature is wrong")

    assert [(each.state, each.code) for each in arrivals.recent()] == [
        (ArrivalState.REFUSED, 401),
        (ArrivalState.REFUSED, 1008),
    ]


def test_memory_is_bounded_and_the_living_come_first() -> None:
    arrivals = Arrivals(Clock())
    living = arrivals.opened("pcm", "192.0.2.1")
    for _ in range(MOST_OVER + 50):
        arrivals.refused("pcm", "192.0.2.2", 401, "wrong token")

    shown = arrivals.recent(limit=1000)

    assert len(shown) == MOST_OVER + 1
    assert shown[0].number == living
    assert shown[1].number == MOST_OVER + 51
