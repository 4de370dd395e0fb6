"""A made call judged as a live one would be: its flow, the customer's course and the rules' flags, by the product's
own code. Pure.

Phrases are looked for in the lines that were put there for rules to find, and in the opening; the grammar's other
lines hold none, which a test checks. Time is looked at where something lasts: in silences, holds and talk-overs.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from alerts.engine import CallWatch
from alerts.policy import AlertPolicy
from alerts.records import Decision, FlagId, HeldFlag, RedFlag, ScoredUtterance
from alerts.rulebook import STARTER_RULES
from keywords.records import KeywordHit
from qa_monitor.records.holds import OnHold
from qa_monitor.reports.repeats import Repeated, Sentence, repeated
from qa_monitor.rules.loading import load_sets
from qa_monitor.rules.ruleset import EVERYBODY, RuleSet
from qa_monitor.seed.records import AGENT, CHANNELS, CUSTOMER, Spoken, SpokenLine, utterance
from sentiment.course import CourseWatch, upset
from sentiment.dynamics import Conversation
from sentiment.hold import HoldBegan, HoldEnded
from sentiment.records import Course, Dynamics, EmotionScore
from streams.records import CallStarted, ChannelActivity, UtteranceId

FINAL_AFTER_S = 0.7
"""How long after its last word a final comes."""
LOOK_EVERY_S = 2.0
LONGEST_LOOK_S = 130.0
"""Nothing new is raised about a silence that has lasted this long."""
QUIET_FROM_S = 14.0
HOLD_FROM_S = 58.0
"""From when on rules have an eye on a silence, and on a hold."""
TALK_OVER_FROM_S = 2.8
OPENING_LINES = 3
OPENING_S = (20.0, 40.0, 60.0)
"""When is looked whether the agent has greeted."""
VOICE_FROM = 0.5
COUNTED_LINES = 7
"""Of each side, so many first and last ones hold more talk than pace and loudness are told from."""
AGENT_DB, CUSTOMER_DB = -24.0, -26.0

IN_ORDER = itemgetter(0, 1, 2)
FIRST, SECOND, THIRD, FOURTH = range(4)
"""The order of what happens at one instant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What came of a call."""

    dynamics: Dynamics
    course: Course | None
    told: tuple[tuple[RedFlag, ...], ...]
    """Every flag's states in the order in which they were told."""
    held: tuple[HeldFlag, ...]
    repeated: Repeated


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The starter rules, ready. Safe to share."""

    ruleset: RuleSet
    policy: AlertPolicy


def starter_rules() -> Rules:
    """Those that come with the product."""
    return Rules(ruleset=load_sets((STARTER_RULES,)).sets[EVERYBODY], policy=AlertPolicy())


def judged(
    call: CallStarted, said: Spoken, holds: Sequence[OnHold], scores: Sequence[EmotionScore], rules: Rules
) -> Judgement:
    """Everything that follows from what was said."""
    return _Judge(call, said, {score.utterance_id: score for score in scores}, rules).judge(holds)


class _Judge:
    """One per call."""

    def __init__(
        self, call: CallStarted, said: Spoken, scores: Mapping[UtteranceId, EmotionScore], rules: Rules
    ) -> None:
        self._call, self._said, self._scores, self._rules = call, said, scores, rules
        self._conversation = Conversation(call)
        self._course = CourseWatch()
        self._looks = sorted(_looks(said))
        matters = bool(self._looks) or self._may_be_told()
        self._watch = CallWatch(call, rules.ruleset.book, rules.policy) if matters else None
        """None where nothing in the call is anything to a rule: most calls."""
        self._opening = frozenset([line.start_cs for line in said.lines if line.channel == AGENT][:OPENING_LINES])
        self._counted = _counted(said)
        self._told: dict[FlagId, list[RedFlag]] = {}
        self._held: list[HeldFlag] = []

    def judge(self, holds: Sequence[OnHold]) -> Judgement:
        """As live: in the order of time."""
        end_s = self._said.end_cs / 100
        for at_s, _, _, what in sorted(self._happenings(holds), key=IN_ORDER):
            match what:
                case SpokenLine() as line if at_s == line.start_cs / 100:
                    self._conversation.feed(_activity(self._call, line))
                case SpokenLine() as line:
                    self._final(line, at_s)
                case OnHold() as hold:
                    self._hold(hold, at_s)
                case None if self._watch is not None:
                    self._decided(self._watch.on_dynamics(self._conversation.at(at_s)))
                    self._decided(self._watch.on_time(at_s, dict.fromkeys(CHANNELS, at_s)))
        if self._watch is not None:
            self._decided(self._watch.on_end(end_s))
        return Judgement(
            dynamics=self._conversation.at(end_s),
            course=self._course.course,
            told=tuple(tuple(states) for states in self._told.values()),
            held=tuple(self._held),
            repeated=_repeated(self._call, self._said),
        )

    def _happenings(self, holds: Sequence[OnHold]) -> Iterator[tuple[float, int, int, SpokenLine | OnHold | None]]:
        end_s = self._said.end_cs / 100
        for number, line in enumerate(self._said.lines):
            yield line.start_cs / 100, FIRST, number, line
            yield line.end_cs / 100 + FINAL_AFTER_S, SECOND, number, line
        for number, hold in enumerate(holds):
            yield hold.told_s, THIRD, number, hold
            if hold.end_told_s is not None:
                yield hold.end_told_s, THIRD, number, hold
        if self._watch is not None:
            yield from ((at_s, FOURTH, 0, None) for at_s in (*self._looks, *OPENING_S) if at_s < end_s)

    def _may_be_told(self) -> bool:
        if any(line.telling for line in self._said.lines):
            return True
        high = [score for score in self._scores.values() if score.enough and upset(score) >= VOICE_FROM]
        return len(high) >= 3

    def _final(self, line: SpokenLine, at_s: float) -> None:
        counts, score = line.start_cs in self._counted, self._scores.get(line.utterance_id) if self._scores else None
        opening = line.start_cs in self._opening
        heard = self._watch is not None and (line.telling or opening or score is not None)
        if not (counts or heard or score is not None):
            return  # nothing hears it, as most lines: its record would be made for nothing
        said = utterance(self._call, line)
        if counts:
            raised = 0.0 if score is None else 8 * upset(score)
            self._conversation.said(said, (AGENT_DB if line.channel == AGENT else CUSTOMER_DB) + raised)
        course = self._course.heard(said, score)
        if self._watch is None or not heard:
            return
        hits: tuple[KeywordHit, ...] = ()
        if line.telling or opening:
            hits = tuple(self._rules.ruleset.matcher.hits(said))
        self._decided(
            self._watch.on_final(ScoredUtterance(utterance=said, hits=hits, emotion=score, course=course), at_s)
        )

    def _hold(self, hold: OnHold, at_s: float) -> None:
        if at_s == hold.told_s:
            self._conversation.held(HoldBegan(at_s=hold.start_s, cause=hold.cause, channel=hold.channel))
            if self._watch is not None:
                self._watch.on_hold(hold.start_s)
        elif hold.end_s is not None:
            self._conversation.held(HoldEnded(at_s=hold.end_s))
            if self._watch is not None:
                self._watch.on_resume(hold.end_s)

    def _decided(self, decision: Decision) -> None:
        for flag in decision.told:
            self._told.setdefault(flag.flag_id, []).append(flag)
        self._held += decision.held


def _repeated(call: CallStarted, said: Spoken) -> Repeated:
    """Whether the customer says that they have been in touch before, in the lines put there for rules to find."""
    assert call.language is not None
    own = [line for line in said.lines if line.channel == CUSTOMER]
    told = repeated(Sentence(text=line.text, language=call.language) for line in own if line.telling)
    return Repeated.NO if own and told is Repeated.UNKNOWN else told


def _activity(call: CallStarted, line: SpokenLine) -> ChannelActivity:
    return ChannelActivity(
        call_id=call.call_id,
        channel=line.channel,
        speaker=CHANNELS[line.channel],
        start_s=line.start_cs / 100,
        end_s=line.end_cs / 100,
        open=False,
    )


def _counted(said: Spoken) -> frozenset[int]:
    """The starts of the lines that pace and loudness are told from."""
    found: set[int] = set()
    for channel in range(len(CHANNELS)):
        own = [line.start_cs for line in said.lines if line.channel == channel]
        found |= {*own[:COUNTED_LINES], *own[-COUNTED_LINES:]}
    return frozenset(found)


def _looks(said: Spoken) -> Iterator[float]:
    """When to look, in seconds: while nobody speaks for long, and while both do."""
    heard_cs = 0
    for line in said.lines:
        quiet_s = (line.start_cs - heard_cs) / 100
        held = any(start < line.start_cs and end > heard_cs for start, end in said.holds)
        from_s = HOLD_FROM_S if held else QUIET_FROM_S
        if heard_cs and quiet_s >= from_s:
            steps = int((min(quiet_s, LONGEST_LOOK_S) - from_s) / LOOK_EVERY_S) + 1
            yield from (heard_cs / 100 + from_s + step * LOOK_EVERY_S for step in range(steps))
        both_s = (min(heard_cs, line.end_cs) - line.start_cs) / 100
        if both_s >= TALK_OVER_FROM_S:
            yield line.start_cs / 100 + both_s
        heard_cs = max(heard_cs, line.end_cs)
