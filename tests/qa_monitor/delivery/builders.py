"""Changes of flags to be delivered."""

from datetime import datetime

from qa_monitor.delivery.records import DeliveryEvent, FlagChange
from tests.qa_monitor.builders import NOON, a_stored_flag


def a_change(event: DeliveryEvent = DeliveryEvent.CONFIRMED, *, at: datetime = NOON) -> FlagChange:
    """High priority, rule `cancellation`, team `north`."""
    return FlagChange(event=event, stored=a_stored_flag(), tenant="default", at=at)
