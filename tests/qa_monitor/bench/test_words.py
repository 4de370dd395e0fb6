"""Which heard word stands for which spoken one, and which final carries which utterance."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from qa_monitor.bench.matching import Came, Met, Said, match
from qa_monitor.bench.words import aligned, word_errors, words_of


def said(text: str, begun_at_s: float, ended_at_s: float) -> Said:
    return Said(key=text, text=text, begun_at_s=begun_at_s, ended_at_s=ended_at_s)


def latencies(found: tuple[Met, ...]) -> list[float | None]:
    return [None if one.latency_s is None else round(one.latency_s, 3) for one in found]


FIRST = said("please enter your account number", 0.0, 2.0)
SECOND = said("followed by the pound key", 3.0, 5.0)


def test_words_have_neither_case_nor_punctuation() -> None:
    assert words_of("Veuillez RECOMPOSER… votre numéro d’agent !") == [
        "veuillez",
        "recomposer",
        "votre",
        "numéro",
        "d",
        "agent",
    ]


def test_a_word_badly_heard_is_paired_with_the_one_it_resembles() -> None:
    pairs = aligned(["votre", "numéro", "d", "agent"], ["votre", "numero", "agents"])

    assert [(pair.spoken, pair.heard, pair.alike) for pair in pairs] == [(0, 0, True), (1, 1, True), (3, 2, True)]


def test_a_word_is_never_heard_before_it_is_said() -> None:
    extra = np.array([[0.0, 0.0], [np.inf, 0.0]])

    pairs = aligned(["yes", "yes"], ["yes", "no"], extra)

    assert [(pair.spoken, pair.heard) for pair in pairs] == [(0, 0), (1, 1)]


@given(st.lists(st.sampled_from("abc"), max_size=8), st.lists(st.sampled_from("abc"), max_size=8))
def test_pairs_are_in_order_and_agree_with_the_distance(spoken: list[str], heard: list[str]) -> None:
    pairs = aligned(spoken, heard)

    assert [pair.spoken for pair in pairs] == sorted({pair.spoken for pair in pairs})
    assert [pair.heard for pair in pairs] == sorted({pair.heard for pair in pairs})
    same = sum(spoken[pair.spoken] == heard[pair.heard] for pair in pairs)
    assert len(spoken) + len(heard) - 2 * same >= Levenshtein.distance(spoken, heard) == word_errors(spoken, heard)


def test_latency_is_from_the_end_of_an_utterance_to_the_final_with_its_last_word() -> None:
    found = match(
        [FIRST, SECOND],
        [
            Came(text="Please enter your", at_s=2.5),
            Came(text="account number.", at_s=3.5),
            Came(text="Followed by the pound key.", at_s=5.75),
        ],
    )

    assert latencies(found.utterances) == [1.5, 0.75]
    assert (found.errors, found.words) == (0, 10)


def test_an_utterance_of_which_nothing_came_is_lost() -> None:
    found = match([FIRST, SECOND], [Came(text="followed by the pound key", at_s=6.0)])

    assert latencies(found.utterances) == [None, 1.0]
    assert found.utterances[0].lost
    assert found.errors == 5


def test_an_utterance_of_which_every_word_is_wrong_is_not_lost() -> None:
    """Text came: it is counted as wrong, not as missing."""
    found = match([FIRST, SECOND], [Came(text="bli bla blu bly blo", at_s=2.5), Came(text=SECOND.text, at_s=5.5)])

    assert latencies(found.utterances) == [0.5, 0.5]
    assert found.errors == 5


def test_an_utterance_badly_heard_does_not_take_the_words_of_a_later_one_like_it() -> None:
    first, again = said("temps d'attente", 20.4, 21.4), said("temps d'attente", 35.2, 36.2)

    found = match([first, again], [Came(text="Toudre-tons-tu.", at_s=22.2), Came(text="T'en d'attente.", at_s=37.1)])

    assert latencies(found.utterances) == [0.8, 0.9]


def test_a_server_that_is_always_late_is_matched_all_the_same() -> None:
    found = match([FIRST, SECOND], [Came(text=FIRST.text, at_s=40.0), Came(text=SECOND.text, at_s=55.0)])

    assert latencies(found.utterances) == [38.0, 50.0]


def test_one_final_may_carry_two_utterances() -> None:
    found = match([FIRST, SECOND], [Came(text=f"{FIRST.text} {SECOND.text}", at_s=5.5)])

    assert latencies(found.utterances) == [3.5, 0.5]


@pytest.mark.parametrize("came", [[], [Came(text="", at_s=9.0)]])
def test_a_server_that_says_nothing_loses_all(came: list[Came]) -> None:
    found = match([FIRST, SECOND], came)

    assert [one.lost for one in found.utterances] == [True, True]
    assert (found.errors, found.words) == (10, 10)


def test_nothing_said_is_nothing_lost() -> None:
    found = match([], [Came(text="thank you", at_s=1.0)])

    assert (found.utterances, found.errors, found.words) == ((), 2, 0)
