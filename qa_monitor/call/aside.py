"""A call that is put aside: only recorded, with the least work, until it is followed again or over.

What was said and is known stays; the rest of its sound, from the first word nobody has judged yet, is sealed away as
it is, unscreened, and listened to later (`late_listening/hearing.py`).
"""

from collections.abc import Iterable

from qa_monitor.call.judging.judge import CallJudge
from qa_monitor.call.listening import CallEars
from qa_monitor.call.pace.pace import Beginning
from qa_monitor.call.recording.recorded import Part, Stretch, UsualVoice
from qa_monitor.call.recording.recorder import CallRecorder
from qa_monitor.call.recording.unheard import UnheardSound
from qa_monitor.metrics import Metrics
from streams.records import AudioFrame, CallEvent, CallStarted


class Aside:
    """One per call, used from its task."""

    def __init__(
        self, sound: UnheardSound, recorder: CallRecorder, judge: CallJudge, ears: CallEars, metrics: Metrics
    ) -> None:
        self._sound, self._recorder, self._judge, self._ears = sound, recorder, judge, ears
        self._metrics = metrics
        self._known_s: tuple[float, ...] = ()
        self._back_s = 0.0
        """Since when it was followed, the last time."""
        self._rate_hz = 0
        self.on = False
        """It is only recorded."""

    async def begin(self, call: CallStarted, blind: str | None) -> None:
        """From now on it is only recorded. `blind`: why it cannot be judged, whatever is recorded."""
        known_s = self._judge.put_off(self._ears.known_until_s())
        self._known_s = tuple(max(second, self._back_s) for second in known_s)
        for channel, sound in self._ears.leave():
            self._judge.flow.sounded(channel, sound)
        self._rate_hz, self.on = call.rate_hz, True
        await self._sound.begin(blind)
        beginning = Beginning(agent_id=call.agent_id, team=call.team, notice=call.notice, consent=call.consent)
        await self._add(Stretch(heard_until_s=self._known_s, beginning=beginning))
        for channel, usual in self._judge.usual_voices():
            await self._add(UsualVoice(channel=channel, baseline=usual))
        await self._add(self._recorder.take())

    async def keep(self, events: Iterable[CallEvent], now_s: float) -> None:
        """What came: its frames are in the recorder already."""
        for event in events:
            if not isinstance(event, AudioFrame):
                await self._add(event)
        await self._add(self._recorder.take(now_s))

    async def end(self, now_s: float) -> None:
        """It is over, or followed again from now on."""
        await self._add(self._recorder.take())
        self.on = False
        self._judge.away(self._known_s, now_s)
        self._back_s = now_s

    async def _add(self, part: Part | None) -> None:
        if part is None:
            return
        gone_s = await self._sound.add(part, self._rate_hz)
        if gone_s > 0:
            self._metrics.lost()
            self._metrics.later_lost(gone_s)
