"""Which calls to review: drawn by lot, by lot from each part, or the worst first, each with the reason. Pure."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sentiment.records import CourseState
from streams.records import CallId


class Method(StrEnum):
    """How calls are chosen."""

    RANDOM = "random"
    STRATIFIED = "stratified"
    """As many from each part, drawn by lot."""
    WORST = "worst"
    """In turn: the lowest score, the most flags, the most upset customer."""


class Part(StrEnum):
    """What parts calls are divided into."""

    TEAM = "team"
    AGENT = "agent"
    RULE = "rule"


class Why(StrEnum):
    """Why a call was chosen."""

    RANDOM = "random"
    STRATUM = "stratum"
    FAILED = "failed"
    SCORE = "score"
    FLAGS = "flags"
    COURSE = "course"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A call that may be chosen."""

    call_id: CallId
    tenant: str
    team: str
    agent_id: str
    flags_high: int = 0
    flags_medium: int = 0
    flags_low: int = 0
    course: CourseState | None = None
    score: float | None = None
    failed: bool = False
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a call was chosen, with the figures that show it."""

    why: Why
    of: int
    """Among how many calls."""
    chosen: int = 1
    """How many were chosen from them."""
    stratum: str = ""
    score: float | None = None
    flags: tuple[int, int, int] = (0, 0, 0)
    """High, medium, low."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """A call that was chosen."""

    call_id: CallId
    reason: Reason


def sample(calls: Sequence[Candidate], method: Method, part: Part, size: int, seed: int) -> tuple[Pick, ...]:
    """At most `size` of these calls, none twice. The same calls, in the same order, and seed: the same sample."""
    dice = random.Random(seed)
    match method:
        case Method.RANDOM:
            return draw(calls, size, dice)
        case Method.STRATIFIED:
            return draw_each(strata_of(calls, part), size, dice)
        case Method.WORST:
            return worst(calls, size)


def draw(calls: Sequence[Candidate], size: int, dice: random.Random) -> tuple[Pick, ...]:
    """By lot, each with the same chance."""
    drawn = dice.sample(calls, min(size, len(calls)))
    reason = Reason(why=Why.RANDOM, of=len(calls), chosen=len(drawn))
    return tuple(Pick(call_id=call.call_id, reason=reason) for call in drawn)


def strata_of(calls: Iterable[Candidate], part: Part) -> Mapping[str, list[CallId]]:
    """The calls of each part, by its name. A call of several rules is in several parts; one of no rule in none."""
    named: Mapping[Part, Callable[[Candidate], Sequence[str]]] = {
        Part.TEAM: lambda call: [call.team],
        Part.AGENT: lambda call: [f"{call.team}\u2013{call.agent_id}"],
        Part.RULE: lambda call: call.rules,
    }
    strata: dict[str, list[CallId]] = defaultdict(list)
    for call in calls:
        for name in named[part](call):
            strata[name].append(call.call_id)
    return strata


def draw_each(strata: Mapping[str, Sequence[CallId]], size: int, dice: random.Random) -> tuple[Pick, ...]:
    """One from each part in turn, until there are enough; which part begins is drawn too."""
    left = {name: dice.sample(calls, len(calls)) for name, calls in sorted(strata.items())}
    turn = dice.sample(list(left), len(left))
    chosen: dict[CallId, str] = {}
    while len(chosen) < size and any(left.values()):
        for name in turn:
            while left[name] and left[name][-1] in chosen:
                left[name].pop()
            if left[name] and len(chosen) < size:
                chosen[left[name].pop()] = name
    counts = {name: list(chosen.values()).count(name) for name in turn}
    return tuple(
        Pick(
            call_id=call_id,
            reason=Reason(why=Why.STRATUM, stratum=name, chosen=counts[name], of=len(strata[name])),
        )
        for call_id, name in sorted(chosen.items(), key=lambda pair: pair[1])
    )


UPSET: Mapping[CourseState | None, int] = {CourseState.UPSET: 0, CourseState.RISING: 1, CourseState.RECOVERING: 2}


def worst(calls: Sequence[Candidate], size: int) -> tuple[Pick, ...]:
    """In turn the worst by score, by flags and by how the customer was at the end; none with nothing wrong."""
    rankings = (
        (_score_reason, sorted(filter(_is_scored, calls), key=lambda call: (not call.failed, call.score or 0.0))),
        (_flags_reason, sorted(filter(_is_flagged, calls), key=_flags, reverse=True)),
        (_course_reason, sorted((c for c in calls if c.course in UPSET), key=lambda c: UPSET[c.course])),
    )
    queues = [(reason, iter(ranked)) for reason, ranked in rankings]
    chosen: dict[CallId, Pick] = {}
    while queues and len(chosen) < size:
        for reason, ranked in list(queues):
            call = next((call for call in ranked if call.call_id not in chosen), None)
            if call is None:
                queues.remove((reason, ranked))
            elif len(chosen) < size:
                chosen[call.call_id] = Pick(call_id=call.call_id, reason=reason(call, len(calls)))
    return tuple(chosen.values())


def _is_scored(call: Candidate) -> bool:
    return call.score is not None or call.failed


def _is_flagged(call: Candidate) -> bool:
    return any(_flags(call))


def _flags(call: Candidate) -> tuple[int, int, int]:
    return (call.flags_high, call.flags_medium, call.flags_low)


def _score_reason(call: Candidate, of: int) -> Reason:
    return Reason(why=Why.FAILED if call.failed else Why.SCORE, of=of, score=call.score)


def _flags_reason(call: Candidate, of: int) -> Reason:
    return Reason(why=Why.FLAGS, of=of, flags=_flags(call))


def _course_reason(call: Candidate, of: int) -> Reason:
    return Reason(why=Why.COURSE, of=of)
