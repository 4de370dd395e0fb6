"""Whatever calls there are and however busy it is: what is never chosen."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from qa_monitor.load.choosing import Candidate, Choice, Choosing, ChoosingPolicy, Room
from qa_monitor.shedding.levels import Shedding
from streams.records import CallId
from tests.qa_monitor.builders import NOON

CALLS = st.lists(st.tuples(st.integers(0, 1000), st.booleans(), st.booleans()), max_size=30).map(
    lambda rows: [
        Candidate(
            call_id=CallId(f"call-{number}"),
            started_at=NOON + timedelta(seconds=began_s),
            watched=watched,
            follows=follows,
        )
        for number, (began_s, watched, follows) in enumerate(rows)
    ]
)
ROOMS = st.builds(
    lambda oldest_s, utilisation, calls, more: Room(
        oldest_s=oldest_s,
        utilisation=utilisation,
        calls=calls,
        most=None if calls is None else calls + more,
    ),
    st.floats(0, 10),
    st.floats(0, 1),
    st.none() | st.integers(1, 30),
    st.integers(0, 10),
)
LEVELS = st.integers(0, 5)


def chosen(calls: list[Candidate], level: int, room: Room) -> Choice:
    """The second look, when those who wait for room may have waited long enough."""
    choosing = Choosing()
    choosing.at(0.0, calls, level=Shedding(level=level), room=room)
    return choosing.at(60.0, calls, level=Shedding(level=level), room=room)


@given(CALLS, LEVELS, ROOMS)
def test_nobody_is_put_off_and_brought_back_at_once(calls: list[Candidate], level: int, room: Room) -> None:
    """Only what is followed is put off, only what is not comes back, each once."""
    choice = chosen(calls, level, room)
    followed = {call.call_id for call in calls if call.follows}

    assert set(choice.off) <= followed
    assert followed.isdisjoint(choice.back)
    assert len({*choice.off, *choice.back}) == len(choice.off) + len(choice.back)


@given(CALLS, LEVELS, ROOMS)
def test_a_watched_call_goes_after_all_others_and_comes_before_them(
    calls: list[Candidate], level: int, room: Room
) -> None:
    choice = chosen(calls, level, room)
    watched = {call.call_id for call in calls if call.watched}
    unwatched = {call.call_id for call in calls if call.follows and not call.watched}

    if watched & set(choice.off):
        assert unwatched <= set(choice.off)
    if level < 5 and set(choice.back) - watched:
        assert not [call for call in calls if call.watched and not call.follows and call.call_id not in choice.back]


@given(CALLS, LEVELS, ROOMS)
def test_under_load_no_more_are_followed_than_there_is_room_for(calls: list[Candidate], level: int, room: Room) -> None:
    """While finals wait: the watched may be more where only the others give way, and nothing that comes back adds."""
    choice, shedding = chosen(calls, level, room), Shedding(level=level)
    followed = sum(call.follows for call in calls)
    after = followed - len(choice.off) + len(choice.back)
    watched = sum(call.follows and call.watched for call in calls)

    if not shedding.cuts_to_capacity or room.calls is None or room.most is None:
        return
    assert after <= max(followed, room.most)
    if room.oldest_s > ChoosingPolicy().oldest_s and not choice.back:
        assert after <= (room.calls if shedding.cuts_watched_calls else max(room.calls, watched))


@given(CALLS, ROOMS)
def test_without_load_nobody_is_put_off_but_for_somebody_who_is_watched(calls: list[Candidate], room: Room) -> None:
    choice = chosen(calls, 0, room)

    assert len(choice.off) <= len(choice.back)
