"""Rules that name other rules: whether those are there. Pure."""

from collections.abc import Iterator, Mapping

from alerts.files.document import FieldPath
from alerts.files.problems import RuleProblem
from alerts.files.shape_words import Absent
from alerts.files.walking import spoken_in
from alerts.files.written import WrittenRule


def wrong_references(written: Mapping[str, WrittenRule]) -> Iterator[RuleProblem]:
    """Every `inhibits` and `after` that names a rule it cannot name."""
    for found in written.values():
        yield from _wrong_inhibitions(found, written)
        if found.shape.enabled:
            yield from _wrong_waits(found, written)


def _wrong_inhibitions(found: WrittenRule, written: Mapping[str, WrittenRule]) -> Iterator[RuleProblem]:
    for position, name in enumerate(found.shape.inhibits):
        if name not in written or written[name].rule.priority >= found.rule.priority:
            lower = sorted(name for name, other in written.items() if other.rule.priority < found.rule.priority)
            allowed = f"a rule of lower priority: {', '.join(lower) or 'there is none'}"
            yield found.problem(("inhibits", position), repr(name), allowed)


def _wrong_waits(found: WrittenRule, written: Mapping[str, WrittenRule]) -> Iterator[RuleProblem]:
    for place, name in _waits(found):
        other = written.get(name)
        if other is None or not other.shape.enabled:
            others = ", ".join(sorted(rule_id for rule_id, one in written.items() if one.shape.enabled))
            yield found.problem(place, repr(name), f"a rule that is in service: {others}")
        elif found.rule.rule_id in _awaited(other, written):
            yield found.problem(place, repr(name), "a rule that does not itself wait for this one")


def _waits(found: WrittenRule) -> Iterator[tuple[FieldPath, str]]:
    for place, said in spoken_in(found.shape.when, ("when",)):
        if isinstance(said, Absent):
            if said.after is not None:
                yield (*place, "after"), said.after
        elif said.window is not None and said.window.after is not None:
            yield (*place, "window", "after"), said.window.after


def _awaited(start: WrittenRule, written: Mapping[str, WrittenRule]) -> frozenset[str]:
    """The rule itself and all it waits for, directly or not."""
    found: set[str] = set()
    left = [start.rule.rule_id]
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            left.extend(written[name].rule.waits_for if name in written else ())
    return frozenset(found)
