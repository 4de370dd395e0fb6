"""What is kept of a call whose sound waits: its key, and why it will be blind even when all of it was listened to."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from qa_monitor.erasing.records import AudioErased, StillLive
from qa_monitor.records.calls import BACKLOG, LATER
from qa_monitor.records.errors import NotKept
from qa_monitor.store.sqlite import SqliteStore
from streams.records import CallEnded, CallId, EndReason
from tests.qa_monitor.builders import NOON, a_call

CALL = a_call()
KEY = bytes(32)


def with_store(folder: Path, work: Callable[[SqliteStore], Awaitable[None]]) -> None:
    async def run() -> None:
        store = await SqliteStore.open(folder)
        try:
            await store.save_call(CALL)
            await work(store)
        finally:
            await store.close()

    asyncio.run(run())


async def blind_of(store: SqliteStore) -> str | None:
    found = await store.call(CALL.call_id)
    assert found is not None
    return found.blind


@pytest.mark.parametrize(
    ("began", "noted", "heard", "blind"),
    [
        (None, [], None, None),
        (BACKLOG, [], None, BACKLOG),
        (BACKLOG, [None], None, None),
        (None, [BACKLOG], None, BACKLOG),
        (None, [BACKLOG, None], BACKLOG, BACKLOG),
        (None, ["loss"], None, "loss"),
    ],
)
def test_what_was_noted_holds_once_all_of_it_was_listened_to(
    began: str | None, noted: list[str | None], heard: str | None, blind: str | None, tmp_path: Path
) -> None:
    """Until then its text is to come."""

    async def work(store: SqliteStore) -> None:
        await store.unheard.begin(CALL.call_id, KEY, began)
        for one in noted:
            await store.unheard.note(CALL.call_id, one)
        ended = CallEnded(call_id=CALL.call_id, end_s=9.0, reason=EndReason.END)
        await store.end_call(ended, NOON)
        assert [one.key for one in await store.unheard.waiting()] == [KEY]
        assert await blind_of(store) == LATER
        await store.unheard.settle(CALL.call_id, heard, 9.0)
        assert await store.unheard.waiting() == []
        assert await blind_of(store) == blind

    with_store(tmp_path, work)


def test_nothing_is_noted_of_a_call_of_which_no_sound_waits(tmp_path: Path) -> None:
    async def work(store: SqliteStore) -> None:
        await store.unheard.note(CALL.call_id, BACKLOG)
        assert await blind_of(store) is None
        with pytest.raises(NotKept):
            await store.unheard.begin(CallId("of another"), KEY, None)

    with_store(tmp_path, work)


def test_a_call_whose_sound_waits_can_be_deleted_once_it_is_over(tmp_path: Path) -> None:
    """With its key: nobody has to listen to it first."""

    async def work(store: SqliteStore) -> None:
        await store.unheard.begin(CALL.call_id, KEY, None)
        with pytest.raises(StillLive):
            await store.erasures.check(CALL.call_id)
        await store.end_call(CallEnded(call_id=CALL.call_id, end_s=9.0, reason=EndReason.END), NOON)
        gone = await store.erasures.erase(CALL.call_id, "lead", NOON, AudioErased())
        assert gone.erasure.rows["unheard"] == 1
        assert await store.unheard.waiting() == []

    with_store(tmp_path, work)
