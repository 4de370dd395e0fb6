"""Several agents in one call: the call is with the last, each flag with the one of its moment."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from alerts.records import HeldFlag, HoldReason
from qa_monitor.records.calls import CallAgent
from qa_monitor.records.errors import NotKept
from qa_monitor.wire.calls import call_json, detail_json
from streams.records import CallEnded, CallId, EndReason, Gap, GapReason
from tests.qa_monitor.builders import NOON, a_call, a_flag, a_score, an_utterance
from tests.qa_monitor.storing import CALL, a_store

FIRST = CallAgent(agent_id="agent-7", team="north", from_s=0.0)
SECOND = CallAgent(agent_id="agent-8", team="south", from_s=60.0)


def test_a_call_that_was_handed_on_names_both_agents(tmp_path: Path) -> None:
    """It is with the second; the list says from which second on."""

    async def hand_on() -> None:
        async with a_store(tmp_path) as store:
            await store.save_call(a_call())
            stored = await store.save_agent(CALL, SECOND)
            (listed,) = await store.calls()

        assert listed == stored
        assert stored.agents == (FIRST, SECOND)
        assert (stored.call.agent_id, stored.call.team) == ("agent-8", "south")
        assert (stored.agent_at(59.9), stored.agent_at(60.0)) == (FIRST, SECOND)
        shape = call_json(stored, NOON).model_dump(mode="json")
        assert (shape["agent_id"], shape["team"]) == ("agent-8", "south")
        assert [agent["agent_id"] for agent in shape["agents"]] == ["agent-7", "agent-8"]
        assert [agent["from_s"] for agent in shape["agents"]] == [0.0, 60.0]

    asyncio.run(hand_on())


def test_a_flag_stays_with_the_agent_of_its_moment(tmp_path: Path) -> None:
    """Also where it is told only after the call was handed on, and where it changes later."""
    call = a_call()
    handed = replace(call, agent_id="agent-8", team="south")
    early, late = a_flag("early"), replace(a_flag("late"), start_s=61.0, end_s=62.0, raised_s=63.0)

    async def flag_both() -> None:
        async with a_store(tmp_path) as store:
            await store.save_call(call)
            await store.save_agent(CALL, SECOND)
            told = [await store.save_flag(flag, handed, NOON + timedelta(seconds=64)) for flag in (early, late)]
            await store.save_held(HeldFlag(flag=replace(early, flag_id=late.flag_id), reason=HoldReason.REPEAT))
            record, events = await store.record(CALL), await store.flag_events(0, 10)

        assert [(one.agent_id, one.team) for one in told] == [("agent-7", "north"), ("agent-8", "south")]
        assert [event.flag.agent_id for event in events] == ["agent-7", "agent-8"]
        assert record is not None
        assert {kept.flag.flag_id: kept.agent_id for kept in record.flags} == {"early": "agent-7", "late": "agent-8"}
        assert detail_json(record, NOON).held[0].flag.agent_id == "agent-7"

    asyncio.run(flag_both())


def test_a_call_that_is_not_kept_cannot_be_handed_on(tmp_path: Path) -> None:
    """The caller hears of it."""

    async def nobody() -> None:
        async with a_store(tmp_path) as store:
            with pytest.raises(NotKept, match="call other"):
                await store.save_agent(CallId("other"), SECOND)

    asyncio.run(nobody())


def test_scores_of_nobody_knows_whom_are_forgotten(tmp_path: Path) -> None:
    """The words stay."""

    async def forget() -> None:
        async with a_store(tmp_path) as store:
            await store.save_call(a_call())
            utterance = an_utterance()
            await store.save_utterance(utterance, a_score(utterance))
            await store.forget_emotions(CALL)
            record = await store.record(CALL)

        assert record is not None
        assert [kept.emotion for kept in record.utterances] == [None]

    asyncio.run(forget())


def test_what_else_can_happen_to_a_call_can_be_kept(tmp_path: Path) -> None:
    """Off the record, and a session that never came."""
    gap = Gap(call_id=CALL, channel=0, start_s=1.0, duration_s=2.0, reason=GapReason.OFF_RECORD)

    async def keep() -> None:
        async with a_store(tmp_path) as store:
            await store.save_call(a_call())
            await store.save_gap(gap)
            await store.save_gap(replace(gap, duration_s=9.0))
            stored = await store.end_call(CallEnded(call_id=CALL, end_s=12.5, reason=EndReason.RECONNECT), NOON)
            record = await store.record(CALL)

        assert stored.end_reason is EndReason.RECONNECT
        assert record is not None
        assert record.gaps == (replace(gap, duration_s=9.0),)

    asyncio.run(keep())
