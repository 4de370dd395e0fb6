"""Calls in the forms that other systems read."""

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from qa_monitor.export.lines import csv_lines, heading, json_lines
from qa_monitor.export.parquet import ParquetFile, available
from qa_monitor.export.rows import CALLS, row_of
from qa_monitor.export.scores import SCORES, ScoredCall, rows_of
from qa_monitor.export.vcon import Sound, vcon
from qa_monitor.records.calls import CallAgent, CallState, StoredCall
from qa_monitor.records.utterances import StoredUtterance
from qa_monitor.records.whole_calls import CallRecord
from qa_monitor.scorecards.records import Answer, AnswerValue, CallScore, Scorecard, ScoreId, Span
from qa_monitor.spreadsheets import safe
from streams.records import Language
from tests.qa_monitor.builders import a_call, a_gap, a_stored_flag, an_utterance
from tests.qa_monitor.scorecard_builders import CARD

NOW = datetime(2026, 3, 29, 12, 0, tzinfo=UTC)
CALL = a_call()
STORED = StoredCall(
    call=CALL,
    state=CallState.ENDED,
    ended_at=NOW,
    duration_s=30.0,
    agents=(CallAgent(agent_id=CALL.agent_id, team=CALL.team, from_s=0.0), CallAgent(agent_id="b", team="t", from_s=9)),
)
RECORD = CallRecord(
    call=STORED,
    utterances=(StoredUtterance(utterance=an_utterance()),),
    flags=(a_stored_flag(),),
    held=(),
    gaps=(a_gap(),),
)


def listed(found: Mapping[str, object], name: str) -> list[dict[str, Any]]:
    """A list of objects, as it is read back."""
    read: list[dict[str, Any]] = json.loads(json.dumps(found[name]))
    return read


def test_a_row_has_every_column_and_reads_back() -> None:
    """What a caller or a system named holds quotes, commas and line breaks."""
    odd = replace(STORED, call=replace(CALL, team='sales, "north"\nwest', agent_id="=HYPERLINK(1)"))

    (row,) = csv.DictReader(io.StringIO(heading(CALLS) + csv_lines([row_of(odd)], CALLS)))

    assert tuple(row) == CALLS.names
    assert (row["team"], row["agent_id"]) == ('sales, "north"\nwest', "'=HYPERLINK(1)")
    assert (row["agents"], row["duration_s"]) == ("2", "30.0")
    assert json.loads(json_lines([row_of(odd)]))["agent_id"] == "=HYPERLINK(1)"


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@x", "\tx", "\rx"])
def test_no_cell_is_taken_for_a_formula(cell: str) -> None:
    assert safe(cell) == f"'{cell}"


def test_numbers_below_nothing_stay_numbers() -> None:
    assert safe(-1.5) == -1.5


def test_a_vcon_has_what_the_draft_asks_for() -> None:
    """Its required fields, parties by index, bodies as texts, one name for the same call."""
    found = vcon(RECORD, Sound(url="https://qa.example/v1/calls/c/audio", sha512=b"\xff" * 64), NOW)

    assert (found["vcon"], found["created_at"]) == ("0.4.0", "2026-03-29T12:00:00.000+00:00")
    name = UUID(str(found["uuid"]))
    assert (name.version, name.variant) == (8, "specified in RFC 4122")
    assert vcon(RECORD, None, NOW)["uuid"] == found["uuid"]
    (dialog,) = listed(found, "dialog")
    assert dialog["type"] == "recording"
    assert dialog["content_hash"] == "sha512-" + "_" * 85 + "w"
    parties = listed(found, "parties")
    assert all(index < len(parties) for index in dialog["parties"])
    assert parties[-1] == {"role": "agent", "name": "b"}
    for analysis in listed(found, "analysis"):
        assert {"type", "vendor", "body", "encoding", "dialog"} <= set(analysis)
        assert isinstance(json.loads(analysis["body"]), list | dict)
    for attachment in listed(found, "attachments"):
        assert {"start", "party", "dialog", "body", "encoding"} <= set(attachment)


def test_without_a_recording_the_dialog_names_none() -> None:
    (dialog,) = listed(vcon(RECORD, None, NOW), "dialog")

    assert "url" not in dialog


@pytest.mark.skipif(not available(), reason="pyarrow is not installed: it is the extra `parquet`")
def test_a_parquet_file_has_the_same_rows(tmp_path: Path) -> None:
    """Group by group, with types of their own."""
    from pyarrow import parquet

    with ParquetFile(tmp_path / "calls.parquet", CALLS) as file:
        file.add([row_of(STORED)])
        file.add([row_of(STORED)])

    assert parquet.read_table(tmp_path / "calls.parquet").to_pylist() == [row_of(STORED)] * 2


def a_scored_call(*answers: Answer) -> ScoredCall:
    score = CallScore(
        score_id=ScoreId("s"),
        call_id=CALL.call_id,
        scorecard_id=CARD.scorecard_id,
        version=CARD.version,
        at=NOW,
        total=62.5,
        answers=answers,
    )
    return ScoredCall(
        score=score, tenant="default", team="north", agent_id="agent-7", language=Language.FR, started_at=NOW
    )


def an_answer(**changes: Any) -> Answer:
    given: dict[str, Any] = {
        "question_id": "greeting",
        "section_id": "opening",
        "value": AnswerValue.YES,
        "at": NOW,
    } | changes
    return Answer(**given)


def test_each_answer_is_a_row_with_its_evidence_and_who_gave_it() -> None:
    spans = (Span(start_s=12.3, end_s=15), Span(start_s=40.1, end_s=41.004))
    machine = an_answer(points=2.0, possible=2.0, confidence=0.9, spans=spans, rule_id="greets", rule_version="1")
    person = an_answer(
        question_id="offer", value=AnswerValue.NO, by="ann", reason="=not heard", machine_value=AnswerValue.YES
    )

    first, second = rows_of(a_scored_call(machine, person), CARD)

    assert tuple(first) == tuple(second) == SCORES.names
    assert (first["evidence_s"], first["answered"], first["answered_by"]) == (
        "12.30-15.00 40.10-41.00",
        "machine",
        None,
    )
    assert (first["question_fr"], first["total"], first["points"], first["failed"]) == ("Demandé ?", 62.5, 2.0, 0)
    assert (second["answered"], second["answered_by"], second["machine_value"]) == ("human", "ann", "yes")
    assert (second["evidence_s"], second["confidence"]) == (None, None)
    assert "'=not heard" in csv_lines([second], SCORES)


def test_a_question_that_no_scorecard_knows_any_more_keeps_its_answer() -> None:
    gone = Scorecard(scorecard_id="support", version="0", name_en="", name_fr="", sections=())

    for scorecard in (None, gone):
        (row,) = rows_of(a_scored_call(an_answer()), scorecard)
        assert (row["question_id"], row["question_en"], row["value"]) == ("greeting", None, "yes")


@pytest.mark.skipif(not available(), reason="pyarrow is not installed: it is the extra `parquet`")
def test_scores_are_a_parquet_file_too(tmp_path: Path) -> None:
    from pyarrow import parquet

    rows = rows_of(a_scored_call(an_answer(), an_answer(confidence=0.25)), CARD)
    with ParquetFile(tmp_path / "scores.parquet", SCORES) as file:
        file.add(rows)

    assert parquet.read_table(tmp_path / "scores.parquet").to_pylist() == rows
