"""The pace of a call: kept as it was, and read back the same."""

import tracemalloc
from pathlib import Path

import numpy as np
import pytest

from qa_monitor.call.pace.keeper import PaceKeeper
from qa_monitor.call.pace.pace import PaceError, Sound, Standing
from qa_monitor.call.pace.reading import unpacked
from streams.engine.batching import Kind
from streams.records import AgentChanged, AudioFrame, CallEnded, CallId, Dtmf, EndReason, Gap, GapReason, Paused
from tests.qa_monitor.builders import a_call

CALL = a_call()
RATE_HZ = CALL.rate_hz


def a_frame(start_s: float, channel: int = 0, samples: int = 160) -> AudioFrame:
    return AudioFrame(
        call_id=CALL.call_id, channel=channel, start_s=start_s, samples=np.zeros(samples, np.int16), rate_hz=RATE_HZ
    )


def test_what_came_is_read_back_in_its_order() -> None:
    """Frames in a row are one; an event between two keeps them apart; the exact second of an odd start is kept."""
    keeper, step_s = PaceKeeper(CALL), 160 / RATE_HZ
    gap = Gap(call_id=CALL.call_id, channel=1, start_s=0.0, duration_s=0.3, reason=GapReason.LOST)
    agent = AgentChanged(call_id=CALL.call_id, at_s=0.1, agent_id="agent-2", team="b")
    keeper.took([a_frame(0.0), a_frame(step_s), gap, Paused(call_id=CALL.call_id, at_s=0.5)], Standing())
    keeper.took([a_frame(2 * step_s), agent, a_frame(1 / 3, channel=1)], Standing(level=2, beam=5, twice=True))
    keeper.took([CallEnded(call_id=CALL.call_id, end_s=1.0, reason=EndReason.HANGUP)], Standing())

    first, second, last = unpacked(keeper.packed(), CALL.call_id, RATE_HZ).steps

    assert first.came == [
        Sound(channel=0, start_s=0.0, samples=320),
        gap,
        Paused(call_id=CALL.call_id, at_s=0.5),
    ]
    assert second.came == [
        Sound(channel=0, start_s=320 / RATE_HZ, samples=160),
        agent,
        Sound(channel=1, start_s=1 / 3, samples=160),
    ]
    assert (second.standing, last.standing) == (Standing(level=2, beam=5, twice=True), Standing())
    assert last.came == [CallEnded(call_id=CALL.call_id, end_s=1.0, reason=EndReason.HANGUP)]


def test_the_answers_of_the_engine_are_read_back() -> None:
    """Also those that came when nothing else did."""
    keeper = PaceKeeper(CALL)
    keeper.took([a_frame(0.0)], Standing())
    keeper.asked((0, 0), Kind.EARLY, 8_000, refused=False)
    keeper.asked((0, 1), Kind.FINAL, 9_000, refused=True)
    keeper.cancelled((0, 0), False)
    keeper.collecting()
    keeper.took([], Standing())
    keeper.collecting()
    keeper.known((0, 0), failed=False, batch=3)
    keeper.promoted((0, 0), True)

    pace = unpacked(keeper.packed(), CALL.call_id, RATE_HZ)

    assert [step.known for step in pace.steps] == [set(), {(0, 0)}]
    early, final = pace.answers[0, 0], pace.answers[0, 1]
    assert (early.kind, early.samples, early.cancelled, early.promoted) == (Kind.EARLY, 8_000, False, True)
    assert (final.refused, pace.shared_passes) == (True, 1)


def test_no_key_that_was_pressed_is_kept() -> None:
    """It may be a digit of a card."""
    keeper = PaceKeeper(CALL)
    keeper.took([Dtmf(call_id=CALL.call_id, channel=0, digit="7", at_s=1.0)], Standing())

    assert unpacked(keeper.packed(), CALL.call_id, RATE_HZ).steps == ()


@pytest.mark.parametrize("packed", [b"", b"nonsense", Path(__file__).read_bytes()[:100]])
def test_what_cannot_be_read_is_said_to_be_so(packed: bytes) -> None:
    """A call is then gone through steadily."""
    with pytest.raises(PaceError):
        unpacked(packed, CallId("c"), RATE_HZ)


def test_ten_minutes_of_pace_take_little_memory_while_the_call_goes_on() -> None:
    """Hundreds of calls may be live at once."""
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        keeper = PaceKeeper(CALL)
        for step in range(3_000):
            keeper.took([a_frame(step * 0.2, samples=1_600)], Standing())
            keeper.asked((0, step), Kind.PARTIAL, 31_000 + step, refused=False)
            keeper.known((0, step), failed=False, batch=1)
        taken = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()

    assert len(unpacked(keeper.packed(), CALL.call_id, RATE_HZ).steps) == 3_000
    assert taken < 80_000
