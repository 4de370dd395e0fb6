"""The conditions of one call about how it sounds and flows: persistence, silence, talk-over and measures."""

from collections.abc import Sequence

from alerts.causes import Cause, dead_air, emotion_persists, flowing, polarity_persists, talk_over
from alerts.combined import leaves
from alerts.conditions import DeadAir, EmotionPersists, Flowing, PolarityPersists, TalkOver
from alerts.policy import AlertPolicy
from alerts.records import ScoredUtterance
from alerts.rule import Rule
from alerts.watching.course import CourseWatches
from alerts.watching.emotion import EmotionWatch
from alerts.watching.flow import FlowWatch, measured
from alerts.watching.found import Found
from alerts.watching.polarity import PolarityWatch
from alerts.watching.stretch import StretchWatch
from sentiment.records import Dynamics


class Watches:
    """Not safe to share: holds what the conditions remember of one call."""

    def __init__(self, policy: AlertPolicy) -> None:
        self._policy = policy
        self._emotions: list[tuple[Rule, EmotionPersists, EmotionWatch]] = []
        self._polarities: list[tuple[Rule, PolarityPersists, PolarityWatch]] = []
        self._stretches: list[tuple[Rule, DeadAir | TalkOver, StretchWatch]] = []
        self._flows: list[tuple[Rule, Flowing, FlowWatch]] = []
        self._courses = CourseWatches()
        self._counted: dict[str, int] = {}
        """By rule, how many stretches were told by versions of it that are forgotten: no number is given twice."""
        self._lasting: set[tuple[str, str]] = set()
        """The rules just forgotten of which a stretch goes on, and what it is a stretch of."""

    def add(self, rule: Rule) -> None:
        """Watch for this rule from now on. What an earlier version of it told, and still goes on, is not told again."""
        self._courses.add(rule)
        counted = self._counted.get(rule.rule_id, 0)
        for leaf in leaves(rule.when):
            match leaf:
                case EmotionPersists():
                    emotion = EmotionWatch(leaf, calm_utterances=self._policy.calm_utterances)
                    self._emotions.append((rule, leaf, emotion))
                case PolarityPersists():
                    polarity = PolarityWatch(leaf, calm_utterances=self._policy.calm_utterances)
                    self._polarities.append((rule, leaf, polarity))
                case DeadAir() | TalkOver():
                    told = (rule.rule_id, _subject(leaf)) in self._lasting
                    stretch = StretchWatch(longer_than_s=leaf.longer_than_s, counted=counted, told=told)
                    self._stretches.append((rule, leaf, stretch))
                case Flowing():
                    told = (rule.rule_id, _subject(leaf)) in self._lasting
                    self._flows.append((rule, leaf, FlowWatch(leaf, counted=counted, told=told)))

    def keep(self, versions: frozenset[tuple[str, str]]) -> None:
        """Forget the rules that are not among these, named by id and version."""
        self._lasting = set()
        self._courses.keep(versions)
        for rule, condition, stretch in self._stretches:
            self._leave(rule, condition, stretch, versions)
        for rule, limit, flow in self._flows:
            self._leave(rule, limit, flow, versions)
        self._emotions = [entry for entry in self._emotions if _version(entry[0]) in versions]
        self._polarities = [entry for entry in self._polarities if _version(entry[0]) in versions]
        self._stretches = [entry for entry in self._stretches if _version(entry[0]) in versions]
        self._flows = [entry for entry in self._flows if _version(entry[0]) in versions]

    def _leave(
        self,
        rule: Rule,
        condition: DeadAir | TalkOver | Flowing,
        watch: StretchWatch | FlowWatch,
        versions: frozenset[tuple[str, str]],
    ) -> None:
        """Remember what a rule that is about to be forgotten has told."""
        if _version(rule) in versions:
            return
        self._counted[rule.rule_id] = max(watch.counted, self._counted.get(rule.rule_id, 0))
        if watch.ongoing:
            self._lasting.add((rule.rule_id, _subject(condition)))

    def forget_voice(self) -> None:
        """What was judged of the customer's voice so far is as if it had never been."""
        self._courses.forget()
        for _, _, watch in self._emotions:
            watch.forget()

    def final(self, scored: ScoredUtterance, now_s: float) -> Sequence[Found]:
        """Someone has spoken: the emotions and polarities that are persistent now, or go on, and the call's course."""
        found = [*self._polarity(scored), *self._courses.final(scored, now_s)]
        for rule, condition, watch in self._emotions:
            news = watch.final(scored)
            if watch.ongoing and watch.showing:
                cause = emotion_persists(condition, watch.showing)
                found.append(Found(rule=rule, cause=cause, part=condition.part, key=str(watch.ongoing), news=news))
        return found

    def _polarity(self, scored: ScoredUtterance) -> list[Found]:
        """What the customer's words, by themselves, have just shown, or go on to show."""
        if not self._polarities:
            return []
        polarity = self._polarities[0][1].reader.polarity(scored.utterance)
        found = []
        for rule, condition, watch in self._polarities:
            news = watch.final(scored.utterance, polarity)
            if watch.ongoing and watch.showing:
                cause = polarity_persists(condition, watch.showing)
                found.append(Found(rule=rule, cause=cause, part=condition.part, key=str(watch.ongoing), news=news))
        return found

    def dynamics(self, dynamics: Dynamics) -> Sequence[Found]:
        """The silences, talk-overs and measures that have just lasted long enough, or go on."""
        found = list(self._courses.at(dynamics.now_s))
        for rule, condition, watch in self._stretches:
            lasted_s = dynamics.silence_s if isinstance(condition, DeadAir) else dynamics.talk_over_s
            news = watch.at(lasted_s if lasted_s > 0 else None) is not None
            if number := watch.ongoing:
                cause = _stretch(condition, number, dynamics)
                found.append(Found(rule=rule, cause=cause, part=condition.part, key=str(number), news=news))
        for rule, limit, flow in self._flows:
            news = flow.at(dynamics) is not None
            value = measured(limit.measure, dynamics)
            if (number := flow.ongoing) and flow.since_s is not None and value is not None:
                cause = flowing(limit, number, value, (flow.since_s, dynamics.now_s))
                found.append(Found(rule=rule, cause=cause, part=limit.part, key=str(number), news=news))
        return found


def _stretch(condition: DeadAir | TalkOver, number: int, dynamics: Dynamics) -> Cause:
    match condition:
        case DeadAir():
            return dead_air(condition, number, dynamics)
        case TalkOver():
            return talk_over(condition, number, dynamics)


def _subject(condition: DeadAir | TalkOver | Flowing) -> str:
    """What it is a stretch of, whatever its limit."""
    if isinstance(condition, Flowing):
        return f"{condition.measure} {'above' if condition.above else 'below'}"
    return type(condition).__name__


def _version(rule: Rule) -> tuple[str, str]:
    return (rule.rule_id, rule.rule_version)
