"""Where a call passes from being followed to being recorded and back: what is missing of it is said, whatever ends."""

import asyncio
import shutil
from pathlib import Path

import pytest

from qa_monitor.load.choosing import Choosing
from qa_monitor.store.records import BACKLOG, LATER, CallRecord
from streams.records import CallId
from tests.qa_monitor.load.test_overload import NOBODY_PUT_OFF, a_source, an_application, made_up, until, words_of
from tests.qa_monitor.playing import a_planned_call
from tests.qa_monitor.slow_speech import SlowSpeech

pytestmark = pytest.mark.slow
ENGLISH = "en-2-charged-twice"


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
