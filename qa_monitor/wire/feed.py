"""What the flag stream tells beside flags, to its JSON shapes."""

from collections.abc import Sequence

from qa_monitor.records.desks import DeskRate
from qa_monitor.schemas.feed import DeskJson


def desks_json(rates: Sequence[DeskRate]) -> list[DeskJson]:
    """How often each desk was interrupted lately."""
    return [DeskJson(desk=rate.desk, told=rate.told, flooded=rate.flooded) for rate in rates]
