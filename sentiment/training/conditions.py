"""What may be wrong with a call, one thing at a time: a head is fitted on all, and asked about some it never met."""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum

import numpy as np

from sentiment.prosody import Floats
from sentiment.training.recordings import Recording
from sentiment.training.telephone import SPEEDS, Line

SPEECH_DB = -18.0
"""Mean level of a recording that reaches full scale: what noise and company are held against."""
SHORTEST_S, LONGEST_SHORT_S = 0.6, 1.0
COMPANY_DB = (-15.0, -6.0)
"""How far beneath the speaker somebody else is heard."""
COMPANY_SHARE = 0.5
"""For how much of the time."""


class Condition(StrEnum):
    """What sets one call apart from a plain one."""

    PLAIN = "plain"
    """8 kHz G.711 and nothing else."""
    LEVEL = "level and handset"
    NOISE = "noise"
    LOSS = "lost packets"
    ROOM = "room"
    OVERDRIVEN = "overdriven"
    SHORT = "0.6 to 1 s"
    OVERLAPPED = "somebody else speaks too"


CONDITIONS = tuple(Condition)
"""In the order in which `Corpus.line` counts them."""
APART = (
    (Condition.PLAIN, Condition.NOISE, Condition.OVERDRIVEN, Condition.OVERLAPPED),
    (Condition.LEVEL, Condition.LOSS, Condition.ROOM, Condition.SHORT),
)
"""Two halves: a head that is to be asked about one is fitted on the other."""


def line_of(condition: Condition, rng: np.random.Generator) -> Line:
    """A line that one speaker's whole call comes by. All but the plain one differ a little in handset and law."""
    if condition is Condition.PLAIN:
        return Line()
    usual = Line(
        gain_db=float(rng.uniform(-12, 0)),
        tilt_db=float(rng.uniform(-3, 3)),
        lowest_hz=float(rng.choice([0.0, 150.0, 250.0, 300.0])),
        noise_db=float(rng.uniform(-75, -60)),
        a_law=bool(rng.integers(2)),
    )
    speed = float(rng.choice(SPEEDS))
    match condition:
        case Condition.LEVEL:
            gain_db, tilt_db = float(rng.uniform(-25, 3)), float(rng.uniform(-6, 6))
            return replace(usual, gain_db=gain_db, tilt_db=tilt_db, speed=speed)
        case Condition.NOISE:
            return replace(usual, noise_db=SPEECH_DB + usual.gain_db - float(rng.uniform(10, 25)), speed=speed)
        case Condition.LOSS:
            return replace(usual, loss=float(rng.uniform(0.01, 0.08)), speed=speed)
        case Condition.ROOM:
            return replace(usual, reverberation_s=float(rng.uniform(0.2, 0.6)), speed=speed)
        case Condition.OVERDRIVEN:
            return replace(usual, gain_db=float(rng.uniform(6, 24)))
        case _:
            return usual


def spoken_in(condition: Condition, said: Recording, others: Sequence[Recording], rng: np.random.Generator) -> Floats:
    """What is spoken into that line: all of it, a scrap of it, or together with somebody else."""
    match condition:
        case Condition.SHORT:
            return _scrap(said, rng)
        case Condition.OVERLAPPED:
            other = others[int(rng.integers(len(others)))]
            return _together(said.samples, other.samples, rng)
        case _:
            return said.samples


def _scrap(said: Recording, rng: np.random.Generator) -> Floats:
    """Somewhere from the middle: the ends of a recording may be silent."""
    size = round(float(rng.uniform(SHORTEST_S, LONGEST_SHORT_S)) * said.rate_hz)
    room = len(said.samples) - size
    start = int(rng.uniform(0.2, 0.8) * max(0, room))
    return said.samples[start : start + size]


def _together(samples: Floats, other: Floats, rng: np.random.Generator) -> Floats:
    size = min(len(other), int(COMPANY_SHARE * len(samples)))
    start = int(rng.integers(len(samples) - size + 1))
    heard = samples.copy()
    heard[start : start + size] += np.float32(10 ** (float(rng.uniform(*COMPANY_DB)) / 20)) * other[:size]
    return heard
