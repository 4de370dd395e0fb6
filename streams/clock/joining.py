"""Frames that came together and follow one another directly are heard as one: each costs a step of its own. Pure."""

from collections.abc import Iterable, Iterator

import numpy as np

from streams.records import AudioFrame, CallEvent


def joined(events: Iterable[CallEvent]) -> Iterator[CallEvent]:
    """The same sound: of each channel in the same order, and on the same side of every event that is no frame."""
    runs: dict[int, list[AudioFrame]] = {}
    for event in events:
        if not isinstance(event, AudioFrame):
            yield from map(_one, runs.values())
            runs.clear()
            yield event
            continue
        run = runs.setdefault(event.channel, [])
        if run and not _follows(run[-1], event):
            yield _one(run)
            run.clear()
        run.append(event)
    yield from map(_one, runs.values())


def _follows(before: AudioFrame, frame: AudioFrame) -> bool:
    return frame.rate_hz == before.rate_hz and abs(frame.start_s - before.end_s) * frame.rate_hz <= 0.5


def _one(run: list[AudioFrame]) -> AudioFrame:
    first = run[0]
    if len(run) == 1:
        return first
    samples = np.concatenate([frame.samples for frame in run])
    samples.flags.writeable = False
    return AudioFrame(
        call_id=first.call_id, channel=first.channel, start_s=first.start_s, samples=samples, rate_hz=first.rate_hz
    )
