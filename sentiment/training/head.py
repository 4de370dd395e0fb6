"""The classifier: a linear discriminant with shrinkage over what actors played, softened until it is honest."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from sentiment.prosody import FEATURES, Floats
from sentiment.training.corpus import CLASSES, NO_CLASS, Whole, product_classes
from sentiment.training.feelings import AFFECT, FEELINGS

Numbers = NDArray[np.float64]

TEMPERATURES = tuple(np.geomspace(0.5, 50, 200))
FIRST_TEMPERATURE = 6.0
"""Until it is chosen on speakers who were held out."""
PROSODY_WEIGHT = 5.0
"""Sixty-odd numbers against a thousand would drown otherwise."""


class Shown(StrEnum):
    """What a head is shown of an utterance."""

    BOTH = "both"
    ENCODER = "encoder only"
    PROSODY = "prosody only"


SHRINKAGE: Mapping[Shown, float] = MappingProxyType({Shown.BOTH: 0.8, Shown.ENCODER: 0.8, Shown.PROSODY: 0.3})
"""How far the scatter is drawn to that of features that all scatter alike and apart."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Head:
    """Standardised features to probabilities."""

    weights: Numbers
    """Features by feelings."""
    bias: Numbers
    feelings: Whole
    """Which of `FEELINGS` each column stands for."""
    temperature: float = 1.0
    """Above 1 softens."""
    ways: Numbers
    """Feelings by features: by how many of the prior's deviations each feeling moves each feature from calm."""

    def scores(self, standardised: Floats) -> Numbers:
        """Of each feeling, before temperature and softmax."""
        found: Numbers = standardised @ self.weights + self.bias
        return found

    def probabilities(self, standardised: Floats) -> Numbers:
        """One row each, over `CLASSES`."""
        return softmax(self.scores(standardised) / self.temperature) @ self.together

    @property
    def together(self) -> Numbers:
        """Feelings by classes: 1 where the product calls the feeling so."""
        found: Numbers = (product_classes()[self.feelings][:, None] == np.arange(len(CLASSES))).astype(np.float64)
        return found

    @property
    def affect(self) -> Numbers:
        """Feelings by two: arousal and valence of each."""
        return np.array([AFFECT[FEELINGS[each]] for each in self.feelings])

    def moved(self, standardised: Floats) -> Floats:
        """By how much what was felt is thought to have moved each feature, one row each."""
        found: Floats = (softmax(self.scores(standardised) / self.temperature) @ self.ways).astype(np.float32)
        return found

    def widened(self, size: int) -> "Head":
        """The same for rows of `size` features, blind to those that come after its own."""
        more = ((0, size - len(self.weights)), (0, 0))
        return replace(self, weights=np.pad(self.weights, more), ways=np.pad(self.ways, more[::-1]))

    def at(self, temperature: float) -> "Head":
        """The same, softer or sharper."""
        return replace(self, temperature=temperature)


def softmax(scores: Numbers) -> Numbers:
    """Rows that sum to 1."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Numbers = powers / powers.sum(axis=1, keepdims=True)
    return shares


def feature_scale(size: int, shown: Shown) -> Numbers:
    """How much each standardised feature counts; 0 for what is not shown."""
    prosody = np.arange(size) < len(FEATURES)
    match shown:
        case Shown.BOTH:
            return np.where(prosody, PROSODY_WEIGHT, 1.0)
        case Shown.ENCODER:
            return np.where(prosody, 0.0, 1.0)
        case Shown.PROSODY:
            return np.where(prosody, 1.0, 0.0)


def fit(standardised: Floats, feeling: Whole, ways: Numbers, shown: Shown = Shown.BOTH) -> Head:
    """The discriminant, every product class as likely as any other beforehand, its feelings sharing that alike.

    `ways`: a row for each feeling there is, in the order of `FEELINGS`. The scatter within a feeling counts alike for
    each, however often it was played. Where `feeling` holds some that the product has no class for, all are on a par.
    """
    present = np.unique(feeling)
    scale = feature_scale(standardised.shape[1], shown)
    used = scale > 0
    rows = standardised[:, used] * scale[used].astype(np.float32)
    column = np.searchsorted(present, feeling)
    means = np.array([rows[column == each].mean(axis=0, dtype=np.float64) for each in range(len(present))])
    weight = 1 / np.sqrt(np.bincount(column)[column] * len(present))
    # single precision here: for thousands of rows of a thousand numbers twice as quick, and as good
    away = (rows - means.astype(np.float32)[column]) * weight.astype(np.float32)[:, None]
    scatter = (away.T @ away).astype(np.float64)
    shrinkage = SHRINKAGE[shown]
    shrunk = (1 - shrinkage) * scatter + shrinkage * np.trace(scatter) / len(scatter) * np.eye(len(scatter))
    found = np.linalg.solve(shrunk, means.T)
    bias = np.log(_expected(present)) - 0.5 * (means.T * found).sum(axis=0)
    weights = np.zeros((len(scale), len(present)))
    weights[used] = found * scale[used, None]
    return Head(
        weights=weights, bias=bias, feelings=present, ways=np.where(used, ways, 0.0), temperature=FIRST_TEMPERATURE
    )


def _expected(present: Whole) -> Numbers:
    """How likely each feeling is taken to be."""
    classes = product_classes()[present]
    if (classes == NO_CLASS).any():
        return np.full(len(present), 1 / len(present))
    alike = np.array([np.sum(classes == each) for each in classes], dtype=np.float64)
    shares: Numbers = 1 / (alike * len(np.unique(classes)))
    return shares


def best_temperature(scores: Numbers, together: Numbers, truth: Whole) -> float:
    """The one that makes the probabilities most honest: least mean surprise at what was the case."""
    found = [surprise(softmax(scores / each) @ together, truth) for each in TEMPERATURES]
    return float(TEMPERATURES[int(np.argmin(found))])


def surprise(probabilities: Numbers, emotion: Whole) -> float:
    """Mean negative log-probability of the true class."""
    return float(-np.log(probabilities[np.arange(len(emotion)), emotion] + 1e-12).mean())
