"""How well a call is heard: told once a second, and what follows from it."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from qa_monitor.application import Application
from qa_monitor.feed_events import FeedKind
from qa_monitor.records.whole_calls import CallRecord
from qa_monitor.schemas.health import HealthJson
from qa_monitor.simulator.scenario import PlannedCall
from streams.health.call_health import HealthFact
from streams.records import CallId, Gap, GapReason, Samples
from streams.samples.codec import Encoding, encode
from tests.qa_monitor.live_calls import Source, an_application, heard, record_of, started
from tests.qa_monitor.playing import a_planned_call

NAME = "en-2-charged-twice"
CALL = a_planned_call(NAME, until_s=20, call_id="c")


def with_samples(samples: NDArray[np.int16]) -> PlannedCall:
    return replace(CALL, samples=np.ascontiguousarray(samples))


def mixed(call: PlannedCall) -> NDArray[np.int16]:
    """Both people, on both channels."""
    both = np.clip(call.samples.astype(np.int32).sum(axis=1), -32_768, 32_767).astype(np.int16)
    return np.stack([both, both], axis=1)


def played(folder: Path, call: PlannedCall) -> tuple[CallRecord, list[HealthJson], list[object]]:
    """What is kept of a call; its health as told; and why it was blind, as the list of calls told it."""

    async def play() -> tuple[CallRecord, list[HealthJson], list[object]]:
        async with an_application(folder, call, NAME) as parts:
            source = Source(parts.switchboard.line(), started(call), call.samples)
            await source.start()
            following = asyncio.create_task(health_of(parts))
            blind: list[object] = []
            listing = asyncio.create_task(list_blind(parts, blind))
            for until_s in range(2, round(call.duration_s) + 1, 2):
                await source.send(until_s)
                await heard_beyond(parts, until_s - 1)
            await source.end()
            record = await record_of(parts, parts.switchboard, "c")
            health = await following
            listing.cancel()
            return record, health, blind

    return asyncio.run(play())


async def health_of(parts: Application) -> list[HealthJson]:
    """What is told of the call until it ends."""
    events = parts.live.follow(CallId("c"), parts.clock())
    return [HealthJson.model_validate(one.data) async for one in events if one.event is FeedKind.HEALTH]


async def list_blind(parts: Application, blind: list[object]) -> None:
    """Why the call is blind, each time the list of calls is told of it."""
    async for event in parts.feed.subscribe():
        if event.event is FeedKind.CALL:
            blind.append(event.data["blind"])


async def heard_beyond(parts: Application, at_s: float) -> None:
    """Wait until the call was listened to up to there: audio comes faster here than in life."""
    await heard(parts, "c", lambda told: float(str(told["at_s"])) > at_s)


def test_a_good_call_is_told_to_be_good(tmp_path: Path) -> None:
    """About every second of its audio, with levels and speech."""
    record, health, blind = played(tmp_path, CALL)

    assert record.call.blind is None
    # sent faster than real time: the clocks differ, and that is all that is wrong
    assert {fact for one in health for fact in one.facts} <= {HealthFact.DRIFT}
    assert set(blind) == {None}
    assert 5 <= len(health) <= 25
    assert health[-1].channels[0].spoken_s > 5
    assert max(one.channels[0].level_db for one in health) > -30


def test_the_same_sound_on_both_channels_blinds_and_nobody_is_judged(tmp_path: Path) -> None:
    """No score, and no flag that depends on who speaks: neither "refund" nor "talk over"."""
    call = with_samples(mixed(CALL))
    good, _, _ = played(tmp_path / "good", CALL)
    record, health, blind = played(tmp_path / "same", call)

    assert [kept.flag.rule_id for kept in good.flags] == ["refund"]
    assert [kept for kept in good.utterances if kept.emotion is not None]
    assert (record.call.blind, blind[-1]) == ("identical_channels", "identical_channels")
    assert health[-1].blind == "identical_channels"
    assert record.utterances
    assert not [kept for kept in record.utterances if kept.emotion is not None]
    assert not [kept for kept in record.flags if kept.flag.state != "withdrawn"]


def test_a_call_sees_again_when_the_channels_differ_again(tmp_path: Path) -> None:
    """An announcement is played to both; then they talk."""
    samples = CALL.samples.copy()
    samples[: 8 * CALL.rate_hz] = mixed(CALL)[: 8 * CALL.rate_hz]
    record, _, blind = played(tmp_path, with_samples(samples))

    assert record.call.blind is None
    assert "identical_channels" in blind
    assert blind[-1] is None


def test_bytes_read_in_the_wrong_format_raise_no_flag(tmp_path: Path) -> None:
    """The call says so; whatever text comes of the noise is not believed."""
    wrong: list[Samples] = [
        np.resize(np.frombuffer(encode(CALL.samples[:, channel], Encoding.MULAW), "<i2"), len(CALL.samples))
        for channel in (0, 1)
    ]
    record, health, _ = played(tmp_path, with_samples(np.stack(wrong, axis=1)))

    assert any(HealthFact.WRONG_FORMAT in one.facts for one in health)
    assert record.call.blind == "wrong_format"
    assert not [kept for kept in record.utterances if kept.utterance.trusted]
    assert not record.flags


def test_a_console_that_comes_later_is_told_how_the_call_stands(tmp_path: Path) -> None:
    """Without waiting for the next second."""

    async def join() -> None:
        async with an_application(tmp_path) as parts:
            source = Source(parts.switchboard.line(), started(CALL), np.zeros_like(CALL.samples))
            await source.start()
            await source.send(3.0)
            first = await heard(parts, "c", lambda health: float(str(health["at_s"])) >= 2.5)
            second = await heard(parts, "c", lambda health: True)
            assert second == first or float(str(second["at_s"])) >= float(str(first["at_s"]))
            await source.end()
            await parts.switchboard.drain(20)

    asyncio.run(join())


@pytest.mark.parametrize("reason", [GapReason.PAUSED, GapReason.LOST])
def test_what_nobody_heard_is_no_long_silence(reason: GapReason, tmp_path: Path) -> None:
    """A minute that was paused, or lost, is not held against the agent."""

    async def play() -> CallRecord:
        async with an_application(tmp_path, CALL, NAME) as parts:
            source = Source(parts.switchboard.line(), started(CALL), CALL.samples)
            await source.start()
            await source.send(3.4)
            for channel in (0, 1):
                await source.tell(
                    Gap(call_id=CALL.call_id, channel=channel, start_s=3.4, duration_s=60.0, reason=reason)
                )
            source.at_s = 63.4
            await source.send(16.0, from_s=3.4)
            await source.end()
            return await record_of(parts, parts.switchboard, "c")

    record = asyncio.run(play())

    assert [kept.flag.rule_id for kept in record.flags] == ["refund"]
    assert record.call.dynamics is not None
    assert record.call.dynamics.silence_total_s < 5


def test_health_holds_no_words() -> None:
    """Levels, shares, seconds and facts: nothing of what is said."""
    shape: Mapping[str, object] = HealthJson.model_json_schema()["properties"]

    assert set(shape) == {"at_s", "channels", "facts", "blind", "paused"}
