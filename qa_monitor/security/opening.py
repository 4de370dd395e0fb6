"""Builds what people need to come in, from what the store kept of them."""

from collections.abc import Callable
from datetime import datetime

from qa_monitor.config import Settings
from qa_monitor.people.port import PeopleStore
from qa_monitor.people.register import Register
from qa_monitor.security.entrance import Entrance
from qa_monitor.security.sessions import Sessions
from qa_monitor.security.throttle import Throttle
from qa_monitor.security.tokens import Tokens


async def open_entrance(
    store: PeopleStore, settings: Settings, clock: Callable[[], datetime], tokens: Tokens
) -> tuple[Register, Entrance]:
    """Who there is, and how they come in. Raises `StoreError`."""
    kept = await store.load()
    register = Register(store, kept, clock, everyone=settings.unassigned_calls == "everyone")
    entrance = Entrance(
        register=register,
        sessions=Sessions(clock, kept.sessions),
        throttle=Throttle(clock),
        store=store,
        is_token=tokens.allows_people,
    )
    return register, entrance
