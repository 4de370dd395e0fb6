"""Puts delivery together: a channel for each target, and the relay."""

from collections.abc import Callable
from datetime import datetime
from random import Random

from qa_monitor.delivery.messages import Messages
from qa_monitor.delivery.port import AttemptCounter, Channel, Outbox
from qa_monitor.delivery.relay import Relay
from qa_monitor.delivery.targets import Target, TargetKind, Targets
from qa_monitor.delivery.webhook import Webhook


def a_relay(targets: Targets, outbox: Outbox, counter: AttemptCounter, clock: Callable[[], datetime]) -> Relay:
    """The relay of this installation; nothing is sent before its `work`."""
    return Relay(targets, outbox, a_channel, counter, clock, Random())


def a_channel(target: Target, link: str | None) -> Channel:
    """What carries messages to a target."""
    return Webhook(target, link) if target.kind is TargetKind.WEBHOOK else Messages(target, link)
