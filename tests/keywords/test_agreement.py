"""A hit counts once two guesses in a row have it, or when it stands firm in one."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keywords.agreement import BEHIND_S, NEAR_S, SURE, believed, stands_firm
from keywords.records import HitReason, KeywordHit
from streams.records import Language, Utterance
from tests.keywords.builders import a_matcher, an_utterance

NOTHING = an_utterance("")


def a_hit(rule_id: str = "cancellation", start_s: float = 5.0, phrase: str = "cancel") -> KeywordHit:
    return KeywordHit(
        rule_id=rule_id,
        rule_version="1",
        phrase=phrase,
        words=(),
        start_s=start_s,
        end_s=start_s + 0.5,
        certainty=0.9,
        language=Language.EN,
    )


def heard(text: str, *, probability: float = 1.0, more_s: float = 0.0) -> tuple[KeywordHit, Utterance]:
    """A guess in which somebody wants to cancel, and its one hit."""
    guess = an_utterance(text, final=False)
    words = tuple(replace(word, probability=probability) for word in guess.words)
    guess = replace(guess, words=words, end_s=guess.end_s + more_s)
    (hit,) = a_matcher(["want to cancel"]).hits(guess)
    return hit, guess


hits = st.lists(st.builds(a_hit, rule_id=st.sampled_from("ab"), start_s=st.floats(0, 10)), max_size=6)


def test_what_only_one_guess_has_is_not_believed() -> None:
    """The first look at a phrase raises nothing; a phrase that vanished does not either."""
    assert believed([], [a_hit()], NOTHING) == ()
    assert believed([a_hit()], [], NOTHING) == ()


def test_what_both_have_at_nearly_the_same_time_is_believed_as_the_newer_has_it() -> None:
    """Word times move a little from guess to guess."""
    newer = a_hit(start_s=5.0 + NEAR_S, phrase="cancel my contract")

    assert believed([a_hit()], [newer], NOTHING) == (newer,)


def test_another_rule_or_another_time_is_another_hit() -> None:
    """Saying a phrase again later needs its own agreement."""
    assert believed([a_hit("refund")], [a_hit("cancellation")], NOTHING) == ()
    assert believed([a_hit(start_s=5.0)], [a_hit(start_s=5.0 + NEAR_S + 0.1)], NOTHING) == ()


def test_sure_words_with_more_behind_them_are_believed_at_once() -> None:
    """Waiting for another guess would cost a second."""
    hit, guess = heard("I want to cancel my contract")

    assert believed([], [hit], guess) == (hit,)


@pytest.mark.parametrize(
    ("text", "probability", "more_s"),
    [
        ("I want to cancel", 1.0, 2 * BEHIND_S),  # no word behind them: the sound there may belong to the last
        ("I want to cancel my contract", SURE - 0.01, 0.0),
    ],
)
def test_the_last_words_and_unsure_ones_do_not_stand_firm(text: str, probability: float, more_s: float) -> None:
    """They change most from guess to guess."""
    assert not stands_firm(*heard(text, probability=probability, more_s=more_s))


def test_hardly_any_sound_behind_them_is_not_enough() -> None:
    """The word behind them may be the end of theirs."""
    hit, guess = heard("I want to cancel my")

    assert not stands_firm(hit, replace(guess, end_s=hit.end_s + BEHIND_S - 0.01))


@pytest.mark.parametrize("reason", [HitReason.SPELLING, HitReason.SOUND, HitReason.SCORED])
def test_words_that_only_resemble_the_phrase_do_not_stand_firm(reason: HitReason) -> None:
    """They are a guess already."""
    hit, guess = heard("I want to cancel my contract")

    assert not stands_firm(replace(hit, reason=reason), guess)


@given(before=hits, now=hits)
def test_belief_invents_nothing_and_keeps_order(before: list[KeywordHit], now: list[KeywordHit]) -> None:
    """Every believed hit is one of the newer guess; agreeing with oneself keeps all."""
    found = believed(before, now, NOTHING)

    positions = [next(index for index, hit in enumerate(now) if hit is one) for one in found]
    assert positions == sorted(positions)
    assert believed(now, now, NOTHING) == tuple(now)
