"""However a call is cut into stretches: every second of its sound comes once, in order, from where it was heard."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_monitor.call.pace.pace import Beginning
from qa_monitor.call.recording.recorded import Part, Stretch, packed, unpacked
from qa_monitor.call.recording.screened_audio import Block
from qa_monitor.late_listening.joining import joined_audio
from qa_monitor.late_listening.put_aside import PutAside
from qa_monitor.records.holds import OnHold
from qa_monitor.records.utterances import StoredUtterance
from qa_monitor.store.audio.files import AudioFiles
from sentiment.hold import HoldCause
from streams.consent import Consent, Notice
from streams.records import AudioFrame, CallEnded
from tests.qa_monitor.builders import a_call, an_utterance

CALL = a_call()
RATE, SIDES = CALL.rate_hz, len(CALL.channels)
BEGINNING = Beginning(agent_id="a", team="t", notice=Notice.NONE, consent=Consent.UNKNOWN)

stretches = st.lists(st.tuples(st.booleans(), st.lists(st.integers(1, 5000), min_size=1, max_size=4)), max_size=6)
"""Of a call, one behind the other: whether it was only recorded then, and how many samples came at a time."""


def an_on_hold(start_s: float) -> OnHold:
    return OnHold(call_id=CALL.call_id, start_s=start_s, told_s=start_s, cause=HoldCause.MUSIC, channel=1)


class Known:
    """Notes what it is told is known, in order."""

    def __init__(self) -> None:
        self.told: list[tuple[float, ...] | float] = []
        self.holds: list[tuple[float, bool]] = []
        self.end_s: float | None = None

    def skip(self, known_until_s: Sequence[float]) -> None:
        self.told.append(tuple(known_until_s))

    def recall(self, kept: StoredUtterance) -> None:
        self.told.append(kept.utterance.start_s)

    def recall_voice(self, channel: int, usual: bytes) -> None:
        self.told.append(float(len(usual)))

    def recall_hold(self, hold: OnHold, *, began_here: bool) -> None:
        self.holds.append((hold.start_s, began_here))

    def recall_end(self, end_s: float) -> None:
        self.end_s = end_s


def sound(first: int, count: int) -> np.ndarray:
    """Both sides of so many samples, none of which is like the one before or on the other side."""
    at = np.arange(first, first + count)
    return np.stack([(at * (7 + side)) % 30_011 + 1 for side in range(SIDES)], axis=1).astype(np.int16)


def parts_of(cut: list[tuple[bool, list[int]]]) -> tuple[list[Part], np.ndarray]:
    """What is kept of it, and which samples were only recorded."""
    parts: list[Part] = []
    recorded: list[np.ndarray] = []
    at = 0
    for aside, counts in cut:
        if aside:
            parts.append(Stretch(heard_until_s=(at / RATE,) * SIDES, beginning=BEGINNING))
        for count in counts:
            if aside:
                parts.append(Block(start_s=at / RATE, samples=sound(at, count)))
            recorded.append(np.full(count, aside))
            at += count
    return parts, np.concatenate([np.zeros(0, bool), *recorded])


def gone_through(parts: list[Part], kept: Sequence[StoredUtterance] = ()) -> tuple[PutAside, list[object], Known]:
    known = Known()
    aside = PutAside(call=CALL, kept=kept, lawful=True, pipeline=known)
    return aside, [event for step in aside.steps(parts) for event in step.came], known


@given(stretches)
def test_every_recorded_sample_is_looked_at_once_in_order_and_no_other(cut: list[tuple[bool, list[int]]]) -> None:
    parts, recorded = parts_of(cut)
    aside, events, _ = gone_through(parts)
    frames = [event for event in events if isinstance(event, AudioFrame)]

    for channel in range(SIDES):
        own = [frame for frame in frames if frame.channel == channel]
        at = [round(frame.start_s * RATE) + offset for frame in own for offset in range(len(frame.samples))]
        assert at == list(np.flatnonzero(recorded))
        heard = np.concatenate([np.zeros(0, np.int16), *(frame.samples for frame in own)])
        assert np.array_equal(heard, sound(0, len(recorded))[recorded, channel])
    assert isinstance(events[-1], CallEnded)
    assert events[-1].end_s == aside.end_s
    assert aside.sound_s * RATE == pytest.approx(recorded.sum())


@given(stretches)
def test_spans_are_where_it_was_only_recorded(cut: list[tuple[bool, list[int]]]) -> None:
    parts, recorded = parts_of(cut)
    aside, _, _ = gone_through(parts)
    covered = np.zeros(len(recorded), int)
    for from_s, until_s in aside.spans:
        covered[round(from_s * RATE) : round(until_s * RATE)] += 1

    assert np.array_equal(covered, recorded.astype(int))


@given(stretches, st.lists(st.floats(0, 4), max_size=5))
def test_all_that_was_heard_live_is_recalled_once_and_before_what_comes_after_it(
    cut: list[tuple[bool, list[int]]], starts: list[float]
) -> None:
    """What lies in the sound itself is a copy, made before a kill: it is heard again instead."""
    kept = [StoredUtterance(utterance=an_utterance(start_s)) for start_s in sorted(starts)]
    parts, _ = parts_of(cut)
    aside, _, known = gone_through(parts, kept)
    live = [one for one in sorted(starts) if not any(from_s <= one < until_s for from_s, until_s in aside.spans)]

    assert [one for one in known.told if isinstance(one, float)] == live
    for place, told in enumerate(known.told):
        if isinstance(told, tuple):
            before = [one for one in known.told[:place] if isinstance(one, float)]
            assert all(start_s in before for start_s in live if start_s < told[0])


@given(stretches, st.lists(st.floats(0, 4), max_size=5), st.floats(0, 4))
def test_times_on_hold_are_recalled_with_where_they_began(
    cut: list[tuple[bool, list[int]]], starts: list[float], duration_s: float
) -> None:
    """And the end of a call that was followed to its end."""
    holds = [an_on_hold(start_s) for start_s in sorted(starts)]
    parts, _ = parts_of(cut)
    known = Known()
    aside = PutAside(call=CALL, kept=(), holds=holds, lawful=True, duration_s=duration_s, pipeline=known)
    list(aside.steps(parts))

    assert known.holds == [
        (one, any(from_s <= one < until_s for from_s, until_s in aside.spans)) for one in sorted(starts)
    ]
    assert known.end_s == (duration_s if duration_s > aside.end_s else None)


@given(stretches)
def test_what_is_sealed_comes_back_as_it_was(cut: list[tuple[bool, list[int]]]) -> None:
    for part in parts_of(cut)[0]:
        data = packed(part)
        assert data is not None
        again = unpacked(data, CALL.call_id)

        if isinstance(part, Block):
            assert isinstance(again, Block)
            assert again.start_s == part.start_s
            assert np.array_equal(again.samples, part.samples)
        else:
            assert again == part


@settings(max_examples=25)
@given(stretches)
def test_each_second_of_the_recording_is_from_where_it_was_heard(
    tmp_path_factory: pytest.TempPathFactory, cut: list[tuple[bool, list[int]]]
) -> None:
    """Screened live where it was followed, screened later where it was not: the two are told apart by their sign."""
    folder = tmp_path_factory.mktemp("joined")
    live, late, whole = (AudioFiles(folder / name, floor_bytes=0) for name in ("live", "late", "whole"))
    parts, recorded = parts_of(cut)
    aside, _, _ = gone_through(parts)
    everything = sound(0, len(recorded))
    for store, own in (
        (live, np.where(recorded[:, None], 0, everything)),
        (late, np.where(recorded[:, None], -everything, 0)),
    ):
        store.open(CALL)
        store.append(CALL.call_id, 0.0, own.astype(np.int16))
        store.close(CALL.call_id)

    joined_audio(CALL, live, late, aside.spans, [], whole)

    found = whole.read(CALL.call_id, 0.0, len(recorded) / RATE)
    got = np.zeros((0, SIDES), np.int16) if found is None else found
    assert np.array_equal(got, np.where(recorded[:, None], -everything, everything))
