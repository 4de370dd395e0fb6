"""A flag as the call alone makes it: without the clock on the wall and without what people did to it. Pure."""

import json

from alerts.records import FlagState
from qa_monitor.records.flags import StoredFlag
from qa_monitor.wire.flags import flag_json

NOT_OF_THE_CALL = frozenset(
    {
        "raised_at",
        "latency",
        "acknowledged_by",
        "acknowledged_at",
        "verdict",
        "verdict_by",
        "verdict_at",
        "care",
        "saved",
        "sequence",
    }
)
"""Wall times, and what coaches did."""
BY_PEOPLE = frozenset({FlagState.ACKNOWLEDGED, FlagState.RESOLVED, FlagState.EXPIRED})
"""States that people or the time since bring about; before them the flag stood confirmed."""


def canonical(stored: StoredFlag) -> str:
    """Its JSON, always written the same way: two of them are the same flag where every byte is."""
    cells = flag_json(stored).model_dump(mode="json", exclude=set(NOT_OF_THE_CALL))
    if stored.flag.state in BY_PEOPLE:
        cells["state"] = FlagState.CONFIRMED.value
    return json.dumps(cells, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
