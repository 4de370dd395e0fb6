"""Made calls as rows. The one place that knows which tables a seeded call fills.

Rows are those that live calls leave: the store's own functions make them, except for utterances and their words, of
which there are too many; a test compares those with the store's.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from sqlalchemy import Connection, Table, insert

from qa_monitor.people.records import Entry
from qa_monitor.people.rows import cells_of, id_of, kind_of
from qa_monitor.reports.repeats import Repeated
from qa_monitor.scorecards.records import CallScore
from qa_monitor.seed.records import CHANNELS, REVISION, MadeCall, SpokenLine
from qa_monitor.store import schema
from qa_monitor.store.codec import to_text
from qa_monitor.store.consents import announced_cells
from qa_monitor.store.facts import keep_facts
from qa_monitor.store.figure_saves import keep_figures, keep_repeats, make_figures
from qa_monitor.store.records import CallState, StoredCall, StoredFlag
from qa_monitor.store.rows import Cells, agent_cells, call_cells, emotion_cells, flag_cells, held_cells
from qa_monitor.store.score_rows import answer_cells, score_cells
from qa_monitor.store.stretches import gap_cells, hold_cells
from streams.records import CallId, Speaker, Timing

TIMING = to_text(Timing(endpoint_s=0.5, queued_s=0.04, speech_s=0.22))
ORDER = (
    schema.calls,
    schema.call_channels,
    schema.call_agents,
    schema.consents,
    schema.gaps,
    schema.holds,
    schema.utterances,
    schema.emotions,
    schema.courses,
    schema.flags,
    schema.flag_events,
    schema.shown_flags,
    schema.verdicts,
    schema.held_flags,
    schema.call_scores,
    schema.score_answers,
)
"""Tables in the order in which they refer to each other."""


class Rows:
    """Rows of some calls, by table, to be written together. Calls are to be added in order."""

    def __init__(self, generation: str, next_sequence: int) -> None:
        self._generation = generation
        self.next_sequence = next_sequence
        """The number of the next change of a flag."""
        self._calls: dict[CallId, Repeated] = {}
        self._rows: dict[Table, list[Cells]] = defaultdict(list)

    def add(self, made: MadeCall) -> None:
        """All rows of one call."""
        rows, call_id = self._rows, made.call.call_id
        self._calls[call_id] = made.repeated
        rows[schema.calls].append(_ended_cells(made))
        rows[schema.call_channels] += [
            {"call_id": call_id, "channel": channel, "speaker": speaker.value}
            for channel, speaker in enumerate(made.call.channels)
        ]
        rows[schema.call_agents] += [agent_cells(call_id, agent) for agent in made.agents]
        rows[schema.consents].append(announced_cells(made.call))
        rows[schema.gaps] += [gap_cells(gap) for gap in made.gaps]
        rows[schema.holds] += [hold_cells(hold) for hold in made.holds]
        language = made.language.value
        rows[schema.utterances] += [_line_cells(call_id, language, line) for line in made.spoken.lines]
        self._add_voice(made)
        for life in made.flag_lives:
            self._add_flag([stored for _, stored in life], [at for at, _ in life])
        held = {(one.flag.flag_id, one.reason, one.flag.raised_s): one for one in made.held}
        rows[schema.held_flags] += [held_cells(one) for one in held.values()]
        self._add_score(made.score)

    def write(self, connection: Connection) -> int:
        """Put them into the open transaction and forget them; gives how many rows."""
        count = 0
        for table in ORDER:
            if rows := self._rows.pop(table, None):
                connection.execute(insert(table), rows)
                count += len(rows)
        assert not self._rows
        # what the store works out of the rows of calls that are over, and keeps beside them
        keep_facts(connection, list(self._calls))
        while figures := make_figures(connection, len(self._calls)):
            keep_figures(connection, figures)
        keep_repeats(connection, dict(self._calls.items()))
        self._calls.clear()
        return count

    def _add_voice(self, made: MadeCall) -> None:
        stored = StoredCall(call=made.call, state=CallState.ENDED)
        self._rows[schema.emotions] += [emotion_cells(score, Speaker.CUSTOMER, stored) for score in made.emotions]
        if made.course is not None:
            self._rows[schema.courses].append(
                {
                    "call_id": made.call.call_id,
                    "channel": made.call.channels.index(Speaker.CUSTOMER),
                    "channel_role": Speaker.CUSTOMER.value,
                    "notice": made.call.notice.value,
                    "consent": made.call.consent.value,
                    "body": to_text(made.course),
                }
            )

    def _add_score(self, score: CallScore) -> None:
        self._rows[schema.call_scores].append(score_cells(score))
        self._rows[schema.score_answers] += [
            {**answer_cells(score.score_id, answer), "number": number} for number, answer in enumerate(score.answers)
        ]

    def _add_flag(self, states: Sequence[StoredFlag], moments: Sequence[object]) -> None:
        """Every change of a flag as an event, and the flag as it stands."""
        for stored, at in zip(states, moments, strict=True):
            event = {
                "sequence": self.next_sequence,
                "generation": self._generation,
                "flag_id": stored.flag.flag_id,
                "body": to_text(stored),
                "at": at,
            }
            self._rows[schema.flag_events].append(event)
            self.next_sequence += 1
        last = states[-1]
        self._rows[schema.flags].append(flag_cells(last) | {"sequence": self.next_sequence - 1})
        if last.care.delivered_at is not None:
            shown = {"coach": last.care.desk, "flag_id": last.flag.flag_id, "drawn_at": last.care.delivered_at}
            self._rows[schema.shown_flags].append(shown)
        if last.verdict is not None:
            self._rows[schema.verdicts].append(_verdict_cells(last))


def write_people(connection: Connection, entries: Iterable[Entry], known: Mapping[tuple[str, str], object]) -> int:
    """Everyone who is not there yet; those who are stay as they are. Gives how many."""
    rows = [
        {"kind": kind_of(entry).value, "id": id_of(entry), "cells": to_text(cells_of(entry))}
        for entry in entries
        if (kind_of(entry).value, id_of(entry)) not in known
    ]
    if rows:
        connection.execute(insert(schema.people), rows)
    return len(rows)


def _ended_cells(made: MadeCall) -> Cells:
    ended_at = made.call.started_at + timedelta(seconds=made.ended.end_s)
    return call_cells(made.call) | {
        "state": CallState.ENDED.value,
        "ended_at": ended_at,
        "end_reason": made.ended.reason.value,
        "duration_s": made.ended.end_s,
        "blind": None,
        "dynamics": to_text(made.dynamics),
        "paused": None,
    }


def _line_cells(call_id: str, language: str, line: SpokenLine) -> Cells:
    return {
        "call_id": call_id,
        "utterance_id": line.utterance_id,
        "channel": line.channel,
        "speaker": CHANNELS[line.channel].value,
        "start_s": line.start_cs / 100,
        "end_s": line.ends_cs[-1] / 100,
        "text": " ".join(line.words),
        "words": words_text(line),
        "language": language,
        "confidence": line.confidence,
        "revision": REVISION,
        "trusted": True,
        "timing": TIMING,
        "late": False,
        "sought": None,
    }


def words_text(line: SpokenLine) -> str:
    """The words as the store's codec writes them; the grammar holds nothing that would need escaping."""
    parts, start = [], repr(line.start_cs / 100)
    for word, end_cs, sure in zip(line.words, line.ends_cs, line.sure, strict=True):
        end = repr(end_cs / 100)
        parts.append(f'{{"text":"{word}","start_s":{start},"end_s":{end},"probability":{sure!r}}}')
        start = end
    return f"[{','.join(parts)}]"


def _verdict_cells(stored: StoredFlag) -> Cells:
    assert stored.verdict is not None
    return {
        "flag_id": stored.flag.flag_id,
        "by": stored.verdict_by,
        "kind": stored.verdict.value,
        "at": stored.verdict_at,
        "rule_id": stored.flag.rule_id,
        "rule_version": stored.flag.rule_version,
        "tenant": stored.tenant,
        "team": stored.team,
        "language": None if stored.language is None else stored.language.value,
    }
