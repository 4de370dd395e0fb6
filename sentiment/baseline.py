"""What is usual for this customer in this call: learned online, held against a prior, slow to move. Pure.

The first `SETTLED_S` seconds of speech make the baseline. What comes later counts for a twentieth, and what is far out
is learned as less extreme, so that anger that lasts does not become usual. Most of what the model puts down to a
feeling is taken off before an utterance is learned: somebody who is angry from the first word is not taken for calm.
Little is taken off where the feeling explains little of what is heard: then the voice, or its line, is odd.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from sentiment.prosody import FEATURES, Floats

Numbers = NDArray[np.float64]

UNIT_S = 3.0
"""Speech that counts as one observation."""
LONGEST_S = 6.0
"""No utterance counts for more than this."""
SETTLED_S = 90.0
SETTLED_SHARE = 0.05
PRIOR_MEAN_UNITS = 1.0
"""How many observations the prior's mean is worth."""
PRIOR_SPREAD_UNITS = 60.0
"""How many its spread is worth: many, since a few calm sentences say little about how far a voice can go."""
OUTLIER = 3.0
"""An utterance more deviations out than this is learned as if it were this far."""
PUT_DOWN = 0.8
"""How much of what a feeling moves is taken off."""
MOVED_S = 30.0
"""Nobody is moved the same way for ever. After so much speech, less is taken off the more alike all of it was moved: a
voice that is merely odd is taken for moved at first, and becomes usual from here on."""
SAMENESS_POWER = 4
ODD_AT = 1.45
"""What the feeling leaves unexplained of the prosody, in deviations (root mean square), at which half as much is taken
off: it is about 1 where somebody is moved, and about 1.7 where voice or line are far from all that is known."""
ODD_POWER = 8
LIMIT = 4.0
"""Standardised values stop here."""
_HEAD = 6
"""Numbers in front of what is packed."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Prior:
    """What is usual for anyone, kept with the model."""

    mean: Floats
    deviation: Floats
    """Within one speaker; above 0."""


class SpeakerBaseline:
    """One per customer channel, private to its call and dropped with it. Not safe to share between threads."""

    def __init__(self) -> None:
        self._weight: Numbers = np.zeros(0)
        self._mean: Numbers = np.zeros(0)
        self._plain: Numbers = np.zeros(0)
        self._scatter: Numbers = np.zeros(0)
        self._moved: Numbers = np.zeros(1)
        self._moved_square = 0.0
        self._spoken_s = 0.0
        self._pace_sum = 0.0
        self._pace_weight = 0.0

    @classmethod
    def restored(cls, data: bytes) -> Self:
        """What was packed. Raises ValueError where it cannot be."""
        whole = len(data) >= 8 * _HEAD and len(data) % 8 == 0
        numbers = np.frombuffer(data, "<f8").astype(np.float64) if whole else np.full(1, np.nan)
        if not np.isfinite(numbers).all():
            raise ValueError("this is no baseline: it holds no numbers, or some that are not finite")
        width, moved = (int(one) for one in numbers[:2])
        if min(width, moved) < 0 or len(numbers) != _HEAD + 4 * width + moved:
            raise ValueError("this is no baseline: it is longer or shorter than it says")
        found = cls()
        found._moved_square, found._spoken_s, found._pace_sum, found._pace_weight = map(float, numbers[2:_HEAD])
        rows = np.split(numbers[_HEAD:].copy(), [width, 2 * width, 3 * width, 4 * width])
        found._weight, found._mean, found._plain, found._scatter, found._moved = rows
        return found

    def packed(self) -> bytes:
        """All of it, to go on from elsewhere. It tells of a voice: whoever takes it seals it, or drops it."""
        sizes = [float(len(self._weight)), float(len(self._moved))]
        head = [*sizes, self._moved_square, self._spoken_s, self._pace_sum, self._pace_weight]
        rows = (np.array(head), self._weight, self._mean, self._plain, self._scatter, self._moved)
        return np.concatenate(rows).astype("<f8").tobytes()

    def fits(self, prior: Prior) -> bool:
        """Whether what it learned are the features of this prior."""
        return len(self._weight) in (0, len(prior.mean)) and len(self._moved) in (1, len(prior.mean))

    @property
    def spoken_s(self) -> float:
        """Seconds of speech learned so far."""
        return self._spoken_s

    @property
    def usual_pace_wps(self) -> float | None:
        """Words a second; none before any pace was learned."""
        return self._pace_sum / self._pace_weight if self._pace_weight > 0 else None

    def usual(self, index: int) -> float | None:
        """The speaker's own mean of one feature as it was heard, without the prior; none before it was learned."""
        if not len(self._weight) or self._weight[index] <= 0:
            return None
        return float(self._plain[index])

    def standardise(self, features: Floats, prior: Prior) -> Floats:
        """How far each feature is from usual, in deviations, within ±`LIMIT`; 0 where it is NaN: not measured."""
        mean, deviation = self._posterior(prior)
        far = (features.astype(np.float64) - mean) / deviation
        return np.clip(np.nan_to_num(far, nan=0.0), -LIMIT, LIMIT).astype(np.float32)

    def learn(
        self,
        features: Floats,
        spoken_s: float,
        prior: Prior,
        pace_wps: float | None = None,
        moved: Floats | None = None,
    ) -> None:
        """Take one utterance of `spoken_s` seconds into account. Features that are NaN teach nothing.

        `moved`: by how many of the prior's deviations a feeling is thought to have moved each feature from calm.
        """
        counted_s = min(spoken_s, LONGEST_S)
        gained = (SETTLED_SHARE if self._spoken_s >= SETTLED_S else 1.0) * counted_s / UNIT_S
        mean, deviation = self._posterior(prior)
        known = ~np.isnan(features)
        heard = features.astype(np.float64)
        calm = heard
        if moved is not None:
            likely = _likely((heard - mean) / deviation, moved)
            calm = heard - likely * self._put_down(moved, counted_s) * prior.deviation
        tamed = np.clip(calm, mean - OUTLIER * deviation, mean + OUTLIER * deviation)
        self._update(np.where(known, tamed, mean), np.where(known, heard, mean), np.where(known, gained, 0.0))
        self._spoken_s += counted_s
        if pace_wps is not None:
            self._pace_sum += gained * pace_wps
            self._pace_weight += gained

    def _put_down(self, moved: Floats, counted_s: float) -> Numbers:
        """What is taken off for a feeling, in the prior's deviations."""
        by = moved.astype(np.float64)
        share = counted_s / (self._spoken_s + counted_s) if self._spoken_s + counted_s > 0 else 0.0
        self._moved = (1 - share) * self._moved + share * by
        self._moved_square = (1 - share) * self._moved_square + share * float(by @ by)
        if self._spoken_s < MOVED_S or self._moved_square <= 0:
            return PUT_DOWN * by
        sameness = float(self._moved @ self._moved) / self._moved_square
        return PUT_DOWN * (1 - sameness**SAMENESS_POWER) * by

    def _update(self, values: Numbers, plain: Numbers, gained: Numbers) -> None:
        """Weighted running means and scatter."""
        if not len(self._weight):
            self._weight, self._mean, self._scatter, self._plain = (np.zeros(len(values)) for _ in range(4))
        total = self._weight + gained
        share = np.divide(gained, total, out=np.zeros_like(gained), where=total > 0)
        step = values - self._mean
        self._mean = self._mean + share * step
        self._plain = self._plain + share * (plain - self._plain)
        self._scatter = self._scatter + gained * step * (values - self._mean)
        self._weight = total

    def _posterior(self, prior: Prior) -> tuple[Numbers, Numbers]:
        """Mean and deviation of each feature with the prior counted in."""
        usual, spread = prior.mean.astype(np.float64), prior.deviation.astype(np.float64)
        if not len(self._weight):
            return usual, spread
        mean = (PRIOR_MEAN_UNITS * usual + self._weight * self._mean) / (PRIOR_MEAN_UNITS + self._weight)
        variance = (PRIOR_SPREAD_UNITS * spread**2 + self._scatter) / (PRIOR_SPREAD_UNITS + self._weight)
        return mean, np.sqrt(variance)


def _likely(far: Numbers, moved: Floats) -> float:
    """How likely it is that a feeling moved the voice, 0 to 1, and not that the voice or its line is odd."""
    prosody = far[: len(FEATURES)]
    known = ~np.isnan(prosody)
    if not known.any():
        return 1.0
    left = np.clip(prosody[known], -LIMIT, LIMIT) - PUT_DOWN * moved[: len(FEATURES)][known]
    return float(1 / (1 + (np.sqrt(np.mean(left**2)) / ODD_AT) ** ODD_POWER))
