"""Recordings that are brought in wait for live calls: told by the order in which the engine takes its windows."""

import asyncio

from qa_monitor.replay.spare import AT_ONCE, SpareEngine
from streams.engine.batching import Kind
from streams.engine.job_queue import Pass
from tests.streams.engine.busy_engine import a_busy_engine
from tests.streams.scripted import ScriptedModel, a_window

RECORDED, LIVE = (2, 3, 4, 5), (6, 7, 8)
TURNS = 20
"""Of the event loop: enough for all that waits to be handed on, and no time passes in them."""


def test_live_finals_go_before_every_window_of_an_import() -> None:
    """Also before those that the engine was given earlier; and the import takes a few of its places, not all."""

    async def taken() -> tuple[list[list[float]], int]:
        model = ScriptedModel()
        with a_busy_engine(model, queue_size=64) as (engine, _):
            spare = SpareEngine(engine, room=lambda: True)
            working = asyncio.create_task(spare.work())
            recorded = [asyncio.wrap_future(spare.submit(a_window(mark=mark))) for mark in RECORDED]
            for _ in range(TURNS):
                await asyncio.sleep(0)
            before = spare.waiting
            live = [asyncio.wrap_future(engine.submit(a_window(mark=mark), Kind.FINAL)) for mark in LIVE]
            model.let()
            await asyncio.gather(*recorded, *live)
            working.cancel()
            return model.batches, before

    batches, waited = asyncio.run(taken())

    assert batches == [[1], [*LIVE], *([mark] for mark in RECORDED)]
    assert waited == len(RECORDED) - AT_ONCE


def test_an_import_asks_for_nothing_while_live_calls_leave_no_room() -> None:
    """What it asks for then goes on as soon as they do."""

    async def taken() -> list[list[float]]:
        model, room = ScriptedModel(), [False]
        with a_busy_engine(model, queue_size=64) as (engine, _):
            spare = SpareEngine(engine, room=lambda: room[0])
            working = asyncio.create_task(spare.work())
            recorded: list[asyncio.Future[Pass]] = [
                asyncio.wrap_future(spare.submit(a_window(mark=mark))) for mark in RECORDED
            ]
            for _ in range(TURNS):
                await asyncio.sleep(0)
            model.let()
            await asyncio.wrap_future(engine.submit(a_window(mark=6), Kind.FINAL))
            await asyncio.wrap_future(engine.submit(a_window(mark=7), Kind.PARTIAL))
            assert not any(one.done() for one in recorded)
            room[0] = True
            await asyncio.gather(*recorded)
            working.cancel()
            return model.batches

    assert asyncio.run(taken()) == [[1], [6], [7], *([mark] for mark in RECORDED)]
