"""What the application asks of a store, whatever keeps it.

Every write resolves once it is on disk and raises `StoreError` when it could not be: the caller goes on, the store has
changed nothing. Every read sees one instant. Safe to share between all calls; to be used from one event loop.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from alerts.acts import Act
from alerts.records import CoachId, FlagId, HeldFlag, Latency, RedFlag
from qa_monitor.erasing.records import AudioErased
from qa_monitor.people.records import AgentKey
from qa_monitor.people.sight import EVERYTHING, Sight
from qa_monitor.records.calls import CallAgent, CallState, Hold, StoredCall
from qa_monitor.records.feed import FeedSnapshot
from qa_monitor.records.flags import FlagEvent, LeftFlag, StoredFlag
from qa_monitor.records.holds import OnHold
from qa_monitor.records.outlines import Peaks
from qa_monitor.records.verdicts import Restored, Verdict
from qa_monitor.records.whole_calls import CallRecord, OwnCall
from qa_monitor.rules.port import Verdicts
from sentiment.records import Course, Dynamics, EmotionScore
from streams.records import CallEnded, CallId, CallStarted, ConsentChanged, Gap, Utterance

Blocks = NDArray[np.int16]
"""Samples of all channels side by side: shape (samples, channels)."""


class Writes(Protocol):
    """What the pipeline of a call keeps."""

    async def save_call(self, call: CallStarted) -> StoredCall:
        """Keep an announced call as live. Raises `CallExists` when its id is taken."""

    async def save_blind(self, call_id: CallId, reason: str | None) -> None:
        """Keep why this call cannot be judged (none: it can)."""

    async def save_hold(self, call_id: CallId, hold: Hold | None) -> None:
        """Keep that nothing is heard of a live call by somebody's wish (none: it is heard again)."""

    async def save_agent(self, call_id: CallId, agent: CallAgent) -> StoredCall:
        """Keep that a call is with this agent from a second of its audio on. Raises `NotKept`.

        Flags of what happened earlier stay with the agent of their moment. The same second again replaces it.
        """

    async def forget_emotions(self, call_id: CallId) -> None:
        """Delete all that was made of a voice in a call: scores, course, and what flags say of them."""

    async def save_consent(self, change: ConsentChanged, call: CallStarted, at: datetime) -> None:
        """Keep what the customer was told and answered; `call` has the change in it. Raises `NotKept`.

        Where the voice may no longer be judged, all that was made of it is deleted by the same write.
        """

    async def save_course(self, call_id: CallId, course: Course) -> None:
        """Keep how the customer went through a call so far; the earlier course is replaced. Raises `NotKept`.

        The database refuses it where no channel is the customer's, or notice and consent were not given.
        """

    async def save_dynamics(self, call_id: CallId, dynamics: Dynamics) -> None:
        """Keep the latest dynamics of a call; the earlier ones are replaced."""

    async def end_call(self, ended: CallEnded, ended_at: datetime) -> StoredCall:
        """Mark a call as ended. Ending it twice changes nothing."""

    async def save_utterance(
        self, utterance: Utterance, emotion: EmotionScore | None = None, *, late: bool = False
    ) -> None:
        """Keep a final utterance, never its embedding. The same id again replaces it. `late`: transcribed afterwards.

        The database refuses emotion where the channel is not the customer's or notice and consent were not given.
        """

    async def save_gap(self, gap: Gap) -> None:
        """Keep where audio is missing."""

    async def save_on_hold(self, hold: OnHold) -> None:
        """Keep when the customer was on hold. One that begins at the same second replaces it."""

    async def save_joined_holds(self, call_id: CallId, holds: Sequence[OnHold], gone_s: Sequence[float]) -> None:
        """The same for several, and drop those that begin at these seconds: they are a part of others now."""

    async def save_flag(self, flag: RedFlag, call: CallStarted, at: datetime) -> StoredFlag:
        """Keep a new flag or its new state, and number the change. Saving what is already kept numbers nothing.

        A flag that a coach acknowledged stays so until it is withdrawn or resolved. News that cannot follow the state
        kept (the flag was withdrawn long ago) changes nothing.
        """

    async def save_latency(self, flag_id: FlagId, latency: Latency) -> None:
        """Keep how long a told flag took, without telling it again."""

    async def save_held(self, held: HeldFlag) -> None:
        """Keep a flag nobody was told about, and why."""

    async def acknowledge(self, flag_id: FlagId, by: CoachId, at: datetime) -> StoredFlag:
        """A coach took this flag on. Again, or after it was withdrawn, changes nothing. Raises `NotKept`."""

    async def save_verdict(self, verdict: Verdict) -> StoredFlag:
        """Keep what a coach says of a flag; their earlier word on it is replaced. Raises `NotKept`.

        A flag that was still open is acknowledged with it. The same word again numbers nothing. One that was held since
        its rule is on trial can be judged too: that is told to nobody, and numbers nothing.
        """

    async def take_back(self, flag_id: FlagId, by: CoachId, *, since: datetime, at: datetime) -> StoredFlag:
        """Undo what this coach did last to a flag: one act, or an acknowledgement with the verdict that brought it.

        Raises `NotKept`; `TooLate` where that was before `since`, or another coach did something after it.
        """

    async def act(self, flag_id: FlagId, act: Act, by: CoachId, at: datetime) -> StoredFlag:
        """Keep what a coach did to a flag beside taking it on and judging it; what changes nothing numbers nothing.

        Raises `NotKept`, and `WrongAct` or `WrongTransition` where it cannot be done to the flag as it stands.
        """

    async def turn(self, flag_id: FlagId, now: datetime) -> StoredFlag:
        """Keep what time has changed: it is back from being put off, escalated, or let through. Raises `NotKept`."""

    async def expire(self, flag_id: FlagId, at: datetime) -> StoredFlag:
        """Nobody took this flag on in time. One that is not open any more stays as it is. Raises `NotKept`."""

    async def restore_rule(self, restored: Restored) -> None:
        """Keep that a demoted rule is told again: verdicts given before count no more."""


class Reads(Verdicts, Protocol):
    """What pages and the feed ask."""

    async def calls(
        self, state: CallState | None = None, limit: int = 50, sight: Sight = EVERYTHING
    ) -> tuple[StoredCall, ...]:
        """Calls that may be seen, newest first. `CallState.ended` includes the interrupted ones."""

    async def call(self, call_id: CallId) -> StoredCall | None:
        """One call, or none when it is not kept."""

    async def record(self, call_id: CallId) -> CallRecord | None:
        """One call with everything kept about it, or none."""

    async def flag(self, flag_id: FlagId) -> StoredFlag | None:
        """One flag, or none when it is not kept."""

    async def trial_flag(self, flag_id: FlagId) -> StoredFlag | None:
        """One flag that nobody was told about since its rule is on trial, without a number; none for any other."""

    async def flags(
        self, *, open_only: bool = True, limit: int = 500, sight: Sight = EVERYTHING
    ) -> tuple[StoredFlag, ...]:
        """Flags that may be seen, newest first."""

    async def agents_calls(self, agent: AgentKey, limit: int) -> tuple[OwnCall, ...]:
        """An agent's own calls that are over, newest first, each with the flags of their part of it."""

    async def snapshot(self) -> FeedSnapshot:
        """Live calls, open flags and the number of the last change, as of one instant."""

    async def flag_events(self, after: int, limit: int) -> tuple[FlagEvent, ...]:
        """The changes of flags numbered above `after`, in order."""

    async def due_flags(self, now: datetime, limit: int) -> Sequence[FlagId]:
        """The flags that `turn` would change now, the most pressing first."""

    async def changes_since(self, since: datetime) -> Sequence[FlagEvent]:
        """The changes of flags since then, in order."""

    async def left_flags(self, ended_before: datetime, limit: int) -> tuple[LeftFlag, ...]:
        """Open flags of calls that were over by then, those of the earliest call first."""


class Store(Writes, Reads, Protocol):
    """The database of the application."""

    @property
    def generation(self) -> str:
        """Names this run of numbers; another after a restore. Letters and digits only."""

    @property
    def warning(self) -> str | None:
        """What the operator should know about this database, in words; none when all is well."""

    def follow(self, listener: Callable[[FlagEvent], None]) -> None:
        """Call `listener` on the event loop for every change of a flag that is on disk, in order of its number.

        It is called before `save_flag` or `acknowledge` resolves, and also when their caller was cancelled.
        """

    async def check(self) -> None:
        """Write something and take it back. Raises `StoreError` when nothing can be saved."""

    async def close(self) -> None:
        """Finish what is waiting, then let go of the files. Writes after it raise `StoreError`."""


class AudioStore(Protocol):
    """The audio of calls, screened beforehand. Its methods block on the disk: keep them off the event loop.

    One writer per call; readers any time. Ids from outside are safe to pass.
    """

    def open(self, call: CallStarted) -> None:
        """Begin the audio of a call. Raises `StoreError` when it exists already."""

    def append(self, call_id: CallId, start_s: float, block: Blocks) -> None:
        """Add samples that begin at `start_s`. What lies between the last ones and these becomes silence.

        Raises `StoreError` for a call not open, for samples before what is written, and when the disk is too full.
        """

    def close(self, call_id: CallId) -> None:
        """End the audio of a call. Closing one that is not open changes nothing."""

    def duration_s(self, call_id: CallId) -> float:
        """Seconds written so far; 0 for a call without audio."""

    def rate_hz(self, call_id: CallId) -> int | None:
        """Samples per second, or none for a call without audio."""

    def read(self, call_id: CallId, start_s: float, end_s: float) -> Blocks | None:
        """The samples between two seconds, cut to what is written; none for a call without audio."""

    def wav(self, call_id: CallId) -> Path | None:
        """A WAV file of what is written, to be served whole or by ranges; none for a call without audio."""

    def erase(self, call_id: CallId) -> AudioErased:
        """Remove the audio of a call and its outline. Raises `StoreError` where they are being written."""

    def peaks(self, call_id: CallId) -> Peaks | None:
        """The outline of what is written; none for a call without audio."""
