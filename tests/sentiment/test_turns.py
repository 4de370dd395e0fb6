"""How long one goes on, and how fast and loud, against their own beginning."""

import pytest

from sentiment.dynamics import Conversation
from sentiment.hold import HoldBegan, HoldCause, HoldEnded
from sentiment.manner import MAX_HOLES, Manner
from sentiment.turns import Turns
from streams.activity.music import ToneHeard
from streams.records import Speaker
from tests.sentiment.builders import a_call, an_activity, an_utterance

CUSTOMER, AGENT = Speaker.CUSTOMER, Speaker.AGENT


def test_a_turn_goes_on_over_short_pauses_and_short_answers() -> None:
    turns = Turns().after([(0.0, 5.0, CUSTOMER), (5.2, 5.8, AGENT), (6.0, 20.0, CUSTOMER), (20.5, 22.0, AGENT)])

    assert turns.longest_s == {CUSTOMER: 20.0, AGENT: 1.5}


@pytest.mark.parametrize("between", [(10.5, 12.0, AGENT), None])
def test_an_answer_or_a_long_pause_ends_a_turn(between: tuple[float, float, Speaker] | None) -> None:
    spoken = [(0.0, 10.0, CUSTOMER), (14.0, 20.0, CUSTOMER), *([between] if between else [])]

    assert Turns().after(spoken).longest_s[CUSTOMER] == 10.0


def test_it_does_not_matter_how_often_one_looks() -> None:
    spoken = [(0.0, 5.0, CUSTOMER), (6.0, 12.0, CUSTOMER), (13.0, 15.0, AGENT), (15.5, 40.0, AGENT)]
    turns = Turns()
    for one in spoken:
        turns = turns.after([one])

    assert turns.longest_s == Turns().after(spoken).longest_s == {CUSTOMER: 12.0, AGENT: 27.0}


def test_pace_counts_words_over_the_time_they_took() -> None:
    """Six words in two seconds are 180 a minute."""
    manner = Manner()
    manner.said(an_utterance(words=6, duration_s=2.0), -20.0)

    assert manner.pace_wpm == {"customer": 180.0}


def test_pace_follows_the_last_twenty_seconds() -> None:
    """Slow at first, then fast."""
    manner = Manner()
    for number in range(10):
        manner.said(an_utterance(words=6, duration_s=4.0, start_s=5.0 * number), -20.0)
    assert manner.pace_wpm["customer"] == 90.0
    for number in range(10):
        manner.said(an_utterance(words=12, duration_s=4.0, start_s=100 + 5.0 * number), -20.0)

    assert manner.pace_wpm["customer"] == 180.0


def test_one_or_two_words_say_nothing_of_the_pace() -> None:
    manner = Manner()
    manner.said(an_utterance(words=2, duration_s=0.4), -20.0)

    assert manner.pace_wpm == {}


def test_loudness_is_told_against_the_speaker_s_own_beginning() -> None:
    """Not before twenty seconds have been heard; the other speaker does not count."""
    manner = Manner()
    manner.said(an_utterance(duration_s=12.0), -30.0)
    assert manner.louder_db == {}
    manner.said(an_utterance(duration_s=12.0), -30.0)
    manner.said(an_utterance(duration_s=12.0, speaker=AGENT, channel=1), -10.0)
    for _ in range(2):
        manner.said(an_utterance(duration_s=12.0), -24.0)

    assert manner.louder_db == {"customer": 6.0}


def test_seconds_in_which_nothing_was_heard_are_nobody_s_pace() -> None:
    """Six words in four seconds, half of them lost on this channel; a hole that grows is one hole."""
    manner = Manner()
    manner.lost(0, 1.0, 2.0)
    manner.lost(0, 1.0, 3.0)
    manner.lost(1, 0.0, 4.0)
    manner.lost(0, 3.9, 60.0)
    manner.said(an_utterance(words=6, duration_s=3.9), -20.0)

    assert manner.pace_wpm == {"customer": 189.5}


def test_an_utterance_of_which_nothing_was_heard_says_nothing() -> None:
    manner = Manner()
    manner.lost(0, 0.0, 4.0)
    manner.said(an_utterance(words=6, duration_s=2.0), -20.0)

    assert (manner.pace_wpm, manner.louder_db) == ({}, {})


def test_holes_of_one_call_take_no_more_than_their_room() -> None:
    manner = Manner()
    for number in range(10 * MAX_HOLES):
        manner.lost(0, float(number), number + 0.5)

    assert len(manner._holes) == MAX_HOLES


def test_a_beginning_that_was_not_heard_is_nothing_to_compare_with() -> None:
    """What they said first was noted elsewhere: their voice is not compared with the middle of the call."""
    conversation = Conversation(a_call())
    conversation.said_elsewhere(an_utterance(duration_s=12.0))
    for number in range(6):
        conversation.said(an_utterance(duration_s=12.0, start_s=20.0 * number), -20.0)
        conversation.said(an_utterance(duration_s=12.0, start_s=20.0 * number, speaker=AGENT, channel=1), -20.0)

    assert conversation.at(140.0).louder_db == {"agent": 0.0}
    assert conversation.at(140.0).pace_wpm.keys() == {"customer", "agent"}


@pytest.mark.parametrize("known", [True, False])
def test_what_was_said_before_a_stretch_nobody_heard_is_not_now(known: bool) -> None:
    """Neither where it is known what was said in it nor where nobody knows; a beginning that was heard stays one."""
    conversation = Conversation(a_call())
    for number in range(2):
        conversation.said(an_utterance(words=20, duration_s=12.0, start_s=20.0 * number), -30.0)
    if known:
        conversation.said_elsewhere(an_utterance(duration_s=12.0, start_s=60.0))
    else:
        conversation.unheard()
    before = conversation.at(80.0)
    conversation.said(an_utterance(words=6, duration_s=2.0, start_s=90.0), -24.0)
    after = conversation.at(100.0)

    assert (before.pace_wpm, before.louder_db) == ({}, {})
    assert (after.pace_wpm, after.louder_db) == ({"customer": 180.0}, {"customer": 6.0})


def test_who_speaks_up_after_nobody_listened_has_no_beginning() -> None:
    """They may have said anything before."""
    conversation = Conversation(a_call())
    conversation.unheard()
    for number in range(3):
        conversation.said(an_utterance(duration_s=12.0, start_s=20.0 * number), -20.0)

    assert conversation.at(80.0).louder_db == {}


def test_who_began_second_is_counted() -> None:
    """A short back-channel is no interruption."""
    conversation = Conversation(a_call())
    for activity in (
        an_activity(0, 1.0, 6.0),
        an_activity(1, 4.0, 8.0),
        an_activity(0, 7.7, 9.0),
        an_activity(1, 20.0, 30.0),
        an_activity(0, 22.0, 23.0),
        an_activity(0, 25.0, 26.0),
    ):
        conversation.feed(activity)

    assert conversation.at(90.0).interruptions == {"customer": 2, "agent": 1}


@pytest.mark.parametrize("channels", [(Speaker.MIXED,), (Speaker.CUSTOMER, Speaker.UNKNOWN)])
def test_where_nobody_can_tell_who_speaks_it_is_left_open(channels: tuple[Speaker, ...]) -> None:
    """It is said, not guessed."""
    conversation = Conversation(a_call(channels=channels))
    conversation.feed(an_activity(0, 1.0, 4.0, speaker=channels[0]))
    found = conversation.at(5.0)

    assert not found.speakers_known
    assert (found.interruptions, found.longest_turn_s, found.pace_wpm, found.interrupter) == ({}, {}, {}, None)
    assert not any(found.talk_share.values())


def test_while_channels_are_swapped_it_is_left_open() -> None:
    """And comes back once it is known again."""
    conversation = Conversation(a_call())
    conversation.feed(an_activity(0, 1.0, 4.0))

    assert not conversation.at(5.0, speakers_known=False).speakers_known
    assert conversation.at(5.0, speakers_known=False).longest_turn_s == {}
    assert conversation.at(5.0).longest_turn_s == {"customer": 3.0}


def test_silence_on_hold_is_no_dead_air() -> None:
    """It begins anew when the hold ends; both are counted apart."""
    conversation = Conversation(a_call())
    conversation.feed(an_activity(0, 1.0, 4.0))
    conversation.held(HoldBegan(at_s=6.0, cause=HoldCause.MUSIC, channel=1))
    during = conversation.at(40.0)
    conversation.held(HoldEnded(at_s=50.0))
    after = conversation.at(58.0)

    assert (during.silence_s, during.silence_total_s) == (0.0, 2.0)
    assert (during.hold_since_s, during.hold_s, during.hold_cause) == (6.0, 34.0, "music")
    assert (after.silence_s, after.silence_total_s) == (8.0, 10.0)
    assert (after.hold_since_s, after.hold_s, after.hold_total_s, after.hold_cause) == (None, 0.0, 44.0, None)


@pytest.mark.parametrize(("tone_s", "silence_s"), [(1.5, 6.0), (0.3, 10.0)])
def test_ring_back_is_no_dead_air_and_a_beep_is_none_of_its_end(tone_s: float, silence_s: float) -> None:
    """Somebody is being called."""
    conversation = Conversation(a_call())
    conversation.feed(an_activity(0, 1.0, 4.0))
    conversation.toned(1, ToneHeard(start_s=8.0 - tone_s, end_s=8.0, pitch_hz=440.0))

    assert conversation.at(14.0).silence_s == silence_s
