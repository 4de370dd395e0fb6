"""The player, a process of its own and niced: it plays the calls, follows them, and writes down what it saw.

`python -m qa_monitor.bench.player JOB LOG`; a line of JSON once a second says how far it is.
"""

import asyncio
import os
import sys
import time
import uuid
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from qa_monitor.bench.counters import counters_of
from qa_monitor.bench.events import NoStream
from qa_monitor.bench.job import BenchCall, Job, calls_of, load_job, planned, prompts_for, save_log
from qa_monitor.bench.machine import usage_of
from qa_monitor.bench.records import CallLog, Player, RunLog, Usage
from qa_monitor.bench.watching import Transcript, Watch
from qa_monitor.connections.config import new_loop
from qa_monitor.demo.scoring import percentile
from qa_monitor.simulator.line import Line, Progress, SentCall
from qa_monitor.simulator.planned import StreamProtocol
from qa_monitor.simulator.sender import play
from streams.records import CallId

SETTLE_S = 2.0
"""After the first calls, before memory is looked at."""
CALM_WITHIN_S = 60.0
LAST_WORDS_S = 30.0
FRAMES_S = {StreamProtocol.AUDIOHOOK: 0.2, StreamProtocol.TWILIO: 0.02}


@dataclass(slots=True)
class Pace:
    """How far calls have been sent, and when: to know whether the player itself is late."""

    sent: list[tuple[CallId, float, float]] = field(default_factory=list)

    def note(self, progress: Progress) -> None:
        """So much has been sent now."""
        self.sent.append((progress.call_id, progress.sent_s, time.monotonic()))

    def late_s(self, calls: Sequence[SentCall]) -> list[float]:
        """Delay of each message that was looked at."""
        started = {call.call_id: call.started_at_s for call in calls}
        return [max(0.0, at_s - started[call_id] - sent_s) for call_id, sent_s, at_s in self.sent]


class Playing:
    """One job."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._line = Line(url=job.url, protocol=job.protocol)
        self._run_id = uuid.uuid4().hex[:6]

    async def run(self) -> RunLog:
        """All of it."""
        job = self._job
        prompts = prompts_for(job.material, job.run_s)
        warm, calls = calls_of(job.warm, prompts), calls_of(job.calls, prompts)
        watch = Watch(job.url, job.pid)
        async with asyncio.TaskGroup() as group:
            console = group.create_task(watch.console())
            await watch.connected.wait()
            await self._all(warm, Watch(job.url, job.pid), "warm")
            await self._calm(watch)
            before, idle = await counters_of(job.url), usage_of(job.pid)
            looking = group.create_task(watch.look(lambda: tell(watch)))
            counting = group.create_task(watch.count())
            log = await self._measured(calls, watch, before, idle)
            for task in (looking, counting, console):
                task.cancel()
        return log

    async def _measured(
        self, calls: Sequence[BenchCall], watch: Watch, before: dict[str, float], idle: Usage
    ) -> RunLog:
        cpu_s, began_s = time.process_time(), time.monotonic()
        sent, pace = await self._all(calls, watch, self._run_id)
        player = Player(
            cpu_s=time.process_time() - cpu_s,
            wall_s=time.monotonic() - began_s,
            late_p95_s=percentile(pace.late_s(sent), 0.95),
        )
        await self._later()
        return RunLog(
            calls=tuple(self._log(call, one, watch) for call, one in zip(calls, sent, strict=True)),
            player=player,
            warm=idle,
            usage=tuple(watch.usage),
            beats=tuple(watch.beats),
            tallies=tuple(watch.tallies),
            flags=watch.flags,
            withdrawn=watch.withdrawn,
            counters_before=before,
            counters_after=await counters_of(self._job.url),
        )

    async def _all(self, calls: Sequence[BenchCall], watch: Watch, run_id: str) -> tuple[list[SentCall], Pace]:
        """Play, and follow each call from the moment the service takes it."""
        pace = Pace()
        following: dict[CallId, asyncio.Task[None]] = {}

        plans = [planned(call, run_id) for call in calls]
        watched = {plan.call_id for plan, call in zip(plans, calls, strict=True) if call.plan.watched}

        def taken(call_id: CallId, told: str) -> None:
            if call_id in watched - following.keys() and told.startswith(("opened", "connected to")):
                following[call_id] = asyncio.create_task(_followed(watch, call_id))

        sent = await play(plans, self._line, on_progress=pace.note, on_step=taken)
        refused = {one.call_id for one in sent if one.error is not None}
        for call_id, task in following.items():
            if call_id in refused:
                task.cancel()
        if following:
            _, late = await asyncio.wait(following.values(), timeout=LAST_WORDS_S)
            for task in late:
                task.cancel()
        return sent, pace

    async def _calm(self, watch: Watch) -> None:
        """Until nothing is left out any more, which may take a while on a busy machine."""
        await asyncio.sleep(SETTLE_S)
        with suppress(TimeoutError):
            await asyncio.wait_for(watch.calm.wait(), CALM_WITHIN_S)

    async def _later(self) -> None:
        """Wait while speech is still transcribed that was put off during the calls."""
        until_s = time.monotonic() + self._job.later_s
        while time.monotonic() < until_s:
            if not (await counters_of(self._job.url)).get("speech_later_waiting_s"):
                return
            await asyncio.sleep(SETTLE_S)

    def _log(self, call: BenchCall, sent: SentCall, watch: Watch) -> CallLog:
        transcript = watch.transcripts.get(sent.call_id, Transcript())
        return CallLog(
            plan=call.plan,
            started_at_s=sent.started_at_s,
            frame_s=FRAMES_S.get(self._job.protocol, 0.02),
            error=sent.error,
            speech_s=call.conversation.speech_s,
            spoken=call.conversation.spoken,
            finals=tuple(transcript.finals.values()),
            guesses=tuple(transcript.guesses),
            scored_voices=len(transcript.scored),
        )


async def _followed(watch: Watch, call_id: CallId) -> None:
    with suppress(NoStream):  # a call that was refused is never known: its own error says so
        await watch.follow(call_id)


def tell(watch: Watch) -> None:
    """One line to whoever started this process."""
    beat = watch.beats[-1] if watch.beats else None
    told = {
        "finals": sum(len(transcript.finals) for transcript in watch.transcripts.values()),
        "calls_live": beat.calls_live if beat else 0,
        "lag_s": beat.lag_s if beat else 0.0,
        "shed_level": beat.shed_level if beat else 0,
        "rss_mib": watch.usage[-1].rss_mib if watch.usage else 0.0,
    }
    sys.stdout.buffer.write(msgspec.json.encode(told) + b"\n")
    sys.stdout.buffer.flush()


def main() -> None:
    """Play one job."""
    job, log = load_job(Path(sys.argv[1])), Path(sys.argv[2])
    os.nice(job.nice)
    with asyncio.Runner(loop_factory=new_loop) as runner:
        save_log(runner.run(Playing(job).run()), log)


if __name__ == "__main__":
    main()
