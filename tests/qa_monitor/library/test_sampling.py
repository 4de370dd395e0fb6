"""Samples of calls for review: the same again with the same seed, each with its reason."""

from collections import Counter

import pytest

from qa_monitor.library.sampling import Candidate, Method, Part, Pick, Reason, Why, sample
from qa_monitor.library.wire import reason_text
from sentiment.records import CourseState
from streams.records import CallId


def a_candidate(name: str, team: str = "north", agent: str = "ann", **known: object) -> Candidate:
    return Candidate(call_id=CallId(name), tenant="default", team=team, agent_id=agent, **known)  # type: ignore[arg-type]


MANY = [a_candidate(f"c{n}", team=("north", "south")[n % 10 == 0], agent=f"a{n % 3}") for n in range(100)]


def ids(picks: tuple[Pick, ...]) -> list[str]:
    return [pick.call_id for pick in picks]


@pytest.mark.parametrize("method", list(Method))
@pytest.mark.parametrize("part", list(Part))
def test_the_same_seed_gives_the_same_sample(method: Method, part: Part) -> None:
    """None twice, and not more than there are."""
    first, again = (sample(MANY, method, part, 30, seed=7) for _ in range(2))

    assert first == again
    assert len(set(ids(first))) == len(first) <= 30
    assert len(sample(MANY[:3], method, part, 30, seed=7)) <= 3
    assert sample((), method, part, 5, seed=7) == ()


def test_another_seed_gives_another_sample() -> None:
    drawn = {tuple(ids(sample(MANY, Method.RANDOM, Part.TEAM, 10, seed=seed))) for seed in range(20)}

    assert len(drawn) == 20


def test_each_call_has_the_same_chance() -> None:
    """Over many seeds."""
    drawn = Counter(name for seed in range(2_000) for name in ids(sample(MANY[:20], Method.RANDOM, Part.TEAM, 5, seed)))

    assert len(drawn) == 20
    assert all(400 <= times <= 600 for times in drawn.values())


def test_a_small_team_is_heard_as_much_as_a_large_one() -> None:
    """As many from each, with what it was drawn from."""
    picks = sample(MANY, Method.STRATIFIED, Part.TEAM, 12, seed=3)
    reasons = {pick.reason for pick in picks}

    assert {(reason.stratum, reason.chosen, reason.of) for reason in reasons} == {("north", 6, 90), ("south", 6, 10)}
    assert "stratum south: 6 of 10" in {reason_text(reason).en for reason in reasons}


def test_what_a_small_part_lacks_comes_from_the_others() -> None:
    picks = sample([*MANY[:50], a_candidate("x", team="west")], Method.STRATIFIED, Part.TEAM, 21, seed=3)

    assert Counter(pick.reason.stratum for pick in picks) == {"north": 15, "south": 5, "west": 1}


def test_agents_are_told_apart_by_team_and_rules_may_overlap() -> None:
    calls = [a_candidate("c1", rules=("a", "b")), a_candidate("c2", team="south", rules=("b",)), a_candidate("c3")]

    assert {pick.reason.stratum for pick in sample(calls, Method.STRATIFIED, Part.AGENT, 9, 1)} == {
        "north–ann",
        "south–ann",
    }
    assert sorted(ids(sample(calls, Method.STRATIFIED, Part.RULE, 9, 1))) == ["c1", "c2"]


def test_the_worst_come_in_turn_by_score_flags_and_course() -> None:
    """Calls with nothing wrong are not drawn; one that failed outright comes before any score."""
    calls = [
        a_candidate("fine", course=CourseState.CALM),
        a_candidate("low", score=30.0),
        a_candidate("failed", score=90.0, failed=True),
        a_candidate("flagged", flags_medium=9),
        a_candidate("pressing", flags_high=1),
        a_candidate("upset", course=CourseState.UPSET),
    ]
    picks = sample(calls, Method.WORST, Part.TEAM, 10, seed=1)

    assert ids(picks) == ["failed", "pressing", "upset", "low", "flagged"]
    assert [pick.reason.why for pick in picks] == [Why.FAILED, Why.FLAGS, Why.COURSE, Why.SCORE, Why.FLAGS]
    assert reason_text(picks[3].reason).en == "lowest score: 30"
    assert reason_text(picks[1].reason).fr == "le plus d’alertes\u00a0: 1 haute, 0 moyenne, 0 basse"


@pytest.mark.parametrize("why", list(Why))
def test_every_reason_has_words_in_both_languages(why: Why) -> None:
    words = reason_text(Reason(why=why, of=9, stratum="north", score=1.0))

    assert "" not in (words.en, words.fr)
    assert words.en != words.fr
