"""How often desks are interrupted."""

from dataclasses import dataclass

from alerts.records import CoachId


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskRate:
    """How often one desk was interrupted within the last ten minutes."""

    desk: CoachId
    told: int
    flooded: bool
