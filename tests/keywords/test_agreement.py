"""A hit counts once two guesses in a row have it."""

from hypothesis import given
from hypothesis import strategies as st

from keywords.agreement import NEAR_S, agreed
from keywords.records import KeywordHit
from streams.records import Language


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


hits = st.lists(st.builds(a_hit, rule_id=st.sampled_from("ab"), start_s=st.floats(0, 10)), max_size=6)


def test_what_only_one_guess_has_is_not_agreed() -> None:
    """The first look at a phrase raises nothing; a phrase that vanished does not either."""
    assert agreed([], [a_hit()]) == ()
    assert agreed([a_hit()], []) == ()


def test_what_both_have_at_nearly_the_same_time_is_agreed_as_the_newer_has_it() -> None:
    """Word times move a little from guess to guess."""
    newer = a_hit(start_s=5.0 + NEAR_S, phrase="cancel my contract")

    assert agreed([a_hit()], [newer]) == (newer,)


def test_another_rule_or_another_time_is_another_hit() -> None:
    """Saying a phrase again later needs its own agreement."""
    assert agreed([a_hit("refund")], [a_hit("cancellation")]) == ()
    assert agreed([a_hit(start_s=5.0)], [a_hit(start_s=5.0 + NEAR_S + 0.1)]) == ()


@given(before=hits, now=hits)
def test_agreement_invents_nothing_and_keeps_order(before: list[KeywordHit], now: list[KeywordHit]) -> None:
    """Every agreed hit is one of the newer guess; agreeing with oneself keeps all."""
    found = agreed(before, now)

    positions = [next(index for index, hit in enumerate(now) if hit is one) for one in found]
    assert positions == sorted(positions)
    assert agreed(now, now) == tuple(now)
