"""A call as one row. Pure."""

from collections.abc import Callable, Mapping
from datetime import UTC
from types import MappingProxyType

from qa_monitor.export.columns import Columns
from qa_monitor.records.calls import StoredCall
from qa_monitor.spreadsheets import Cell


def _channel_names(stored: StoredCall) -> str:
    return " ".join(speaker.value for speaker in stored.call.channels)


def _began(stored: StoredCall) -> str:
    return stored.call.started_at.astimezone(UTC).isoformat(timespec="milliseconds")


def _ended(stored: StoredCall) -> str | None:
    return None if stored.ended_at is None else stored.ended_at.astimezone(UTC).isoformat(timespec="milliseconds")


TEXTS: Mapping[str, Callable[[StoredCall], str | None]] = MappingProxyType(
    {
        "call_id": lambda stored: stored.call.call_id,
        "tenant": lambda stored: stored.call.tenant,
        "team": lambda stored: stored.call.team,
        "agent_id": lambda stored: stored.call.agent_id,
        "direction": lambda stored: stored.call.direction.value,
        "language": lambda stored: None if stored.call.language is None else stored.call.language.value,
        "channels": _channel_names,
        "dialect": lambda stored: stored.call.dialect,
        "notice": lambda stored: stored.call.notice.value,
        "consent": lambda stored: stored.call.consent.value,
        "started_at": _began,
        "ended_at": _ended,
        "state": lambda stored: stored.state.value,
        "end_reason": lambda stored: None if stored.end_reason is None else stored.end_reason.value,
        "blind": lambda stored: stored.blind,
    }
)
NUMBERS: Mapping[str, Callable[[StoredCall], float | None]] = MappingProxyType(
    {
        "duration_s": lambda stored: stored.duration_s,
        "silence_total_s": lambda stored: None if stored.dynamics is None else stored.dynamics.silence_total_s,
        "talk_over_total_s": lambda stored: None if stored.dynamics is None else stored.dynamics.talk_over_total_s,
        "hold_total_s": lambda stored: None if stored.dynamics is None else stored.dynamics.hold_total_s,
    }
)
COUNTS: Mapping[str, Callable[[StoredCall], int]] = MappingProxyType(
    {
        "flags_high": lambda stored: stored.flags.high,
        "flags_medium": lambda stored: stored.flags.medium,
        "flags_low": lambda stored: stored.flags.low,
        "agents": lambda stored: len(stored.agents),
    }
)
CALLS = Columns(texts=tuple(TEXTS), numbers=tuple(NUMBERS), counts=tuple(COUNTS))


def row_of(stored: StoredCall) -> dict[str, Cell]:
    """In the order of `CALLS`. Nothing of a customer's voice is in it."""
    return {name: cell(stored) for name, cell in (*TEXTS.items(), *NUMBERS.items(), *COUNTS.items())}
