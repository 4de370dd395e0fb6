"""What holds for every call, however its partials and finals come."""

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.engine import CallWatch
from alerts.policy import AlertPolicy
from alerts.records import Decision, FlagState, Priority, RedFlag, ScoredUtterance
from alerts.rulebook import RuleBook
from streams.records import UtteranceId
from tests.alerts.builders import a_call, a_hit, a_rule, an_utterance

RULES = (
    a_rule("cancellation", inhibits=("complaint",)),
    a_rule("complaint", priority=Priority.MEDIUM, inhibits=("refund",), repeat_after_s=10.0),
    a_rule("refund", priority=Priority.LOW),
)
RULE_IDS = st.lists(st.sampled_from([rule.rule_id for rule in RULES]), max_size=3)


@dataclass(frozen=True)
class Spoken:
    """One utterance: what each of its partials and its final are heard to say."""

    pause_s: float
    partials: list[tuple[list[str], bool]]
    final: tuple[list[str], bool] | None
    """None: the final never comes."""


HEARD = st.tuples(RULE_IDS, st.booleans())
CALLS = st.lists(
    st.builds(
        Spoken,
        pause_s=st.sampled_from([0.5, 8.0, 40.0]),
        partials=st.lists(HEARD, max_size=3),
        final=HEARD | st.none(),
    ),
    max_size=8,
)


def play(call: list[Spoken]) -> list[Decision]:
    """Feed a call to a fresh watch and end it."""
    watch = CallWatch(a_call(), RuleBook(rules=RULES, version="1"), AlertPolicy())
    decisions = []
    start_s = 0.0
    for spoken in call:
        start_s += spoken.pause_s
        for rule_ids, trusted in spoken.partials:
            utterance = an_utterance(start_s=start_s, final=False, trusted=trusted)
            hits = [a_hit(rule_id, start_s=start_s) for rule_id in rule_ids]
            decisions.append(watch.on_partial(utterance, hits, start_s + 1.0))
        if spoken.final:
            rule_ids, trusted = spoken.final
            hits = [a_hit(rule_id, start_s=start_s) for rule_id in rule_ids]
            scored = ScoredUtterance(utterance=an_utterance(start_s=start_s, trusted=trusted), hits=tuple(hits))
            decisions.append(watch.on_final(scored, start_s + 2.5))
        start_s += 2.0
    return [*decisions, watch.on_end(start_s)]


def stories(decisions: list[Decision]) -> dict[str, list[RedFlag]]:
    """All that was told of each flag, in order."""
    told: dict[str, list[RedFlag]] = {}
    for decision in decisions:
        for flag in decision.told:
            told.setdefault(flag.flag_id, []).append(flag)
    return told


@given(CALLS)
@settings(deadline=None)
def test_the_same_call_gives_the_same_flags(call: list[Spoken]) -> None:
    """Byte for byte, so a recorded call can be replayed."""
    assert repr(play(call)) == repr(play(call))


@given(CALLS)
@settings(deadline=None)
def test_every_raised_flag_ends_confirmed_or_withdrawn(call: list[Spoken]) -> None:
    """And every flag is told at most twice: raised, then one of the two; or confirmed at once."""
    allowed = {
        (FlagState.RAISED, FlagState.CONFIRMED),
        (FlagState.RAISED, FlagState.WITHDRAWN),
        (FlagState.CONFIRMED,),
    }
    assert {tuple(flag.state for flag in story) for story in stories(play(call)).values()} <= allowed


@given(CALLS)
@settings(deadline=None)
def test_what_is_confirmed_was_said_by_a_trusted_final(call: list[Spoken]) -> None:
    """No flag outlives its final without words the guards trust."""
    trusted: set[tuple[UtteranceId, str]] = set()
    start_s = 0.0
    for spoken in call:
        start_s += spoken.pause_s
        if spoken.final and spoken.final[1]:
            said = an_utterance(start_s=start_s).utterance_id
            trusted.update((said, rule_id) for rule_id in spoken.final[0])
        start_s += 2.0

    for story in stories(play(call)).values():
        if story[-1].state is FlagState.CONFIRMED:
            assert (story[-1].evidence.utterance_ids[0], story[-1].rule_id) in trusted


@given(CALLS)
@settings(deadline=None)
def test_a_trusted_final_is_always_told_or_held_with_a_reason(call: list[Spoken]) -> None:
    """Nothing vanishes: each rule said in a final has one verdict for its utterance."""
    decisions = play(call)
    verdicts = {held.flag.flag_id for decision in decisions for held in decision.held}
    verdicts |= {flag.flag_id for decision in decisions for flag in decision.told}
    said = sum(len(set(spoken.final[0])) for spoken in call if spoken.final)

    assert len(verdicts) >= said


@given(CALLS)
@settings(deadline=None)
def test_confirmed_flags_of_a_rule_keep_their_distance(call: list[Spoken]) -> None:
    """A coach hears of one rule at most once in its time between flags."""
    stood = [story[-1] for story in stories(play(call)).values() if story[-1].state is FlagState.CONFIRMED]
    for rule in RULES:
        starts = sorted(flag.start_s for flag in stood if flag.rule_id == rule.rule_id)
        apart = [later - earlier for earlier, later in zip(starts, starts[1:], strict=False)]
        assert all(gap_s >= (rule.repeat_after_s or 60.0) for gap_s in apart)
