"""What a console starts from."""

from dataclasses import dataclass

from qa_monitor.records.calls import StoredCall
from qa_monitor.records.flags import StoredFlag


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSnapshot:
    """Everything a console needs to start, as of one instant: follow from `sequence` on and nothing is missed."""

    sequence: int
    """The last change contained; 0 when there was none yet."""
    calls: tuple[StoredCall, ...]
    """Live ones, oldest first."""
    flags: tuple[StoredFlag, ...]
    """Open ones, oldest first."""
