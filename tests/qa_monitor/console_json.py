"""What the server sends to the console, made from real records by the server's own functions."""

from datetime import UTC, datetime, timedelta
from typing import TypeAlias

from alerts.records import FlagState, Priority
from qa_monitor.records.calls import CallState, StoredCall
from qa_monitor.records.flags import StoredFlag
from qa_monitor.wire.calls import call_json
from qa_monitor.wire.flags import flag_json
from qa_monitor.wire.utterances import utterance_json
from streams.records import Language
from tests.qa_monitor.builders import a_call, a_flag, a_score, an_utterance

Json: TypeAlias = dict[str, object]


def flag_data(flag_id: str = "f1", state: str = "confirmed", priority: str = "high", **changes: object) -> Json:
    """A flag raised at noon."""
    record = a_flag(flag_id, state=FlagState(state), priority=Priority[priority.upper()])
    stored = StoredFlag(flag=record, agent_id="agent-7", team="north", language=Language.FR)
    return flag_json(stored).model_dump(mode="json") | {"saved": True} | changes


def fresh_flag(flag_id: str = "f1", state: str = "confirmed", priority: str = "high", **changes: object) -> Json:
    """A flag raised 30 s ago: its deadline still runs, its clip is recorded."""
    raised_at = (datetime.now(UTC) - timedelta(seconds=30)).isoformat()
    return flag_data(flag_id, state, priority) | {"raised_at": raised_at} | changes


def call_data(call_id: str = "call-1", state: str = "live", **changes: object) -> Json:
    """A call that started now."""
    now = datetime.now(UTC)
    stored = StoredCall(call=a_call(call_id, started_at=now), state=CallState(state))
    return call_json(stored, now).model_dump(mode="json") | changes


def utterance_data(**changes: object) -> Json:
    """A customer's utterance, scored."""
    spoken = an_utterance()
    return utterance_json(spoken, a_score(spoken)).model_dump(mode="json") | changes


def heartbeat_data(**changes: object) -> Json:
    """All is well."""
    beat: Json = {
        "now": datetime.now(UTC).isoformat(),
        "lag_s": 0.4,
        "shed_level": 0,
        "shed": [],
        "later_s": 0.0,
        "calls_recorded": 0,
        "calls_live": 1,
        "final_p50_s": 0.8,
        "final_p95_s": 1.4,
        "flag_p50_s": 1.0,
        "flag_p95_s": 1.7,
        "disk_ok": True,
        "saving": True,
        "desks": [{"desk": "everyone", "told": 1, "flooded": False}],
        "consoles": 1,
        "drift_s": None,
    }
    return beat | changes
