"""What listening to one channel costs: CPU milliseconds per second of audio, by what is heard and how it is grouped.

    python bench/listening.py --json listening.json

Frames of 20 ms, as telephones send them, taken together in groups. The parts are timed one by one, on the same audio
and in the same groups; `rest` is what lies between them. Speech, and the real call, are `calls/auto-repairs-en.flac`
of the folder of real recordings (`--data` or `QA_MONITOR_DATA`), or else a bundled call of synthetic voices.
"""

import argparse
import gc
import json
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from qa_monitor.demo.truth import CALLS_DIR
from streams.activity.level_gate import LevelGate
from streams.activity.listener import ChannelListener
from streams.activity.segmenter import Segmenter, SegmentPolicy, SpeechEnded
from streams.activity.vad import CHUNK, VoiceActivity, VoiceModel, VoiceState, step_levels
from streams.clock.joining import joined
from streams.records import AudioFrame, CallId, Samples
from streams.samples.resample import Resampler

RATE_HZ = 8000
FRAME = 160
CALL = CallId("listening")
REAL = "calls/auto-repairs-en.flac"
BUNDLED = "en-1-broadband-down.flac"
PARTS = ("resampling", "network", "level gate", "segmenter", "rest")
Steps = NDArray[np.float32]


class TimedModel(VoiceModel):
    """The real network, timed; `calls` and `steps` count what it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.spent_s, self.calls, self.steps = 0.0, 0, 0

    def run(self, steps: Steps, state: VoiceState) -> Steps:
        """See `VoiceModel`."""
        began_s = time.thread_time()
        chances = super().run(steps, state)
        self.spent_s += time.thread_time() - began_s
        self.calls, self.steps = self.calls + 1, self.steps + len(steps)
        return chances


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """CPU milliseconds per second of audio of one channel."""

    total_ms: float
    parts_ms: dict[str, float]
    asked_share: float
    """Of all steps, how many the network was asked about."""
    steps_per_call: float
    """How many it was asked about at once."""


def main() -> None:
    """Print the cost by sound and group, and the parts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=os.environ.get("QA_MONITOR_DATA"))
    parser.add_argument("--seconds", type=float, default=120.0, help="of each sound, at most")
    parser.add_argument("--groups", type=int, nargs="+", default=[20, 40, 100, 200], help="milliseconds")
    parser.add_argument("--rounds", type=int, default=3, help="the median of so many is printed")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    model = TimedModel()
    results: dict[str, dict[str, Cost]] = {}
    print(f"{'CPU ms per second of audio':30}{'group':>7}{'total':>8}", *(f"{part:>11}" for part in PARTS), " asked")
    for name, channels in sounds(model, options.data, options.seconds).items():
        for group_ms in options.groups:
            gc.collect()
            gc.freeze()  # what was prepared is not searched for garbage while the clock runs
            rounds = [cost_of(channels, model, group_ms) for _ in range(options.rounds)]
            cost = sorted(rounds, key=lambda one: one.total_ms)[len(rounds) // 2]
            results.setdefault(name, {})[str(group_ms)] = cost
            parts = " ".join(f"{cost.parts_ms[part]:11.3f}" for part in PARTS)
            print(f"{name:30}{group_ms:4} ms{cost.total_ms:8.3f} {parts}  {cost.asked_share:.0%}")
    if options.json:
        written = {name: {key: asdict(cost) for key, cost in costs.items()} for name, costs in results.items()}
        options.json.write_text(json.dumps(written, indent=2) + "\n")


def sounds(model: VoiceModel, data: Path | None, seconds: float) -> dict[str, list[Samples]]:
    """Each kind of sound, as the channels it is heard on."""
    real = data / REAL if data else CALLS_DIR / BUNDLED
    samples, rate_hz = soundfile.read(real, dtype="int16", frames=round(seconds * RATE_HZ))
    if rate_hz != RATE_HZ:
        raise SystemExit(f"{real} has {rate_hz} Hz; {RATE_HZ} Hz are needed")
    channels = [np.ascontiguousarray(samples[:, channel]) for channel in (0, 1)]
    count = len(channels[0])
    generator = np.random.default_rng(1)

    def noise(level_db: float) -> Samples:
        hiss = generator.standard_normal(count) * 32768 * 10 ** (level_db / 20)
        return np.clip(hiss, -32768, 32767).astype(np.int16)

    spoken = np.concatenate([speech_of(channel, model) for channel in channels])
    return {
        "speech without a pause": [spoken[:count]],
        "digital silence": [np.zeros(count, np.int16)],
        "line noise at -70 dB": [noise(-70.0)],
        "noise at -40 dB": [noise(-40.0)],
        "hold music": [hold_music(count)],
        f"call ({'real' if data else 'synthetic'}, per channel)": channels,
    }


def hold_music(count: int) -> Samples:
    """A chord that changes every second."""
    at_s = np.arange(count) / RATE_HZ
    roots = np.array([220.0, 246.9, 261.6, 196.0])[at_s.astype(int) % 4]
    chord = sum(np.sin(2 * np.pi * np.cumsum(roots * ratio) / RATE_HZ) for ratio in (1.0, 1.25, 1.5))
    return (np.asarray(chord) * 2000).astype(np.int16)


def speech_of(samples: Samples, model: VoiceModel) -> Samples:
    """Only what is said, pauses inside an utterance included."""
    listener = ChannelListener(model, SegmentPolicy(), RATE_HZ)
    noticed = [one for frame in frames_of(samples) for one in listener.feed(frame)] + list(listener.finish())
    ends = [one.event for one in noticed if isinstance(one.event, SpeechEnded)]
    pieces = [samples[round(end.start_s * RATE_HZ) : round(end.end_s * RATE_HZ)] for end in ends]
    return np.concatenate(pieces) if pieces else samples


def cost_of(channels: list[Samples], model: TimedModel, group_ms: int) -> Cost:
    """Of listening to the channels in groups of this length, and of its parts alone."""
    seconds = sum(len(samples) for samples in channels) / RATE_HZ
    groups = [list(groups_of(frames_of(samples), max(1, group_ms // 20))) for samples in channels]
    model.spent_s, model.calls, model.steps = 0.0, 0, 0
    total_s = sum(spent(partial(listen, one, model)) for one in groups)
    parts_s = {"network": model.spent_s}
    calls, asked, steps = model.calls, model.steps, 0
    for one in groups:
        steps += add_parts(one, model, parts_s)
    parts_s["rest"] = total_s - sum(parts_s.values())
    return Cost(
        total_ms=1000 * total_s / seconds,
        parts_ms={part: 1000 * spent_s / seconds for part, spent_s in parts_s.items()},
        asked_share=asked / max(1, steps),
        steps_per_call=asked / max(1, calls),
    )


def add_parts(groups: list[list[AudioFrame]], model: TimedModel, parts_s: dict[str, float]) -> int:
    """Time what surrounds the network, each part alone on what it is really given. Counts the steps."""
    pieces: list[Steps] = []
    resampling_s = spent(lambda: pieces.extend(resampled(groups)))
    heard = list(whole_steps(pieces))
    levels = [step_levels(audio) for audio in heard]
    activity = VoiceActivity(model)
    chances = [activity.probabilities(audio) for audio in heard]
    gate_s = spent(lambda: gated(heard))
    segmenter_s = spent(lambda: segmented(chances, levels))
    for part, spent_s in (("resampling", resampling_s), ("level gate", gate_s), ("segmenter", segmenter_s)):
        parts_s[part] = parts_s.get(part, 0.0) + spent_s
    return sum(len(each) for each in levels)


def spent(work: Callable[[], object]) -> float:
    """CPU seconds of this thread."""
    began_s = time.thread_time()
    work()
    return time.thread_time() - began_s


def listen(groups: list[list[AudioFrame]], model: VoiceModel) -> None:
    """As the pipeline does."""
    listener = ChannelListener(model, SegmentPolicy(), RATE_HZ)
    for group in groups:
        for frame in together(group):
            for _ in listener.feed(frame):
                pass


def resampled(groups: list[list[AudioFrame]]) -> Iterator[Steps]:
    """What the resampler gives out for each group."""
    resampler = Resampler(RATE_HZ)
    for group in groups:
        for frame in together(group):
            yield resampler.feed(frame.samples)


def gated(heard: list[Steps]) -> None:
    """The level of every step, and what it alone says."""
    gate = LevelGate()
    for audio in heard:
        for level in step_levels(audio).tolist():
            gate.turn(level)


def segmented(chances: list[Steps], levels: list[Steps]) -> None:
    """Probabilities to stretches of speech."""
    segmenter = Segmenter(SegmentPolicy())
    for some, loud in zip(chances, levels, strict=True):
        for _ in segmenter.feed(some.tolist(), loud.tolist()):
            pass


def whole_steps(pieces: list[Steps]) -> Iterator[Steps]:
    """As the listener hands them on: as soon as a step is whole."""
    rest = np.zeros(0, np.float32)
    for piece in pieces:
        rest = np.concatenate([rest, piece])
        whole = len(rest) // CHUNK * CHUNK
        if whole:
            yield rest[:whole]
            rest = rest[whole:]


def frames_of(samples: Samples) -> list[AudioFrame]:
    """In telephone frames."""
    return [
        AudioFrame(call_id=CALL, channel=0, start_s=at / RATE_HZ, samples=samples[at : at + FRAME], rate_hz=RATE_HZ)
        for at in range(0, len(samples), FRAME)
    ]


def groups_of(frames: list[AudioFrame], size: int) -> Iterator[list[AudioFrame]]:
    """So many at a time."""
    for at in range(0, len(frames), size):
        yield frames[at : at + size]


def together(group: list[AudioFrame]) -> Iterator[AudioFrame]:
    """The frames of a group as the pipeline joins them."""
    return (event for event in joined(group) if isinstance(event, AudioFrame))


if __name__ == "__main__":
    main()
