"""The conditions of one call about what was not said: in time, after something else, or before the end."""

from collections.abc import Sequence
from typing import TypeVar

from alerts.causes import closing_absent, follow_up_absent, phrase_absent
from alerts.combined import leaves
from alerts.conditions import AbsentAfter, AbsentAtEnd, PhraseAbsent
from alerts.policy import AlertPolicy
from alerts.records import ScoredUtterance
from alerts.rule import Rule
from alerts.watching.absence import AbsenceWatch
from alerts.watching.followup import ClosingWatch, FollowUpWatch
from alerts.watching.found import NOBODY_KNOWS, Found, KnownUntil
from alerts.windows import Stretch
from streams.records import Utterance

Condition = TypeVar("Condition", PhraseAbsent, AbsentAfter, AbsentAtEnd)
Watch = TypeVar("Watch", AbsenceWatch, FollowUpWatch, ClosingWatch)


class Absences:
    """Not safe to share: holds what the conditions remember of one call."""

    def __init__(self, policy: AlertPolicy) -> None:
        self._policy = policy
        self._openings: list[tuple[Rule, PhraseAbsent, AbsenceWatch]] = []
        self._follow_ups: list[tuple[Rule, AbsentAfter, FollowUpWatch]] = []
        self._closings: list[tuple[Rule, AbsentAtEnd, ClosingWatch]] = []

    def add(self, rule: Rule, *, begun: bool) -> None:
        """Watch for this rule from now on. `begun`: people have spoken; first words, then, can no longer be judged."""
        times = {"grace_s": self._policy.absence_grace_s, "longest_utterance_s": self._policy.longest_utterance_s}
        for leaf in leaves(rule.when):
            match leaf:
                case PhraseAbsent() if not begun:
                    self._openings.append((rule, leaf, AbsenceWatch(leaf, **times)))
                case AbsentAfter():
                    self._follow_ups.append((rule, leaf, FollowUpWatch(leaf, **times)))
                case AbsentAtEnd():
                    self._closings.append((rule, leaf, ClosingWatch(leaf)))

    def keep(self, versions: frozenset[tuple[str, str]]) -> None:
        """Forget the rules that are not among these, named by id and version."""
        self._openings = _kept(self._openings, versions)
        self._follow_ups = _kept(self._follow_ups, versions)
        self._closings = _kept(self._closings, versions)

    def partial(self, utterance: Utterance) -> None:
        """Someone is speaking."""
        for _, _, watch in self._openings:
            watch.partial(utterance)

    def final(self, scored: ScoredUtterance) -> None:
        """Someone has spoken."""
        said = {(hit.rule_id, hit.part) for hit in scored.hits}
        for rule, opening, watch in self._openings:
            watch.final(scored.utterance, said=(rule.rule_id, opening.part) in said)
        for rule, after, follow_up in self._follow_ups:
            follow_up.final(scored.utterance, said=(rule.rule_id, after.part) in said)
        for rule, closing, at_end in self._closings:
            at_end.final(scored.utterance, said=(rule.rule_id, closing.part) in said)

    def came_true(self, rule_id: str, stretch: Stretch) -> None:
        """A rule has come true: what should be said now?"""
        for _, condition, watch in self._follow_ups:
            if condition.after == rule_id:
                watch.came_true(stretch)

    def due(self, now_s: float, known_until_s: KnownUntil = NOBODY_KNOWS, *, ended: bool = False) -> Sequence[Found]:
        """The phrases that were not said in time, as far as is known at `now_s`; after `ended` nothing is to come."""
        found = []
        for rule, condition, watch in self._openings:
            known_s = known_until_s.get(watch.speaker, 0.0)
            if absence := watch.due(now_s, known_until_s=known_s, ended=ended):
                cause = phrase_absent(condition, absence, now_s)
                found.append(Found(rule=rule, cause=cause, sure=absence.sure, part=condition.part, key=cause.episode))
        for rule, after, follow_up in self._follow_ups:
            known_s = known_until_s.get(follow_up.speaker, 0.0)
            if absence := follow_up.due(now_s, known_until_s=known_s, ended=ended):
                cause = follow_up_absent(after, absence, now_s)
                found.append(Found(rule=rule, cause=cause, sure=absence.sure, part=after.part, key=cause.episode))
        for rule, closing, at_end in self._closings:
            if ended and (absence := at_end.ended(now_s)):
                cause = closing_absent(closing, absence)
                found.append(Found(rule=rule, cause=cause, sure=absence.sure, part=closing.part, key=cause.episode))
        return found


def _kept(
    watched: Sequence[tuple[Rule, Condition, Watch]], versions: frozenset[tuple[str, str]]
) -> list[tuple[Rule, Condition, Watch]]:
    return [entry for entry in watched if (entry[0].rule_id, entry[0].rule_version) in versions]
