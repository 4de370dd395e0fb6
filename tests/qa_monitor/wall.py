"""A team of agents and their calls, in every state, as the server tells of them."""

from datetime import UTC, datetime, timedelta

from tests.qa_monitor.console_json import Json, call_data, fresh_flag

STATES: dict[int, Json] = {
    5: {"course": {}},
    8: {"blind": "one_way"},
    13: {"paused": "paused"},
    17: {"course": {}},
}
"""By number of the agent: what is not as usual in their call."""
FREE = (6, 11, 14, 19, 22)
FLAGGED = {3: "high", 10: "medium", 20: "low"}


def agents_data(count: int) -> list[Json]:
    """Agents of one team."""
    return [
        {"tenant": "default", "agent_id": f"agent-{number:02}", "name": "", "team": "north"}
        for number in range(1, count + 1)
    ]


def a_course(state: str) -> Json:
    """How the customer has been lately."""
    return {
        "at_s": 60.0,
        "state": state,
        "since_s": 40.0,
        "level": 0.7,
        "trend": "rising",
        "told": 9,
        "unsure": 1,
        "shifts": [],
        "peak": 0.7,
        "peak_s": 50.0,
        "peak_end": 0.7,
        "upset_s": 40.0,
        "recovered_s": None,
        "recoveries": 0,
    }


def full_wall() -> tuple[list[Json], list[Json]]:
    """Calls and flags of 22 agents, of whom five are free and three flagged."""
    calls = []
    for number in range(1, 23):
        if number in FREE:
            continue
        more = dict(STATES.get(number, {}))
        if "course" in more:
            more["course"] = a_course("rising" if number == 5 else "upset")
        began = datetime.now(UTC) - timedelta(seconds=30 + 67 * number % 400)
        tongue = "en" if number % 3 == 0 else "fr"
        told: Json = {"started_at": began.isoformat(), "language": tongue, "agent_id": f"agent-{number:02}"}
        calls.append(call_data(f"call-{number:02}") | told | more)
    flags = [
        fresh_flag(f"f{number}", priority=priority, call_id=f"call-{number:02}", agent_id=f"agent-{number:02}")
        for number, priority in FLAGGED.items()
    ]
    return calls, flags
