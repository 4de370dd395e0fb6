"""What one call is followed with: built together, since one leans on another."""

from collections.abc import Callable
from dataclasses import dataclass

from keywords.records import RedactionKind
from qa_monitor.call.health import HealthTeller
from qa_monitor.call.judging.judge import CallJudge
from qa_monitor.call.latency.heard import HeardClock
from qa_monitor.call.lateness import Lateness
from qa_monitor.call.listening import CallEars
from qa_monitor.call.recording.key_silence import KeySilence
from qa_monitor.call.recording.recorder import CallRecorder
from qa_monitor.call.shared import Shared
from qa_monitor.call.teller import FlagTeller
from qa_monitor.call.voice_keeper import VoiceKeeper
from streams.engine.passes import Passes
from streams.records import CallStarted


@dataclass(frozen=True, slots=True, kw_only=True)
class Equipment:
    """One per call, used from its task."""

    shared: Shared
    heard: HeardClock
    judge: CallJudge
    ears: CallEars
    teller: FlagTeller
    """Knows the call as it is now: it may have been handed on."""
    lateness: Lateness
    health: HealthTeller
    voice: VoiceKeeper
    recorder: CallRecorder

    def safe_until_s(self, now_s: float) -> float:
        """Audio before this second has passed the screen, with room for words that begin early."""
        held_from_s = self.judge.hold_from_s
        unsafe = [*self.ears.open_from_s, now_s, *([] if held_from_s is None else [held_from_s])]
        return min(unsafe) - self.shared.segments.pre_roll_s - 0.5


def equip(
    call: CallStarted, shared: Shared, wake: Callable[[], None], passes: Callable[[int], Passes] | None = None
) -> Equipment:
    """For a call that begins. `wake`: called when something became known; `passes`: see `CallEars`."""
    heard, judge, ears = HeardClock(), CallJudge(call, shared.judges), CallEars(call, shared, wake, passes)
    teller, lateness = FlagTeller(call, shared, heard), Lateness(call, shared)
    return Equipment(
        shared=shared,
        heard=heard,
        judge=judge,
        ears=ears,
        teller=teller,
        lateness=lateness,
        health=HealthTeller(teller, shared, judge, ears, lateness),
        voice=VoiceKeeper(teller, shared, judge, ears),
        recorder=_a_recorder(call, shared),
    )


def _a_recorder(call: CallStarted, shared: Shared) -> CallRecorder:
    keys = KeySilence(call, shared.metrics) if RedactionKind.KEYPAD in shared.judges.redacted else None
    return CallRecorder(call, shared.audio, shared.listening, holds=shared.unheard is not None, keys=keys)
