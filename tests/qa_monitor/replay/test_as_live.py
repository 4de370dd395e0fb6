"""A call gone through again from its sound comes to what it came to live; from nothing else."""

import asyncio
import json
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

import pytest

from qa_monitor.records.whole_calls import CallRecord
from qa_monitor.replay.one_call import Replayed
from streams.consent import Consent, ConsentSource, Notice
from streams.engine.engine import SpeechEngine
from streams.records import EndReason, GapReason, Language
from tests.qa_monitor.live_calls import Source, a_board, an_application, record_of, started
from tests.qa_monitor.playing import a_planned_call, dictated
from tests.qa_monitor.replaying import flags_of, packed_pace, replayed, texts_of

NAME = "en-2-charged-twice"
CALL = a_planned_call(NAME, until_s=30, call_id="c")
LINES = frozenset({"stands", "took", "asked", "cancelled", "promoted", "known"})
EVENTS = frozenset({"gap", "paused", "resumed", "language", "agent", "consent", "ended"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Of one call."""

    before: CallRecord
    after: CallRecord | None
    """As it is kept once the replays are over."""
    found: Replayed
    otherwise: Replayed
    """By a recogniser that hears other words in the same sound."""
    packed: bytes


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """A call played live, and replayed twice."""
    return asyncio.run(_play(tmp_path_factory.mktemp("replay")))


async def _play(folder: Path) -> Outcome:
    async with an_application(folder, CALL, NAME) as parts:
        board = a_board(parts)
        source = Source(board.line(), started(CALL), CALL.samples)
        await source.start()
        for second in range(1, 31):  # in pieces, so that the looks at it come as they come
            await source.send(float(second))
            await asyncio.sleep(0.01 * (second % 4))
        await source.end()
        await record_of(parts, board, "c")
        before, found = await replayed(parts, "c")
        with closing(_another_engine()) as engine:
            _, otherwise = await replayed(parts, "c", engine)
        packed = await packed_pace(parts, "c")
        after = await parts.store.record(before.call.call.call_id)
    assert packed is not None
    return Outcome(before=before, after=after, found=found, otherwise=otherwise, packed=packed)


def _another_engine() -> SpeechEngine:
    """It hears a call about nothing, with a word in it that no rule knows."""
    make = dictated(NAME, CALL, lambda line: "the weather has been fine all week in the harbour")
    return make(None)  # type: ignore[arg-type]  # a dictation asks for no settings


def test_a_replay_comes_to_the_same_flags_byte_for_byte(outcome: Outcome) -> None:
    """Words, seconds and the second at which each was decided; the original and the consoles see nothing of it."""
    before, found = outcome.before, outcome.found

    assert len(before.flags) >= 2
    assert found.as_live
    assert not found.strayed
    assert flags_of(found.record) == flags_of(before)
    assert texts_of(found.record) == texts_of(before)
    assert [replace(held, flag=replace(held.flag, raised_at=None)) for held in found.record.held] == [
        replace(held, flag=replace(held.flag, raised_at=None)) for held in before.held
    ]
    assert outcome.after == before


def test_what_a_replay_tells_is_heard_anew(outcome: Outcome) -> None:
    """The same sound at the same pace, but a recogniser that hears other words: nothing of what was known stays."""
    heard, texts = outcome.otherwise, texts_of(outcome.otherwise.record)

    assert heard.as_live
    assert not heard.strayed
    assert len(texts) == len(texts_of(outcome.before))
    assert all("harbour" in text for text in texts)
    # nobody greets anybody in it
    assert [flag.flag.rule_id for flag in heard.record.flags] == ["greeting_missing"]


def test_no_word_and_no_score_is_in_the_pace(outcome: Outcome) -> None:
    """Every cell of it is a number of samples, a second, or one of a few names that this release knows."""
    first, *lines = [json.loads(line) for line in zlib.decompress(outcome.packed).splitlines()]
    kinds = (GapReason, Language, Consent, Notice, ConsentSource, EndReason)
    known = LINES | EVENTS | {str(one.value) for kind in kinds for one in _members(kind)}
    call = outcome.before.call.call

    assert first[2:4] == [call.agent_id, call.team]
    assert {cell for line in lines for cell in _cells(line) if isinstance(cell, str)} <= known
    seconds = [cell for line in lines for cell in _cells(line) if isinstance(cell, float)]
    assert all(second >= 30.0 for second in seconds), "a score between 0 and 1 would be among them"
    said = {word.strip(".,?").lower() for text in texts_of(outcome.before) for word in text.split()}
    assert not {word for word in said - known if len(word) > 3 and word in json.dumps(lines)}


def _members(kind: type[Enum]) -> Iterator[Enum]:
    return iter(kind)


def _cells(line: list[object]) -> Iterator[object]:
    for cell in line:
        if isinstance(cell, list):
            yield from _cells(cell)
        else:
            yield cell
