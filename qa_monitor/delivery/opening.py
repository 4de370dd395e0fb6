"""Puts delivery together: a channel for each target, and the relay."""

from collections.abc import Callable
from datetime import datetime
from random import Random

from qa_monitor.delivery.port import Outbox
from qa_monitor.delivery.relay import Relay
from qa_monitor.delivery.targets import Targets
from qa_monitor.delivery.webhook import Webhook
from qa_monitor.metrics import Metrics


def a_relay(targets: Targets, outbox: Outbox, metrics: Metrics, clock: Callable[[], datetime]) -> Relay:
    """The relay of this installation; nothing is sent before its `work`."""
    channels = {target.name: Webhook(target, targets.link) for target in targets.every}
    return Relay(targets, outbox, channels, metrics, clock, Random())
