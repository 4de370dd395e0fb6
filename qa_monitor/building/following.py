"""What follows many calls at once: the switchboard, who decides what is left out, desks, the sign of life."""

from collections.abc import Mapping
from dataclasses import dataclass

from qa_monitor.building.around import Around
from qa_monitor.building.kept import Kept
from qa_monitor.call.shared import Shared
from qa_monitor.call.switchboard.keypad import KeyAction
from qa_monitor.call.switchboard.switchboard import Switchboard
from qa_monitor.deskwatch import DeskWatch
from qa_monitor.heartbeat import Heart
from qa_monitor.load.after_call import AfterCall
from qa_monitor.load.warden import Warden
from qa_monitor.shedding.care import NONE, CarePolicy, Caring
from qa_monitor.telephony.settings import Telephony


@dataclass(frozen=True, slots=True, kw_only=True)
class Following:
    """Ready, but for its chores."""

    shared: Shared
    switchboard: Switchboard
    warden: Warden
    after_call: AfterCall
    desks: DeskWatch
    heart: Heart


async def open_following(around: Around, kept: Kept, shared: Shared, telephony: Telephony) -> Following:
    """Desks as they stand. Raises `StoreError`."""
    settings = around.settings
    switchboard = Switchboard(shared, around.clock, settings.max_calls, keys=_keys(telephony))
    warden = Warden(shared, switchboard, caring=Caring(CarePolicy() if settings.extra_care else NONE))
    desks = DeskWatch(kept.store, around.clock)
    await desks.begin()
    kept.store.follow(desks.told)
    return Following(
        shared=shared,
        switchboard=switchboard,
        warden=warden,
        after_call=AfterCall(shared),
        desks=desks,
        heart=Heart(shared, switchboard, warden, settings, desks),
    )


def _keys(telephony: Telephony) -> Mapping[str, KeyAction]:
    """Sequences of telephone keys, and what they do."""
    keys = telephony.keys
    actions = {keys.pause: KeyAction.PAUSE, keys.resume: KeyAction.RESUME, keys.off_record: KeyAction.OFF_RECORD}
    return {sequence: action for sequence, action in actions.items() if sequence is not None}
