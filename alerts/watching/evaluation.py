"""What a condition comes to, given what its parts have come to so far. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from alerts.combined import AllOf, AnyOf, Condition, InSequence, NoneOf, Repeated
from alerts.conditions import CallIs
from alerts.watching.occurrence import Occurrence
from alerts.watching.ordered import in_sequence, repeated
from alerts.watching.together import Reach, all_of, clear_of

Heard: TypeAlias = Mapping[int, Sequence[Occurrence]]
"""What has happened, by part of the rule."""
MAX_OCCURRENCES = 64
"""Of one condition, how many are looked at: the latest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """One look at a rule in one call."""

    heard: Heard
    call_is: Callable[[CallIs], bool]

    def news(self, condition: Condition) -> Occurrence | None:
        """The occurrence of the condition that has just become known: a sure one before a doubtful one."""
        sure = {part: [one for one in found if one.sure] for part, found in self.heard.items()}
        # a sure flag rests on sure parts only, and is held back by a doubtful reason against it; a doubtful flag is not
        certain = _Look(does=sure, bars=self.heard, call_is=self.call_is)
        found = _latest(certain.occurrences(condition))
        if found is not None:
            return found
        doubtful = _latest(_Look(does=self.heard, bars=sure, call_is=self.call_is).occurrences(condition))
        return None if doubtful is None else replace(doubtful, sure=False)


def _latest(occurrences: Sequence[Occurrence]) -> Occurrence | None:
    """The latest of those that have just become known."""
    fresh = [one for one in occurrences if one.fresh]
    return max(fresh, key=lambda one: (one.end_s, -one.start_s), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    does: Heard
    """What counts for a flag."""
    bars: Heard
    """What counts against it."""
    call_is: Callable[[CallIs], bool]

    def occurrences(self, condition: Condition) -> Sequence[Occurrence]:
        """Each time the condition came true, at most the latest `MAX_OCCURRENCES`."""
        match condition:
            case AllOf():
                found = self._all(condition)
            case AnyOf(parts=parts):
                found = [one for part in parts for one in self.occurrences(part)]
            case InSequence(steps=steps, within_s=within_s):
                found = list(in_sequence([self.occurrences(step) for step in steps], within_s))
            case Repeated(of=words, times=times, within_s=within_s):
                found = list(repeated(self.occurrences(words), times, within_s))
            case CallIs():
                raise ValueError("what is known of a call does not happen: it stands in an all or a none")
            case _:
                return self.does.get(condition.part, ())
        return sorted(found, key=lambda one: (one.end_s, one.start_s))[-MAX_OCCURRENCES:]

    def _all(self, condition: AllOf) -> list[Occurrence]:
        if not all(self.call_is(facts) for facts in condition.where):
            return []
        reach = Reach(within_s=condition.within_s, within_words=condition.within_words)
        found = all_of([self.occurrences(part) for part in condition.parts], reach)
        return [one for one in found if all(self._is_clear(one, none) for none in condition.unless)]

    def _is_clear(self, one: Occurrence, none: NoneOf) -> bool:
        against = _Look(does=self.bars, bars=self.does, call_is=self.call_is)
        for part in none.parts:
            if isinstance(part, CallIs):
                if self.call_is(part):
                    return False
            elif not clear_of(one, against.occurrences(part), none.within_s):
                return False
        return True
