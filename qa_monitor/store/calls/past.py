"""Adapter: calls that are over, read in bulk from the SQLite file, beside a running service."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from sqlalchemy import ColumnElement, Connection, Select, and_, or_, select
from sqlalchemy.exc import DBAPIError

from qa_monitor.backtest.query import CallQuery
from qa_monitor.records.calls import CallState, FlagCounts, StoredCall
from qa_monitor.records.errors import StoreError
from qa_monitor.records.holds import OnHold
from qa_monitor.records.past import PastCall, PastRecord, SaidText
from qa_monitor.records.utterances import StoredUtterance
from qa_monitor.store.calls.finds import find_companies
from qa_monitor.store.calls.rows import stored_call
from qa_monitor.store.calls.stretches import gap_record, hold_record
from qa_monitor.store.calls.utterance_finds import SCORE_COLUMNS
from qa_monitor.store.calls.utterance_rows import sought_phrases, stored_utterance
from qa_monitor.store.database.database import FILE
from qa_monitor.store.database.engines import explain, reader_engine
from qa_monitor.store.shared.sights import is_seen
from qa_monitor.store.tables import schema
from streams.records import CallId, Gap, Language, Speaker, UtteranceId

calls, utterances, emotions = schema.calls, schema.utterances, schema.emotions
gaps, holds, agents = schema.gaps, schema.holds, schema.call_agents


class SqlitePastCalls:
    """See `backtest.port.PastCalls`. Reads only: needs no lock, and may run in a process of its own."""

    def __init__(self, folder: Path) -> None:
        """Raises `StoreError` where the folder holds no database."""
        self._path = folder / FILE
        if not self._path.is_file():
            raise StoreError(f"{folder} holds no {FILE}: name the data folder of the service")
        self._engine = reader_engine(self._path)

    def close(self) -> None:
        self._engine.dispose()

    def calls(self, query: CallQuery) -> tuple[PastCall, ...]:
        try:
            with self._engine.connect() as connection:
                rows = connection.execute(_asked_for(query)).all()
        except DBAPIError as error:
            raise explain(error, self._path) from error
        return tuple(
            PastCall(call_id=CallId(row.call_id), tenant=row.tenant, team=row.team, duration_s=row.duration_s or 0.0)
            for row in rows
        )

    def texts(self, call_ids: Sequence[CallId]) -> Iterator[SaidText]:
        columns = [
            utterances.c[name]
            for name in ("call_id", "utterance_id", "speaker", "language", "trusted", "text", "sought")
        ]
        query = select(*columns).where(utterances.c.call_id.in_(call_ids))
        speakers, languages = {one.value: one for one in Speaker}, {one.value: one for one in Language}
        try:
            with self._engine.connect() as connection:
                for call_id, utterance_id, speaker, language, trusted, text, sought in connection.execute(query):
                    yield SaidText(
                        call_id=CallId(call_id),
                        utterance_id=UtteranceId(utterance_id),
                        speaker=speakers[speaker],
                        language=languages[language],
                        trusted=trusted,
                        text=text,
                        sought=sought_phrases(sought),
                    )
        except DBAPIError as error:
            raise explain(error, self._path) from error

    def records(self, call_ids: Sequence[CallId]) -> Iterator[PastRecord]:
        try:
            with self._engine.connect() as connection:
                found = _calls(connection, call_ids)
                missing = _gaps(connection, call_ids)
                waited = _holds(connection, call_ids)
                said = _said(connection, call_ids)
        except DBAPIError as error:
            raise explain(error, self._path) from error
        for call_id, stored in found.items():
            yield PastRecord(
                call=stored,
                utterances=tuple(said[call_id]),
                gaps=tuple(missing[call_id]),
                holds=tuple(waited[call_id]),
            )


def _asked_for(query: CallQuery) -> Select[str, str, str, float | None]:
    """Newest first."""
    asked = select(calls.c.call_id, calls.c.tenant, calls.c.team, calls.c.duration_s)
    over = asked.where(calls.c.state != CallState.LIVE.value, *_limits(query))
    return over.order_by(calls.c.started_at.desc(), calls.c.call_id).limit(query.limit)


def _limits(query: CallQuery) -> Iterator[ColumnElement[bool]]:
    yield is_seen(query.sight)
    if query.since is not None:
        yield calls.c.started_at >= query.since
    if query.until is not None:
        yield calls.c.started_at < query.until
    if query.tenants:
        yield calls.c.tenant.in_(query.tenants)
    people = [column.in_(names) for column, names in _people(query) if names]
    if people:
        yield select(agents.c.call_id).where(agents.c.call_id == calls.c.call_id, *people).exists()
    if query.languages:
        yield _in_language([language.value for language in query.languages])


def _people(query: CallQuery) -> tuple[tuple[ColumnElement[str], tuple[str, ...]], ...]:
    return ((agents.c.team, query.teams), (agents.c.agent_id, query.agents))


def _in_language(languages: Sequence[str]) -> ColumnElement[bool]:
    spoken = select(utterances.c.call_id).where(
        utterances.c.call_id == calls.c.call_id, utterances.c.language.in_(languages)
    )
    return or_(calls.c.language.in_(languages), and_(calls.c.language.is_(None), spoken.exists()))


def _calls(connection: Connection, call_ids: Sequence[CallId]) -> dict[str, StoredCall]:
    """By id. Flags are not counted: nobody asks here."""
    companies = find_companies(connection, call_ids)
    rows = connection.execute(select(calls).where(calls.c.call_id.in_(call_ids)).order_by(calls.c.call_id))
    return {row.call_id: stored_call(row, companies[row.call_id], FlagCounts()) for row in rows}


def _gaps(connection: Connection, call_ids: Sequence[CallId]) -> dict[str, list[Gap]]:
    found: dict[str, list[Gap]] = defaultdict(list)
    for row in connection.execute(select(gaps).where(gaps.c.call_id.in_(call_ids)).order_by(gaps.c.start_s)):
        found[row.call_id].append(gap_record(row))
    return found


def _holds(connection: Connection, call_ids: Sequence[CallId]) -> dict[str, list[OnHold]]:
    found: dict[str, list[OnHold]] = defaultdict(list)
    for row in connection.execute(select(holds).where(holds.c.call_id.in_(call_ids)).order_by(holds.c.start_s)):
        found[row.call_id].append(hold_record(row))
    return found


def _said(connection: Connection, call_ids: Sequence[CallId]) -> dict[str, list[StoredUtterance]]:
    same = (emotions.c.call_id == utterances.c.call_id) & (emotions.c.utterance_id == utterances.c.utterance_id)
    query = (
        select(utterances, *SCORE_COLUMNS)
        .select_from(utterances.outerjoin(emotions, same))
        .where(utterances.c.call_id.in_(call_ids))
        .order_by(utterances.c.call_id, utterances.c.start_s, utterances.c.channel)
    )
    found: dict[str, list[StoredUtterance]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.call_id].append(stored_utterance(row))
    return found
