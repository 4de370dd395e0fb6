"""Figures of finished calls: which are to be made, what they are made of, and how they are kept.

Reading and writing are two transactions. A call that changes in between is noted once more, and made anew.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import isfinite

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from alerts.records import FlagState
from qa_monitor.records.calls import CallState
from qa_monitor.reports.customers import LONGEST_WAIT_S
from qa_monitor.reports.repeats import Repeated, Sentence, repeated
from qa_monitor.store.shared.codec import from_text
from qa_monitor.store.tables import schema
from sentiment.records import Dynamics
from streams.records import Language, Speaker

calls, due, figures, counted = schema.calls, schema.figures_due, schema.call_figures, schema.flag_figures
flags, verdicts, waits, utterances = schema.flags, schema.verdicts, schema.waits, schema.utterances
Cells = dict[str, object]

QUEUE, WAIT = "queue", "wait_s"
"""What telephony calls them in the metadata of a call."""
OF_TELEPHONY = "telephony:"
"""How the id of a wait begins that came with its call."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """Figures ready to be kept."""

    noted: int
    """How many changes of calls they take in."""
    last_id: int
    calls: Sequence[Cells]
    flags: Sequence[Cells]
    waits: Sequence[Cells]
    said: Sequence[str]
    """Calls that are to be read again."""


def make_figures(connection: Connection, limit: int) -> Made | None:
    """The figures of so many calls that are due; none where none is."""
    noted = connection.execute(select(due).order_by(due.c.id).limit(limit)).all()
    if not noted:
        return None
    ids = sorted({row.call_id for row in noted})
    query = select(calls).where(calls.c.call_id.in_(ids), calls.c.state != CallState.LIVE.value)
    rows = connection.execute(query).all()
    return Made(
        noted=len(noted),
        last_id=noted[-1].id,
        calls=[figure_cells(row) for row in rows],
        flags=flag_cells(connection, ids),
        waits=[cells for row in rows if (cells := wait_cells(row)) is not None],
        said=sorted({row.call_id for row in noted if row.said}),
    )


def keep_figures(connection: Connection, made: Made) -> None:
    """In place of those before."""
    ids = [str(cells["call_id"]) for cells in made.calls]
    kept = set(connection.execute(select(calls.c.call_id).where(calls.c.call_id.in_(ids))).scalars())
    own = [cells for cells in made.calls if cells["call_id"] in kept]
    if own:
        statement = upsert(figures)
        replaced = {name: statement.excluded[name] for name in own[0] if name != "call_id"}
        connection.execute(statement.on_conflict_do_update(index_elements=["call_id"], set_=replaced), own)
    connection.execute(update(figures).where(figures.c.call_id.in_(made.said)).values(repeated=None))
    connection.execute(delete(counted).where(counted.c.call_id.in_(kept)))
    told = [cells for cells in made.flags if cells["call_id"] in kept]
    if told:
        connection.execute(insert(counted), told)
    came = [cells for cells in made.waits if cells["call_id"] in kept]
    if came:
        # what another system said of the same call stays
        connection.execute(upsert(waits).on_conflict_do_nothing(), came)
    connection.execute(delete(due).where(due.c.id <= made.last_id))


def figure_cells(call: Row[tuple[object, ...]]) -> Cells:
    """The row of one call."""
    flow = None if call.dynamics is None else from_text(call.dynamics, Dynamics)
    known = flow is not None and call.duration_s is not None
    metadata = from_text(call.metadata, dict[str, str])
    cells: Cells = {
        "call_id": call.call_id,
        "began_at": call.started_at,
        "tenant": call.tenant,
        "team": call.team,
        "agent_id": call.agent_id,
        "queue": metadata.get(QUEUE, ""),
        "direction": call.direction,
        "duration_s": call.duration_s,
        "talk_s": None,
        "hold_s": None,
        "silence_s": None,
        "talk_over_s": None,
    }
    if flow is not None and known:
        quiet_s = flow.hold_total_s + flow.silence_total_s
        cells |= {
            "talk_s": max(0.0, call.duration_s - quiet_s),
            "hold_s": flow.hold_total_s,
            "silence_s": flow.silence_total_s,
            # without knowing who is who nobody can be said to talk over anybody
            "talk_over_s": flow.talk_over_total_s if flow.speakers_known else None,
        }
    return cells


def wait_cells(call: Row[tuple[object, ...]]) -> Cells | None:
    """How long the customer waited for this call, where telephony said so in words that can be read."""
    metadata = from_text(call.metadata, dict[str, str])
    try:
        waited_s = float(metadata[WAIT])
    except (KeyError, ValueError):
        return None
    if not isfinite(waited_s) or not 0 <= waited_s <= LONGEST_WAIT_S:
        return None
    return {
        "wait_id": f"{OF_TELEPHONY}{call.call_id}",
        "call_id": call.call_id,
        "tenant": call.tenant,
        "team": call.team,
        "queue": metadata.get(QUEUE, ""),
        "began_at": call.started_at - timedelta(seconds=waited_s),
        "waited_s": waited_s,
        "answered": True,
    }


def flag_cells(connection: Connection, ids: Sequence[str]) -> Sequence[Cells]:
    """Per call and rule: flags that were told and not withdrawn, and the last word that coaches said of each."""
    latest = latest_words(connection, ids)
    query = select(flags.c.flag_id, flags.c.call_id, flags.c.rule_id).where(
        flags.c.call_id.in_(ids), flags.c.state != FlagState.WITHDRAWN.value
    )
    found: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for row in connection.execute(query):
        counts = found[row.call_id, row.rule_id]
        counts["told"] += 1
        if row.flag_id in latest:
            counts[latest[row.flag_id]] += 1
    return [
        {
            "call_id": call_id,
            "rule_id": rule_id,
            **{name: counts[name] for name in ("told", "useful", "false_alarm", "already_known")},
        }
        for (call_id, rule_id), counts in sorted(found.items())
    ]


def latest_words(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    """By flag."""
    query = (
        select(verdicts.c.flag_id, verdicts.c.kind)
        .join(flags, flags.c.flag_id == verdicts.c.flag_id)
        .where(flags.c.call_id.in_(ids))
        # the same choice as the console's: of those said at one instant the first by name
        .order_by(verdicts.c.at, verdicts.c.by.desc())
    )
    return {row.flag_id: row.kind for row in connection.execute(query)}


def read_for_repeats(connection: Connection, limit: int) -> dict[str, Repeated]:
    """What the words of so many calls tell, the newest first, of those not looked through."""
    unread = select(figures.c.call_id).where(figures.c.repeated.is_(None)).order_by(figures.c.began_at.desc())
    ids = list(connection.execute(unread.limit(limit)).scalars())
    query = select(utterances.c.call_id, utterances.c.text, utterances.c.language).where(
        utterances.c.call_id.in_(ids),
        utterances.c.speaker == Speaker.CUSTOMER.value,
        utterances.c.trusted,
    )
    sentences: dict[str, list[Sentence]] = defaultdict(list)
    for row in connection.execute(query):
        sentences[row.call_id].append(Sentence(text=row.text, language=Language(row.language)))
    return {call_id: repeated(sentences[call_id]) for call_id in ids}


def keep_repeats(connection: Connection, found: dict[str, Repeated]) -> None:
    """Note it beside the other figures."""
    if found:
        statement = update(figures).where(figures.c.call_id == bindparam("one")).values(repeated=bindparam("told"))
        connection.execute(statement, [{"one": call_id, "told": each.value} for call_id, each in found.items()])


def count_backlog(connection: Connection, most: int) -> tuple[int, int]:
    """Calls without up-to-date figures, and calls not looked through; each at most `most`."""
    noted = select(due.c.id).limit(most).subquery()
    unread = select(figures.c.call_id).where(figures.c.repeated.is_(None)).limit(most).subquery()
    return (
        connection.execute(select(func.count()).select_from(noted)).scalar_one(),
        connection.execute(select(func.count()).select_from(unread)).scalar_one(),
    )
