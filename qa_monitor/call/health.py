"""Tells how well one call is heard, about once a second: nobody is judged who cannot be told apart."""

from time import monotonic

from qa_monitor.call.judging.judge import CallJudge
from qa_monitor.call.lateness import Lateness
from qa_monitor.call.listening import CallEars
from qa_monitor.call.shared import Shared
from qa_monitor.call.teller import FlagTeller
from qa_monitor.records.calls import LATER, Hold, blindness
from qa_monitor.wire.health import health_json
from streams.health.call_health import CallHealth, HealthFact
from streams.health.health import HealthWatch
from streams.records import AudioFrame, CallEvent, Gap, GapReason, Paused, Resumed

LOOK_S = 1.0
"""How often, by whichever clock is faster."""


class HealthTeller:
    """One per call."""

    def __init__(
        self, teller: FlagTeller, shared: Shared, judge: CallJudge, ears: CallEars, lateness: Lateness
    ) -> None:
        self._call, self._shared, self._judge, self._ears, self._teller = teller.call, shared, judge, ears, teller
        self._lateness = lateness
        call = self._call
        self._watch = HealthWatch(call, monotonic())
        self._looked_s, self._looked_wall_s = 0.0, monotonic()
        self._blind = blindness(call)
        self._hold: Hold | None = None
        self._paused = False
        self.latest: CallHealth | None = None
        """What was told last."""

    @property
    def sounds_wrong(self) -> bool:
        """What is heard is noise: no text that comes of it is believed."""
        return self.latest is not None and HealthFact.WRONG_FORMAT in self.latest.facts

    def hear(self, event: CallEvent) -> None:
        """What came, in order; may take a moment."""
        match event:
            case AudioFrame():
                self._watch.hear(event)
            case Gap():
                self._watch.gap(event)
            case Paused() | Resumed():
                self._paused = isinstance(event, Paused)
                self._watch.pause(self._paused, monotonic())
            case _:
                pass

    def arrived(self, wall_s: float, audio_s: float) -> None:
        """Audio up to `audio_s` came at `wall_s`, on a monotonic clock."""
        self._watch.arrived(wall_s, audio_s)

    def spoke(self, channel: int, at_s: float, spoken_s: float) -> None:
        """Somebody has spoken."""
        self._watch.speech(channel, at_s, spoken_s)

    def start_over(self) -> None:
        """The call is followed again: nothing is known of its sound so far."""
        self._watch = HealthWatch(self._call, monotonic())

    async def recorded(self, now_s: float, closed: GapReason | None) -> None:
        """The call is only recorded: nothing is known of its sound, only why it cannot be judged, and who holds it."""
        if self.latest is None or self.latest.facts or self.latest.blind is not None:
            self.latest = CallHealth(call_id=self._call.call_id, at_s=now_s, channels=(), facts=(), blind=None)
        hold = _hold(closed, self._paused)
        if (self._reason(), hold) != (self._blind, self._hold):
            self._shared.live.health(self._call.call_id, health_json(self.latest, self._reason(), hold))
        await self._tell_changes(hold)

    def paused(self, paused: bool) -> None:
        """The source stopped sending of its own accord, or sends again."""
        self._paused = paused

    async def missed(self) -> None:
        """Some speech could not be followed."""
        await self._tell_changes(self._hold)

    @property
    def lasting(self) -> str | None:
        """Why the call cannot be judged, whatever is still transcribed."""
        return (None if self.latest is None else self.latest.blind) or blindness(self._call)

    async def look(self, now_s: float, closed: GapReason | None, *, at_once: bool = False) -> None:
        """Tell how the call stands, when it is time to. `closed`: why nothing is let through, if so."""
        wall_s = monotonic()
        if not at_once and now_s - self._looked_s < LOOK_S and wall_s - self._looked_wall_s < LOOK_S:
            return
        self._looked_s, self._looked_wall_s = now_s, wall_s
        self._watch.swapped, self._watch.foreign = self._judge.speakers.swapped, self._ears.hears_foreign
        self.latest = self._watch.at(now_s, wall_s)
        self._judge.speakers.note_identical(HealthFact.IDENTICAL in self.latest.facts)
        hold = _hold(closed, self._paused)
        self._shared.live.health(self._call.call_id, health_json(self.latest, self._reason(), hold))
        await self._tell_changes(hold)

    def _reason(self) -> str | None:
        """Why the call cannot be judged: what is wrong now comes before what will stay so.

        Once it is over, what is still to come is first: nobody scores or deletes it before that is there.
        """
        if self._lateness.ended and self._lateness.reason == LATER:
            return LATER
        measured = None if self.latest is None else self.latest.blind
        return measured or self._lateness.reason or blindness(self._call)

    async def _tell_changes(self, hold: Hold | None) -> None:
        reason = self._reason()
        if (reason, hold) == (self._blind, self._hold):
            return
        if reason != self._blind:
            await self._teller.keep(self._shared.store.save_blind(self._call.call_id, reason))
        if hold is not self._hold:
            await self._teller.keep(self._shared.store.save_hold(self._call.call_id, hold))
        self._blind, self._hold = reason, hold
        await self._teller.tell_call()


def _hold(closed: GapReason | None, paused: bool) -> Hold | None:
    if closed is GapReason.OFF_RECORD:
        return Hold.OFF_RECORD
    return Hold.PAUSED if paused or closed is not None else None
