"""What the warden found out reaches operators: how many calls are followed, and how many more fit."""

import asyncio
from contextlib import AsyncExitStack
from math import isnan
from pathlib import Path
from time import monotonic

import numpy as np
from prometheus_client.parser import text_string_to_metric_families

from qa_monitor.app import open_application
from qa_monitor.application import Application
from qa_monitor.routes.health import metrics
from qa_monitor.routes.latency import latency
from qa_monitor.shedding.levels import Shedding
from streams.records import Language
from tests.qa_monitor.dictation import Dictation
from tests.qa_monitor.live_calls import Source, started
from tests.qa_monitor.playing import a_planned_call
from tests.qa_monitor.service import settings_for

NAMES = ("calls_followed", "calls_capacity", "calls_room")


async def told(parts: Application) -> list[float]:
    """The figures of these names in `/metrics`."""
    text = bytes((await metrics(parts)).body).decode()
    found = {sample.name: sample.value for each in text_string_to_metric_families(text) for sample in each.samples}
    return [found[name] for name in NAMES]


async def with_calls(folder: Path, calls: int, *, level: int = 0, limit: int | None = 2) -> tuple[list[float], object]:
    """What operators are told while so many calls are in progress, nobody speaking, and the limit is this."""
    nobody = Dictation(np.zeros((16_000, 2), np.int16), 8_000, [], Language.FR)
    planned = a_planned_call("en-2-charged-twice", until_s=1)
    async with AsyncExitStack() as stack:
        settings = settings_for(folder, follow_calls=limit)
        parts = await stack.enter_async_context(open_application(settings, lambda _: nobody.engine()))
        for number in range(calls):
            call = started(planned, call_id=f"call-{number}")
            await Source(line=parts.switchboard.line(), call=call, samples=planned.samples).start()
        parts.heart._warden.look(monotonic())
        parts.heart._shared.shedding.now = Shedding(level=level)
        answer = await latency(parts)
        return await told(parts), [answer.calls_followed, answer.calls_capacity, answer.calls_room]


def test_there_is_room_for_what_the_limit_leaves(tmp_path: Path) -> None:
    """In `/metrics` and in the answer of which the page of figures is made."""
    told, answered = asyncio.run(with_calls(tmp_path, 1))

    assert told == answered == [1, 2, 1]


def test_beyond_its_capacity_there_is_room_for_none(tmp_path: Path) -> None:
    """Calls that are only recorded are not followed; the room is never negative."""
    told, _ = asyncio.run(with_calls(tmp_path, 3))

    assert told == [2, 2, 0]


def test_where_no_new_call_is_followed_there_is_no_room(tmp_path: Path) -> None:
    told, _ = asyncio.run(with_calls(tmp_path, 1, level=5))

    assert told == [1, 2, 0]


def test_where_nobody_knows_no_figure_is_told(tmp_path: Path) -> None:
    """The stand-in for the speech model was not timed."""
    (followed, capacity, room), answered = asyncio.run(with_calls(tmp_path, 1, limit=None))

    assert followed == 1
    assert isnan(capacity)
    assert isnan(room)
    assert answered == [1, None, None]
