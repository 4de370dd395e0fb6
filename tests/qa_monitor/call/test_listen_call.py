"""Listening to a live call: heard is what was screened, and nothing else; without a socket."""

import asyncio
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa_monitor.application import Application
from qa_monitor.call.recording.listeners import Listener, Parted
from qa_monitor.call.recording.screened_audio import Block
from tests.qa_monitor.dictation import Dictated
from tests.qa_monitor.live_calls import Source, an_application, started
from tests.qa_monitor.playing import a_planned_call

ENGLISH = "en-2-charged-twice"
CALL = a_planned_call(ENGLISH, until_s=16, call_id="c")
CARD = "my card number is 4242 4242 4242 4242 thank you"
Audio = NDArray[np.int16]


async def heard_by(listener: Listener, length: int) -> Audio:
    """All that was given, at its place; the rest is silence."""
    audio = np.zeros((length, 2), np.int16)
    while True:
        given = await listener.next(30.0)
        assert given is not None
        if isinstance(given, Parted):
            assert given is Parted.ENDED
            return audio
        put(audio, given)


def put(audio: Audio, block: Block) -> None:
    first = round(block.start_s * CALL.rate_hz)
    audio[first : first + len(block.samples)] = block.samples


async def listened(parts: Application) -> Audio:
    """The whole call, paused between 12 and 13 s, as somebody heard it who came at its start."""
    board = parts.switchboard
    source = Source(board.line(), started(CALL), CALL.samples)
    await source.start()
    listener = board.live[CALL.call_id].listeners.join()
    hearing = asyncio.create_task(heard_by(listener, len(CALL.samples)))
    await source.send(12.0)
    assert board.pause(CALL.call_id)
    await source.send(13.0)
    assert board.resume(CALL.call_id)
    await source.send(16.0)
    await source.end()
    return await hearing


def a_card(line: Dictated) -> str:
    """In the customer's long turn, a card number."""
    return CARD if line.channel == 0 and line.start_s < 8 < line.end_s else line.text


def test_what_is_heard_is_what_is_kept(tmp_path: Path) -> None:
    """A card number is silent in both, and so is what was said while the call was paused."""

    async def play() -> tuple[Audio, Audio]:
        async with an_application(tmp_path, CALL, ENGLISH, a_card) as parts:
            heard = await listened(parts)
            await parts.switchboard.drain(30)
            kept = parts.audio.read(CALL.call_id, 0.0, 16.0)
            assert kept is not None
            return heard, kept

    heard, kept = asyncio.run(play())
    rate = CALL.rate_hz
    missing = (CALL.samples != 0).any(axis=1) & ~heard.any(axis=1)

    assert np.array_equal(heard, kept)
    assert CALL.samples[12 * rate : 13 * rate].any()
    assert not heard[12 * rate : 13 * rate].any()
    assert missing[4 * rate : 12 * rate].sum() > rate, "the number is silent"
    assert not missing[: 3 * rate].any()
