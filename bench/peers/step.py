"""One step of `bench/calls.py --peers`: another server follows the same calls as ours, on the same model folder.

    python -m bench.peers.step --list
    python -m bench.peers.step NAME JOB FIGURES

Every channel is a stream of its own at real pace, 16 kHz, in pieces of 0.1 s. The server is started first; then this
process is niced, as the player beside our own service is. Each call's words are matched as ours are.
"""

import asyncio
import json
import os
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec
import numpy as np
import soxr

from bench.peers.catalogue import all_peers
from bench.peers.port import CHUNK_S, RATE_HZ, Chunk, Peer, PeerError, PeerFinal, PeerServer
from qa_monitor.bench.figures import Figures, figures_of
from qa_monitor.bench.job import BenchCall, calls_of, prompts_for
from qa_monitor.bench.machine import group_usage
from qa_monitor.bench.peers import PeerJob
from qa_monitor.bench.records import CallLog, Heard, Player, RunLog, Usage
from qa_monitor.demo.scoring import percentile

SETTLE_S = 1.0
LOOK_EVERY_S = 1.0


class Step:
    """One job on one server."""

    def __init__(self, server: PeerServer, calls: Sequence[BenchCall]) -> None:
        self._server, self._calls = server, calls
        self._finals: dict[int, list[Heard]] = {call.plan.number: [] for call in calls}
        self._errors: dict[int, str] = {}
        self._late_s: list[float] = []
        self._usage: list[Usage] = []

    async def run(self) -> RunLog:
        """Play all calls to their end."""
        warm = group_usage(self._server.pid)
        cpu_s, began_s = time.process_time(), time.monotonic()
        origin_s = began_s + SETTLE_S
        looking = asyncio.create_task(self._look())
        async with asyncio.TaskGroup() as group:
            for call in self._calls:
                for channel in (0, 1):
                    group.create_task(self._stream(call, channel, origin_s + call.plan.starts_after_s))
        looking.cancel()
        player = Player(
            cpu_s=time.process_time() - cpu_s,
            wall_s=time.monotonic() - began_s,
            late_p95_s=percentile(self._late_s, 0.95),
        )
        return RunLog(
            calls=tuple(self._log(call, origin_s) for call in self._calls),
            player=player,
            warm=warm,
            usage=tuple(self._usage),
            counters_before={},
            counters_after={},
        )

    async def _stream(self, call: BenchCall, channel: int, started_at_s: float) -> None:
        def final(told: PeerFinal) -> None:
            # without its own times, which not every peer tells rightly: words alone decide
            self._finals[call.plan.number].append(Heard(channel=channel, text=told.text, at_s=told.at_s))

        language = (call.plan.language or "en").lower()
        try:
            await self._server.stream(self._chunks(call, channel, started_at_s), language, final)
        except PeerError as error:
            self._errors[call.plan.number] = str(error)

    async def _chunks(self, call: BenchCall, channel: int, started_at_s: float) -> AsyncIterator[Chunk]:
        samples = call.conversation.samples[:, channel].astype(np.float32) / 32_768
        sound: Chunk = soxr.resample(samples, call.rate_hz, RATE_HZ).astype(np.float32)
        size = round(CHUNK_S * RATE_HZ)
        for number in range(len(sound) // size):
            due_s = started_at_s + (number + 1) * CHUNK_S
            wait_s = due_s - time.monotonic()
            if wait_s > 0:
                await asyncio.sleep(wait_s)
            self._late_s.append(max(0.0, time.monotonic() - due_s))
            yield sound[number * size : (number + 1) * size]

    async def _look(self) -> None:
        while True:
            with suppress(OSError):
                self._usage.append(group_usage(self._server.pid))
            await asyncio.sleep(LOOK_EVERY_S)

    def _log(self, call: BenchCall, origin_s: float) -> CallLog:
        number = call.plan.number
        return CallLog(
            plan=call.plan,
            started_at_s=origin_s + call.plan.starts_after_s,
            frame_s=CHUNK_S,
            error=self._errors.get(number),
            speech_s=call.conversation.speech_s,
            spoken=call.conversation.spoken,
            finals=tuple(self._finals[number]),
        )


async def measured(peer: Peer, job: PeerJob) -> Figures:
    """Start the server, play, stop it. Raises PeerError."""
    calls = calls_of(job.calls, prompts_for(job.material, job.run_s))
    async with peer.serve(Path(job.model), job.cores) as server:
        os.nice(job.nice)
        return figures_of(await Step(server, calls).run())


def main() -> None:
    """List, or play."""
    peers = {peer.name: peer for peer in all_peers()}
    if sys.argv[1:] == ["--list"]:
        print(json.dumps({name: peer.available() for name, peer in peers.items()}))
        return
    name, asked, answered = sys.argv[1:]
    job = msgspec.json.decode(Path(asked).read_bytes(), type=PeerJob)
    try:
        figures = asyncio.run(measured(peers[name], job))
    except PeerError as error:
        sys.exit(f"{name}: {str(error).strip().splitlines()[-1]}")
    Path(answered).write_bytes(msgspec.json.encode(figures))


if __name__ == "__main__":
    main()
