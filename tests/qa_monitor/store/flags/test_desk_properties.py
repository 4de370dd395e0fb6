"""The life of flags at their desks, walked at random through the store's own queries.

Whatever happens in whatever order: no flag is lost, no state is illegal, no budget is exceeded but by high priority,
and every held flag says why. `QA_MONITOR_DESK_EXAMPLES` and `QA_MONITOR_DESK_STEPS` set how far the slow walk goes.
"""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import Connection, StaticPool, create_engine

from alerts.acts import Act, Draw, HandOver, Resolve, Snooze, WrongAct
from alerts.care import EVERYONE, MOST_ESCALATIONS, Outcome
from alerts.desk import DeskPolicy
from alerts.lifecycle import ALLOWED, OPEN, WrongTransition
from alerts.records import CoachId, FlagId, FlagState, Priority
from qa_monitor.records.calls import CallState
from qa_monitor.records.errors import TooLate
from qa_monitor.records.flags import StoredFlag
from qa_monitor.records.verdicts import Verdict, VerdictKind
from qa_monitor.store.calls import finds, saves
from qa_monitor.store.database import generations
from qa_monitor.store.flags import finds as flag_finds
from qa_monitor.store.flags import saves as flag_saves
from qa_monitor.store.flags import verdicts
from qa_monitor.store.flags.desks import Desks, find_due
from qa_monitor.store.tables import schema
from streams.records import CallEnded, CallId, EndReason
from tests.qa_monitor.builders import NOON, a_call, a_flag

ANN, BEN = CoachId("ann"), CoachId("ben")
CALLS = ("call-1", "call-2", "call-3")
POLICY = DeskPolicy(every=timedelta(minutes=10), burst=2)
DEADLINE = timedelta(seconds=60)
CLOSED_BY_ENGINE = {FlagState.WITHDRAWN, FlagState.EXPIRED}
Outcome_ = tuple[StoredFlag, bool]


def desk_of(tenant: str, team: str, agent_id: str) -> CoachId:
    """One desk is shared, one is a coach's."""
    return ANN if team == "south" else EVERYONE


DESKS = Desks(policy=POLICY, whose=desk_of)
some_flag = st.integers(min_value=0, max_value=30)
some_coach = st.sampled_from([ANN, BEN])


class DeskLife(RuleBasedStateMachine):
    """Flags of three calls come to two desks; two coaches, the engine and time do what they can to them."""

    def __init__(self) -> None:
        super().__init__()
        self.engine = create_engine("sqlite+pysqlite://", poolclass=StaticPool)
        self.connection: Connection = self.engine.connect()
        schema.metadata.create_all(self.connection)
        self.now = NOON
        self.generation = generations.read_generation(self.connection)
        self.calls = {name: replace(a_call(name), team="south" if name == "call-3" else "north") for name in CALLS}
        for call in self.calls.values():
            saves.save_call(self.connection, call)
        self.ended: set[str] = set()
        self.told: dict[FlagId, StoredFlag] = {}
        """Every flag as the feed last told it."""
        self.sequence = 0
        self.paid: dict[CoachId, list[datetime]] = {}
        self.looked_at: datetime | None = None

    def numbered(self, outcome: Outcome_) -> StoredFlag:
        """What the feed would tell of a change: the next number, and an allowed change."""
        stored, changed = outcome
        if changed:
            assert stored.sequence == self.sequence + 1, "numbers without a hole"
            self.sequence += 1
            self.follows(stored)
            self.told[stored.flag.flag_id] = stored
        return stored

    def follows(self, stored: StoredFlag) -> None:
        """Along the allowed changes, or back by undoing and handing over, which open it again."""
        before = self.told.get(stored.flag.flag_id, stored)
        was, after = before.flag.state, stored.flag.state
        given_back = was in (FlagState.ACKNOWLEDGED, FlagState.RESOLVED) and after in (*OPEN, FlagState.ACKNOWLEDGED)
        # a hand-over is taken back: who had taken it on has it again
        taken_again = was in OPEN and after is FlagState.ACKNOWLEDGED
        assert was is after or after in ALLOWED[was] or given_back or taken_again, (was, after)

    def pick(self, index: int) -> StoredFlag | None:
        # no two things are done at the same instant
        self.now += timedelta(milliseconds=1)
        flags = list(self.told.values())
        return flags[index % len(flags)] if flags else None

    def tried(self, work: Callable[[], Outcome_], before: StoredFlag, refusals: tuple[type[Exception], ...]) -> None:
        """Do it; where it is refused, nothing has changed."""
        try:
            with self.connection.begin_nested():
                outcome = work()
        except refusals:
            assert flag_finds.find_flag(self.connection, before.flag.flag_id) == before
            return
        self.numbered(outcome)

    @rule(
        call=st.sampled_from(CALLS),
        rule_id=st.sampled_from(["refund", "threat"]),
        priority=st.sampled_from([Priority.LOW, Priority.MEDIUM, Priority.MEDIUM, Priority.HIGH]),
        state=st.sampled_from([FlagState.RAISED, FlagState.CONFIRMED]),
    )
    def a_rule_speaks(self, call: str, rule_id: str, priority: Priority, state: FlagState) -> None:
        flag = a_flag(f"f{len(self.told)}", call_id=call, state=state, priority=priority)
        flag = replace(flag, rule_id=rule_id, raised_at=self.now, deadline_s=DEADLINE.total_seconds())
        stored = self.numbered(
            flag_saves.save_flag(self.connection, flag, self.calls[call], self.now, self.generation, DESKS)
        )
        assert (stored.care.held is None) or priority is not Priority.HIGH
        self.pay(stored)

    def pay(self, stored: StoredFlag) -> None:
        """A flag that has just come through its desk: routine ones use up the budget."""
        if stored.care.asked_at is None:
            return
        assert stored.care.paid or stored.flag.priority is Priority.HIGH, "nothing routine gets through for nothing"
        if stored.flag.priority is not Priority.HIGH:
            self.paid.setdefault(stored.care.desk, []).append(self.now)

    @rule(index=some_flag, state=st.sampled_from([FlagState.CONFIRMED, FlagState.WITHDRAWN]))
    def the_final_comes(self, index: int, state: FlagState) -> None:
        before = self.pick(index)
        if before is None:
            return
        news = replace(before.flag, state=state)
        call = self.calls[before.flag.call_id]
        after = self.numbered(flag_saves.save_flag(self.connection, news, call, self.now, self.generation, DESKS))
        unseen = before.care.delivered_at is None and before.care.paid
        if after.flag.state is FlagState.WITHDRAWN and after != before and unseen:
            self.forgive(before)

    def forgive(self, stored: StoredFlag) -> None:
        """Withdrawn before anybody saw it: nobody was interrupted."""
        paid = self.paid.get(stored.care.desk, [])
        if stored.care.asked_at in paid:
            paid.remove(stored.care.asked_at)

    @rule(index=some_flag, by=some_coach)
    def a_console_draws_it(self, index: int, by: CoachId) -> None:
        self.act(index, Draw(), by)

    @rule(index=some_flag, by=some_coach, minutes=st.sampled_from([0, 1, 5, 20, 40]))
    def a_coach_puts_it_off(self, index: int, by: CoachId, minutes: int) -> None:
        self.act(index, Snooze(until=self.now + timedelta(minutes=minutes)), by)

    @rule(index=some_flag, by=some_coach, to=st.sampled_from([ANN, BEN, EVERYONE]))
    def a_coach_hands_it_over(self, index: int, by: CoachId, to: CoachId) -> None:
        self.act(index, HandOver(to=to, word="please"), by)

    @rule(index=some_flag, by=some_coach, outcome=st.sampled_from(Outcome))
    def a_coach_closes_it(self, index: int, by: CoachId, outcome: Outcome) -> None:
        self.act(index, Resolve(outcome=outcome), by)

    def act(self, index: int, act: Act, by: CoachId) -> None:
        before = self.pick(index)
        if before is None:
            return
        flag_id = before.flag.flag_id
        self.tried(
            lambda: flag_saves.act(self.connection, flag_id, act, by, self.now, self.generation),
            before,
            (WrongAct, WrongTransition),
        )

    @rule(index=some_flag, by=some_coach)
    def a_coach_takes_it_on(self, index: int, by: CoachId) -> None:
        before = self.pick(index)
        if before is not None:
            flag_id = before.flag.flag_id
            self.numbered(flag_saves.acknowledge(self.connection, flag_id, by, self.now, self.generation))

    @rule(index=some_flag, by=some_coach, kind=st.sampled_from(VerdictKind))
    def a_coach_judges_it(self, index: int, by: CoachId, kind: VerdictKind) -> None:
        before = self.pick(index)
        if before is not None and before.flag.state not in CLOSED_BY_ENGINE:
            verdict = Verdict(flag_id=before.flag.flag_id, kind=kind, by=by, at=self.now)
            self.numbered(verdicts.save_verdict(self.connection, verdict, self.generation))

    @rule(index=some_flag, by=some_coach)
    def a_coach_takes_it_back(self, index: int, by: CoachId) -> None:
        before = self.pick(index)
        if before is None:
            return
        flag_id, since = before.flag.flag_id, self.now - timedelta(seconds=12)
        self.tried(
            lambda: verdicts.take_back(self.connection, flag_id, by, since, self.now, self.generation),
            before,
            (TooLate,),
        )

    @rule(seconds=st.sampled_from([1, 5, 20, 61, 300, 900]))
    def time_passes(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)
        for flag_id in find_due(self.connection, POLICY, self.now, 1_000):
            before = self.told[flag_id]
            after = self.numbered(flag_saves.turn_flag(self.connection, flag_id, self.now, self.generation, DESKS))
            if before.care.held is not None and after.care.held is None:
                assert self.now < (before.flag.raised_at or NOON) + DEADLINE, "nothing stale is let through"
                self.pay(after)
        self.looked_at = self.now
        self.no_flag_is_lost()

    @precondition(lambda self: len(self.ended) < len(CALLS) - 1)
    @rule(call=st.sampled_from(CALLS))
    def a_call_ends(self, call: str) -> None:
        self.ended.add(call)
        ended = CallEnded(call_id=CallId(call), end_s=60.0, reason=EndReason.END)
        saves.end_call(self.connection, ended, self.now)

    @rule(index=some_flag)
    def nobody_took_it_on(self, index: int) -> None:
        before = self.pick(index)
        if before is not None and before.flag.call_id in self.ended:
            flag_id = before.flag.flag_id
            self.numbered(flag_saves.expire(self.connection, flag_id, self.now, self.generation))

    @rule()
    def a_moment_passes(self) -> None:
        self.now += timedelta(milliseconds=300)

    def teardown(self) -> None:
        self.no_flag_is_lost()
        self.connection.close()
        self.engine.dispose()

    def no_flag_is_lost(self) -> None:
        """What was told is what is kept, and a console that starts now is given all that is open."""
        kept = {stored.flag.flag_id: stored for stored in flag_finds.find_latest_flags(self.connection, 1_000)}
        assert kept == self.told
        snapshot = flag_finds.find_snapshot(self.connection, 1_000)
        assert {one.flag.flag_id for one in snapshot.flags} == {
            flag_id for flag_id, one in self.told.items() if one.flag.state in OPEN
        }
        assert snapshot.sequence == self.sequence

    @invariant()
    def every_open_flag_is_at_one_place(self) -> None:
        """On a screen, in a drawer with its reason, or put off until a moment."""
        for stored in self.told.values():
            care = stored.care
            if stored.flag.state not in OPEN:
                continue
            places = (care.held is not None, care.snoozed_until is not None, care.asked_at is not None)
            assert places in ((True, False, False), (False, True, True), (False, False, True)), care
            assert care.held is None or stored.flag.priority is not Priority.HIGH

    @invariant()
    def no_budget_is_exceeded_but_by_high_priority(self) -> None:
        """In any stretch of time: what may come at once, and one more for each ten minutes."""
        for times in self.paid.values():
            for first in range(len(times)):
                for last in range(first, len(times)):
                    allowed = POLICY.burst + (times[last] - times[first]) / POLICY.every
                    assert last - first + 1 <= allowed + 1e-6, times

    @invariant()
    def nothing_due_is_left_after_a_look(self) -> None:
        """What was put off is back; what nobody took on in a live call was escalated, twice at most."""
        if self.looked_at != self.now:
            return
        for stored in self.told.values():
            flag, care = stored.flag, stored.care
            live = finds.find_call(self.connection, flag.call_id)
            if flag.state not in OPEN or care.held is not None or live is None:
                continue
            assert care.snoozed_until is None or care.snoozed_until > self.now
            waited = self.now - care.asked_at if care.asked_at else timedelta()
            if live.state is CallState.LIVE and care.snoozed_until is None and waited >= DEADLINE:
                assert 1 <= care.escalations <= MOST_ESCALATIONS


def walk(examples: int, steps: int) -> None:
    run_state_machine_as_test(
        DeskLife,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
        ),
    )


def test_flags_at_their_desks() -> None:
    """A short walk, at every run."""
    walk(15, 25)


@pytest.mark.slow
@pytest.mark.skipif("QA_MONITOR_DESK_EXAMPLES" not in os.environ, reason="set QA_MONITOR_DESK_EXAMPLES, such as 1000")
@pytest.mark.timeout(7_200)
def test_flags_at_their_desks_for_long() -> None:
    """The same, for as many and as long walks as asked for."""
    walk(int(os.environ["QA_MONITOR_DESK_EXAMPLES"]), int(os.environ.get("QA_MONITOR_DESK_STEPS", "50")))
