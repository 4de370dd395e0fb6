"""What was said while nobody had time for it is transcribed after all, screened, judged and marked as late."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from math import inf
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from qa_monitor.app import open_application
from qa_monitor.application import Application
from qa_monitor.load.choosing import Choosing, ChoosingPolicy
from qa_monitor.records.calls import BACKLOG, LATER
from qa_monitor.records.whole_calls import CallRecord
from qa_monitor.shedding.levels import Shed
from qa_monitor.simulator.scenario import PlannedCall
from qa_monitor.store.database.database import FILE
from qa_monitor.store.sqlite import SqliteStore
from streams.records import CallId
from tests.qa_monitor.live_calls import Source, started
from tests.qa_monitor.playing import a_planned_call, truth_of
from tests.qa_monitor.service import settings_for
from tests.qa_monitor.slow_speech import SlowSpeech

pytestmark = pytest.mark.slow
ENGLISH = "en-2-charged-twice"
CARD = "4539 1488 0343 6467"
CARD_FROM_S = 3.99
WITHIN_S = 200.0
NOBODY_PUT_OFF = ChoosingPolicy(oldest_s=inf, back_after_s=inf)
"""A recording comes faster than a call, on a machine that may be busy: the load decides nothing then."""


@asynccontextmanager
async def an_application(folder: Path, speech: SlowSpeech, **changes: object) -> AsyncIterator[Application]:
    async with open_application(settings_for(folder, **changes), speech.make) as parts:
        try:
            yield parts
        finally:
            speech.let_go()


def a_source(parts: Application, call: PlannedCall, **changes: object) -> Source:
    return Source(line=parts.switchboard.line(), call=started(call, **changes), samples=call.samples)


def figures(parts: Application) -> dict[tuple[str, tuple[str, ...]], float]:
    text = parts.metrics.text(parts.engine.load(), {}).decode()
    return {
        (sample.name, tuple(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


async def until(met: object, within_s: float = WITHIN_S) -> None:
    """Look until it is so."""
    assert callable(met)
    async with asyncio.timeout(within_s):
        while not met():  # noqa: ASYNC110  # what is waited for is a figure, not an event
            await asyncio.sleep(0.02)


async def made_up(parts: Application, call_id: str) -> CallRecord:
    """The call once nothing of it is to come any more."""
    async with asyncio.timeout(WITHIN_S):
        while True:
            found = await parts.store.record(CallId(call_id))
            if found is not None and found.call.ended_at is not None and found.call.blind != LATER:
                return found
            await asyncio.sleep(0.05)


async def blindness_of(parts: Application) -> str:
    """Why the only call cannot be judged, once it is so."""
    async with asyncio.timeout(WITHIN_S):
        while not (blind := (await parts.store.calls())[0].blind):  # noqa: ASYNC110  # a row of the store, not an event
            await asyncio.sleep(0.02)
    return blind


def words_of(found: CallRecord) -> list[str]:
    return " ".join(kept.utterance.text for kept in found.utterances).split()


def test_what_came_too_late_is_transcribed_afterwards(tmp_path: Path) -> None:
    """All of the words are there; those that were late say so, and raise their flag late."""
    call = a_planned_call(ENGLISH, until_s=24)
    speech = SlowSpeech(ENGLISH, call)

    async def play() -> tuple[CallRecord, list[str]]:
        async with an_application(tmp_path, speech) as parts:
            parts.heart._warden._choosing = Choosing(NOBODY_PUT_OFF)
            source = a_source(parts, call)
            await source.start()
            speech.hold_up()
            await source.send(14)
            await until(lambda: parts.engine.load().waiting >= 1)
            speech.pass_time(20)
            await until(lambda: parts.heart.later_s > 0)
            blind = [await blindness_of(parts)]
            speech.let_go()
            await source.send(24)
            await source.end()
            found = await made_up(parts, call.call_id)
            assert figures(parts)["speech_later_done_s_total", ()] > 1
            assert figures(parts)["utterances_lost_total", ()] == 0
        return found, blind

    found, blind = asyncio.run(play())
    late = [kept for kept in found.utterances if kept.late]
    truly = " ".join(line.text for line in speech.lines).split()

    assert blind[0] == BACKLOG
    assert late
    assert len(late) < len(found.utterances)
    assert len(words_of(found)) >= 0.9 * len(truly)
    assert found.call.blind is None
    assert [flag.flag.rule_id for flag in found.flags if flag.flag.state != "withdrawn"] == ["refund"]


def test_a_call_put_off_has_its_whole_text_after_its_end(tmp_path: Path) -> None:
    """No text while it goes on; then all of it, with the flags of the whole call, noted as late."""
    call, truth = a_planned_call(ENGLISH), truth_of(ENGLISH)
    speech = SlowSpeech(ENGLISH, call)

    async def play() -> CallRecord:
        async with an_application(tmp_path, speech) as parts:
            source = a_source(parts, call)
            await source.start()
            parts.switchboard.live[CallId(call.call_id)].put_off()
            speech.hold_up()
            await source.send(call.duration_s)
            await source.end()
            await until(lambda: not parts.switchboard.live)
            over = await parts.store.call(CallId(call.call_id))
            assert over is not None
            assert over.blind == LATER
            speech.let_go()
            return await made_up(parts, call.call_id)

    found = asyncio.run(play())
    truly = " ".join(line.text for line in truth.utterances).split()

    assert found.utterances
    assert all(kept.late for kept in found.utterances)
    assert len(words_of(found)) >= 0.9 * len(truly)
    assert (found.call.blind, found.call.dynamics is not None) == (None, True)
    late = [flag.flag for flag in found.flags if "later" in flag.flag.evidence.explanation_en]
    assert {flag.rule_id for flag in late} >= {"refund"}


def test_a_card_number_in_late_text_is_nowhere(tmp_path: Path) -> None:
    """Neither in the database nor in the audio that is kept."""
    call = a_planned_call(ENGLISH, until_s=16)
    speech = SlowSpeech(
        ENGLISH, call, lambda line: f"yes my card number is {CARD} ok" if line.start_s == CARD_FROM_S else line.text
    )

    async def play() -> CallRecord:
        async with an_application(tmp_path, speech) as parts:
            source = a_source(parts, call)
            await source.start()
            parts.switchboard.live[CallId(call.call_id)].put_off()
            await source.send(16)
            await source.end()
            return await made_up(parts, call.call_id)

    found = asyncio.run(play())

    assert any("[card]" in kept.utterance.text for kept in found.utterances)
    kept = b"".join(path.read_bytes() for path in tmp_path.glob(f"{FILE}*"))
    assert not any(group.encode() in kept for group in CARD.split() if group != "1488")


def test_under_load_the_newest_call_that_nobody_watches_gives_way(tmp_path: Path) -> None:
    """Levels come in order; the watched call goes on; the heartbeat says what is left out."""
    call = a_planned_call(ENGLISH, until_s=16)
    speech = SlowSpeech(ENGLISH, call)

    async def play() -> None:
        async with an_application(tmp_path, speech) as parts:
            sources = [a_source(parts, call, call_id=CallId(name)) for name in ("oldest", "newer", "watched")]
            for source in sources:
                await source.start()
            watching = parts.live.follow(CallId("watched"), parts.clock())
            reading = asyncio.create_task(drained(watching))
            speech.hold_up()
            for source in sources:
                await source.send(14)
            await until(lambda: parts.engine.load().waiting >= 2)
            speech.pass_time(3)
            levels: list[int] = []
            async with asyncio.timeout(WITHIN_S):
                while all(pipeline.follows for pipeline in parts.switchboard.live.values()):
                    levels.append(parts.heart.shed_level)
                    await asyncio.sleep(0.02)
            follows = {call_id: pipeline.follows for call_id, pipeline in parts.switchboard.live.items()}
            beat = parts.heart.now()
            speech.let_go()
            for source in sources:
                await source.end()
            reading.cancel()
            assert follows == {"oldest": True, "newer": False, "watched": True}
            assert levels == sorted(levels)
            assert set(levels) >= {0, 1, 2, 3}
            assert beat.shed_level >= 4
            assert beat.shed[:4] == [Shed.PARTIALS, Shed.PROSODY, Shed.TIMES, Shed.CALLS]
            assert figures(parts)["shed_total", ("calls",)] >= 1
            assert figures(parts)["shed_seconds_total", ("1",)] > 0

    async def drained(events: AsyncIterator[object]) -> None:
        async for _ in events:
            pass

    asyncio.run(play())


def test_what_a_dying_service_left_is_given_up_by_the_next(tmp_path: Path) -> None:
    """The call says that text is missing, not that it is still to come."""
    call = a_planned_call(ENGLISH, until_s=2)

    async def play() -> str | None:
        store = await SqliteStore.open(tmp_path)
        await store.save_call(started(call))
        await store.save_blind(CallId(call.call_id), LATER)
        await store.close()
        store = await SqliteStore.open(tmp_path)
        found = await store.call(CallId(call.call_id))
        await store.close()
        return None if found is None else found.blind

    assert asyncio.run(play()) == BACKLOG


def test_refused_calls_are_counted(tmp_path: Path) -> None:
    """A call that cannot be kept for later either is not begun."""
    call = a_planned_call(ENGLISH, until_s=2)
    speech = SlowSpeech(ENGLISH, call)

    async def play() -> None:
        async with an_application(tmp_path, speech) as parts:
            assert parts.switchboard.has_room_for(started(call))
            shedding = parts.switchboard._shared.shedding
            shedding.now = type(shedding.now)(level=5, refuses=True)
            assert not parts.switchboard.has_room_for(started(call))
            assert parts.switchboard.full
            assert figures(parts)["shed_total", ("refused",)] == 1

    asyncio.run(play())
