"""Everything about words in a written condition, with the place where it stands. Pure."""

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from alerts.files.document import FieldPath
from alerts.files.shape_when import When
from alerts.files.shape_words import Absent, Cue, Words

Spoken: TypeAlias = Words | Absent | Cue


def spoken_in(when: When, path: FieldPath) -> Iterator[tuple[FieldPath, Spoken]]:
    """The words a rule listens for, in the order of writing."""
    match when:
        case When(words=said) if said:
            yield (*path, "words"), said
        case When(cue=cue) if cue:
            yield (*path, "cue"), cue
        case When(absent=unsaid) if unsaid:
            yield (*path, "absent"), unsaid
        case When(repeated=repeats) if repeats:
            yield (*path, "repeated", "of"), repeats.of
        case When(sequence=steps) if steps:
            yield from _each(steps.steps, (*path, "sequence", "steps"))
        case _:
            for kind in ("all", "any", "none"):
                yield from _each(getattr(when, kind) or (), (*path, kind))


def _each(items: Sequence[When], path: FieldPath) -> Iterator[tuple[FieldPath, Spoken]]:
    for index, item in enumerate(items):
        yield from spoken_in(item, (*path, index))
