"""Stretches of a call to rows and back: where audio is missing, and when the customer was on hold. No queries."""

from qa_monitor.records.holds import OnHold
from qa_monitor.store.shared.cells import AnyRow, Cells
from sentiment.hold import HoldCause
from streams.records import CallId, Gap, GapReason


def gap_cells(gap: Gap) -> Cells:
    """A gap."""
    return {
        "call_id": gap.call_id,
        "channel": gap.channel,
        "start_s": gap.start_s,
        "duration_s": gap.duration_s,
        "reason": gap.reason.value,
    }


def hold_cells(hold: OnHold) -> Cells:
    """A stretch on hold."""
    return {
        "call_id": hold.call_id,
        "start_s": hold.start_s,
        "told_s": hold.told_s,
        "cause": hold.cause.value,
        "channel": hold.channel,
        "end_s": hold.end_s,
        "end_told_s": hold.end_told_s,
    }


def hold_record(row: AnyRow) -> OnHold:
    """A row of holds."""
    return OnHold(
        call_id=CallId(row.call_id),
        start_s=row.start_s,
        told_s=row.told_s,
        cause=HoldCause(row.cause),
        channel=row.channel,
        end_s=row.end_s,
        end_told_s=row.end_told_s,
    )


def gap_record(row: AnyRow) -> Gap:
    """A row of gaps."""
    return Gap(
        call_id=CallId(row.call_id),
        channel=row.channel,
        start_s=row.start_s,
        duration_s=row.duration_s,
        reason=GapReason(row.reason),
    )
