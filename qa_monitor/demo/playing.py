"""Plays bundled calls into a running service and notes what it answers and when."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from qa_monitor.demo.follow import Console, FollowError
from qa_monitor.demo.scoring import CallScore, SeenFlag, score_call
from qa_monitor.demo.truth import CallTruth, bundled_calls
from qa_monitor.schemas.calls import CallDetailJson
from qa_monitor.schemas.flags import FlagJson
from qa_monitor.schemas.utterances import UtteranceJson
from qa_monitor.simulator.recording import read_recording
from qa_monitor.simulator.scenario import PlannedCall
from qa_monitor.simulator.sender import Line, OnProgress, SentCall, SimulationError, play
from streams.consent import Consent, Notice
from streams.records import CallId, Speaker

KNOWN_WITHIN_S = 10.0
ENDED_WITHIN_S = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoCall:
    """A bundled call, ready to be played."""

    planned: PlannedCall
    truth: CallTruth


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedCall:
    """Any call that was played, and what the service made of it."""

    sent: SentCall
    detail: CallDetailJson
    final_latencies_s: tuple[float, ...]
    """Per final utterance: from its end, as it was sent, to its text on the event stream."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayedCall:
    """A bundled call that was played, and everything the service made of it."""

    truth: CallTruth
    sent: SentCall
    detail: CallDetailJson
    flags: tuple[SeenFlag, ...]
    final_latencies_s: tuple[float, ...]
    """Per final utterance: from its end, as it was sent, to its text on the event stream."""

    def score(self) -> CallScore:
        """Flags against the truth."""
        sent_at_s = {expected: self.sent.sent_at_s(expected.due_s) for expected in self.truth.expected}
        return score_call(self.sent.call_id, self.truth, self.flags, sent_at_s)


def plan_bundled(run_id: str, *, quick: bool = False) -> list[DemoCall]:
    """The bundled calls, languages in turn. They are announced with notice given and consent granted."""
    calls = []
    for path, truth in sorted(bundled_calls(quick=quick), key=lambda call: call[1].call_id.split("-", 1)[::-1]):
        recording = read_recording(path)
        planned = PlannedCall(
            call_id=CallId(f"{truth.call_id}-{run_id}"),
            agent_id=truth.agent_id,
            team=truth.team,
            direction=truth.direction,
            language=truth.language,
            notice=Notice.PLAYED,
            consent=Consent.GRANTED,
            channels=(Speaker.CUSTOMER, Speaker.AGENT),
            rate_hz=recording.rate_hz,
            samples=recording.samples,
        )
        calls.append(DemoCall(planned=planned, truth=truth))
    return calls


@dataclass(slots=True)
class FlagLog:
    """Every flag of the feed, with the moment it first came. State of one watcher."""

    _latest: dict[str, FlagJson] = field(default_factory=dict)
    _first_seen_s: dict[str, float] = field(default_factory=dict)

    def note(self, flag: FlagJson, at_s: float) -> None:
        """Take one event of the feed."""
        self._latest[flag.flag_id] = flag
        self._first_seen_s.setdefault(flag.flag_id, at_s)

    def of_call(self, call_id: CallId) -> tuple[SeenFlag, ...]:
        """The flags of one call in the order they came."""
        return tuple(
            SeenFlag(
                flag_id=flag.flag_id,
                call_id=call_id,
                rule_id=flag.rule_id,
                priority=flag.priority,
                speaker=flag.evidence.speaker,
                start_s=flag.start_s,
                end_s=flag.end_s,
                first_seen_s=self._first_seen_s[flag.flag_id],
                withdrawn=flag.state.value == "withdrawn",
            )
            for flag in self._latest.values()
            if flag.call_id == call_id
        )


OnPlayed = Callable[[PlayedCall], None]


async def play_bundled(
    calls: Sequence[DemoCall],
    line: Line,
    console: Console,
    *,
    parallel: int,
    on_progress: OnProgress = lambda _: None,
    on_played: OnPlayed = lambda _: None,
) -> list[PlayedCall]:
    """Play calls, at most `parallel` at a time, and follow the feed. Raises `SimulationError` or `FollowError`."""
    try:
        return await _play_all(calls, line, console, asyncio.Semaphore(parallel), (on_progress, on_played))
    except BaseExceptionGroup as group:
        known = group.subgroup((SimulationError, FollowError))
        if known is None:
            raise
        raise _first(known) from group


async def _play_all(
    calls: Sequence[DemoCall],
    line: Line,
    console: Console,
    places: asyncio.Semaphore,
    listeners: tuple[OnProgress, OnPlayed],
) -> list[PlayedCall]:
    log = FlagLog()
    connected = asyncio.Event()
    on_progress, on_played = listeners

    async def one(call: DemoCall) -> PlayedCall:
        async with places:
            played = await _play_one(call, line, console, log, on_progress)
            on_played(played)
            return played

    async with asyncio.TaskGroup() as group:
        feed = group.create_task(console.flags(connected, log.note))
        await connected.wait()
        async with asyncio.TaskGroup() as playing:
            tasks = [playing.create_task(one(call)) for call in calls]
        feed.cancel()
    return [task.result() for task in tasks]


async def _play_one(call: DemoCall, line: Line, console: Console, log: FlagLog, on_progress: OnProgress) -> PlayedCall:
    followed = await play_and_follow(call.planned, line, console, on_progress)
    return PlayedCall(
        truth=call.truth,
        sent=followed.sent,
        detail=followed.detail,
        flags=log.of_call(call.planned.call_id),
        final_latencies_s=followed.final_latencies_s,
    )


async def play_and_follow(call: PlannedCall, line: Line, console: Console, on_progress: OnProgress) -> FollowedCall:
    """Play one call and read its live transcript meanwhile. Raises `SimulationError` or `FollowError`."""
    finals: dict[str, tuple[UtteranceJson, float]] = {}

    def note(utterance: UtteranceJson, at_s: float) -> None:
        if utterance.final and utterance.text:
            finals.setdefault(utterance.utterance_id, (utterance, at_s))

    async def follow() -> None:
        await console.known(call.call_id, KNOWN_WITHIN_S)
        await console.utterances(call.call_id, note)

    async with asyncio.TaskGroup() as group:
        following = group.create_task(follow())
        (sent,) = await play([call], line, on_progress=on_progress)
        if sent.error:
            raise SimulationError(sent.error)
        detail = await console.ended(call.call_id, ENDED_WITHIN_S)
        await following
    latencies = tuple(at_s - sent.sent_at_s(utterance.end_s) for utterance, at_s in finals.values())
    return FollowedCall(sent=sent, detail=detail, final_latencies_s=latencies)


def _first(group: BaseExceptionGroup[BaseException]) -> BaseException:
    """The first error itself, out of however many groups."""
    error = group.exceptions[0]
    return _first(error) if isinstance(error, BaseExceptionGroup) else error
