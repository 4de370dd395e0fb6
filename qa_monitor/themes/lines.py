"""Terms that have grown, put together where the same calls say them: one line of the page for one matter. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qa_monitor.themes.growth import Growth
from qa_monitor.themes.records import FEWEST_CALLS, Theme
from qa_monitor.themes.sayers import Sayers, aligned

TOGETHER = 0.5
"""Of the calls of the rarer of two terms, as many must have said the other too."""
NOBODY = Sayers()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A term, and others said in the same calls, the surest first."""

    lead: Growth
    along: tuple[Theme, ...]


def lines_of(terms: Sequence[Growth], sayers: Mapping[Theme, Sayers]) -> tuple[Line, ...]:
    """Each term, in this order, joins the first line whose first term is said in the same calls, or begins one."""
    found: list[list[Growth]] = []
    for term in terms:
        own = sayers.get(term.theme, NOBODY)
        line = next((line for line in found if said_together(own, sayers.get(line[0].theme, NOBODY))), None)
        if line is None:
            found.append([term])
        else:
            line.append(term)
    return tuple(Line(lead=line[0], along=tuple(one.theme for one in line[1:])) for line in found)


def said_together(one: Sayers, other: Sayers) -> bool:
    """Whether mostly the same calls say both, as far back as the calls of both are known."""
    some, others = aligned(one, other)
    fewest = min(len(some), len(others))
    return fewest >= FEWEST_CALLS and len(some & others) >= TOGETHER * fewest
