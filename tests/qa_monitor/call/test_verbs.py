"""What can be done to a live call: pause, off the record, hand on; and what its source is told."""

import asyncio
from pathlib import Path

import numpy as np
import pytest

from qa_monitor.call.switchboard.keypad import KeyAction
from qa_monitor.feed_events import FeedKind
from qa_monitor.records.calls import CallAgent
from qa_monitor.records.whole_calls import CallRecord
from streams.records import CallId, Dtmf, GapReason, Language, LanguageChanged, Paused, Resumed
from tests.qa_monitor.live_calls import Source, a_board, an_application, heard, record_of, started
from tests.qa_monitor.playing import a_planned_call

ENGLISH = "en-2-charged-twice"
CALL = a_planned_call(ENGLISH, until_s=16, call_id="c")
"""The customer speaks from 3.99 to 11.76 s, without a pause; the agent before and after."""
GAPS = {GapReason.PAUSED: "paused", GapReason.OFF_RECORD: "off_record"}


def sent_in_two_halves(
    folder: Path, reason: GapReason
) -> tuple[CallRecord, np.ndarray[tuple[int, ...], np.dtype[np.int16]]]:
    """The call, of which 6 to 9 s must not be heard; and its audio as kept."""

    async def play() -> tuple[CallRecord, np.ndarray[tuple[int, ...], np.dtype[np.int16]]]:
        async with an_application(folder, CALL, ENGLISH) as parts:
            board = parts.switchboard
            source = Source(board.line(), started(CALL), CALL.samples)
            await source.start()
            await source.send(6.0)
            assert (board.pause if reason is GapReason.PAUSED else board.off_record)(CALL.call_id)
            assert source.line.downlink.paused
            await source.send(9.0)
            told = await heard(parts, "c", lambda health: health["paused"] is not None)
            assert told["paused"] == GAPS[reason]
            assert board.resume(CALL.call_id)
            assert not source.line.downlink.paused
            await source.send(16.0)
            await source.end()
            record = await record_of(parts, board, "c")
            audio = parts.audio.read(CALL.call_id, 0.0, 16.0)
            assert audio is not None
            return record, audio

    return asyncio.run(play())


@pytest.mark.parametrize("reason", list(GAPS))
def test_what_is_said_behind_the_curtain_leaves_no_trace(reason: GapReason, tmp_path: Path) -> None:
    """No word, no audio; a gap with its reason; the clock goes on, and what was being said is cut in two."""
    record, audio = sent_in_two_halves(tmp_path, reason)
    truth = CALL.samples[:, 0]

    spoken = [kept.utterance for kept in record.utterances]
    assert all(one.end_s <= 6.0 or one.start_s >= 8.9 for one in spoken)
    assert [one for one in spoken if one.channel == 0 and one.end_s <= 6.0]
    assert [one for one in spoken if one.channel == 0 and 8.9 <= one.start_s < 12]
    assert {(gap.channel, round(gap.start_s, 2), round(gap.duration_s, 2), gap.reason) for gap in record.gaps} == {
        (0, 6.0, 3.0, reason),
        (1, 6.0, 3.0, reason),
    }
    assert not audio[48_000:72_000].any()
    assert truth[48_000:72_000].any()
    assert np.array_equal(audio[:48_000], CALL.samples[:48_000])
    assert np.array_equal(audio[72_000:], CALL.samples[72_000:])
    assert record.call.duration_s == pytest.approx(16.0)
    assert not [flag for flag in record.flags if flag.flag.rule_id in ("dead_air", "silence")]


def test_no_such_call_cannot_be_paused(tmp_path: Path) -> None:
    """Nor anything else."""

    async def nobody() -> None:
        async with an_application(tmp_path) as parts:
            board, call_id = parts.switchboard, CallId("nobody")
            assert [board.pause(call_id), board.resume(call_id), board.off_record(call_id)] == [False] * 3
            assert not board.transfer(call_id, "a", "t")

    asyncio.run(nobody())


def test_keys_do_the_same_and_are_kept_nowhere(tmp_path: Path) -> None:
    """Whoever is on the call presses them."""
    keys = {"*1": KeyAction.PAUSE, "*2": KeyAction.RESUME, "*9": KeyAction.OFF_RECORD}

    async def press() -> None:
        async with an_application(tmp_path) as parts:
            board = a_board(parts, keys=keys)
            source = Source(board.line(), started(CALL), np.zeros_like(CALL.samples))
            await source.start()
            seen = []
            for pressed in ("*1", "*9", "*2"):
                await source.send(source.at_s + 1)
                for key in pressed:
                    await source.tell(Dtmf(call_id=CALL.call_id, channel=1, digit=key, at_s=source.at_s))
                seen.append(source.line.downlink.paused)
            await source.send(4.0)
            await source.end()
            record = await record_of(parts, board, "c")

        assert seen == [True, True, False]
        assert sorted((gap.channel, round(gap.start_s), gap.reason) for gap in record.gaps) == [
            (channel, start_s, reason)
            for channel in (0, 1)
            for start_s, reason in ((1, GapReason.PAUSED), (2, GapReason.OFF_RECORD))
        ]

    asyncio.run(press())


def test_the_list_of_calls_is_told_of_a_pause(tmp_path: Path) -> None:
    """When it begins, when it turns private, and when the call goes on."""

    async def listed() -> list[object]:
        async with an_application(tmp_path) as parts, asyncio.timeout(30):
            board = parts.switchboard
            source = Source(board.line(), started(CALL), np.zeros_like(CALL.samples))
            await source.start()
            await source.send(2.0)
            seen: list[object] = []
            following = parts.feed.subscribe()
            verbs = [board.pause, board.off_record, board.resume]
            async for event in following:
                if event.event is FeedKind.SNAPSHOT or (event.event is FeedKind.CALL and event.data["state"] == "live"):
                    if event.event is FeedKind.CALL:
                        seen.append(event.data["paused"])
                    if not verbs:
                        break
                    verbs.pop(0)(CALL.call_id)
                    await source.send(source.at_s + 2.0)
            await following.aclose()
            await source.end()
            await board.drain(20)
            return seen

    assert asyncio.run(listed()) == ["paused", "off_record", None]


def test_a_pause_of_the_source_s_own_is_not_lifted_by_ours(tmp_path: Path) -> None:
    """Each has to end: who resumes here does not make the source send."""

    async def both() -> None:
        async with an_application(tmp_path) as parts:
            board = parts.switchboard
            source = Source(board.line(), started(CALL), np.zeros_like(CALL.samples))
            await source.start()
            await source.send(2.0)
            await source.tell(Paused(call_id=CALL.call_id, at_s=2.0))
            board.pause(CALL.call_id)
            board.resume(CALL.call_id)
            assert (await heard(parts, "c", lambda health: health["paused"] is not None))["paused"] == "paused"
            await source.tell(Resumed(call_id=CALL.call_id, at_s=2.0))
            await source.send(4.0)
            await heard(parts, "c", lambda health: health["paused"] is None and float(str(health["at_s"])) > 3)
            await source.end()
            await board.drain(20)

    asyncio.run(both())


def test_a_pause_of_the_source_splits_what_is_being_said(tmp_path: Path) -> None:
    """Also where its clock stands still meanwhile. A new language does so too; neither does in silence."""

    async def split() -> CallRecord:
        async with an_application(tmp_path, CALL, ENGLISH) as parts:
            source = Source(parts.switchboard.line(), started(CALL), CALL.samples)
            await source.start()
            await source.send(0.3)
            await source.tell(Paused(call_id=CALL.call_id, at_s=0.3))
            await source.tell(Resumed(call_id=CALL.call_id, at_s=0.3))
            await source.send(6.0)
            await source.tell(Paused(call_id=CALL.call_id, at_s=6.0))
            await source.tell(Resumed(call_id=CALL.call_id, at_s=6.0))
            await source.send(9.0)
            await source.tell(LanguageChanged(call_id=CALL.call_id, at_s=9.0, language=Language.FR))
            await source.send(16.0)
            await source.end()
            return await record_of(parts, parts.switchboard, "c")

    record = asyncio.run(split())
    customer = [kept.utterance for kept in record.utterances if kept.utterance.channel == 0]
    agent = [kept.utterance for kept in record.utterances if kept.utterance.channel == 1]

    assert [one.start_s for one in customer][1:] == pytest.approx([6.0, 9.0], abs=0.1)
    assert [one.end_s for one in customer][:-1] == pytest.approx([6.0, 9.0], abs=0.1)
    assert agent[0].start_s < 0.6


def test_a_call_is_handed_to_another_agent(tmp_path: Path) -> None:
    """Flags stay with the agent of their moment; every console hears of it."""

    async def hand_on() -> tuple[CallRecord, list[str]]:
        async with an_application(tmp_path, CALL, ENGLISH) as parts:
            told: list[str] = []

            async def listen() -> None:
                async for event in parts.feed.subscribe():
                    if event.event.value == "call":
                        told.append(str(event.data["agent_id"]))

            listening = asyncio.create_task(listen())
            source = Source(parts.switchboard.line(), started(CALL), CALL.samples)
            await source.start()
            await source.send(13.0)
            assert parts.switchboard.transfer(CALL.call_id, "agent-99", "complaints")
            await source.send(16.0)
            await source.end()
            record = await record_of(parts, parts.switchboard, "c")
            listening.cancel()
            return record, told

    record, told = asyncio.run(hand_on())
    (refund,) = [kept for kept in record.flags if kept.flag.rule_id == "refund"]

    assert record.call.agents == (
        CallAgent(agent_id=CALL.agent_id, team=CALL.team, from_s=0.0),
        CallAgent(agent_id="agent-99", team="complaints", from_s=13.0),
    )
    assert (record.call.call.agent_id, record.call.call.team) == ("agent-99", "complaints")
    assert (refund.agent_id, refund.team) == (CALL.agent_id, CALL.team)
    assert told[-1] == "agent-99"


def test_a_source_that_wants_to_know_is_told_what_was_said(tmp_path: Path) -> None:
    """As consoles see it, card numbers masked; and that nothing more will come. Others are told nothing."""
    card = "4539 1488 0343 6467"

    async def play(folder: Path, *, wants: bool) -> Source:
        def said(line: object) -> str:
            text, start_s = getattr(line, "text", ""), getattr(line, "start_s", 0.0)
            return f"my card number is {card} thank you" if start_s == 3.99 else text

        async with an_application(folder, CALL, ENGLISH, said) as parts:
            source = Source(parts.switchboard.line(), started(CALL), CALL.samples)
            source.line.wants_transcripts = wants
            await source.start()
            await source.send(16.0)
            assert not source.line.downlink.flushed
            await source.end()
            await record_of(parts, parts.switchboard, "c")
            return source

    asked = asyncio.run(play(tmp_path / "asked", wants=True)).line.downlink
    silent = asyncio.run(play(tmp_path / "silent", wants=False)).line.downlink
    finals = [one for one in asked.utterances if one.final]

    assert asked.flushed
    assert silent.flushed
    assert {one.channel for one in finals} == {0, 1}
    assert any("[card]" in one.text for one in finals)
    assert not [one for one in asked.utterances if "4539" in one.text or "6467" in one.text or one.embedding]
    assert not silent.utterances
