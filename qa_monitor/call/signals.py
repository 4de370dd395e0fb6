"""What the events of one call mean besides what is heard in them: gaps, pauses, another agent, consent."""

from dataclasses import replace
from types import MappingProxyType

from qa_monitor.call.equipment import Equipment
from qa_monitor.call.gaps import Gaps
from qa_monitor.records.calls import CallAgent
from sentiment.profile import CONSENT_BY
from streams.records import (
    AgentChanged,
    AudioFrame,
    CallEvent,
    ConsentChanged,
    Dtmf,
    Gap,
    GapReason,
    Paused,
    Resumed,
)


class CallSignals:
    """One per call, used from its task."""

    def __init__(self, equipment: Equipment) -> None:
        self._shared, self._judge, self._ears = equipment.shared, equipment.judge, equipment.ears
        self._teller, self._recorder, self._voice = equipment.teller, equipment.recorder, equipment.voice
        self._health, self._lateness = equipment.health, equipment.lateness
        self._gaps = Gaps()

    async def note(self, event: CallEvent, now_s: float, closed: GapReason | None) -> None:
        """The next event. `now_s`: how far the audio has come; `closed`: why nothing is let through, if so."""
        match event:
            case AudioFrame():
                self._recorder.add(event)
            case Gap():
                self._recorder.add_gap(event)
                self._shared.metrics.gap(event.duration_s)
                self._judge.flow.missing(self._gaps.add(event))
            case AgentChanged():
                await self._handed(event)
            case ConsentChanged():
                await self.consented(event, now_s)
            case Paused() | Resumed():
                self._health.paused(isinstance(event, Paused))
                # nobody is on hold because a card number is not to be heard
                if closed is None or isinstance(event, Resumed):
                    self._judge.flow.signalled(event)
            case Dtmf():
                self._shared.metrics.dtmf()
            case _:
                pass  # starts and ends are the switchboard's

    async def consented(self, change: ConsentChanged, now_s: float) -> None:
        """The customer was told or has answered."""
        call = self._teller.call
        metadata = MappingProxyType({**call.metadata, CONSENT_BY: change.source.value})
        call = replace(call, notice=change.notice, consent=change.consent, metadata=metadata)
        self._teller.call = call
        self._lateness.handed(call)
        await self._voice.consented(change, call, now_s)

    async def keep_gaps(self) -> None:
        """Those that are new or have grown go to the store."""
        for gap in self._gaps.take():
            await self._teller.keep(self._shared.store.save_gap(gap))

    async def keep_holds(self) -> None:
        """Those that are new or over go to the store."""
        for hold in self._judge.flow.take_holds():
            await self._teller.keep(self._shared.store.save_on_hold(hold))

    async def _handed(self, event: AgentChanged) -> None:
        """The call goes on with another agent; what was flagged before stays with the one before."""
        call = self._teller.call = replace(self._teller.call, agent_id=event.agent_id, team=event.team)
        self._lateness.handed(call)
        self._ears.handed()
        self._judge.handed(call)
        agent = CallAgent(agent_id=event.agent_id, team=event.team, from_s=event.at_s)
        await self._teller.keep(self._shared.store.save_agent(call.call_id, agent))
        await self._teller.tell_call()
