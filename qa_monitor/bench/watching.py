"""What the player sees while calls are live: their transcripts, the flags, the heartbeat, the service's usage."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

import msgspec

from qa_monitor.bench.counters import counters_of
from qa_monitor.bench.events import NoStream, events_of
from qa_monitor.bench.machine import usage_of
from qa_monitor.bench.records import Beat, Guess, Heard, Tally, Usage
from streams.records import CallId

LOOK_EVERY_S = 1.0
COUNT_EVERY_S = 2.0
GOOD = 'final_latency_seconds_bucket{le="2.5"}'
"""Finals this soon after their utterance are worth something to a coach."""
FINALS = "final_latency_seconds_count"
KNOWN_WITHIN_S = 10.0
ASK_AGAIN_S = 0.1
NOT_FOUND = 404


class _Said(msgspec.Struct):
    """What is read of an utterance."""

    utterance_id: str
    channel: int
    start_s: float
    end_s: float
    text: str
    final: bool
    emotion: msgspec.Raw
    late: bool = False


class _Beaten(msgspec.Struct):
    """What is read of a heartbeat."""

    lag_s: float
    shed_level: int
    calls_live: int


class _Flagged(msgspec.Struct):
    """What is read of a flag."""

    flag_id: str
    state: str


@dataclass(slots=True, kw_only=True)
class Transcript:
    """The live transcript of one call. State of one follower."""

    finals: dict[str, Heard] = field(default_factory=dict)
    guesses: list[Guess] = field(default_factory=list)
    scored: set[str] = field(default_factory=set)

    def note(self, said: _Said, at_s: float) -> None:
        """Take one event. A final told again keeps its first arrival; text told after the fact is no live text."""
        if not said.final:
            self.guesses.append(
                Guess(
                    utterance_id=said.utterance_id,
                    channel=said.channel,
                    start_s=said.start_s,
                    end_s=said.end_s,
                    at_s=at_s,
                )
            )
            return
        if said.text and not said.late:
            heard = Heard(channel=said.channel, start_s=said.start_s, end_s=said.end_s, text=said.text, at_s=at_s)
            self.finals.setdefault(said.utterance_id, heard)
        if bytes(said.emotion) != b"null":
            self.scored.add(said.utterance_id)


class Watch:
    """Follows one service. `transcripts` are filled as long as their `follow` runs."""

    def __init__(self, url: str, pid: int) -> None:
        self._url, self._pid = url, pid
        self.transcripts: dict[CallId, Transcript] = {}
        self.beats: list[Beat] = []
        self.usage: list[Usage] = []
        self.tallies: list[Tally] = []
        self._flags: dict[str, str] = {}
        self.connected = asyncio.Event()
        self.calm = asyncio.Event()
        """Set while nothing is left out."""

    @property
    def flags(self) -> int:
        """How many flags were raised."""
        return len(self._flags)

    @property
    def withdrawn(self) -> int:
        """How many of them were withdrawn."""
        return sum(state == "withdrawn" for state in self._flags.values())

    async def follow(self, call_id: CallId) -> None:
        """One call until it has ended; it may take a moment until the service knows it. Raises `NoStream`."""
        transcript = self.transcripts.setdefault(call_id, Transcript())
        give_up_s = time.monotonic() + KNOWN_WITHIN_S
        while True:
            try:
                await self._follow(call_id, transcript)
                return
            except NoStream as error:
                if error.status != NOT_FOUND or time.monotonic() > give_up_s:
                    raise
                await asyncio.sleep(ASK_AGAIN_S)

    async def console(self) -> None:
        """The feed of flags, until cancelled."""
        flag, beat = msgspec.json.Decoder(_Flagged), msgspec.json.Decoder(_Beaten)
        async for event, at_s in events_of(self._url, "/v1/flags/stream"):
            match event.event:
                case "snapshot":
                    self.connected.set()
                case "flag":
                    told = flag.decode(event.data)
                    self._flags[told.flag_id] = told.state
                case "heartbeat":
                    self._beaten(_beat(beat.decode(event.data), at_s))

    def _beaten(self, beat: Beat) -> None:
        self.beats.append(beat)
        if beat.shed_level:
            self.calm.clear()
        else:
            self.calm.set()

    async def look(self, tell: Callable[[], None]) -> None:
        """Processor and memory every second, until cancelled."""
        while True:
            with suppress(OSError):  # it has ended: whoever started it says so
                self.usage.append(usage_of(self._pid))
            tell()
            await asyncio.sleep(LOOK_EVERY_S)

    async def count(self) -> None:
        """Finals by the service's own count, also of calls nobody follows, until cancelled."""
        while True:
            counters = await counters_of(self._url)
            tally = Tally(at_s=time.monotonic(), finals=counters.get(FINALS, 0.0), good=counters.get(GOOD, 0.0))
            self.tallies.append(tally)
            await asyncio.sleep(COUNT_EVERY_S)

    async def _follow(self, call_id: CallId, transcript: Transcript) -> None:
        said = msgspec.json.Decoder(_Said)
        async for event, at_s in events_of(self._url, f"/v1/calls/{call_id}/stream"):
            if event.event == "utterance":
                transcript.note(said.decode(event.data), at_s)
            elif event.event == "ended":
                return


def _beat(told: _Beaten, at_s: float) -> Beat:
    return Beat(at_s=at_s, lag_s=told.lag_s, shed_level=told.shed_level, calls_live=told.calls_live)
