"""Who says what, in which order: a call put together from exchanges. Pure, and by the dice it is given."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from qa_monitor.seed.grammar import Exchange, Grammar, Line
from streams.records import Direction


class Arc(StrEnum):
    """How the customer goes through the call."""

    CALM = "calm"
    ESCALATES = "escalates"
    RECOVERS = "recovers"
    UPSET = "upset"


class Before(StrEnum):
    """What comes between a line and the one before."""

    TURN = "turn"
    OVER = "over"
    """Nothing: the other still speaks."""
    SILENCE = "silence"
    """Nobody says anything for long."""
    HOLD = "hold"
    BACKCHANNEL = "backchannel"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A line to be said."""

    line: Line
    before: Before = Before.TURN


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What a call is like before anybody speaks."""

    reason: str
    direction: Direction
    arc: Arc
    repeated: bool
    """The customer called about it before."""


UPSETTING = {"outage": 1.6, "return": 1.7, "bill": 1.3, "delivery": 1.4, "technician": 1.5, "cancelling": 1.3}
ARCS = {Arc.ESCALATES: 0.05, Arc.RECOVERS: 0.07, Arc.UPSET: 0.03}
MEAN_LINES, SPREAD = 72.0, 0.42
SHORTEST, LONGEST = 10, 280
BRIEF = 0.05
"""Share of calls that are over before they began: a wrong number, a line cut."""
COMPLAINTS = ("losing_patience", "broken_promise", "long_wait", "passed_around", "supervisor", "refund", "repeat_call")
GRAVE = ("legal_threat", "competitor", "cancellation")
HARDSHIPS = ("bereavement", "financial_hardship")
BY_AGENT = ("agent_promise", "agent_unhelpful")
RARE = ((0.012, HARDSHIPS), (0.03, BY_AGENT), (0.05, COMPLAINTS))
"""Up to which roll of the dice a call holds one of these, whatever it is about."""


def arc_of(reason: str, dice: Random) -> Arc:
    """By what the call is about."""
    rolled = dice.random() / UPSETTING.get(reason, 1.0)
    for arc, share in ARCS.items():
        if rolled < share:
            return arc
        rolled -= share
    return Arc.CALM


def script(grammar: Grammar, matter: Matter, dice: Random) -> list[Cue]:
    """The whole call, from the first word to the last."""
    reason = grammar.reasons[matter.reason]
    wanted = _length(dice)
    outbound = matter.direction is Direction.OUTBOUND
    kind = "outbound" if outbound else "missing" if dice.random() < 0.02 else "inbound"
    begin = [dice.choice(grammar.opening[kind]), dice.choice(reason.opens)]
    for exchange in dice.sample(grammar.identification, 1 if wanted < 2 * SHORTEST else dice.randint(2, 4)):
        begin += exchange
    end = [dice.choice(reason.solved)]
    if matter.arc is Arc.RECOVERS and dice.random() < 0.7:
        end.append(dice.choice(grammar.calm))
    if matter.arc is not Arc.UPSET or dice.random() < 0.6:
        end += dice.choice(grammar.closing)
    body = _body(grammar, reason.talk, wanted - len(begin) - len(end), dice)
    cues = [Cue(line=line, before=_before(matter.arc, dice)) for line in (*begin, *body, *end)]
    cues = _held(cues, len(begin), len(end), grammar, dice)
    return _with_telling(cues, grammar, matter, dice)


def _length(dice: Random) -> int:
    if dice.random() < BRIEF:
        return dice.randint(SHORTEST - 4, SHORTEST + 4)
    return max(SHORTEST, min(LONGEST, round(MEAN_LINES * dice.lognormvariate(0.0, SPREAD))))


def _body(grammar: Grammar, talk: Sequence[Exchange], wanted: int, dice: Random) -> list[Line]:
    """What the call is about, among what is said in every call."""
    found: list[Line] = []
    about, other = _endless(talk, dice), _endless(grammar.general, dice)
    about_share = 0.45 if wanted < 50 else 0.3
    while len(found) < wanted:
        found += next(about if dice.random() < about_share else other)
    return found


def _endless(exchanges: Sequence[Exchange], dice: Random) -> Iterator[Exchange]:
    """Every one before any comes again."""
    while True:
        yield from dice.sample(exchanges, len(exchanges))


def _before(arc: Arc, dice: Random) -> Before:
    rolled = dice.random()
    over = 0.03 if arc is Arc.CALM else 0.09
    if rolled < over:
        return Before.OVER
    return Before.SILENCE if rolled > 0.9992 else Before.TURN


def _held(cues: list[Cue], first: int, last: int, grammar: Grammar, dice: Random) -> list[Cue]:
    """Sometimes the customer is put on hold on the way."""
    room = len(cues) - first - last
    if room < 8 or dice.random() > 0.12 + room / 500:
        return cues
    at = dice.randrange(first + 2, len(cues) - last)
    asked = [Cue(line=line) for line in dice.choice(grammar.hold)]
    back = [Cue(line=line) for line in dice.choice(grammar.back)]
    return [*cues[:at], *asked, Cue(line=back[0].line, before=Before.HOLD), *back[1:], *cues[at:]]


def _with_telling(cues: list[Cue], grammar: Grammar, matter: Matter, dice: Random) -> list[Cue]:
    """With what rules look for, where the call has it."""
    for rule_id in _telling(matter, dice):
        line = dice.choice(grammar.telling[rule_id])
        late = matter.arc is Arc.ESCALATES
        least = len(cues) // 2 if late else 2
        cues.insert(dice.randrange(min(least, len(cues)), len(cues) + 1), Cue(line=line))
    return cues


def _telling(matter: Matter, dice: Random) -> list[str]:
    found = []
    if matter.reason == "cancelling" and dice.random() < 0.55:
        found.append("cancellation")
    if matter.reason == "return" and dice.random() < 0.4:
        found.append("refund")
    if matter.repeated and dice.random() < 0.6:
        found.append("repeat_call")
    if matter.arc is not Arc.CALM:
        found += dice.sample(COMPLAINTS, dice.randint(1, 2))
        if dice.random() < 0.35:
            found.append(dice.choice(GRAVE))
    rolled = dice.random()
    rare = next((rules for up_to, rules in RARE if rolled < up_to), None)
    return found if rare is None else [*found, dice.choice(rare)]
