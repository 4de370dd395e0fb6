"""An emotion must last before it counts, and counts once per episode."""

import pytest

from alerts.conditions import EmotionPersists
from alerts.watching.emotion import EmotionWatch
from sentiment.records import Emotion
from tests.alerts.builders import angry

THREE_OF_FOUR = EmotionPersists(emotion=Emotion.ANGER, at_least=0.6, utterances=3, of_last=4)


def told_at(angers: list[float]) -> list[int]:
    """At which of these utterances, from 1, the watch speaks."""
    watch = EmotionWatch(THREE_OF_FOUR, calm_utterances=2)
    return [number for number, anger in enumerate(angers, start=1) if watch.final(angry(number * 5.0, anger))]


@pytest.mark.parametrize(
    ("angers", "told"),
    [
        ([0.9, 0.9], []),
        ([0.9, 0.9, 0.9], [3]),
        ([0.6, 0.6, 0.6], [3]),  # at the threshold counts
        ([0.59, 0.9, 0.9], []),
        ([0.9, 0.1, 0.9, 0.9], [4]),
        ([0.9, 0.1, 0.1, 0.9, 0.9], []),  # three of five is not three of four
        ([0.9] * 20, [3]),  # one episode, however long
        ([0.9, 0.9, 0.9, 0.1, 0.9, 0.9, 0.9], [3]),  # one calm utterance ends no episode
        ([0.9, 0.9, 0.9, 0.1, 0.1, 0.9, 0.9, 0.9], [3, 8]),  # two do; the next needs three of its own
    ],
)
def test_speaks_once_per_episode(angers: list[float], told: list[int]) -> None:
    """At least 3 of the last 4, then silence until 2 calm ones in a row."""
    assert told_at(angers) == told


def test_shows_the_utterances_that_count() -> None:
    """The evidence leaves out the calm one between."""
    watch = EmotionWatch(THREE_OF_FOUR, calm_utterances=2)
    watch.final(angry(5.0))
    watch.final(angry(10.0, 0.1))
    watch.final(angry(15.0))

    assert watch.final(angry(20.0))
    assert [scored.utterance.start_s for scored in watch.showing] == [5.0, 15.0, 20.0]


def test_what_cannot_be_told_neither_counts_nor_takes_up_room() -> None:
    """Too little voice, or distrusted text: as if not said."""
    watch = EmotionWatch(THREE_OF_FOUR, calm_utterances=2)
    watch.final(angry(5.0))
    watch.final(angry(10.0))
    for start_s in (15.0, 20.0, 25.0):
        assert not watch.final(angry(start_s, enough=False))
        assert not watch.final(angry(start_s, trusted=False))

    assert watch.final(angry(30.0))


def test_one_utterance_alone_can_never_be_asked_for() -> None:
    """Not even by code."""
    with pytest.raises(ValueError, match="must persist over 2 to 4"):
        EmotionPersists(emotion=Emotion.ANGER, at_least=0.6, utterances=1, of_last=4)
