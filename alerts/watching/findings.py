"""What has happened in one call to what its rules look for has come true: every rule, every kind of condition."""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence

from alerts.causes import words_said
from alerts.combined import leaves
from alerts.conditions import CallIs, Simple, WordsSaid
from alerts.policy import AlertPolicy
from alerts.records import ScoredUtterance
from alerts.rule import Rule
from alerts.rule_order import in_order
from alerts.voiced import rests_on_voice
from alerts.watching.absences import Absences
from alerts.watching.found import Found, KnownUntil
from alerts.watching.hearing import is_certain, least_certainty, occurrences
from alerts.watching.occurrence import Occurrence
from alerts.watching.progress import Progress
from alerts.watching.watches import Watches
from alerts.windows import AfterRule, LastSeconds, Moments, Stretch, admits
from keywords.records import KeywordHit
from sentiment.records import Dynamics
from streams.records import CallStarted, Language, Utterance

REMEMBERED = 64
"""How often a rule may have come true, and how many holds a call may have, before the earliest are forgotten."""
Stretches = Mapping[str, Sequence[Stretch]]


class Findings:
    """Not safe to share: holds what the rules remember of one call."""

    def __init__(self, call: CallStarted, policy: AlertPolicy) -> None:
        self._call, self._policy = call, policy
        self._language: Language | None = None
        self._begun = False
        self._absences, self._watches = Absences(policy), Watches(policy)
        self._order: dict[str, int] = {}
        self._rules: dict[str, Rule] = {}
        self._words: dict[str, dict[int, WordsSaid]] = {}
        self._progress: dict[str, Progress] = {}
        self._came_true: dict[str, deque[Stretch]] = {}
        self._holds: deque[Stretch] = deque(maxlen=REMEMBERED)

    def adopt(self, rules: Sequence[Rule]) -> None:
        """Watch for these rules from now on. What a rule remembers of the call is kept where it has not changed.

        A rule that comes too late to have heard the first words asks nothing of them.
        """
        before = self._rules
        self._rules = {rule.rule_id: rule for rule in rules}
        self._order = {rule.rule_id: place for place, rule in enumerate(in_order(rules))}
        self._words = {rule.rule_id: _words(rule) for rule in rules}
        versions = frozenset((rule.rule_id, rule.rule_version) for rule in rules)
        self._absences.keep(versions)
        self._watches.keep(versions)
        kept = {rule_id for rule_id, rule in before.items() if (rule_id, rule.rule_version) in versions}
        self._progress = {rule_id: progress for rule_id, progress in self._progress.items() if rule_id in kept}
        for rule in rules:
            if rule.rule_id not in kept:
                self._absences.add(rule, begun=self._begun)
                self._watches.add(rule)
                if not _is_plain(rule):
                    self._progress[rule.rule_id] = Progress(rule, self._call_is)

    def handed_to(self, call: CallStarted) -> None:
        """What is known of the call has changed: another team has it."""
        self._call = call

    def forget_voice(self) -> None:
        """The customer's voice was not to be judged: nothing follows any more from what was."""
        self._watches.forget_voice()
        self._progress = {rule_id: self._unvoiced(progress) for rule_id, progress in self._progress.items()}

    def _unvoiced(self, progress: Progress) -> Progress:
        """The same; begun anew where any of it rests on the voice."""
        return Progress(progress.rule, self._call_is) if rests_on_voice(progress.rule.when) else progress

    def held(self, at_s: float) -> None:
        """The customer is on hold from here."""
        if not self._holds or self._holds[-1][1] != float("inf"):
            self._holds.append((at_s, float("inf")))

    def resumed(self, at_s: float) -> None:
        """The customer is back."""
        if self._holds and self._holds[-1][1] == float("inf"):
            self._holds.append((self._holds.pop()[0], at_s))

    def partial(self, utterance: Utterance, hits: Sequence[KeywordHit]) -> list[Found]:
        """What words that are still being said would make true. Nothing of it is kept."""
        self._begun = True
        self._absences.partial(utterance)
        found: list[Found] = []
        true_now: dict[str, list[Stretch]] = {}
        for rule, own in self._touched(hits):
            parts = self._admitted(rule, own, true_now)
            progress = self._progress.get(rule.rule_id)
            if progress is None:
                news = self._plainly_said(rule, utterance, parts)
            else:
                news = _found(rule, progress.tentative(self._occurrences(rule, utterance, parts)))
            found.extend(news)
            true_now[rule.rule_id] = [_span(one) for one in news if one.sure]
        return found

    def final(self, scored: ScoredUtterance, now_s: float) -> list[Found]:
        """What has come true with these words, and with the voice they were said in."""
        utterance = scored.utterance
        if utterance.trusted and utterance.text.strip():
            self._language = utterance.language
        self._begun = True
        self._absences.final(scored)
        measured = [*self._watches.final(scored, now_s), *self._absences.due(now_s)]
        found: list[Found] = []
        for rule, own in self._touched(scored.hits, measured):
            parts = self._admitted(rule, own, {})
            progress = self._progress.get(rule.rule_id)
            if progress is None:
                news = self._plainly_said(rule, utterance, parts)
            else:
                for part, occurred in self._occurrences(rule, utterance, parts).items():
                    progress.said(part, occurred)
                news = []
            found.extend(self._settled(rule, [*news, *(one for one in measured if one.rule.rule_id == rule.rule_id)]))
        return found

    def dynamics(self, dynamics: Dynamics) -> list[Found]:
        """What has come true by silence, talk-over or a measure of the conversation."""
        return self._all_settled(self._watches.dynamics(dynamics))

    def due(self, now_s: float, known_until_s: KnownUntil) -> list[Found]:
        """What has come true because something was not said in time."""
        return self._all_settled(self._absences.due(now_s, known_until_s))

    def end(self, now_s: float) -> list[Found]:
        """What has come true now that nothing more will be said."""
        for progress in self._progress.values():
            progress.end(now_s)
        due = self._absences.due(now_s, ended=True)
        found = self._all_settled(due)
        settled = {one.rule.rule_id for one in due}
        for rule_id in sorted(self._progress.keys() - settled, key=self._order.__getitem__):
            found.extend(self._settled(self._rules[rule_id], []))
        return found

    def _touched(
        self, hits: Iterable[KeywordHit], measured: Iterable[Found] = ()
    ) -> list[tuple[Rule, list[KeywordHit]]]:
        """The rules there is news of, those first that others wait for, each with its hits."""
        by_rule: dict[str, list[KeywordHit]] = {one.rule.rule_id: [] for one in measured}
        for hit in hits:
            if hit.rule_id not in self._rules:
                raise ValueError(f"call {self._call.call_id}: a hit of rule {hit.rule_id}, which the rule book lacks")
            by_rule.setdefault(hit.rule_id, []).append(hit)
        return [(self._rules[rule_id], by_rule[rule_id]) for rule_id in sorted(by_rule, key=self._order.__getitem__)]

    def _admitted(self, rule: Rule, hits: Iterable[KeywordHit], true_now: Stretches) -> dict[int, list[KeywordHit]]:
        """The hits that lie in the window of their condition, by part."""
        parts: dict[int, list[KeywordHit]] = {}
        for hit in hits:
            condition = self._words[rule.rule_id].get(hit.part)
            if condition is None:
                continue  # the phrase of an absence
            after = condition.window.rule_id if isinstance(condition.window, AfterRule) else ""
            came_true = (*self._came_true.get(after, ()), *true_now.get(after, ()))
            if admits(condition.window, (hit.start_s, hit.end_s), Moments(came_true=came_true, holds=self._holds)):
                parts.setdefault(hit.part, []).append(hit)
        return parts

    def _plainly_said(self, rule: Rule, utterance: Utterance, parts: Mapping[int, Sequence[KeywordHit]]) -> list[Found]:
        """A rule about words alone has come true, once however often they were said."""
        found = []
        for part, hits in parts.items():
            condition = self._words[rule.rule_id][part]
            certain = any(is_certain(condition, hit, self._policy) for hit in hits)
            cause = words_said(utterance, hits, least_certainty(condition, self._policy))
            found.append(Found(rule=rule, cause=cause, sure=utterance.trusted and certain))
        return found

    def _occurrences(
        self, rule: Rule, utterance: Utterance, parts: Mapping[int, Sequence[KeywordHit]]
    ) -> dict[int, list[Occurrence]]:
        words = self._words[rule.rule_id]
        return {part: occurrences(words[part], utterance, hits, self._policy) for part, hits in parts.items()}

    def _all_settled(self, measured: Iterable[Found]) -> list[Found]:
        by_rule: dict[str, list[Found]] = {}
        for one in measured:
            by_rule.setdefault(one.rule.rule_id, []).append(one)
        ordered = sorted(by_rule, key=self._order.__getitem__)
        return [news for rule_id in ordered for news in self._settled(self._rules[rule_id], by_rule[rule_id])]

    def _settled(self, rule: Rule, parts: Sequence[Found]) -> list[Found]:
        """What the parts of a rule make of it; what depends on it is told."""
        progress = self._progress.get(rule.rule_id)
        if progress is None:
            found = [one for one in parts if one.news]
        else:
            for part in parts:
                progress.measured(part)
            found = _found(rule, progress.settle())
        for one in found:
            if one.sure:
                self._came_true.setdefault(rule.rule_id, deque(maxlen=REMEMBERED)).append(_span(one))
                self._absences.came_true(rule.rule_id, _span(one))
        return found

    def _call_is(self, facts: CallIs) -> bool:
        return facts.holds(self._call, self._language)


def _words(rule: Rule) -> dict[int, WordsSaid]:
    return {leaf.part: leaf for leaf in leaves(rule.when) if isinstance(leaf, WordsSaid)}


def _is_plain(rule: Rule) -> bool:
    """Whether one condition alone makes it true, at once."""
    waits_for_end = isinstance(rule.when, WordsSaid) and isinstance(rule.when.window, LastSeconds)
    return isinstance(rule.when, Simple) and not waits_for_end


def _found(rule: Rule, occurrence: Occurrence | None) -> list[Found]:
    return [] if occurrence is None else [Found(rule=rule, cause=occurrence.cause, sure=occurrence.sure)]


def _span(found: Found) -> Stretch:
    return (found.cause.start_s, found.cause.end_s)
