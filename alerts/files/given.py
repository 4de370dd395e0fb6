"""A rule as its examples see it: what is no words is taken as given, and so is the moment in the call. Pure."""

from dataclasses import replace

from alerts.combined import AllOf, AnyOf, Condition, InSequence, NoneOf, Repeated
from alerts.conditions import PolarityPersists, WordsSaid


def words_alone(condition: Condition) -> Condition | None:
    """The condition without all that a written sentence cannot show; None where nothing is left."""
    match condition:
        case WordsSaid():
            return replace(condition, window=None)
        case PolarityPersists():
            return replace(condition, utterances=1, of_last=1)
        case Repeated(of=words):
            return replace(condition, of=replace(words, window=None))
        case AllOf():
            return _all(condition)
        case AnyOf(parts=parts):
            kept = _each(parts)
            return AnyOf(parts=kept) if kept else None
        case InSequence(steps=steps):
            kept = _each(steps)
            return replace(condition, steps=kept) if kept else None
        case _:
            return None


def _all(condition: AllOf) -> AllOf | None:
    kept = _each(condition.parts)
    if not kept:
        return None
    blockers = (replace(none, parts=_each(none.parts)) for none in condition.unless)
    left: tuple[NoneOf, ...] = tuple(none for none in blockers if none.parts)
    return replace(condition, parts=kept, unless=left, where=())


def _each(conditions: tuple[Condition, ...]) -> tuple[Condition, ...]:
    return tuple(kept for condition in conditions if (kept := words_alone(condition)) is not None)
