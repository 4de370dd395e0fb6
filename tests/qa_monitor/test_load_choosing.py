"""Which calls give way, and which come back."""

from datetime import timedelta

from qa_monitor.load.choosing import Candidate, Choice, Choosing
from qa_monitor.load.shedding import Shedding
from streams.records import CallId
from tests.qa_monitor.builders import NOON


def candidates(*names: str, watched: str = "", off: str = "") -> list[Candidate]:
    """Calls in the order they began."""
    return [
        Candidate(
            call_id=CallId(name),
            started_at=NOON + timedelta(seconds=number),
            watched=name in watched,
            follows=name not in off,
        )
        for number, name in enumerate(names)
    ]


def look(choosing: Choosing, now_s: float, calls: list[Candidate], *, level: int, oldest_s: float = 3.0) -> Choice:
    return choosing.at(now_s, calls, level=Shedding(level=level), oldest_s=oldest_s, utilisation=0.5)


def test_the_newest_call_nobody_watches_gives_way() -> None:
    """One at a look while they are few; a watched one never does."""
    calls = candidates("a", "b", "c", "d", watched="d")

    assert look(Choosing(), 0, calls, level=4).off == ("c",)
    assert look(Choosing(), 0, candidates("a", "b", watched="ab"), level=4) == Choice()
    assert look(Choosing(), 0, calls, level=3) == Choice()


def test_at_the_last_level_watched_calls_give_way_too_but_last() -> None:
    """With so much to do, all of them would only be late; none comes straight back."""
    assert look(Choosing(), 0, candidates("a", "b", "c", watched="bc"), level=5) == Choice(off=(CallId("a"),))
    assert look(Choosing(), 0, candidates("a", "b", watched="ab"), level=5) == Choice(off=(CallId("b"),))
    assert look(Choosing(), 0, candidates("a", "b", watched="ab", off="b"), level=5) == Choice(off=(CallId("a"),))


def test_of_many_calls_a_share_gives_way() -> None:
    """Newest first."""
    names = [f"{number:03d}" for number in range(100)]

    assert look(Choosing(), 0, candidates(*names), level=4).off == ("099", "098", "097", "096", "095")


def test_nobody_else_gives_way_once_the_queue_is_short() -> None:
    """The age that led here tells of the last 10 s."""
    assert look(Choosing(), 0, candidates("a", "b"), level=4, oldest_s=0.3).off == ()


def test_a_call_that_somebody_opens_is_followed_again_at_once() -> None:
    """Below the last level."""
    for level in (0, 2, 4):
        assert look(Choosing(), 0, candidates("a", "b", watched="b", off="b"), level=level).back == ("b",)


def test_calls_come_back_one_by_one_when_there_has_been_room_for_a_while() -> None:
    """Oldest first, every 2 s after 5 s; a moment without room starts it anew."""
    choosing, calls = Choosing(), candidates("a", "b", off="ab")
    came = [now_s for now_s in range(12) if look(choosing, now_s, calls, level=1).back == ("a",)]
    look(choosing, 12, calls, level=2)

    assert came == [5, 7, 9, 11]
    assert look(choosing, 13, calls, level=0) == Choice()


def test_busy_workers_get_no_call_back() -> None:
    """A call that came back only to give way again would help nobody."""
    choosing, calls = Choosing(), candidates("a", off="a")
    busy = [choosing.at(now_s, calls, level=Shedding(), oldest_s=0, utilisation=0.9) for now_s in range(20)]

    assert set(busy) == {Choice()}
