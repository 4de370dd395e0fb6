"""The service of the feed benchmark: whole, but for speech, in whose place flags are handed over as calls hand them.

python -m bench.feeding.server FOLDER    prints its address, then reads one order a line and answers each with a line.

    {"flags": N, "per_minute": R, "seed": S}     so many flags at this rate; with "whole", each to its end
    {"resolve": S}                               those of an earlier order are dealt with
"""

import asyncio
import json
import os
import random
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, process_time
from urllib.parse import urlsplit

from alerts.records import Evidence, FlagId, FlagState, Latency, Priority, RedFlag
from qa_monitor.app import open_application
from qa_monitor.application import Application
from qa_monitor.config import Settings, load_settings
from qa_monitor.connections.config import new_loop
from qa_monitor.server import running_server
from streams.consent import Consent, Notice
from streams.engine.engine import SpeechEngine
from streams.model.recipe import USUAL, Recipe
from streams.model.whisper import SpeechModel
from streams.model.window import Recognised, Window
from streams.records import CallId, CallStarted, Direction, Language, Speaker, Word

STATES = (FlagState.RAISED, FlagState.CONFIRMED, FlagState.RESOLVED)
"""What becomes of a flag, where it is told to its end."""
AGENTS = 20
CAUSE_BEFORE_S = 0.8
"""When the words ended that a flag is about, as speech would have it."""
LONG_S = 86_400.0
"""Until a flag is due: nobody escalates while this runs, which would be changes that nobody ordered."""
BUFFER = 16_384
"""Bytes the kernel may keep of what one console does not read; it takes twice as many."""
PRIORITIES = (Priority.LOW,) * 16 + (Priority.MEDIUM,) * 3 + (Priority.HIGH,)


class Silence(SpeechModel):
    """Stands in for the speech model: nobody speaks."""

    def __init__(self) -> None:
        """No weights."""

    def recognise(self, windows: list[Window], recipe: Recipe = USUAL) -> list[Recognised]:  # type: ignore[override]  # never called
        """Nothing was said."""
        raise AssertionError("no call is played in this benchmark")


def a_call(number: int) -> CallStarted:
    """One of twenty agents'."""
    return CallStarted(
        call_id=CallId(f"call-{number}"),
        tenant="default",
        team="north",
        agent_id=f"agent-{number}",
        direction=Direction.INBOUND,
        language=Language.FR,
        channels=(Speaker.CUSTOMER, Speaker.AGENT),
        dialect="pcm",
        rate_hz=8000,
        notice=Notice.PLAYED,
        consent=Consent.GRANTED,
        started_at=datetime.now(UTC),
    )


def a_flag(name: str, call: CallStarted, priority: Priority) -> RedFlag:
    """As large as they usually are."""
    sentence = "Écoutez, cela fait trois fois que je vous appelle, je voudrais résilier mon abonnement aujourd'hui."
    words = tuple(
        Word(text=word, start_s=10.0 + at / 4, end_s=10.2 + at / 4, probability=0.9)
        for at, word in enumerate(sentence.split())
    )
    return RedFlag(
        flag_id=FlagId(name),
        call_id=call.call_id,
        rule_id="cancellation",
        rule_version="1a2b3c4d",
        priority=priority,
        state=FlagState.CONFIRMED,
        start_s=10.0,
        end_s=14.0,
        raised_s=14.8,
        name_en="Wants to cancel",
        name_fr="Veut résilier",
        action_en="Listen in, and offer the agent help with keeping the customer.",
        action_fr="Écoutez l'appel, et proposez votre aide à l'agent pour retenir le client.",
        deadline_s=LONG_S,
        evidence=Evidence(
            speaker=Speaker.CUSTOMER,
            text=sentence,
            words=words[11:14],
            phrase="résilier",
            explanation_en="The customer says that they want to leave.",
            explanation_fr="Le client dit qu'il veut partir.",
            clip_start_s=0.0,
            clip_end_s=19.0,
        ),
        latency=Latency(text_s=CAUSE_BEFORE_S, rule_s=CAUSE_BEFORE_S),
        raised_at=datetime.now(UTC),
    )


class Told:
    """What was told, so that it can be resolved: as coaches do, or every new page would begin with more and more."""

    def __init__(self, parts: Application) -> None:
        self._parts = parts
        self._open: dict[int, list[tuple[RedFlag, CallStarted]]] = {}

    async def obey(self, order: dict[str, float]) -> list[tuple[str, str, float]]:
        """Do as ordered; each change with the moment when it was decided."""
        if "resolve" in order:
            flags = self._open.pop(int(order["resolve"]), [])
            return [
                await change(self._parts, replace(flag, state=FlagState.RESOLVED), call, monotonic())
                for flag, call in flags
            ]
        kept = self._open.setdefault(int(order["seed"]), [])
        return await tell(self._parts, order, kept)


async def tell(
    parts: Application, order: dict[str, float], kept: list[tuple[RedFlag, CallStarted]]
) -> list[tuple[str, str, float]]:
    """So many flags at this rate, a little unevenly; `kept`: those that stay open."""
    chance, told = random.Random(int(order["seed"])), []
    due_s, step_s = monotonic(), 60.0 / order["per_minute"]
    states = STATES if order.get("whole") else (FlagState.CONFIRMED,)
    for number in range(int(order["flags"])):
        due_s += step_s * chance.uniform(0.5, 1.5)
        await asyncio.sleep(max(0.0, due_s - monotonic()))
        call = a_call(number % AGENTS)
        flag = a_flag(f"flag-{int(order['seed'])}-{number}", call, chance.choice(PRIORITIES))
        told += [await change(parts, replace(flag, state=state), call, monotonic()) for state in states]
        if not order.get("whole"):
            kept.append((flag, call))
    return told


async def change(parts: Application, flag: RedFlag, call: CallStarted, decided_s: float) -> tuple[str, str, float]:
    """One change of a flag, as a call hands it over."""
    parts.stages.began(flag.flag_id, decided_s - CAUSE_BEFORE_S, decided_s)
    stored = await parts.feed.tell(flag, call, lambda: monotonic() - decided_s + CAUSE_BEFORE_S)
    parts.stages.told(flag.flag_id, stored.flag.latency)
    return str(flag.flag_id), flag.state.value, decided_s


def keep_small_buffers(port: int) -> None:
    """Let the kernel keep little of what a console does not read, as networks do: over loopback it would keep minutes.

    What this process listens with hands its size on to every connection.
    """
    for name in os.listdir("/proc/self/fd"):
        try:
            found = socket.socket(fileno=os.dup(int(name)))
        except OSError:
            continue  # no socket, or closed meanwhile
        with found:
            inet = found.family in (socket.AF_INET, socket.AF_INET6)
            if inet and found.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN) and found.getsockname()[1] == port:
                found.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, BUFFER)


def an_engine(settings: Settings) -> SpeechEngine:
    """Around silence."""
    return SpeechEngine(Silence(), workers=1, batch_size=8)


async def serve(folder: Path) -> None:
    """Until the input ends."""
    seen: list[Application] = []

    @asynccontextmanager
    async def opening(settings: Settings) -> AsyncIterator[Application]:
        async with open_application(settings, an_engine) as parts:
            seen.append(parts)
            yield parts

    settings = load_settings(
        host="127.0.0.1", port=0, data_dir=folder, open_loopback=True, audiosocket_port="off", log_level="warning"
    )
    async with running_server(settings, opening) as url:
        keep_small_buffers(urlsplit(url).port or 0)
        say({"url": url})
        told = Told(seen[0])
        while line := await asyncio.to_thread(sys.stdin.readline):
            spent_s = process_time()
            done = await told.obey(json.loads(line))
            say({"told": done, "cpu_s": process_time() - spent_s})


def say(what: object) -> None:
    """One line to whoever started this."""
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=new_loop) as runner:
        runner.run(serve(Path(sys.argv[1])))
