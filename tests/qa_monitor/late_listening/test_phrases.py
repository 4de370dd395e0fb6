"""A phrase that the recogniser misheard is found on the audio, also where nobody listened while it was said.

Real models, each of the three ways to text that comes after the fact; synthetic voices in noise.
"""

import asyncio
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from alerts.records import FlagState, RedFlag
from qa_monitor.app import open_application
from qa_monitor.application import Application
from qa_monitor.bring.jobs import UNDER_WAY, Import, ImportState
from qa_monitor.bring.one_file import digest_of
from qa_monitor.config import Settings
from qa_monitor.records.calls import BACKLOG, LATER
from qa_monitor.records.utterances import StoredUtterance
from qa_monitor.records.whole_calls import CallRecord
from qa_monitor.simulator.scenario import PlannedCall
from streams.engine.engine import SpeechEngine
from streams.model.whisper import SpeechModel
from streams.records import CallId, Speaker
from tests.qa_monitor.live_calls import Source, started
from tests.qa_monitor.playing import a_planned_call, truth_of
from tests.qa_monitor.service import settings_for

pytestmark = [pytest.mark.slow, pytest.mark.model, pytest.mark.timeout(600)]

NAME = "fr-2-prelevement-double"
LINE = 1
"""Of the call: "Bonjour, vous avez prélevé deux fois la facture […] et maintenant je veux un remboursement."."""
PHRASE = "remboursement"
NOISE_DB = 15.0
"""So much weaker than the voice."""
WITHIN_S = 240.0


def a_conversation() -> PlannedCall:
    """A bundled call up to the end of that line, with noise in it: what is wanted is not understood."""
    said = truth_of(NAME).utterances[LINE]
    call = a_planned_call(NAME, until_s=said.end_s + 1.0, call_id="misheard")
    samples = call.samples.astype(np.float64)
    line = samples[round((said.start_s - 0.5) * call.rate_hz) :, call.channels.index(Speaker.CUSTOMER)]
    level = np.sqrt((line**2).mean()) * 10 ** (-NOISE_DB / 20)
    line += np.random.default_rng(0).normal(0, level, len(line))
    return replace(call, samples=np.clip(samples, -32768, 32767).astype(np.int16))


def no_place(model: SpeechModel) -> SpeechEngine:
    """Everything live is refused; what comes later has its own places."""
    return SpeechEngine(model, workers=2, queue_size=0)


async def whole(parts: Application, call_id: CallId) -> CallRecord:
    """The call once nothing of it is to come any more."""
    async with asyncio.timeout(WITHIN_S):
        while True:
            found = await parts.store.record(call_id)
            ended = found is not None and found.call.ended_at is not None
            if found is not None and ended and found.utterances and found.call.blind not in (LATER, BACKLOG):
                return found
            await asyncio.sleep(0.05)


async def followed(parts: Application, *, put_off: bool) -> CallRecord:
    """A call of today, over the switchboard."""
    call = a_conversation()
    source = Source(line=parts.switchboard.line(), call=started(call), samples=call.samples)
    await source.start()
    if put_off:
        parts.switchboard.live[CallId(call.call_id)].put_off()
    await source.send(call.duration_s)
    await source.end()
    return await whole(parts, CallId(call.call_id))


async def brought_in(parts: Application, folder: Path) -> CallRecord:
    """A recording of a call that was over long ago."""
    planned, path = a_conversation(), folder / "call.wav"
    await asyncio.to_thread(soundfile.write, path, planned.samples, planned.rate_hz)
    sha256 = digest_of(path)
    call = started(planned, metadata={"imported": sha256}, dialect="imported")
    job = parts.after.imports.add(Import(sha256=sha256, call=call, path=path, duration_s=planned.duration_s))
    async with asyncio.timeout(WITHIN_S):
        while job.state in UNDER_WAY:  # noqa: ASYNC110  # what is waited for is a state, not an event
            await asyncio.sleep(0.05)
    assert job.state is ImportState.DONE, job.problem
    return await whole(parts, call.call_id)


def found_by(way: str, folder: Path, model: SpeechModel, **changes: object) -> CallRecord:
    """`late`: no pass was free for what was said. `put off`: it was only recorded. `recording`: it is brought in."""

    async def run() -> CallRecord:
        def make(_: Settings) -> SpeechEngine:
            return no_place(model) if way == "late" else SpeechEngine(model, workers=2)

        async with open_application(settings_for(folder, **changes), make) as parts:
            if way == "recording":
                return await brought_in(parts, folder)
            return await followed(parts, put_off=way == "put off")

    return asyncio.run(run())


def refunds_in(found: CallRecord) -> list[RedFlag]:
    return [stored.flag for stored in found.flags if stored.flag.rule_id == "refund"]


def wanted_in(found: CallRecord) -> StoredUtterance:
    """What the customer said last."""
    return [kept for kept in found.utterances if kept.utterance.speaker is Speaker.CUSTOMER][-1]


@pytest.mark.parametrize("way", ["late", "put off", "recording"])
def test_the_phrase_is_found_whenever_it_is_transcribed(way: str, tmp_path: Path, speech_model: SpeechModel) -> None:
    """Once; what was asked is kept; what came late says so, and what was recognised."""
    found = found_by(way, tmp_path, speech_model)
    wanted, (flag,) = wanted_in(found), refunds_in(found)
    (asked,) = [one for one in wanted.utterance.sought if PHRASE in one.text]
    english, french = flag.evidence.explanation_en, flag.evidence.explanation_fr

    assert PHRASE not in wanted.utterance.text
    assert asked.heard in wanted.utterance.text
    assert flag.state is not FlagState.WITHDRAWN
    assert asked.heard.strip(".") in english
    assert asked.heard.strip(".") in french
    assert all(kept.late is (way != "recording") for kept in found.utterances)
    assert english.startswith("Found later") is (way != "recording")
    assert french.startswith("Trouvé après coup") is (way != "recording")


@pytest.mark.parametrize("way", ["late", "put off", "recording"])
def test_switched_off_nothing_is_asked(way: str, tmp_path: Path, speech_model: SpeechModel) -> None:
    """The words are there as they were recognised, and that is all."""
    found = found_by(way, tmp_path, speech_model, score_phrases=False)

    assert "facture" in wanted_in(found).utterance.text
    assert PHRASE not in wanted_in(found).utterance.text
    assert not any(kept.utterance.sought for kept in found.utterances)
    assert refunds_in(found) == []
