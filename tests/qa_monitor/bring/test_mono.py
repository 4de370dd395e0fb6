"""A recording in which both sides are on one channel: its text is there, and nothing is said of either side."""

import asyncio
from pathlib import Path

import numpy as np
import soundfile

from qa_monitor.app import open_application
from qa_monitor.bring.one_file import bring_in, call_of, digest_of
from qa_monitor.bring.records import facts_of
from qa_monitor.records.whole_calls import CallRecord
from qa_monitor.replay.pacing import Progress
from streams.records import Speaker
from tests.qa_monitor.dictation import Dictated, Dictation
from tests.qa_monitor.playing import a_planned_call, truth_of
from tests.qa_monitor.replaying import a_stage, texts_of
from tests.qa_monitor.service import settings_for

NAME, UNTIL_S = "en-2-charged-twice", 26.2
SAID = {"began_at": "2026-03-29T14:05:00+02:00", "call_id": "c", "language": "en", "notice": "played"}


async def brought_in(folder: Path) -> CallRecord:
    """The call that comes of a bundled one mixed down, with consent."""
    call, truth = a_planned_call(NAME, until_s=UNTIL_S), truth_of(NAME)
    mixed = call.samples.sum(axis=1, dtype=np.int32).clip(-32_768, 32_767).astype(np.int16)[:, np.newaxis]
    lines = [
        Dictated(channel=0, start_s=line.start_s, end_s=line.end_s, text=line.text)
        for line in truth.utterances
        if line.end_s <= UNTIL_S
    ]
    path = folder / "mono.flac"
    soundfile.write(path, mixed, call.rate_hz)
    engine = Dictation(mixed, call.rate_hz, lines, truth.language).engine
    async with open_application(settings_for(folder / "data"), lambda _: engine()) as parts:
        one, _ = call_of(path, digest_of(path), facts_of({**SAID, "consent": "granted"}))
        call_id = await bring_in(a_stage(parts), parts.store.imports, path, one, Progress())
        record = await parts.store.record(call_id)
    assert record is not None
    return record


def test_nothing_is_said_of_who_spoke_in_a_mono_recording(tmp_path: Path) -> None:
    """Its words are those of the call; no flag blames the customer or the agent, and no voice is judged."""
    record = asyncio.run(brought_in(tmp_path))

    text = " ".join(texts_of(record))
    assert record.call.call.channels == (Speaker.MIXED,)
    assert "money back" in text
    assert "talk to my lawyer" in text
    assert {kept.utterance.speaker for kept in record.utterances} == {Speaker.MIXED}
    assert {flag.flag.evidence.speaker for flag in record.flags} <= {Speaker.MIXED}
    assert not any(kept.emotion for kept in record.utterances)
    dynamics = record.call.dynamics
    assert dynamics is not None
    assert dynamics.talk_over_total_s == 0.0
