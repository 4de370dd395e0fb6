"""Adapter: the facts of a call, one narrow row to list, filter and report by. For SQLite, which reads kept JSON itself.

`keep_facts` writes them anew from everything else that is kept of a call; whoever writes a call does so in the same
transaction, and last: a call that is over is entered into the index of words with its facts. Columns of `call_facts`:

- `number`: names the call in the index of words. `call_id`, `tenant`, `direction`, `state`: as in `calls`.
- `team`, `agent_id`: as it ended; `agents`: how many parts it had, one for each agent in turn (`call_agents`).
- `language`: announced, else the one that most of its utterances are in; none where nothing was said.
- `began_at`, `ended_at`: UTC. `duration_s`: seconds of audio; none while it is live.
- `talk_over_s`, `silence_s`, `hold_s`: totals over the call, seconds; none where the dynamics were not followed.
- `agent_share`, `customer_share`: shares of all speech, 0 to 1; none where who speaks is not known.
- `flags_high`, `flags_medium`, `flags_low`: flags told and not withdrawn. `held`: flags held back.
- `useful`, `false_alarm`, `already_known`: flags by the last word of a coach.
- `worded`: it is in the index of words.

How the customer went through the call is not among them: it is kept in `courses` alone, on the terms of its consent.
"""

from collections.abc import Sequence
from functools import cache

from sqlalchemy import (
    ColumnElement,
    Connection,
    Executable,
    Float,
    String,
    bindparam,
    case,
    delete,
    func,
    insert,
    literal,
    select,
    true,
    union_all,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from alerts.records import FlagState, Priority
from qa_monitor.records.calls import CallState
from qa_monitor.records.verdicts import VerdictKind
from qa_monitor.store.tables import schema
from streams.records import CallId

calls, flags, held, verdicts = schema.calls, schema.flags, schema.held_flags, schema.verdicts
agents, utterances = schema.call_agents, schema.utterances
facts, rules = schema.call_facts, schema.call_rules
TOLD = flags.c.state != FlagState.WITHDRAWN.value
LAST_WORD = (
    select(verdicts.c.kind)
    .where(verdicts.c.flag_id == flags.c.flag_id)
    .order_by(verdicts.c.at.desc(), verdicts.c.by)
    .limit(1)
    .correlate(flags)
    .scalar_subquery()
)


def keep_facts(connection: Connection, call_ids: Sequence[CallId], *, over_only: bool = False) -> None:
    """Write the facts of these calls anew, and what rules did in them. For open transactions, after all other writes.

    `over_only`: leave out those still live, of which they are written once they end.
    """
    for statement in statements(over_only=over_only):
        connection.execute(statement, {"call_ids": list(call_ids)})


@cache
def statements(*, over_only: bool) -> tuple[Executable, ...]:
    """What is to be executed for calls of the ids `call_ids`. Written once: that takes longer than executing it."""
    chosen: ColumnElement[bool] = calls.c.call_id.in_(bindparam("call_ids", expanding=True))
    if over_only:
        chosen &= calls.c.state != CallState.LIVE.value
    cells = fact_cells()
    fresh = select(*(value.label(name) for name, value in cells.items())).where(chosen)
    statement = upsert(facts).from_select(list(cells), fresh)
    renewed = {name: statement.excluded[name] for name in cells if name != "call_id"}
    kept = statement.on_conflict_do_update(index_elements=["call_id"], set_=renewed)
    return kept, *rule_statements(select(calls.c.call_id).where(chosen).scalar_subquery())


def fact_cells() -> dict[str, ColumnElement[object]]:
    """Each column of the facts, as read from a call and what belongs to it."""
    cells: dict[str, ColumnElement[object]] = {
        name: calls.c[name]
        for name in ("call_id", "tenant", "team", "agent_id", "direction", "state", "ended_at", "duration_s")
    }
    cells["agents"] = select(func.count()).where(agents.c.call_id == calls.c.call_id).scalar_subquery()
    cells["language"] = func.coalesce(calls.c.language, spoken())
    cells["began_at"] = calls.c.started_at
    cells |= {name: dynamic(f"$.{total}") for name, total in TOTALS.items()}
    known = dynamic("$.speakers_known")
    for side in ("agent", "customer"):
        cells[f"{side}_share"] = case((func.coalesce(known, 1) == 1, dynamic(f"$.talk_share.{side}")))
    cells |= {f"flags_{priority.label}": flags_of(flags.c.priority == int(priority)) for priority in Priority}
    cells["held"] = select(func.count()).where(held.c.call_id == calls.c.call_id).scalar_subquery()
    cells |= {kind.value: flags_of(LAST_WORD.in_([kind.value])) for kind in VerdictKind}
    return cells


TOTALS = {"talk_over_s": "talk_over_total_s", "silence_s": "silence_total_s", "hold_s": "hold_total_s"}


def dynamic(path: str) -> ColumnElement[object]:
    """One number of the dynamics, or none."""
    return func.json_extract(calls.c.dynamics, path, type_=Float())


def spoken() -> ColumnElement[str]:
    """The language most utterances are in."""
    return (
        select(utterances.c.language)
        .where(utterances.c.call_id == calls.c.call_id)
        .group_by(utterances.c.language)
        .order_by(func.count().desc(), utterances.c.language)
        .limit(1)
        .scalar_subquery()
    )


def flags_of(condition: ColumnElement[bool]) -> ColumnElement[object]:
    """How many flags of a call were told, not withdrawn, and are such."""
    own = flags.c.call_id == calls.c.call_id
    return select(func.count()).select_from(flags).where(own, TOLD, condition).correlate(calls).scalar_subquery()


def rule_statements(call_ids: ColumnElement[object]) -> tuple[Executable, Executable]:
    """Forget and write what rules did in these calls."""
    forgotten = delete(rules).where(rules.c.call_id.in_(call_ids))
    counted = {kind.value: case((LAST_WORD.in_([kind.value]), 1), else_=0) for kind in VerdictKind}
    none = {kind.value: literal(0) for kind in VerdictKind}
    told = select(
        flags.c.call_id,
        flags.c.rule_id,
        literal(1).label("flagged"),
        literal(0).label("held"),
        *(value.label(name) for name, value in counted.items()),
    ).where(TOLD, flags.c.call_id.in_(call_ids))
    kept_back = select(
        held.c.call_id,
        func.json_extract(held.c.body, "$.rule_id", type_=String()).label("rule_id"),
        literal(0),
        literal(1),
        *none.values(),
    ).where(held.c.call_id.in_(call_ids))
    did = union_all(told, kept_back).subquery()
    sums = ("flagged", "held", *counted)
    totals = select(did.c.call_id, did.c.rule_id, *(func.sum(did.c[name]) for name in sums)).where(
        true(), did.c.rule_id.is_not(None)
    )
    grouped = totals.group_by(did.c.call_id, did.c.rule_id)
    return forgotten, insert(rules).from_select(["call_id", "rule_id", *sums], grouped)
