"""A demo call played live through a real service, then gone through again from its kept sound."""

import asyncio
import time
from pathlib import Path

import httpx
import pytest

from qa_monitor.replay.schemas import ReplayJson
from qa_monitor.simulator.scenario import StreamProtocol
from qa_monitor.simulator.sender import Line, play
from tests.qa_monitor.listening import console
from tests.qa_monitor.playing import a_planned_call, detail
from tests.qa_monitor.service import running, settings_for

pytestmark = [pytest.mark.slow, pytest.mark.model]


async def played(url: str, call_id: str) -> None:
    call = a_planned_call("en-2-charged-twice", until_s=26.5, call_id=call_id)
    async with console(url) as listener:
        (sent,) = await play([call], Line(url=url, protocol=StreamProtocol.PCM, speed=1.0))
        assert sent.error is None
        await listener.until(
            lambda one: one.event == "call" and one.data["call_id"] == call_id and one.data["state"] == "ended", 120
        )


def replayed(url: str, call_id: str) -> ReplayJson:
    begun = httpx.post(f"{url}/v1/calls/{call_id}/replay", json={"what": "audio"})
    assert begun.status_code == 202, begun.text
    address = f"{url}/v1/calls/{call_id}/replay/{begun.json()['replay_id']}"
    until_s = time.monotonic() + 300
    while time.monotonic() < until_s:
        found = ReplayJson.model_validate_json(httpx.get(address).content)
        if found.state != "running":
            return found
        time.sleep(0.2)
    raise AssertionError("it takes too long")


def test_a_replay_with_the_real_models_gives_the_same_flags_byte_for_byte(tmp_path: Path) -> None:
    """Recomputed from the sound: flags, texts and scores; with one window per pass, as the replay has it."""
    with running(settings_for(tmp_path, batch_size=1)) as service:
        asyncio.run(played(service.url, "c"))
        found = replayed(service.url, "c")
        kept = detail(service.url, "c")

    assert len(kept.flags) >= 2
    assert found.state == "done", found.problem
    assert found.difference is not None
    assert (found.difference.as_live, found.difference.strayed, found.difference.shared_passes) == (True, 0, 0)
    assert [pair.change for pair in found.difference.flags] == ["same"] * len(kept.flags)
    assert found.difference.same
