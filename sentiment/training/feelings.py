"""What actors are asked to play, and what the product calls it."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from sentiment.records import Emotion


class Feeling(StrEnum):
    """What an actor was asked to play."""

    ANGER = "anger"
    BOREDOM = "boredom"
    DISGUST = "disgust"
    FEAR = "fear"
    HAPPINESS = "happiness"
    NEUTRAL = "neutral"
    SADNESS = "sadness"


FEELINGS = tuple(Feeling)
PRODUCT: Mapping[Feeling, Emotion] = MappingProxyType(
    {
        Feeling.ANGER: Emotion.ANGER,
        Feeling.FEAR: Emotion.DISTRESS,
        Feeling.SADNESS: Emotion.DISTRESS,
        Feeling.NEUTRAL: Emotion.NEUTRAL,
        Feeling.BOREDOM: Emotion.NEUTRAL,
        Feeling.HAPPINESS: Emotion.HAPPY,
    }
)
"""What the product calls it. Disgust has no class of its own and is left out."""
AFFECT: Mapping[Feeling, tuple[float, float]] = MappingProxyType(
    {
        Feeling.ANGER: (0.8, -0.7),
        Feeling.BOREDOM: (-0.6, -0.3),
        Feeling.DISGUST: (0.1, -0.7),
        Feeling.FEAR: (0.6, -0.6),
        Feeling.HAPPINESS: (0.6, 0.8),
        Feeling.NEUTRAL: (-0.1, 0.0),
        Feeling.SADNESS: (-0.6, -0.7),
    }
)
"""Arousal and valence, -1 to 1: where each lies on the circle of affect, by convention and not measured."""
