"""The small parts a live call is made of: curtain, keypad, gaps, places."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_monitor.call.gaps import Gaps
from qa_monitor.call.switchboard.curtain import Curtain
from qa_monitor.call.switchboard.keypad import FORGET_S, KeyAction, Keypad
from qa_monitor.call.switchboard.placing import Place, same_channels
from streams.records import (
    AudioFrame,
    CallEnded,
    CallId,
    Dtmf,
    EndReason,
    Gap,
    GapReason,
    Language,
    LanguageChanged,
    Paused,
    Speaker,
)
from tests.qa_monitor.builders import an_utterance

CALL = CallId("call-1")
CUSTOMER, AGENT = Speaker.CUSTOMER, Speaker.AGENT
KEYS = {"*1": KeyAction.PAUSE, "*2": KeyAction.RESUME, "*99": KeyAction.OFF_RECORD}


def a_frame(start_s: float = 1.0, channel: int = 0) -> AudioFrame:
    return AudioFrame(call_id=CALL, channel=channel, start_s=start_s, samples=np.full(160, 7, np.int16), rate_hz=8_000)


def a_gap(start_s: float, duration_s: float, reason: GapReason = GapReason.PAUSED, channel: int = 0) -> Gap:
    return Gap(call_id=CALL, channel=channel, start_s=start_s, duration_s=duration_s, reason=reason)


def test_an_open_curtain_lets_everything_through() -> None:
    """As it is."""
    curtain, frame = Curtain(), a_frame()

    assert curtain.through(frame) is frame
    assert curtain.through(a_gap(1.0, 2.0, GapReason.LOST)) == a_gap(1.0, 2.0, GapReason.LOST)
    assert curtain.closed is None


def test_behind_a_closed_curtain_audio_is_a_gap_of_the_same_length() -> None:
    """With the reason; off the record is not undone by a pause."""
    curtain = Curtain()
    curtain.close(GapReason.PAUSED)
    assert curtain.through(a_frame()) == a_gap(1.0, 0.02)
    curtain.close(GapReason.OFF_RECORD)
    curtain.close(GapReason.PAUSED)
    assert curtain.through(a_gap(2.0, 0.5, GapReason.LOST)) == a_gap(2.0, 0.5, GapReason.OFF_RECORD)
    curtain.open(3.0)
    frame = a_frame(3.0)
    assert curtain.through(frame) is frame
    with pytest.raises(ValueError, match="paused or off the record"):
        curtain.close(GapReason.LOST)


def test_a_gap_told_only_afterwards_has_the_reason_of_its_time() -> None:
    """A source that was asked to pause tells how long it was when it goes on."""
    curtain = Curtain()
    curtain.close(GapReason.OFF_RECORD)
    curtain.open(5.0)

    assert curtain.through(a_gap(5.0, 30.0)) == a_gap(5.0, 30.0, GapReason.OFF_RECORD)
    assert curtain.through(a_gap(60.0, 1.0)) == a_gap(60.0, 1.0)


def pressed(keys: str, gap_s: float = 0.5) -> list[KeyAction]:
    keypad = Keypad(KEYS)
    found = [keypad.press(key, number * gap_s) for number, key in enumerate(keys)]
    return [action for action in found if action is not None]


@pytest.mark.parametrize(
    ("keys", "actions"),
    [
        ("*1", [KeyAction.PAUSE]),
        ("*2*1", [KeyAction.RESUME, KeyAction.PAUSE]),
        ("**1", [KeyAction.PAUSE]),
        ("*9*1", [KeyAction.PAUSE]),
        ("*9*99", [KeyAction.OFF_RECORD]),
        ("4539148803436467", []),
        ("*", []),
        ("1*", []),
    ],
)
def test_sequences_of_keys_are_found_among_others(keys: str, actions: list[KeyAction]) -> None:
    """Whatever was pressed before."""
    assert pressed(keys) == actions


def test_keys_pressed_far_apart_are_no_sequence() -> None:
    """Somebody pressed a star a minute ago."""
    assert pressed("*1", gap_s=FORGET_S + 0.1) == []


@given(st.text("0123456789*#ABCD", max_size=30))
def test_a_keypad_remembers_only_what_may_become_a_sequence(keys: str) -> None:
    """Digits of a card are forgotten at once."""
    keypad = Keypad(KEYS)
    for number, key in enumerate(keys):
        keypad.press(key, number * 0.1)
        assert any(sequence.startswith(keypad._begun) for sequence in KEYS)


def test_without_sequences_no_key_is_remembered() -> None:
    """The default."""
    keypad = Keypad({})

    assert [keypad.press(key, 0.0) for key in "*1*2"] == [None] * 4
    assert keypad._begun == ""


def test_pieces_of_one_gap_are_one_gap_per_channel() -> None:
    """Taken again as it grows, under the same beginning."""
    gaps = Gaps()
    for number in range(10):
        for channel in (0, 1):
            gaps.add(a_gap(1 + number * 0.02, 0.02, channel=channel))
    first = gaps.take()
    whole = gaps.add(a_gap(1.2, 0.02))

    assert [(gap.channel, gap.start_s) for gap in first] == [(0, 1.0), (1, 1.0)]
    assert [gap.duration_s for gap in first] == pytest.approx([0.2, 0.2])
    assert (whole.start_s, whole.duration_s) == pytest.approx((1.0, 0.22))
    assert gaps.take() == (whole,)
    assert gaps.take() == ()


def test_gaps_of_other_reasons_or_elsewhere_are_their_own() -> None:
    """Lost is not paused."""
    gaps = Gaps()
    for gap in (a_gap(1, 1), a_gap(2, 1, GapReason.LOST), a_gap(4, 1, GapReason.LOST)):
        assert gaps.add(gap) == gap

    assert len(gaps.take()) == 3


def test_the_first_session_s_events_are_the_call_s() -> None:
    """Untouched where name, clock and channels agree."""
    frame = a_frame()

    assert Place(call_id=CALL, channels=(0, 1)).put(frame) is frame
    assert Place(call_id=CallId("call-1~2"), channels=(0, 1)).put(frame).call_id == "call-1~2"


def test_a_later_session_s_events_are_moved_to_the_call_s_clock_and_channels() -> None:
    """The other order of channels is the other session's."""
    place = Place(call_id=CallId("first"), from_s=60.0, channels=(1, 0))
    frame = place.put(a_frame(1.0, channel=0))

    assert isinstance(frame, AudioFrame)
    assert (frame.call_id, frame.channel, frame.start_s) == ("first", 1, 61.0)
    assert place.put(Dtmf(call_id=CALL, channel=None, digit="1", at_s=2.0)) == Dtmf(
        call_id=CallId("first"), channel=None, digit="1", at_s=62.0
    )
    assert place.put(Paused(call_id=CALL, at_s=3.0)) == Paused(call_id=CallId("first"), at_s=63.0)
    assert place.put(LanguageChanged(call_id=CALL, at_s=3.0, language=Language.EN)) == LanguageChanged(
        call_id=CallId("first"), at_s=63.0, language=Language.EN
    )
    assert place.put(CallEnded(call_id=CALL, end_s=9.0, reason=EndReason.END)) == CallEnded(
        call_id=CallId("first"), end_s=69.0, reason=EndReason.END
    )


def test_an_utterance_is_told_back_on_the_session_s_clock() -> None:
    """Unless it was said before that session began."""
    place = Place(call_id=CALL, from_s=60.0, channels=(1, 0))
    told = place.back(an_utterance(62.0))

    assert told is not None
    assert (told.channel, told.start_s, told.end_s) == (1, 2.0, 4.0)
    assert [word.start_s for word in told.words] == pytest.approx([2.0, 2.5, 3.0])
    assert place.back(an_utterance(59.0)) is None
    assert Place(call_id=CALL, channels=(0, 1)).back(an_utterance(0.0)) == replace(an_utterance(0.0))


def test_channels_fit_by_who_speaks_on_them() -> None:
    """A session of other people is another call."""
    assert same_channels((CUSTOMER, AGENT), (CUSTOMER, AGENT)) == (0, 1)
    assert same_channels((CUSTOMER, AGENT), (AGENT, CUSTOMER)) == (1, 0)
    assert same_channels((CUSTOMER, AGENT), (CUSTOMER,)) is None
    assert same_channels((Speaker.UNKNOWN, Speaker.UNKNOWN), (Speaker.UNKNOWN, Speaker.UNKNOWN)) == (0, 1)
