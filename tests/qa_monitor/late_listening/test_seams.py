"""Where a call passes from being followed to being recorded and back: what is missing of it is said, whatever ends."""

import asyncio
import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from bench.sounds.tunes import Style, tune
from qa_monitor.application import Application
from qa_monitor.call.pace.pace import Beginning
from qa_monitor.call.pipeline import CallPipeline
from qa_monitor.call.recording.recorded import Stretch
from qa_monitor.call.recording.screened_audio import Block
from qa_monitor.call.recording.unheard import UnheardSound
from qa_monitor.load.choosing import Choosing
from qa_monitor.records.calls import BACKLOG, LATER
from qa_monitor.records.whole_calls import CallRecord
from qa_monitor.simulator.scenario import PlannedCall
from streams.consent import Consent, Notice
from streams.records import CallEnded, CallId, EndReason
from tests.qa_monitor.builders import NOON, a_call
from tests.qa_monitor.late_listening.test_put_aside import played, settled
from tests.qa_monitor.live_calls import Source
from tests.qa_monitor.live_calls import an_application as an_idle_application
from tests.qa_monitor.load.test_overload import NOBODY_PUT_OFF, a_source, an_application, made_up, until, words_of
from tests.qa_monitor.playing import a_planned_call
from tests.qa_monitor.slow_speech import SlowSpeech

pytestmark = pytest.mark.slow
ENGLISH = "en-2-charged-twice"
MUSIC_S = (9.0, 40.0)
Cut = Sequence[tuple[float, bool]]
"""Up to when, and whether it is followed from then on."""


@pytest.mark.parametrize("live", [True, False])
def test_a_service_that_is_killed_does_not_take_a_call_for_whole_whose_late_text_it_had_in_memory(
    tmp_path: Path, live: bool
) -> None:
    """Some was too late while the call was followed, the rest was only recorded: that is on the disk, the former not.

    The one that is killed while the call goes on, or once it is over, and one that is not.
    """
    call = a_planned_call(ENGLISH, until_s=24)
    speech = SlowSpeech(ENGLISH, call)
    folder, killed = tmp_path / "whole", tmp_path / "killed"

    async def play() -> CallRecord:
        async with an_application(folder, speech) as parts:
            parts.heart._warden._choosing = Choosing(NOBODY_PUT_OFF)
            source = a_source(parts, call)
            await source.start()
            pipeline = parts.switchboard.live[CallId(call.call_id)]
            speech.hold_up()
            await source.send(14)
            await until(lambda: parts.engine.load().waiting >= 1)
            speech.pass_time(20)
            await until(lambda: parts.heart.later_s > 0)
            pipeline.put_off()
            await source.send(24)
            await until(lambda: pipeline.now_s > 23.5)
            await asyncio.to_thread(shutil.copytree, folder, killed) if live else None
            await source.end()
            await until(lambda: not parts.switchboard.live)
            None if live else await asyncio.to_thread(shutil.copytree, folder, killed)
            speech.let_go()
            return await made_up(parts, call.call_id)

    async def again() -> CallRecord:
        async with an_application(killed, SlowSpeech(ENGLISH, call)) as parts:
            before = await parts.store.call(CallId(call.call_id))
            assert before is not None
            assert before.blind == LATER
            return await made_up(parts, call.call_id)

    whole, cut = asyncio.run(play()), asyncio.run(again())

    assert whole.call.blind is None
    assert cut.utterances
    assert len(words_of(cut)) < len(words_of(whole))
    assert cut.call.blind == BACKLOG


def a_call_on_hold() -> PlannedCall:
    """Words, music on the agent's side, words."""
    call = a_planned_call(ENGLISH, until_s=46)
    samples = call.samples.copy()
    first, last = (round(second * call.rate_hz) for second in MUSIC_S)
    samples[first:last] = 0
    samples[first:last, 1] = tune(Style.CHORDS, 3, MUSIC_S[1] - MUSIC_S[0])
    return replace(call, samples=samples)


@pytest.mark.parametrize(
    "cut",
    [
        [(0.0, False)],
        [(20.0, False)],
        [(0.0, False), (20.0, True)],
        [(16.0, False), (28.0, True)],
        [(0.0, False), (17.0, True), (29.0, False)],
    ],
)
def test_music_over_a_seam_is_one_hold(tmp_path: Path, cut: Cut) -> None:
    """And the whole call's figures know of all of it, and of the words on its other side."""

    async def between(_: Application, source: Source, pipeline: CallPipeline) -> None:
        for until_s, follows in cut:
            await settled(source, pipeline, until_s, follows=follows)
        await source.send(46.0)

    found = played(tmp_path, between, a_call_on_hold()).found
    dynamics = found.call.dynamics

    assert [(hold.start_s, hold.end_s) for hold in found.holds] == [pytest.approx(MUSIC_S, abs=1.5)]
    assert dynamics is not None
    assert dynamics.now_s == pytest.approx(46.0, abs=0.5)
    assert dynamics.hold_total_s == pytest.approx(MUSIC_S[1] - MUSIC_S[0], abs=4.0)
    assert dynamics.silence_total_s < 10


def test_what_is_wrong_at_the_end_of_a_call_stays_known_while_its_middle_is_listened_to(tmp_path: Path) -> None:
    """Nobody scores, deletes or replays it before; then it says what its live end said."""
    call = a_planned_call(ENGLISH, until_s=34)
    samples = call.samples.copy()
    samples[8 * call.rate_hz :] = samples[8 * call.rate_hz :].sum(axis=1, keepdims=True)
    call = replace(call, samples=samples)
    speech = SlowSpeech(ENGLISH, call)

    async def play() -> tuple[str | None, str | None]:
        async with an_application(tmp_path, speech) as parts:
            parts.heart._warden._choosing = Choosing(NOBODY_PUT_OFF)
            source = a_source(parts, call)
            await source.start()
            pipeline = parts.switchboard.live[CallId(call.call_id)]
            await settled(source, pipeline, 0.0, follows=False)
            await settled(source, pipeline, 8.0, follows=True)
            await source.send(34)
            await until(lambda: pipeline.now_s > 33.5 and not pipeline._ears.awaits_finals)
            speech.hold_up()
            await source.end()
            await until(lambda: not parts.switchboard.live)
            over = await parts.store.call(CallId(call.call_id))
            assert over is not None
            speech.let_go()
            return over.blind, (await made_up(parts, call.call_id)).call.blind

    over, heard = asyncio.run(play())

    assert over == LATER
    # on a machine that is slow the recording comes to a halt while its finals are waited for, which is told first
    assert heard in {"identical_channels", "no_audio"}


def test_a_call_that_cannot_be_listened_to_keeps_no_other_waiting(tmp_path: Path) -> None:
    """What was recorded of it has a side more than the call."""
    beginning = Beginning(agent_id="a", team="t", notice=Notice.PLAYED, consent=Consent.GRANTED)
    began = Stretch(heard_until_s=(0.0, 0.0), beginning=beginning)

    async def play() -> list[str | None]:
        async with an_idle_application(tmp_path) as parts:
            unheard = parts.switchboard._shared.unheard
            assert unheard is not None
            for number, sides in enumerate((3, 2)):
                call = a_call(f"c-{number}", started_at=NOON + timedelta(minutes=number))
                await parts.store.save_call(call)
                sound = UnheardSound(call.call_id, unheard)
                await sound.begin(None)
                for part in (began, Block(start_s=0.0, samples=np.zeros((8 * call.rate_hz, sides), np.int16))):
                    assert await sound.add(part, call.rate_hz) == 0.0
                await parts.store.end_call(CallEnded(call_id=call.call_id, end_s=8.0, reason=EndReason.END), NOON)
            return [(await made_up(parts, f"c-{number}")).call.blind for number in (1, 0)]

    assert asyncio.run(play()) == [None, BACKLOG]
