"""Notices for other systems, entered in the transaction of what they tell of."""

from collections.abc import Callable

from sqlalchemy import Connection, insert

from qa_monitor.delivery.notices import Notice
from qa_monitor.delivery.records import DeliveryState, Wants, delivery_key
from qa_monitor.store.shared.codec import to_text
from qa_monitor.store.tables import schema

Tell = Callable[[Connection, Notice], None]
"""Enters a notice, inside an open transaction."""


def tell_nobody(connection: Connection, notice: Notice) -> None:
    """No other system is told."""


class Notices:
    """One per store. `wants`: which targets hear of what; none: nobody does."""

    def __init__(self, wants: Wants | None, generation: Callable[[], str]) -> None:
        self._wants, self._generation = wants, generation
        self._listeners: list[Callable[[], None]] = []

    def follow(self, listener: Callable[[], None]) -> None:
        """Call this whenever a notice may have been entered. It must not block."""
        self._listeners.append(listener)

    def enter(self, connection: Connection, notice: Notice) -> None:
        """A row for each target that wants it."""
        for target in () if self._wants is None else self._wants(notice):
            cells = {
                "key": delivery_key(self._generation(), notice.name, target),
                "target": target,
                "event": notice.event.value,
                "body": to_text(notice),
                "call_id": notice.call_id,
                "state": DeliveryState.WAITING.value,
                "attempts": 0,
                "entered_at": notice.at,
                "due_at": notice.at,
            }
            connection.execute(insert(schema.deliveries).values(cells))

    def entered(self) -> None:
        """What was entered is written now."""
        for listener in self._listeners:
            listener()
