"""One call on the switchboard: who feeds it at the moment, what is held back, and how it is carried on."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from qa_monitor.call.pipeline import CallPipeline
from qa_monitor.call.switchboard.consent import ConsentAsked
from qa_monitor.call.switchboard.curtain import Curtain
from qa_monitor.call.switchboard.keypad import KeyAction, Keypad
from qa_monitor.call.switchboard.placing import Place, same_channels
from streams.protocols.port import Downlink
from streams.records import (
    AgentChanged,
    AudioFrame,
    CallEnded,
    CallEvent,
    CallStarted,
    Dtmf,
    EndReason,
    Gap,
    GapReason,
    Paused,
    Resumed,
    Utterance,
)

CARRY_ON_S = 15.0
"""How long a call is held open whose source said that it goes on in another session, in wall seconds."""
SESSION, CONVERSATION = "session_id", "conversation_id"


@dataclass(frozen=True, slots=True, kw_only=True)
class LivePolicy:
    """What holds for every call."""

    clock: Callable[[], datetime]
    """Steady: it measures the hole between two sessions."""
    keys: Mapping[str, KeyAction]
    carry_on_s: float = CARRY_ON_S


class Feeding:
    """One connection's part in a call. Compared by identity: a connection that was replaced is not listened to."""

    def __init__(self, downlink: Downlink, *, wants_transcripts: bool, place: Place) -> None:
        self.downlink, self.wants_transcripts, self.place = downlink, wants_transcripts, place

    def told(self, utterance: Utterance) -> None:
        """Tell the source what was said, where it wants to know."""
        known = self.place.back(utterance) if self.wants_transcripts else None
        if known is not None:
            self.downlink.utterances.append(known)


class LiveCall:
    """Passes on what its current connection says. To be used from one event loop."""

    def __init__(self, pipeline: CallPipeline, policy: LivePolicy) -> None:
        self.pipeline, self._policy = pipeline, policy
        call = pipeline.call
        self._first = self._standing = call
        self._curtain = Curtain()
        self._keypad = Keypad(policy.keys)
        self._sessions = {name for name in (call.metadata.get(SESSION),) if name}
        self._ends_s = [0.0] * len(call.channels)
        self._heard_at = policy.clock()
        self._source_paused = False
        self._feeding: Feeding | None = None
        self._parted: CallEnded | None = None
        self._waiting: asyncio.TimerHandle | None = None
        pipeline.on_said = self._said

    @property
    def now_s(self) -> float:
        """How far its audio has come, by what arrived."""
        return max(self._ends_s)

    def carries_on(self, call: CallStarted) -> bool:
        """Whether this start means this call: it names one of its sessions, or goes on where one left off."""
        first = self._first
        fits = same_channels(first.channels, call.channels) is not None and first.rate_hz == call.rate_hz
        if not fits or (first.tenant, first.dialect) != (call.tenant, call.dialect):
            return False
        conversation = call.metadata.get(CONVERSATION)
        goes_on = self._parted is not None and conversation is not None
        return not self._sessions.isdisjoint(call.continues) or (
            goes_on and conversation == first.metadata.get(CONVERSATION)
        )

    def answer(self, call: CallStarted, downlink: Downlink, *, wants_transcripts: bool) -> Feeding:
        """Listen to this connection from now on, and to no other. What was missed in between is a gap."""
        channels = same_channels(self._first.channels, call.channels) or tuple(range(len(call.channels)))
        fresh = self._feeding is None and self._parted is None
        place = Place(call_id=self._first.call_id, from_s=0.0 if fresh else self._resumes_s(), channels=channels)
        self._leave()
        self._parted = None
        self._source_paused = False
        self._sessions |= {name for name in (call.metadata.get(SESSION),) if name}
        self._feeding = Feeding(downlink, wants_transcripts=wants_transcripts, place=place)
        self.pipeline.source_reads = wants_transcripts
        downlink.paused = self._curtain.closed is not None
        self._mark_hole(place.from_s)
        return self._feeding

    async def take(self, feeding: Feeding, event: CallEvent) -> None:
        """The next event of a connection; what comes from one that was replaced is dropped."""
        if feeding is not self._feeding:
            return
        self._heard_at = self._policy.clock()
        placed = feeding.place.put(event)
        match placed:
            case AudioFrame() | Gap():
                placed = self._let_through(placed)
            case Dtmf():
                self._act(self._keypad.press(placed.digit, placed.at_s))
            case Paused():
                self._source_paused = True
            case Resumed():
                self._source_paused = False
                if self._curtain.closed is not None:
                    return
            case CallEnded(reason=EndReason.RECONNECT):
                self._part(placed)
                return
            case _:
                pass
        await self.pipeline.put(placed)

    def hold_back(self, reason: GapReason) -> None:
        """Let nothing through: a pause, or off the record. The source is asked to send nothing."""
        if self._curtain.closed is None:
            self.pipeline.push(Paused(call_id=self._first.call_id, at_s=self.now_s))
        self._curtain.close(reason)
        self._ask_source()

    def go_on(self) -> None:
        """Let everything through again."""
        if self._curtain.closed is None:
            return
        self._curtain.open(self.now_s)
        self._ask_source()
        if not self._source_paused:
            self.pipeline.push(Resumed(call_id=self._first.call_id, at_s=self.now_s))

    def transfer(self, agent_id: str, team: str) -> None:
        """Another agent takes the call."""
        self.pipeline.push(AgentChanged(call_id=self._first.call_id, at_s=self.now_s, agent_id=agent_id, team=team))

    def consent(self, asked: ConsentAsked) -> CallStarted:
        """The customer was told or has answered: the call with it. Raises `ConsentRefused` for what cannot be."""
        self._standing = asked.applied_to(self._standing)
        self.pipeline.consented(asked.change(self._standing, self.now_s))
        return self._standing

    def wait_no_longer(self) -> None:
        """Where another session was waited for: it does not come, the call is over."""
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None
        if self._parted is not None:
            self.pipeline.push(self._parted)
            self._parted = None

    def over(self) -> None:
        """The call has ended and all of it is told; who still feeds it hears why it cannot."""
        if self._feeding is not None:
            self._feeding.downlink.flushed = True

    def _said(self, utterance: Utterance) -> None:
        if self._feeding is not None:
            self._feeding.told(utterance)

    def _let_through(self, event: AudioFrame | Gap) -> AudioFrame | Gap:
        end_s = event.end_s if isinstance(event, AudioFrame) else event.start_s + event.duration_s
        self._ends_s[event.channel] = max(self._ends_s[event.channel], end_s)
        return self._curtain.through(event)

    def _act(self, action: KeyAction | None) -> None:
        match action:
            case KeyAction.PAUSE:
                self.hold_back(GapReason.PAUSED)
            case KeyAction.OFF_RECORD:
                self.hold_back(GapReason.OFF_RECORD)
            case KeyAction.RESUME:
                self.go_on()
            case None:
                pass

    def _ask_source(self) -> None:
        self.pipeline.closed = self._curtain.closed
        if self._feeding is not None:
            self._feeding.downlink.paused = self._curtain.closed is not None

    def _part(self, ended: CallEnded) -> None:
        """The source says that it goes on in another session: the call is held open for it."""
        self._leave()
        self._parted = ended
        self._waiting = asyncio.get_running_loop().call_later(self._policy.carry_on_s, self.wait_no_longer)

    def _leave(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None
        if self._feeding is not None:
            self._feeding.downlink.flushed = True
            self._feeding = None

    def _resumes_s(self) -> float:
        """Where a new session begins on the call's clock, in whole samples: as much later as it is later."""
        away_s = max(0.0, (self._policy.clock() - self._heard_at).total_seconds())
        return ceil((self.now_s + away_s) * self._first.rate_hz) / self._first.rate_hz

    def _mark_hole(self, until_s: float) -> None:
        for channel, end_s in enumerate(self._ends_s):
            if until_s > end_s:
                gap = Gap(
                    call_id=self._first.call_id,
                    channel=channel,
                    start_s=end_s,
                    duration_s=until_s - end_s,
                    reason=GapReason.LOST,
                )
                self.pipeline.push(self._let_through(gap))
