"""Tokens with their times, to words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.model.word_times import evenly_spread, first_times, whole_words
from streams.records import Word


def test_each_token_begins_at_the_first_frame_aligned_to_it() -> None:
    """A token that no frame was aligned to begins with the one before."""
    assert first_times([(0, 0), (0, 5), (1, 10), (1, 11), (2, 50)], 4) == [0.0, 0.2, 1.0, 1.0]
    assert first_times([(0, 5), (2, 10)], 3) == [0.1, 0.2, 0.2]
    assert first_times([], 2) == [0.0, 0.0]


def test_pieces_are_joined_to_whole_words() -> None:
    """Only a space begins a word; punctuation takes no time and no probability from it."""
    pieces = [
        Word(text=text, start_s=0.1 * index, end_s=0.1 * (index + 1), probability=0.9 - 0.1 * index)
        for index, text in enumerate([" j'", "appelle", " un", " rendez", "-vous", "."])
    ]

    words = whole_words(pieces)

    assert [word.text for word in words] == ["j'appelle", "un", "rendez-vous."]
    assert [word.start_s for word in words] == pytest.approx([0.0, 0.2, 0.3])
    assert [word.end_s for word in words] == pytest.approx([0.2, 0.3, 0.5])
    assert words[0].probability == pytest.approx(0.8)
    assert words[2].probability == pytest.approx(0.5)


@given(st.text(st.characters(categories=["L", "P", "Zs"]), max_size=60), st.floats(0.1, 20), st.floats(0, 1))
def test_words_nobody_aligned_are_spread_over_the_whole_utterance(text: str, duration_s: float, sure: float) -> None:
    """In order, each for as long as it has letters, from the first moment to the last."""
    words = evenly_spread(text, duration_s, sure)

    assert [word.text for word in words] == text.split()
    assert all(word.probability == sure for word in words)
    edges = [edge for word in words for edge in (word.start_s, word.end_s)]
    assert edges == sorted(edges)
    if words:
        assert edges[0] == 0
        assert edges[-1] == pytest.approx(duration_s)
