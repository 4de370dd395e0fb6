"""Posts to a receiver of the tests."""

from collections.abc import Sequence
from ipaddress import ip_address

from qa_monitor.delivery.addresses import Address
from qa_monitor.delivery.port import Outcome
from qa_monitor.delivery.records import Delivery, DeliveryState
from qa_monitor.delivery.resolving import Resolve, resolve
from qa_monitor.delivery.targets import Target
from qa_monitor.delivery.webhook import Webhook
from tests.qa_monitor.builders import NOON
from tests.qa_monitor.delivery.builders import a_change

LINK = "https://qa.example"


def a_delivery() -> Delivery:
    return Delivery(
        key="abcd-1-crm",
        target="crm",
        change=a_change(),
        state=DeliveryState.WAITING,
        attempts=0,
        entered_at=NOON,
        due_at=NOON,
    )


def leading_to(*addresses: str) -> Resolve:
    """A name server that answers this, whatever it is asked."""

    async def answer(host: str, port: int) -> Sequence[Address]:
        return [ip_address(each) for each in addresses]

    return answer


async def post(target: Target, by: Resolve = resolve, patience_s: float = 15.0) -> Outcome:
    webhook = Webhook(target, LINK, by, patience_s, lambda: NOON)
    try:
        return await webhook.send(a_delivery())
    finally:
        await webhook.close()
