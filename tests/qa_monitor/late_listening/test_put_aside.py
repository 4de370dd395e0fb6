"""A call that is only recorded for a while: nothing of it is lost, nothing there twice, none of it readable before."""

import asyncio
import io
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from qa_monitor.application import Application
from qa_monitor.call.pipeline import CallPipeline
from qa_monitor.load.choosing import Choosing
from qa_monitor.records.calls import BACKLOG, LATER
from qa_monitor.records.whole_calls import CallRecord
from qa_monitor.simulator.scenario import PlannedCall
from qa_monitor.store.unheard.sealed import UNHEARD_FOLDER
from streams.records import AgentChanged, CallId
from tests.qa_monitor.live_calls import Source
from tests.qa_monitor.load.test_overload import (
    NOBODY_PUT_OFF,
    a_source,
    an_application,
    figures,
    made_up,
    until,
    words_of,
)
from tests.qa_monitor.playing import a_planned_call
from tests.qa_monitor.slow_speech import SlowSpeech

pytestmark = pytest.mark.slow
ENGLISH = "en-2-charged-twice"
UNTIL_S = 34.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """What came of a call."""

    found: CallRecord
    call: PlannedCall
    speech: SlowSpeech
    audio: NDArray[np.float64]
    metrics: dict[tuple[str, tuple[str, ...]], float]
    waiting_s: float
    """Of calls still to be listened to."""
    left: list[Path]
    """Sealed files once all is listened to."""


Playing = Callable[[Application, Source, CallPipeline], Awaitable[None]]


def played(folder: Path, playing: Playing, call: PlannedCall | None = None, **changes: object) -> Played:
    """A bundled call, or another with its words, sent as `playing` sends it."""
    call = call or a_planned_call(ENGLISH, until_s=UNTIL_S)
    speech = SlowSpeech(ENGLISH, call)

    async def play() -> Played:
        async with an_application(folder, speech, **changes) as parts:
            parts.heart._warden._choosing = Choosing(NOBODY_PUT_OFF)
            source = a_source(parts, call)
            await source.start()
            await playing(parts, source, parts.switchboard.live[CallId(call.call_id)])
            await source.end()
            found = await made_up(parts, call.call_id)
            wav = parts.audio.wav(CallId(call.call_id))
            assert wav is not None
            audio = soundfile.read(io.BytesIO(wav.read_bytes()))[0]
            left = list((folder / UNHEARD_FOLDER).glob("*"))
            return Played(
                found=found,
                call=call,
                speech=speech,
                audio=audio,
                metrics=figures(parts),
                waiting_s=parts.heart.later_s,
                left=left,
            )

    return asyncio.run(play())


async def settled(source: Source, pipeline: CallPipeline, until_s: float, follows: bool) -> None:
    """The recording up to a second, then followed or put off, and that has begun."""
    await source.send(until_s)
    await until(lambda: pipeline.now_s >= until_s - 0.2 and not pipeline._ears.awaits_finals)
    if follows:
        pipeline.follow()
    else:
        pipeline.put_off()
    assert pipeline._aside is not None
    await until(lambda: pipeline._aside is not None and pipeline._aside.on is not follows)


def is_whole(one: Played) -> None:
    """Every line of the call once, in its place, and all of its sound."""
    truly = " ".join(line.text for line in one.speech.lines).split()
    heard = words_of(one.found)
    assert sorted(heard) == sorted(truly)
    for channel in (0, 1):
        own = [kept.utterance for kept in one.found.utterances if kept.utterance.channel == channel]
        assert all(before.end_s <= after.start_s for before, after in zip(own, own[1:], strict=False))
    assert one.audio.shape == one.call.samples.shape
    assert np.array_equal(np.round(one.audio * 32768).astype(np.int16), one.call.samples)
    assert one.found.call.blind is None
    assert one.left == []
    assert one.metrics["utterances_lost_total", ()] == 0
    assert one.waiting_s == 0


def rules_of(one: Played) -> set[str]:
    return {stored.flag.rule_id for stored in one.found.flags if stored.flag.state != "withdrawn"}


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """The same call, followed all the time."""

    async def follow(_: Application, source: Source, __: CallPipeline) -> None:
        await source.send(UNTIL_S)

    return played(tmp_path_factory.mktemp("live"), follow)


def test_a_call_recorded_from_its_first_second_comes_to_what_it_comes_to_live(tmp_path: Path, live: Played) -> None:
    """Text, flags and dynamics; all of it late."""

    async def aside(_: Application, source: Source, pipeline: CallPipeline) -> None:
        await settled(source, pipeline, 0.0, follows=False)
        await source.send(UNTIL_S)

    late = played(tmp_path, aside)

    is_whole(late)
    assert all(kept.late for kept in late.found.utterances)
    assert rules_of(late) == rules_of(live)
    assert late.found.call.dynamics is not None
    assert live.found.call.dynamics is not None
    assert late.found.call.dynamics.talk_share == pytest.approx(live.found.call.dynamics.talk_share, abs=0.02)
    assert late.metrics["speech_later_done_s_total", ()] == pytest.approx(UNTIL_S, abs=0.2)
    assert all("later" in one.flag.evidence.explanation_en for one in late.found.flags)


@pytest.mark.parametrize("at_s", [7.3, 12.9, 20.4])
def test_a_call_put_off_in_its_middle_keeps_what_was_heard_live(tmp_path: Path, live: Played, at_s: float) -> None:
    """Also in the middle of a word; the rest is listened to in the light of it."""

    async def half(_: Application, source: Source, pipeline: CallPipeline) -> None:
        await settled(source, pipeline, at_s, follows=False)
        await source.send(UNTIL_S)

    one = played(tmp_path, half)

    is_whole(one)
    lates = [kept.late for kept in one.found.utterances]
    assert lates == sorted(lates)
    assert {*lates} == {False, True}
    assert rules_of(one) == rules_of(live)
    assert one.found.call.dynamics is not None
    assert live.found.call.dynamics is not None
    assert one.found.call.dynamics.talk_share == pytest.approx(live.found.call.dynamics.talk_share, abs=0.04)


def test_a_call_that_is_followed_again_has_its_middle_afterwards(tmp_path: Path) -> None:
    """What is said then is there at once, and the rest between."""

    async def between(_: Application, source: Source, pipeline: CallPipeline) -> None:
        await settled(source, pipeline, 8.0, follows=False)
        await settled(source, pipeline, 19.0, follows=True)
        await source.send(UNTIL_S)

    one = played(tmp_path, between)
    lates = [kept.late for kept in one.found.utterances]

    assert lates[0] is lates[-1] is False
    assert any(lates)
    truly = " ".join(line.text for line in one.speech.lines).split()
    assert len(set(words_of(one.found)) & set(truly)) >= 0.9 * len(set(truly))
    assert one.audio.shape == one.call.samples.shape
    assert (one.found.call.blind, one.left) == (None, [])


def test_what_happens_to_a_call_meanwhile_is_not_lost(tmp_path: Path) -> None:
    """Another agent takes it: the flags of the rest are theirs."""

    async def handed(_: Application, source: Source, pipeline: CallPipeline) -> None:
        await settled(source, pipeline, 0.0, follows=False)
        await source.send(2.0)
        await source.tell(AgentChanged(call_id=source.call.call_id, at_s=2.0, agent_id="other", team="other-team"))
        await source.send(UNTIL_S)

    found = played(tmp_path, handed).found

    assert [agent.agent_id for agent in found.call.agents][1:] == ["other"]
    assert {stored.agent_id for stored in found.flags if stored.flag.start_s > 2.0} == {"other"}


def test_no_sound_is_readable_before_it_was_screened(tmp_path: Path) -> None:
    """Neither in the recording nor in any other file; afterwards the recording is there, and nothing else."""
    call = a_planned_call(ENGLISH, until_s=10)
    speech = SlowSpeech(ENGLISH, call)

    async def play() -> str | None:
        async with an_application(tmp_path, speech, follow_calls=0) as parts:
            source = a_source(parts, call)
            await source.start()
            await source.send(10)
            speech.hold_up()
            await source.end()
            await until(lambda: not parts.switchboard.live)
            over = await parts.store.call(CallId(call.call_id))
            kept.update(await asyncio.to_thread(files_below, tmp_path))
            return None if over is None else over.blind

    kept: dict[str, bytes] = {}
    blind = asyncio.run(play())
    loudest = int(np.abs(call.samples).max(axis=1).argmax())
    told = call.samples[loudest : loudest + 200]

    assert blind == LATER
    assert sum(map(len, kept.values())) > call.samples.nbytes
    for sound in (told, *(one for one in told.T if one.any())):
        data = np.ascontiguousarray(sound, "<i2").tobytes()
        assert [name for name, held in kept.items() if data in held] == []


def files_below(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(("keeps", "blind"), [(True, None), (False, BACKLOG)])
def test_a_service_that_ended_before_it_listened_goes_on_at_its_next_start(
    tmp_path: Path, keeps: bool, blind: str | None
) -> None:
    """Where audio may be kept. Where not, its key was in memory alone, and the call says that text is missing."""
    call = a_planned_call(ENGLISH, until_s=16)
    speech = SlowSpeech(ENGLISH, call)

    async def play() -> CallRecord:
        async with an_application(tmp_path, speech, follow_calls=0, keep_audio=keeps) as parts:
            source = a_source(parts, call)
            await source.start()
            speech.hold_up()
            await source.send(16)
            await source.end()
            await until(lambda: not parts.switchboard.live)
        again = SlowSpeech(ENGLISH, call)
        async with an_application(tmp_path, again, follow_calls=0, keep_audio=keeps) as parts:
            found = await made_up(parts, call.call_id)
            await until(lambda: not list((tmp_path / UNHEARD_FOLDER).glob("*")))
            return found

    found = asyncio.run(play())

    assert found.call.blind == blind
    assert bool(found.utterances) is keeps
