"""When somebody is on hold, by what is heard and by what the telephony system says."""

from collections.abc import Iterable

import pytest

from sentiment.hold import HoldBegan, HoldCause, HoldEnded, HoldNews, HoldWatch
from streams.activity.music import LineSound, MusicBegan, MusicEnded, ToneHeard
from streams.records import ChannelActivity, Paused, Resumed
from tests.sentiment.builders import CALL, an_activity

CUSTOMER, AGENT = 0, 1
Told = tuple[float, ChannelActivity | Paused | Resumed | tuple[int, LineSound]]


def tone(start_s: float, end_s: float) -> tuple[int, LineSound]:
    return (AGENT, ToneHeard(start_s=start_s, end_s=end_s, pitch_hz=440.0))


def plays(at_s: float) -> tuple[int, LineSound]:
    return (AGENT, MusicBegan(at_s=at_s))


def stops(at_s: float) -> tuple[int, LineSound]:
    return (AGENT, MusicEnded(at_s=at_s))


def followed(told: Iterable[Told], until_s: float) -> list[HoldNews]:
    """What becomes known of a call that is looked at every half second; each thing is told at its second."""
    watch, news, waiting = HoldWatch(2), list[HoldNews](), sorted(told, key=lambda one: one[0])
    for half in range(int(until_s * 2) + 1):
        while waiting and waiting[0][0] <= half / 2:
            match waiting.pop(0)[1]:
                case ChannelActivity() as activity:
                    watch.spoke(activity)
                case Paused() | Resumed() as event:
                    watch.signalled(event)
                case (channel, sound):
                    watch.heard(channel, sound)
        news += watch.at(half / 2)
    return news


def test_music_holds_from_its_beginning_to_its_end() -> None:
    """Both become known later."""
    news = followed([(13.5, plays(10.0)), (45.0, stops(42.0))], 60.0)

    assert news == [HoldBegan(at_s=10.0, cause=HoldCause.MUSIC, channel=AGENT), HoldEnded(at_s=42.0)]


def test_a_pause_of_the_source_holds() -> None:
    """Until it resumes; the second pause is told once."""
    told: list[Told] = [(at_s, Paused(call_id=CALL, at_s=at_s)) for at_s in (10.0, 11.0)]
    news = followed([*told, (30.0, Resumed(call_id=CALL, at_s=30.0))], 40.0)

    assert news == [HoldBegan(at_s=10.0, cause=HoldCause.SIGNALLED, channel=None), HoldEnded(at_s=30.0)]


def test_ring_back_after_the_first_words_holds_until_somebody_speaks() -> None:
    """A transfer: known with the second tone, from the first on."""
    rings: list[Told] = [(end_s, tone(end_s - 1.5, end_s)) for end_s in (21.5, 26.5, 31.5)]
    speaks: Told = (34.0, an_activity(AGENT, 33.0, 34.0))
    news = followed([(6.0, an_activity(CUSTOMER, 1.0, 5.0)), *rings, speaks], 60.0)

    assert news == [HoldBegan(at_s=20.0, cause=HoldCause.TONES, channel=AGENT), HoldEnded(at_s=31.5)]


def test_tones_before_anybody_has_spoken_hold_nobody() -> None:
    """So calls begin."""
    assert followed([(end_s, tone(end_s - 1.5, end_s)) for end_s in (2.0, 7.0, 12.0)], 40.0) == []


@pytest.mark.parametrize("period_s", [0.5, 30.0])
def test_tones_too_close_or_too_far_apart_hold_nobody(period_s: float) -> None:
    """An engaged line, or a beep now and then."""
    tones: list[Told] = [(10 + n * period_s, tone(9.8 + n * period_s, 10 + n * period_s)) for n in range(6)]

    assert followed([(5.0, an_activity(CUSTOMER, 1.0, 5.0)), *tones], 200.0) == []


def test_a_beep_while_people_talk_holds_nobody() -> None:
    """It tells them that they are recorded."""
    beeps: list[Told] = [(10.3 + 15 * n, tone(10 + 15 * n, 10.3 + 15 * n)) for n in range(4)]
    talk: list[Told] = [(18.0 + 15 * n, an_activity(CUSTOMER, 12.0 + 15 * n, 18.0 + 15 * n)) for n in range(4)]

    assert followed([*beeps, *talk], 90.0) == []


def test_the_tones_of_music_are_music() -> None:
    """A flute plays tones; what they hold ends with the music, not some seconds later."""
    tones: list[Told] = [(end_s, tone(end_s - 1.0, end_s)) for end_s in (11.0, 14.0, 20.0, 30.0)]
    news = followed([(6.0, an_activity(CUSTOMER, 1.0, 5.0)), *tones, (15.0, plays(10.0)), (45.0, stops(42.0))], 70.0)

    assert news == [HoldBegan(at_s=10.0, cause=HoldCause.TONES, channel=AGENT), HoldEnded(at_s=42.0)]


def test_a_customer_who_speaks_over_the_music_is_still_on_hold() -> None:
    """Nobody answers."""
    speaks: Told = (25.0, an_activity(CUSTOMER, 18.0, 25.0))

    assert len(followed([(13.5, plays(10.0)), speaks], 60.0)) == 1


def test_two_who_talk_over_music_are_not_on_hold() -> None:
    """A radio plays where one of them sits."""
    talk: list[Told] = [
        (second, an_activity(int(second // 3 % 2), second - 2.5, second)) for second in map(float, range(2, 60, 3))
    ]

    assert followed([(13.5, plays(0.0)), *talk], 57.0) == []


def test_words_right_before_the_music_do_not_keep_it_from_holding() -> None:
    """ "One moment, please." "All right."."""
    talk: list[Told] = [(7.0, an_activity(AGENT, 4.0, 7.0)), (9.5, an_activity(CUSTOMER, 7.5, 9.5))]

    assert followed([*talk, (13.5, plays(10.0))], 20.0)[0] == HoldBegan(at_s=10.0, cause=HoldCause.MUSIC, channel=AGENT)
