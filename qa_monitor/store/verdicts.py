"""The queries about coaches' verdicts. Each takes a connection."""

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects.sqlite import insert as upsert

from qa_monitor.rules.verdicts import Verdict, VerdictCount, VerdictKind
from qa_monitor.store import schema
from qa_monitor.store.flag_saves import existing_flag
from qa_monitor.store.rows import language_or_none

verdicts, calls = schema.verdicts, schema.calls


def save_verdict(connection: Connection, verdict: Verdict) -> None:
    """Keep what a coach says of a flag that is kept, with what the flag was about; it replaces their earlier word."""
    stored = existing_flag(connection, verdict.flag_id)
    tenant = connection.execute(select(calls.c.tenant).where(calls.c.call_id == stored.flag.call_id)).scalar_one()
    cells: dict[str, object] = {
        "flag_id": verdict.flag_id,
        "by": verdict.by,
        "kind": verdict.kind.value,
        "at": verdict.at,
        "rule_id": stored.flag.rule_id,
        "rule_version": stored.flag.rule_version,
        "tenant": tenant,
        "team": stored.team,
        "language": None if stored.language is None else stored.language.value,
    }
    key = ["flag_id", "by"]
    connection.execute(upsert(verdicts).values(cells).on_conflict_do_update(index_elements=key, set_=cells))


def count_verdicts(connection: Connection) -> tuple[VerdictCount, ...]:
    """All of them, counted by rule version, team, language and kind."""
    by = (
        verdicts.c.rule_id,
        verdicts.c.rule_version,
        verdicts.c.tenant,
        verdicts.c.team,
        verdicts.c.language,
        verdicts.c.kind,
    )
    query = select(*by, func.count().label("times")).group_by(*by).order_by(*by)
    return tuple(
        VerdictCount(
            rule_id=row.rule_id,
            rule_version=row.rule_version,
            tenant=row.tenant,
            team=row.team,
            language=language_or_none(row.language),
            kind=VerdictKind(row.kind),
            count=row.times,
        )
        for row in connection.execute(query)
    )
