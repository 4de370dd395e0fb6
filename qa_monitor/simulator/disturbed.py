"""Faults on the way: a list of messages to the list a bad line or a bad source would send. Pure and seeded."""

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from qa_monitor.simulator.damage import damaged
from qa_monitor.simulator.faults import NEAR, Fault, FaultName, chance_for
from qa_monitor.simulator.planned import Act, StreamProtocol, TimedAct, TimedItem, TimedMessage

PAUSED, RESUMED = '{"event": "pause"}', '{"event": "resume"}'
"""How the service's own plain protocol says it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """The faults of one stream."""

    faults: Sequence[Fault]
    protocol: StreamProtocol
    duration_s: float
    stream: str = ""
    """Which stream, so that two streams of one run differ."""
    seed: int = 0

    def place_s(self, fault: Fault) -> float:
        """The second of the call at which this fault happens."""
        return self.duration_s / 3 if fault.at_s is None else fault.at_s


Items = list[TimedItem]
Effect = Callable[[Items, Fault, Trouble, random.Random], Items]


def disturbed(items: Iterable[TimedMessage], trouble: Trouble) -> Items:
    """Everything to do, in order. Faults that are not about messages change nothing here."""
    found: Items = list(items)
    for fault in trouble.faults:
        effect = _EFFECTS.get(fault.name)
        if effect is not None:
            found = effect(found, fault, trouble, chance_for(trouble.seed, fault.name, trouble.stream))
    return found


def _lost(items: Items, fault: Fault, trouble: Trouble, chance: random.Random) -> Items:
    lost = {index for index, item in enumerate(items) if _sounds(item) and chance.random() < fault.value}
    return _without(items, lost, trouble)


def _stalled(items: Items, fault: Fault, trouble: Trouble, chance: random.Random) -> Items:
    begin_s = trouble.place_s(fault)
    lost = {n for n, item in enumerate(items) if _sounds(item) and begin_s < item.at_s <= begin_s + fault.value}
    return _without(items, lost, trouble)


def _without(items: Items, lost: set[int], trouble: Trouble) -> Items:
    """The items without those; a source that counts its sound says how much it threw away."""
    kept: Items = []
    before_s = 0.0
    for index, item in enumerate(items):
        if index not in lost:
            kept.append(item)
        elif trouble.protocol is StreamProtocol.AUDIOHOOK:
            kept.append(TimedAct(at_s=item.at_s, act=Act.DISCARD, length_s=item.at_s - before_s))
        before_s = item.at_s if _sounds(item) else before_s
    return kept


def _duplicated(items: Items, fault: Fault, trouble: Trouble, chance: random.Random) -> Items:
    twins = [(item, item) if _sounds(item) and chance.random() < fault.value else (item,) for item in items]
    return [item for both in twins for item in both]


def _reordered(items: Items, fault: Fault, trouble: Trouble, chance: random.Random) -> Items:
    """Messages change places; the times at which something is sent stay."""
    places = [index for index, item in enumerate(items) if _sounds(item)]
    rank = {index: float(place) for place, index in enumerate(places)}
    for index in places:
        if chance.random() < fault.value:
            rank[index] += chance.randint(1, NEAR) + 0.5
    order = list(items)
    for place, index in zip(places, sorted(places, key=lambda index: rank[index]), strict=True):
        order[place] = replace(items[index], at_s=items[place].at_s)
    return order


def _damaged(items: Items, fault: Fault, trouble: Trouble, chance: random.Random) -> Items:
    return [
        replace(item, data=damaged(item.data, chance))
        if isinstance(item, TimedMessage) and item.audio and chance.random() < fault.value
        else item
        for item in items
    ]


def _jittered(items: Items, fault: Fault, trouble: Trouble, chance: random.Random) -> Items:
    latest_s = 0.0
    late: Items = []
    for item in items:
        latest_s = max(latest_s, item.at_s + chance.random() * fault.value)
        late.append(replace(item, at_s=latest_s))
    return late


def _bunched(items: Items, fault: Fault, trouble: Trouble, chance: random.Random) -> Items:
    begin_s = trouble.place_s(fault)
    until_s = begin_s + fault.value
    return [replace(item, at_s=until_s) if begin_s <= item.at_s < until_s else item for item in items]


def _drifting(items: Items, fault: Fault, trouble: Trouble, chance: random.Random) -> Items:
    return [replace(item, at_s=item.at_s / (1 + fault.value / 1e6)) for item in items]


def _paused(items: Items, fault: Fault, trouble: Trouble, chance: random.Random) -> Items:
    """AudioHook's client throws the sound of a pause away by itself; our own protocol has words for it."""
    begin_s = trouble.place_s(fault)
    end_s = begin_s + fault.value
    told: Items = [TimedAct(at_s=begin_s, act=Act.PAUSE), TimedAct(at_s=end_s, act=Act.RESUME)]
    if trouble.protocol is not StreamProtocol.AUDIOHOOK:
        items = [item for item in items if not (_sounds(item) and begin_s < item.at_s <= end_s)]
        told = [TimedMessage(at_s=begin_s, data=PAUSED), TimedMessage(at_s=end_s, data=RESUMED)]
    return sorted([*items, *told], key=lambda item: item.at_s)


def _silent(items: Items, fault: Fault, trouble: Trouble, chance: random.Random) -> Items:
    return [TimedAct(at_s=0.0, act=Act.SILENCE)]


def _reset(items: Items, fault: Fault, trouble: Trouble, chance: random.Random) -> Items:
    return _broken(items, TimedAct(at_s=trouble.place_s(fault), act=Act.RESET))


def _held(items: Items, fault: Fault, trouble: Trouble, chance: random.Random) -> Items:
    return _broken(items, TimedAct(at_s=trouble.place_s(fault), act=Act.HOLD, length_s=fault.value))


def _broken(items: Items, act: TimedAct) -> Items:
    return [*(item for item in items if item.at_s <= act.at_s), act]


def _sounds(item: TimedItem) -> bool:
    return isinstance(item, TimedMessage) and item.audio


_EFFECTS: Mapping[FaultName, Effect] = MappingProxyType(
    {
        FaultName.LOSS: _lost,
        FaultName.STALL: _stalled,
        FaultName.DUPLICATES: _duplicated,
        FaultName.REORDER: _reordered,
        FaultName.GARBAGE: _damaged,
        FaultName.JITTER: _jittered,
        FaultName.BUNCH: _bunched,
        FaultName.DRIFT: _drifting,
        FaultName.PAUSE: _paused,
        FaultName.FROZEN_PAUSE: _paused,
        FaultName.NO_START: _silent,
        FaultName.ABRUPT: _reset,
        FaultName.HALF_OPEN: _held,
    }
)
