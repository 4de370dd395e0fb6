"""The laws of all, none, sequence and repetition, over any occurrences."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.causes import Cause
from alerts.combined import AllOf, AnyOf, NoneOf
from alerts.conditions import CallIs, DeadAir
from alerts.watching.evaluation import Evaluation
from alerts.watching.occurrence import Occurrence, gap_s
from alerts.watching.ordered import in_sequence, repeated
from alerts.watching.together import Reach, all_of, clear_of

WITHIN = st.none() | st.sampled_from([0.0, 5.0, 10.0])


def at(start_s: float, length_s: float = 1.0, *, part: int = 0, fresh: bool = True, sure: bool = True) -> Occurrence:
    """Something that happened then."""
    return Occurrence(
        cause=Cause(episode=f"{part}@{start_s}", start_s=start_s, end_s=start_s + length_s),
        reached_s=start_s + length_s,
        fresh=fresh,
        sure=sure,
        used=frozenset({(part, f"{start_s}+{length_s}")}),
    )


SOME = st.lists(
    st.builds(at, st.integers(0, 20).map(float), st.sampled_from([0.0, 1.0, 6.0]), fresh=st.booleans()), max_size=5
)


def spread_s(occurrences: tuple[Occurrence, ...]) -> float:
    """Between the end of the first to end and the start of the last to begin."""
    return max(one.start_s for one in occurrences) - min(one.end_s for one in occurrences)


@given(st.lists(SOME, min_size=1, max_size=3), WITHIN)
@settings(max_examples=200, deadline=None)
def test_all_is_found_exactly_where_some_choice_of_each_part_is_close_enough(
    parts: list[list[Occurrence]], within_s: float | None
) -> None:
    """With anything fresh in it exactly where some such choice has."""
    choices = [one for one in product(*parts) if within_s is None or spread_s(one) <= within_s]
    found = list(all_of(parts, Reach(within_s=within_s)))

    assert bool(found) == bool(choices)
    assert any(one.fresh for one in found) == any(part.fresh for choice in choices for part in choice)


@given(SOME, SOME, SOME, WITHIN)
@settings(max_examples=100, deadline=None)
def test_any_of_all_is_all_of_any(
    a: list[Occurrence], b: list[Occurrence], c: list[Occurrence], within_s: float | None
) -> None:
    """A and (B or C) comes true exactly where (A and B) or (A and C) does."""
    left = list(all_of([a, [*b, *c]], Reach(within_s=within_s)))
    right = [*all_of([a, b], Reach(within_s=within_s)), *all_of([a, c], Reach(within_s=within_s))]

    assert bool(left) == bool(right)
    assert any(one.fresh for one in left) == any(one.fresh for one in right)


@given(SOME, SOME, WITHIN)
@settings(max_examples=100, deadline=None)
def test_none_leaves_out_exactly_what_has_a_blocker_too_near(
    what: list[Occurrence], blockers: list[Occurrence], within_s: float | None
) -> None:
    """None of nothing lets all pass; without a distance any blocker bars all."""
    for one in what:
        near = [blocker for blocker in blockers if within_s is None or gap_s(one, blocker) <= within_s]
        assert clear_of(one, blockers, within_s) is (not near)
    assert all(clear_of(one, [], within_s) for one in what)


@given(SOME, WITHIN)
@settings(max_examples=100, deadline=None)
def test_nothing_is_clear_of_itself(what: list[Occurrence], within_s: float | None) -> None:
    """A and none of A never comes true, whatever is heard."""
    silence = DeadAir(longer_than_s=5.0)
    rule = AllOf(parts=(silence,), unless=(NoneOf(parts=(silence,), within_s=within_s),))

    assert Evaluation(heard={0: what}, call_is=lambda _: True).news(rule) is None


@given(SOME, SOME)
@settings(max_examples=100, deadline=None)
def test_all_implies_any(a: list[Occurrence], b: list[Occurrence]) -> None:
    """Where all parts have happened, any has; one part alone is as good as itself."""
    one, other = DeadAir(longer_than_s=5.0), DeadAir(longer_than_s=6.0, part=1)
    look = Evaluation(heard={0: a, 1: b}, call_is=lambda _: True)

    if look.news(AllOf(parts=(one, other))) is not None:
        assert look.news(AnyOf(parts=(one, other))) is not None
    assert (look.news(AllOf(parts=(one,))) is None) == (look.news(one) is None)
    assert (look.news(AnyOf(parts=(one, other))) is None) == (look.news(AnyOf(parts=(other, one))) is None)


@given(st.lists(SOME, min_size=2, max_size=3), WITHIN)
@settings(max_examples=200, deadline=None)
def test_a_sequence_is_found_exactly_where_some_choice_stands_in_order(
    steps: list[list[Occurrence]], within_s: float | None
) -> None:
    """Each step begins when the one before had come true, the last soon enough after the first."""
    choices = [
        choice
        for choice in product(*steps)
        if all(one.reached_s <= two.start_s for one, two in zip(choice, choice[1:], strict=False))
        and (within_s is None or choice[-1].start_s - choice[0].reached_s <= within_s)
    ]

    assert bool(list(in_sequence(steps, within_s))) == bool(choices)


@given(SOME, st.integers(2, 4), WITHIN)
@settings(max_examples=100, deadline=None)
def test_fewer_times_are_found_wherever_more_are(what: list[Occurrence], times: int, within_s: float | None) -> None:
    """Three within ten seconds are also two within ten seconds."""
    if list(repeated(what, times, within_s)):
        assert list(repeated(what, times - 1, within_s))


def test_the_edge_of_a_distance_belongs_to_it() -> None:
    """Exactly ten seconds apart is within ten; a touch more is not."""
    assert list(all_of([[at(0.0)], [at(11.0)]], Reach(within_s=10.0)))
    assert not list(all_of([[at(0.0)], [at(11.01)]], Reach(within_s=10.0)))


def test_a_doubtful_part_makes_the_whole_doubtful_and_a_doubtful_blocker_too() -> None:
    """Nobody is told on the strength of words nobody may have said; nor against them."""
    one, other = DeadAir(longer_than_s=5.0), DeadAir(longer_than_s=6.0, part=1)
    both = AllOf(parts=(one, other))
    but_not = AllOf(parts=(one,), unless=(NoneOf(parts=(other,), within_s=None),))
    doubted = {0: [at(0.0)], 1: [at(1.0, part=1, sure=False)]}

    for rule in (both, but_not):
        news = Evaluation(heard=doubted, call_is=lambda _: True).news(rule)
        assert news is not None
        assert news.sure is False


def test_the_call_must_be_as_asked() -> None:
    """Whatever else has happened."""
    rule = AllOf(parts=(DeadAir(longer_than_s=5.0),), where=(CallIs(teams=frozenset({"sales"})),))

    assert Evaluation(heard={0: [at(0.0)]}, call_is=lambda _: False).news(rule) is None
    assert Evaluation(heard={0: [at(0.0)]}, call_is=lambda _: True).news(rule) is not None
