"""What is said of probabilities against the truth: recall, confusion, calibration, intervals. Pure."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sentiment.records import Emotion
from sentiment.training.corpus import CLASSES, Whole

Numbers = NDArray[np.float64]
ANGER = CLASSES.index(Emotion.ANGER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliability:
    """Those answers that were about as sure as one another."""

    sure: float
    """How sure on average."""
    right: float
    """How often right."""
    share: float
    """Of all answers."""


def recalls(probabilities: Numbers, truth: Whole) -> Numbers:
    """Share of each class that is called by its name."""
    called = probabilities.argmax(axis=1)
    return np.array([np.mean(called[truth == kind] == kind) for kind in range(probabilities.shape[1])])


def confusion(probabilities: Numbers, truth: Whole) -> Numbers:
    """Rows: what it was. Columns: what it was called. Shares."""
    called, kinds = probabilities.argmax(axis=1), range(probabilities.shape[1])
    return np.array([[np.mean(called[truth == kind] == name) for name in kinds] for kind in kinds])


def reliability(probabilities: Numbers, truth: Whole, bins: int = 10) -> list[Reliability]:
    """By how sure the top class was, in bins of equal width; empty ones are left out."""
    sure, right = probabilities.max(axis=1), probabilities.argmax(axis=1) == truth
    bin_of = np.minimum((sure * bins).astype(int), bins - 1)
    return [
        Reliability(
            sure=float(sure[bin_of == each].mean()),
            right=float(right[bin_of == each].mean()),
            share=float(np.mean(bin_of == each)),
        )
        for each in np.unique(bin_of)
    ]


def calibration_error(probabilities: Numbers, truth: Whole, bins: int = 10) -> float:
    """Expected difference between how sure the top class was and how often it was right."""
    return sum(each.share * abs(each.sure - each.right) for each in reliability(probabilities, truth, bins))


def anger_auc(probabilities: Numbers, emotion: Whole) -> float:
    """Chance that an angry utterance is given more anger than another."""
    angry, other = probabilities[emotion == ANGER, ANGER], probabilities[emotion != ANGER, ANGER]
    order = np.searchsorted(np.sort(other), angry, side="left") + np.searchsorted(np.sort(other), angry, side="right")
    return float(order.mean() / 2 / len(other))


def recall_interval(
    probabilities: Numbers, truth: Whole, speaker: NDArray[np.str_], seed: int, draws: int = 1000
) -> tuple[float, float]:
    """95 % interval of the mean recall, speakers drawn with replacement."""
    rng = np.random.default_rng(seed)
    own = [np.flatnonzero(speaker == each) for each in np.unique(speaker)]
    means = []
    for _ in range(draws):
        rows = np.concatenate([own[pick] for pick in rng.integers(len(own), size=len(own))])
        means.append(recalls(probabilities[rows], truth[rows]).mean())
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)
