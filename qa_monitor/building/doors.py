"""How people and calls come in, and whom flags go to."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime

from qa_monitor.building.around import Around
from qa_monitor.building.following import Following
from qa_monitor.building.kept import Kept
from qa_monitor.people.duty import Duty
from qa_monitor.people.register import Register
from qa_monitor.security.entrance import Entrance
from qa_monitor.security.opening import open_entrance
from qa_monitor.security.tokens import Tokens, load_tokens
from qa_monitor.shedding.levels import Shed
from qa_monitor.telephony.arrivals import Arrivals
from qa_monitor.telephony.door import Door
from qa_monitor.telephony.reception import Reception, a_reception
from qa_monitor.telephony.settings import Telephony


@dataclass(frozen=True, slots=True, kw_only=True)
class Doors:
    """Not open to the network yet."""

    tokens: Tokens
    register: Register
    entrance: Entrance
    duty: Duty
    reception: Reception
    arrivals: Arrivals
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when the service is about to end: new calls are refused."""

    def door(self, around: Around, following: Following) -> Door:
        """Where telephony knocks."""

        def full() -> str | None:
            if following.shared.shedding.now.refuses:
                around.metrics.shed(Shed.REFUSED)
            return "no room for another call" if following.switchboard.full or self.stopping.is_set() else None

        return Door(self.reception, lambda: datetime.now(UTC), full, self.stopping.is_set)


async def open_doors(around: Around, kept: Kept, following: Following, telephony: Telephony) -> Doors:
    """Accounts and teams read; each change of a flag is sent on its way. Raises `StoreError`."""
    settings, clock = around.settings, around.clock
    tokens = load_tokens(settings.data_dir)
    reception = a_reception(
        settings, telephony, tokens, room=following.switchboard, clock=clock, refused=around.metrics.refused
    )
    register, entrance = await open_entrance(kept.store.people, settings, clock, tokens)
    duty = Duty(lambda: register.directory, clock, lambda: following.desks.flooded)
    kept.store.follow(lambda change: duty.noticed(change.flag))
    return Doors(
        tokens=tokens,
        register=register,
        entrance=entrance,
        duty=duty,
        reception=reception,
        arrivals=Arrivals(clock),
    )
