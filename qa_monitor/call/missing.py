"""What a call lacks besides the sound that was put aside, kept with that sound: a kill loses the rest of it."""

from qa_monitor.call.shared import Shared
from qa_monitor.shedding.late_call import LateCall


async def note_missing(shared: Shared, late: LateCall) -> bool:
    """Whether recorded sound of the call waits too: then what it lacks besides is kept with that, should all end."""
    if shared.unheard is None or not shared.unheard.has(late.call.call_id):
        return False
    await shared.unheard.note(late.call.call_id, late.besides)
    return True
