"""All the rules of one call that need a memory of it: absence, persistence, silence and talk-over."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from alerts.absence import AbsenceWatch
from alerts.causes import Cause, dead_air, emotion_persists, phrase_absent, talk_over
from alerts.conditions import DeadAir, EmotionPersists, PhraseAbsent, TalkOver
from alerts.persistence import PersistenceWatch
from alerts.policy import AlertPolicy
from alerts.records import ScoredUtterance
from alerts.rule import Rule
from alerts.stretch import StretchWatch
from sentiment.records import Dynamics
from streams.records import Speaker, Utterance

NOBODY_KNOWS: Mapping[Speaker, float] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A rule's condition holds."""

    rule: Rule
    cause: Cause
    sure: bool = True
    """False where it rests on distrusted text or too little certainty."""


class Watches:
    """Not safe to share: holds what the rules remember of one call."""

    def __init__(self, rules: Sequence[Rule], policy: AlertPolicy) -> None:
        self._absences: list[tuple[Rule, PhraseAbsent, AbsenceWatch]] = []
        self._emotions: list[tuple[Rule, EmotionPersists, PersistenceWatch]] = []
        self._stretches: list[tuple[Rule, DeadAir | TalkOver, StretchWatch]] = []
        for rule in rules:
            match rule.when:
                case PhraseAbsent() as absent:
                    listener = AbsenceWatch(
                        absent, grace_s=policy.absence_grace_s, longest_utterance_s=policy.longest_utterance_s
                    )
                    self._absences.append((rule, absent, listener))
                case EmotionPersists() as emotion:
                    watch = PersistenceWatch(emotion, calm_utterances=policy.calm_utterances)
                    self._emotions.append((rule, emotion, watch))
                case DeadAir() | TalkOver() as lasting:
                    self._stretches.append((rule, lasting, StretchWatch(longer_than_s=lasting.longer_than_s)))

    def partial(self, utterance: Utterance) -> None:
        """Someone is speaking."""
        for _, _, watch in self._absences:
            watch.partial(utterance)

    def final(self, scored: ScoredUtterance) -> Iterable[Found]:
        """Someone has spoken: the emotions that have just become persistent."""
        said = {hit.rule_id for hit in scored.hits}
        for rule, _, absence in self._absences:
            absence.final(scored.utterance, said=rule.rule_id in said)
        return [
            Found(rule=rule, cause=emotion_persists(condition, showing))
            for rule, condition, persistence in self._emotions
            if (showing := persistence.final(scored))
        ]

    def due(
        self, now_s: float, *, known_until_s: Mapping[Speaker, float] = NOBODY_KNOWS, ended: bool = False
    ) -> Iterable[Found]:
        """The phrases that were not said in time, as far as is known at `now_s`."""
        return [
            Found(rule=rule, cause=phrase_absent(condition, absence, now_s), sure=absence.sure)
            for rule, condition, watch in self._absences
            if (absence := watch.due(now_s, known_until_s=known_until_s.get(watch.speaker, 0.0), ended=ended))
        ]

    def dynamics(self, dynamics: Dynamics) -> Iterable[Found]:
        """The silences and talk-overs that have just become long enough."""
        found = []
        for rule, condition, watch in self._stretches:
            match condition:
                case DeadAir():
                    if number := watch.at(dynamics.silence_s):
                        found.append(Found(rule=rule, cause=dead_air(condition, number, dynamics)))
                case TalkOver():
                    if number := watch.at(dynamics.talk_over_s):
                        found.append(Found(rule=rule, cause=talk_over(condition, number, dynamics)))
        return found
