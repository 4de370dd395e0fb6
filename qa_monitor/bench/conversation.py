"""A call composed of clips: two people in turn, with pauses and slight overlaps, every word's second known. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa_monitor.bench.prompts import RATE_HZ, Prompt
from qa_monitor.bench.records import Spoken
from streams.records import Samples

SHARE = 0.75
"""Seconds of speech per second of call, both people together."""
LEAD_S = 0.5
TAIL_S = 1.5
"""Nothing is said at the end, so that the last utterance ends within the call."""
OVERLAPS = 0.15
"""So often one begins before the other has ended."""
STAYS = 0.25
"""So often the same person goes on."""
BREATH_S = 0.9
"""Before the same person goes on: with less, nobody could say that the utterance before has ended."""
LONGEST_GAP_S = 3.0
NOISE_DB = -62.0
CUSTOMER_DB = (-6.0, 2.0)
"""How much louder than the agent a customer is."""
FRAME = RATE_HZ // 50
BELOW_DB = 30.0
"""Frames this far below the loud ones are no speech."""
QUIETEST_DB = 40.0
"""Nor are those below this level (0 is one step of 16 bits): where nobody speaks, the loud ones are noise."""
BRIDGED_S = 0.3
"""Pauses up to this long are part of speech, as voice activity counts them."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Conversation:
    """Sound with a column per channel, the customer first; `spoken` in order of beginning."""

    samples: Samples
    spoken: tuple[Spoken, ...]
    speech_s: float


def speaking(samples: Samples) -> NDArray[np.bool_]:
    """For each 20 ms of one channel, whether somebody speaks: short pauses included."""
    frames = samples[: len(samples) // FRAME * FRAME].reshape(-1, FRAME).astype(np.float64)
    if not len(frames):
        return np.zeros(0, np.bool_)
    level_db = 10 * np.log10((frames**2).mean(axis=1) + 1)
    active = level_db > max(np.percentile(level_db, 99) - BELOW_DB, QUIETEST_DB)
    return _bridged(active, round(BRIDGED_S * RATE_HZ / FRAME))


def speech_s(samples: Samples) -> float:
    """Seconds of speech on all channels, added up."""
    return float(sum(speaking(column).sum() for column in samples.T)) * FRAME / RATE_HZ


def trimmed(prompt: Prompt) -> Samples:
    """The clip from its first sound to its last."""
    spoken = np.flatnonzero(speaking(prompt.samples))
    if not len(spoken):
        return prompt.samples
    return prompt.samples[spoken[0] * FRAME : (spoken[-1] + 1) * FRAME]


def compose(prompts: Sequence[Prompt], seconds: float, seed: int) -> Conversation:
    """As many clips as fit, all of them before any comes again; the same for the same seed. Needs at least one."""
    rng = np.random.default_rng(seed)
    length = round(seconds * RATE_HZ)
    call = rng.normal(0.0, 32_768 * 10 ** (NOISE_DB / 20), (length, 2))
    gains = (10 ** (rng.uniform(*CUSTOMER_DB) / 20), 1.0)
    spoken: list[Spoken] = []
    for prompt, sound, first, channel in _turns(prompts, length, rng):
        call[first : first + len(sound), channel] += sound * gains[channel]
        spoken.append(
            Spoken(
                channel=channel,
                key=f"{prompt.language}:{prompt.key}",
                text=prompt.text,
                start_s=first / RATE_HZ,
                end_s=(first + len(sound)) / RATE_HZ,
            )
        )
    samples: Samples = np.clip(np.rint(call), -32_768, 32_767).astype(np.int16)
    samples.flags.writeable = False
    return Conversation(
        samples=samples,
        spoken=tuple(sorted(spoken, key=lambda one: one.start_s)),
        speech_s=speech_s(samples),
    )


def rolled(samples: Samples, seconds: float, seed: int) -> Samples:
    """A recording from a second of its own on, repeated until it is long enough: so that calls are not in step."""
    offset = int(np.random.default_rng(seed).integers(len(samples)))
    length = round(seconds * RATE_HZ)
    turned = np.roll(samples, -offset, axis=0)
    found: Samples = np.ascontiguousarray(np.tile(turned, (-(-length // len(turned)), 1))[:length])
    found.flags.writeable = False
    return found


def _turns(
    prompts: Sequence[Prompt], length: int, rng: np.random.Generator
) -> Iterator[tuple[Prompt, Samples, int, int]]:
    """Clip, its sound, where it begins and on which channel. Silence is given out as speech has earned it."""
    said_s, until = 0.0, round(LEAD_S * RATE_HZ)
    free = [0, 0]
    channel = int(rng.integers(2))
    for prompt in _order(prompts, rng):
        sound = trimmed(prompt)
        first = max(round(LEAD_S * RATE_HZ), until + round(_gap_s(said_s, until, rng) * RATE_HZ), free[channel])
        if first + len(sound) > length - round(TAIL_S * RATE_HZ):
            return
        yield prompt, sound, first, channel
        said_s += float(speaking(sound).sum()) * FRAME / RATE_HZ
        until = max(until, first + len(sound))
        free[channel] = first + len(sound) + round(BREATH_S * RATE_HZ)
        channel = channel if rng.random() < STAYS else 1 - channel


def _gap_s(said_s: float, until: int, rng: np.random.Generator) -> float:
    owed_s = said_s / SHARE - until / RATE_HZ
    if rng.random() < OVERLAPS:
        return -float(rng.uniform(0.1, 0.4))
    return float(min(LONGEST_GAP_S, max(0.0, owed_s * rng.uniform(0.4, 1.6))))


def _order(prompts: Sequence[Prompt], rng: np.random.Generator) -> Iterator[Prompt]:
    while True:
        yield from (prompts[place] for place in rng.permutation(len(prompts)))


def _bridged(active: NDArray[np.bool_], longest: int) -> NDArray[np.bool_]:
    found = active.copy()
    places = np.flatnonzero(active)
    for before, after in zip(places[:-1], places[1:], strict=True):
        if after - before - 1 <= longest:
            found[before:after] = True
    return found
