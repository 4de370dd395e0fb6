"""Words that became known only after the fact: flags all the same, but none a second time. Pure; one per call.

Only the rules about words look at them. What did not happen in time, or lasted, was judged while it happened.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from alerts.causes import words_said
from alerts.conditions import WordsSaid
from alerts.flags import FlagMaker
from alerts.policy import AlertPolicy
from alerts.records import Decision, FlagState, RedFlag
from alerts.rulebook import RuleBook
from alerts.silencing import Silencing
from alerts.stages import Candidate, Memory, stages_for
from alerts.watching.hearing import is_certain, least_certainty
from alerts.windows import FirstSeconds, Moments, admits
from keywords.records import KeywordHit
from streams.records import CallStarted, Utterance

NOTE_EN = "Found later: these words were transcribed after the fact."
NOTE_FR = "Trouvé après coup : ces mots ont été transcrits plus tard."


class LateWatch:
    """Goes through the same stages as what is judged in time. Feed it only text that may be stored and shown."""

    def __init__(self, call: CallStarted, rulebook: RuleBook, policy: AlertPolicy) -> None:
        self._rules = {rule.rule_id: rule for rule in rulebook.rules}
        self._policy = policy
        self._maker = FlagMaker(call_id=call.call_id, policy=policy)
        self._stages = stages_for(policy, rulebook.rules)
        self._silencing = Silencing()
        self._silencing.adopt(rulebook)
        self._own: tuple[RedFlag, ...] = ()

    def said(self, utterance: Utterance, hits: Sequence[KeywordHit], told: Iterable[RedFlag], now_s: float) -> Decision:
        """`told`: all flags of the call so far; one near a flag of the same rule is held as a repeat."""
        known = {flag.flag_id: flag for flag in (*self._own, *told)}
        found = self._candidates(utterance, hits, now_s)
        memory = Memory(told=tuple(known.values()))
        silent = [one for one in found if self._silencing.of(one.flag.rule_id) is not None]
        held = [self._silencing.held(one, self._stages, memory) for one in silent]
        passed: Sequence[Candidate] = [one for one in found if one not in silent]
        for stage in self._stages:
            sifted = stage.sift(passed, memory)
            passed = sifted.passed
            held.extend(sifted.held)
        flags = tuple(candidate.flag for candidate in passed)
        self._own += flags
        return Decision(told=flags, held=tuple(held))

    def _candidates(self, utterance: Utterance, hits: Sequence[KeywordHit], now_s: float) -> list[Candidate]:
        by_rule: dict[str, list[KeywordHit]] = {}
        for hit in hits:
            by_rule.setdefault(hit.rule_id, []).append(hit)
        found = []
        for rule_id, own in by_rule.items():
            rule = self._rules[rule_id]
            condition = rule.when
            if not isinstance(condition, WordsSaid) or not isinstance(condition.window, FirstSeconds | None):
                continue
            own = [hit for hit in own if admits(condition.window, (hit.start_s, hit.end_s), Moments())]
            if not own:
                continue
            cause = words_said(utterance, own, least_certainty(condition, self._policy))
            # an episode of its own: a partial of the same words may have been told and taken back
            late = replace(
                cause,
                episode=f"{cause.episode}-late",
                explanation_en=f"{NOTE_EN} {cause.explanation_en}".strip(),
                explanation_fr=f"{NOTE_FR} {cause.explanation_fr}".strip(),
            )
            certain = any(is_certain(condition, hit, self._policy) for hit in own)
            flag = self._maker.flag(rule, late, now_s=now_s, state=FlagState.CONFIRMED)
            found.append(Candidate(flag=flag, sure=utterance.trusted and certain))
        return sorted(found, key=lambda one: (-one.flag.priority, one.flag.start_s, one.flag.rule_id))
