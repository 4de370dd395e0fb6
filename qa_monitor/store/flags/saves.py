"""The queries that write flags and number their changes. Each is called inside an open transaction."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, insert, update
from sqlalchemy.dialects.sqlite import insert as upsert

from alerts.acts import Act, taken_on
from alerts.lifecycle import WrongTransition, changed, settled
from alerts.records import CoachId, FlagId, FlagState, HeldFlag, Latency, RedFlag
from qa_monitor.records.errors import NotKept
from qa_monitor.records.flags import OPEN_STATES, StoredFlag
from qa_monitor.store.calls.saves import add_call, existing_call
from qa_monitor.store.flags.desks import Desks, act_on, refund, to_desk, turn
from qa_monitor.store.flags.finds import find_flag
from qa_monitor.store.flags.rows import flag_cells, held_cells
from qa_monitor.store.library.facts import keep_facts
from qa_monitor.store.shared.codec import to_text
from qa_monitor.store.tables import schema
from streams.records import CallStarted

flags = schema.flags


def save_held(connection: Connection, held: HeldFlag) -> None:
    """Keep a held flag, once."""
    connection.execute(upsert(schema.held_flags).values(held_cells(held)).on_conflict_do_nothing())
    keep_facts(connection, [held.flag.call_id], over_only=True)


def save_flag(
    connection: Connection, flag: RedFlag, call: CallStarted, at: datetime, generation: str, desks: Desks
) -> tuple[StoredFlag, bool]:
    """Keep a flag and number its change; the second value tells whether there was one. A new one comes to a desk."""
    # its call may have come while the disk was full: a flag is never lost for that
    add_call(connection, call)
    before = find_flag(connection, flag.flag_id)
    if before is None:
        agent = existing_call(connection, flag.call_id).agent_at(flag.start_s)
        fresh = StoredFlag(
            flag=flag,
            agent_id=agent.agent_id,
            team=agent.team,
            language=call.language,
            tenant=call.tenant,
            care=to_desk(connection, flag, desks.whose(call.tenant, agent.team, agent.agent_id), desks.policy, at),
        )
        return number(connection, fresh, at, generation), True
    try:
        after = replace(before, flag=merge(before.flag, flag))
    except WrongTransition:
        return before, False  # late news of a flag whose life is over
    if after == before:
        return before, False
    if told_alike(after.flag, before.flag):
        keep(connection, after)
        return after, False
    if after.flag.state is FlagState.WITHDRAWN:
        refund(connection, after, desks.policy, at)
    return number(connection, after, at, generation), True


def merge(before: RedFlag, after: RedFlag) -> RedFlag:
    """The flag as it stands after the news of it, with every latency known. Raises `WrongTransition`."""
    return replace(settled(before, after), latency=merge_latency(before.latency, after.latency))


def merge_latency(before: Latency, after: Latency) -> Latency:
    """The newer figures, and the older ones where there is no newer."""
    return Latency(
        text_s=before.text_s if after.text_s is None else after.text_s,
        rule_s=before.rule_s if after.rule_s is None else after.rule_s,
        stored_s=before.stored_s if after.stored_s is None else after.stored_s,
        feed_s=before.feed_s if after.feed_s is None else after.feed_s,
        screen_s=before.screen_s if after.screen_s is None else after.screen_s,
    )


def told_alike(one: RedFlag, other: RedFlag) -> bool:
    """A console that was told one need not be told the other: they differ in latency at most."""
    return replace(one, latency=Latency()) == replace(other, latency=Latency())


def number(connection: Connection, stored: StoredFlag, at: datetime, generation: str) -> StoredFlag:
    """Keep a flag with the event that tells of it, under the next number."""
    cells = flag_cells(stored) | {"sequence": stored.sequence or 0}
    connection.execute(upsert(flags).values(cells).on_conflict_do_update(index_elements=["flag_id"], set_=cells))
    event = {"generation": generation, "flag_id": stored.flag.flag_id, "body": to_text(stored), "at": at}
    told = insert(schema.flag_events).values(event).returning(schema.flag_events.c.sequence)
    numbered = replace(stored, sequence=connection.execute(told).scalar_one())
    keep(connection, numbered)
    keep_facts(connection, [stored.flag.call_id])
    return numbered


def keep(connection: Connection, stored: StoredFlag) -> None:
    """Set the row of a flag that is kept already."""
    cells = flag_cells(stored) | {"sequence": stored.sequence}
    connection.execute(update(flags).where(flags.c.flag_id == stored.flag.flag_id).values(cells))


def save_latency(connection: Connection, flag_id: FlagId, latency: Latency) -> None:
    """Keep how long a flag took, without an event."""
    stored = existing_flag(connection, flag_id)
    known = merge_latency(stored.flag.latency, latency)
    keep(connection, replace(stored, flag=replace(stored.flag, latency=known)))


def existing_flag(connection: Connection, flag_id: FlagId) -> StoredFlag:
    """A flag that must be kept already."""
    stored = find_flag(connection, flag_id)
    if stored is None:
        raise NotKept("flag", flag_id)
    return stored


def acknowledge(
    connection: Connection, flag_id: FlagId, by: CoachId, at: datetime, generation: str
) -> tuple[StoredFlag, bool]:
    """A coach took a flag on; the second value tells whether that was new."""
    stored = existing_flag(connection, flag_id)
    if stored.flag.state not in OPEN_STATES:
        return stored, False
    flag, care = stored.flag.moved(FlagState.ACKNOWLEDGED), taken_on(stored.care)
    taken = replace(stored, flag=flag, care=care, acknowledged_by=by, acknowledged_at=at)
    return number(connection, taken, at, generation), True


def act(
    connection: Connection, flag_id: FlagId, done: Act, by: CoachId, at: datetime, generation: str
) -> tuple[StoredFlag, bool]:
    """A coach did something to a flag; the second value tells whether that changed it."""
    stored = existing_flag(connection, flag_id)
    after = act_on(connection, stored, done, by, at)
    return (stored, False) if after is stored else (number(connection, after, at, generation), True)


def turn_flag(
    connection: Connection, flag_id: FlagId, at: datetime, generation: str, desks: Desks
) -> tuple[StoredFlag, bool]:
    """Time did something to a flag; the second value tells whether that changed it."""
    stored = existing_flag(connection, flag_id)
    after = turn(connection, stored, desks.policy, at)
    return (stored, False) if after is stored else (number(connection, after, at, generation), True)


def expire(connection: Connection, flag_id: FlagId, at: datetime, generation: str) -> tuple[StoredFlag, bool]:
    """Nobody took a flag on in time; the second value tells whether it was still open."""
    stored = existing_flag(connection, flag_id)
    if stored.flag.state not in OPEN_STATES:
        return stored, False
    return number(connection, replace(stored, flag=changed(stored.flag, FlagState.EXPIRED)), at, generation), True
