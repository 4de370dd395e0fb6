"""Which calls give way, and which come back."""

from datetime import timedelta

from qa_monitor.load.choosing import Candidate, Choice, Choosing, ChoosingPolicy, Room, places
from qa_monitor.shedding.levels import Shedding
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


def a_room(*, oldest_s: float = 3.0, utilisation: float = 0.5, calls: int | None = None) -> Room:
    return Room(oldest_s=oldest_s, utilisation=utilisation, calls=calls, most=calls)


def look(choosing: Choosing, now_s: float, calls: list[Candidate], *, level: int, oldest_s: float = 3.0) -> Choice:
    return choosing.at(now_s, calls, level=Shedding(level=level), room=a_room(oldest_s=oldest_s))


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
    busy = [
        choosing.at(now_s, calls, level=Shedding(), room=a_room(oldest_s=0, utilisation=0.9)) for now_s in range(20)
    ]

    assert set(busy) == {Choice()}


def test_what_is_beyond_the_number_that_can_be_followed_gives_way_at_once() -> None:
    """From level 2 on, where finals wait; the newest that nobody watches."""
    calls = candidates("a", "b", "c", "d", "e", watched="e")
    room = a_room(calls=3)

    assert Choosing().at(0, calls, level=Shedding(level=2), room=room).off == ("d", "c")
    assert Choosing().at(0, calls, level=Shedding(level=1), room=room) == Choice()
    assert Choosing().at(0, calls, level=Shedding(level=2), room=a_room(calls=3, oldest_s=0.1)) == Choice()
    assert Choosing().at(0, calls, level=Shedding(level=2), room=a_room(calls=5)) == Choice()


def test_watched_calls_give_way_only_where_more_are_watched_than_can_be_followed() -> None:
    """From level 3 on; the places there are stay theirs, and none comes back in vain."""
    calls = candidates("a", "b", "c", "d", watched="acd")

    assert Choosing().at(0, calls, level=Shedding(level=2), room=a_room(calls=2)).off == ("b",)
    assert Choosing().at(0, calls, level=Shedding(level=3), room=a_room(calls=2)).off == ("b", "d")
    assert Choosing().at(0, calls, level=Shedding(level=3), room=a_room(calls=3)).off == ("b",)
    off = candidates("a", "b", "c", watched="abc", off="c")
    assert Choosing().at(0, off, level=Shedding(level=3), room=a_room(calls=2, oldest_s=0)) == Choice()
    assert Choosing().at(0, off, level=Shedding(level=3), room=a_room(calls=3, oldest_s=0)).back == ("c",)


def test_beyond_that_a_share_gives_way_and_then_has_time_to_show() -> None:
    """From level 4 on: the number was wrong."""
    choosing, calls = Choosing(), candidates("a", "b", "c", "d", off="d")
    off = [choosing.at(now_s / 2, calls, level=Shedding(level=4), room=a_room(calls=3)).off for now_s in range(5)]

    assert off == [("c",), (), (), ("c",), ()]


def test_a_call_that_somebody_opens_takes_the_place_of_the_newest_nobody_watches() -> None:
    """Where there is no place left; a watched one gives way to nobody."""
    calls = candidates("a", "b", "c", watched="ac", off="c")

    assert Choosing().at(0, calls, level=Shedding(), room=a_room(calls=2)) == Choice(
        off=(CallId("b"),), back=(CallId("c"),)
    )
    assert Choosing().at(0, calls, level=Shedding(), room=a_room(calls=3)) == Choice(back=(CallId("c"),))
    assert Choosing().at(0, candidates("a", "c", watched="ac", off="c"), level=Shedding(), room=a_room(calls=1)) == (
        Choice(back=(CallId("c"),))
    )


def test_where_many_are_sure_to_fit_half_of_them_come_back_together() -> None:
    """One by one, a hundred calls would take minutes."""
    choosing, calls = Choosing(), candidates(*"abcdefgh", off="cdefgh")
    backs = [choosing.at(now_s, calls, level=Shedding(), room=a_room(calls=6)).back for now_s in range(7)]

    assert backs == [(), (), (), (), (), ("c", "d"), ()]


def test_many_that_begin_together_are_not_all_followed_from_their_start() -> None:
    """Half of what is sure to fit; the rest of it once these have shown what they ask for, never more than may be."""
    room, began = Room(oldest_s=0.0, utilisation=0.2, calls=20, most=24), NOON + timedelta(seconds=3)
    four, twenty, many = (candidates(*"abcdefghijklmnopqrstuvwxyz"[:count]) for count in (4, 20, 26))

    assert places(four, room, began) == 6
    assert places(twenty, room, NOON + timedelta(seconds=20)) == 4
    assert places(twenty, room, NOON + timedelta(seconds=21), ChoosingPolicy(fresh_share=0.25)) == 4
    assert places(many, room, NOON + timedelta(seconds=60)) == 0


def test_a_few_are_followed_from_their_start_however_little_is_sure() -> None:
    """What was measured while the machine was busy with something else says too little of it."""
    room = Room(oldest_s=0.0, utilisation=0.2, calls=1, most=8)

    assert places([], room, NOON) == 8
    assert places(candidates(*"abcde"), room, NOON + timedelta(seconds=5)) == 3


def test_nobody_counts_places_before_anything_is_known() -> None:
    """Nor are those counted that are only recorded."""
    assert places(candidates("a"), a_room(), NOON) is None
    assert places(candidates("a", "b", off="ab"), a_room(calls=4), NOON) == 4
