"""Made calls as rows, by table.

Rows are those that live calls leave: the store's own functions make them, except for utterances and their words, of
which there are too many; a test compares those with the store's.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Table

from qa_monitor.records.calls import CallState, StoredCall
from qa_monitor.records.flags import StoredFlag
from qa_monitor.reports.repeats import Repeated
from qa_monitor.scorecards.records import CallScore
from qa_monitor.seed.records import CHANNELS, REVISION, MadeCall, SpokenLine
from qa_monitor.store.calls.consents import announced_cells
from qa_monitor.store.calls.rows import agent_cells, call_cells
from qa_monitor.store.calls.stretches import gap_cells, hold_cells
from qa_monitor.store.calls.utterance_rows import emotion_cells
from qa_monitor.store.flags.rows import flag_cells, held_cells
from qa_monitor.store.scorecards.rows import answer_cells, score_cells
from qa_monitor.store.shared.cells import Cells
from qa_monitor.store.shared.codec import to_text
from qa_monitor.store.tables import schema
from streams.records import CallId, Speaker, Timing

TIMING = to_text(Timing(endpoint_s=0.5, queued_s=0.04, speech_s=0.22))
LINES = tuple(schema.utterances.c.keys())
"""The columns of an utterance, in the order of its cells here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Rows of some calls, to be written together. Made of plain values: it goes from one process to another."""

    calls: Mapping[CallId, Repeated]
    """In order, with what their words tell of repeated contact."""
    rows: Mapping[str, Sequence[Cells]]
    """By the name of their table."""
    lines: Sequence[tuple[object, ...]]
    """Of utterances, which are most of all: the values of `LINES`."""


class Rows:
    """Collects the rows of calls, which are to be added in order."""

    def __init__(self, generation: str, next_sequence: int) -> None:
        self._generation = generation
        self._next_sequence = next_sequence
        """The number of the next change of a flag."""
        self._calls: dict[CallId, Repeated] = {}
        self._rows: dict[str, list[Cells]] = defaultdict(list)
        self._lines: list[tuple[object, ...]] = []

    def __len__(self) -> int:
        """How many calls there are rows of."""
        return len(self._calls)

    def add(self, made: MadeCall) -> None:
        """All rows of one call."""
        call_id = made.call.call_id
        self._calls[call_id] = made.repeated
        self._of(schema.calls).append(_ended_cells(made))
        self._of(schema.call_channels).extend(
            {"call_id": call_id, "channel": channel, "speaker": speaker.value}
            for channel, speaker in enumerate(made.call.channels)
        )
        self._of(schema.call_agents).extend(agent_cells(call_id, agent) for agent in made.agents)
        self._of(schema.consents).append(announced_cells(made.call))
        self._of(schema.gaps).extend(gap_cells(gap) for gap in made.gaps)
        self._of(schema.holds).extend(hold_cells(hold) for hold in made.holds)
        language = made.language.value
        self._lines += [tuple(line_cells(call_id, language, line).values()) for line in made.spoken.lines]
        self._add_voice(made)
        for life in made.flag_lives:
            self._add_flag([stored for _, stored in life], [at for at, _ in life])
        held = {(one.flag.flag_id, one.reason, one.flag.raised_s): one for one in made.held}
        self._of(schema.held_flags).extend(held_cells(one) for one in held.values())
        self._add_score(made.score)

    def taken(self) -> Batch:
        """All that was collected, which is forgotten here."""
        batch = Batch(calls=self._calls, rows=dict(self._rows), lines=self._lines)
        self._calls, self._rows, self._lines = {}, defaultdict(list), []
        return batch

    def _of(self, table: Table) -> list[Cells]:
        return self._rows[table.name]

    def _add_voice(self, made: MadeCall) -> None:
        stored = StoredCall(call=made.call, state=CallState.ENDED)
        self._of(schema.emotions).extend(emotion_cells(score, Speaker.CUSTOMER, stored) for score in made.emotions)
        if made.course is not None:
            self._of(schema.courses).append(
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
        self._of(schema.call_scores).append(score_cells(score))
        self._of(schema.score_answers).extend(
            {**answer_cells(score.score_id, answer), "number": number} for number, answer in enumerate(score.answers)
        )

    def _add_flag(self, states: Sequence[StoredFlag], moments: Sequence[object]) -> None:
        """Every change of a flag as an event, and the flag as it stands."""
        for stored, at in zip(states, moments, strict=True):
            event = {
                "sequence": self._next_sequence,
                "generation": self._generation,
                "flag_id": stored.flag.flag_id,
                "body": to_text(stored),
                "at": at,
            }
            self._of(schema.flag_events).append(event)
            self._next_sequence += 1
        last = states[-1]
        self._of(schema.flags).append(flag_cells(last) | {"sequence": self._next_sequence - 1})
        if last.care.delivered_at is not None:
            shown = {"coach": last.care.desk, "flag_id": last.flag.flag_id, "drawn_at": last.care.delivered_at}
            self._of(schema.shown_flags).append(shown)
        if last.verdict is not None:
            self._of(schema.verdicts).append(_verdict_cells(last))


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


def line_cells(call_id: str, language: str, line: SpokenLine) -> Cells:
    """An utterance, by the names of `LINES`."""
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
