"""A rule and what caused it become a flag, with the seconds to play."""

import hashlib
from dataclasses import dataclass

from alerts.causes import Cause
from alerts.policy import AlertPolicy
from alerts.records import Evidence, FlagId, FlagState, RedFlag
from alerts.rule import Rule
from streams.records import CallId


def flag_id(call_id: CallId, rule_id: str, episode: str) -> FlagId:
    """The same for the same occurrence, whenever and wherever the call is looked at."""
    return FlagId(hashlib.sha256("\x1f".join((call_id, rule_id, episode)).encode()).hexdigest()[:16])


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagMaker:
    """Makes the flags of one call."""

    call_id: CallId
    policy: AlertPolicy

    def flag(self, rule: Rule, cause: Cause, *, now_s: float, state: FlagState = FlagState.CONFIRMED) -> RedFlag:
        """The flag; `now_s` is the audio clock when it was decided."""
        return RedFlag(
            flag_id=flag_id(self.call_id, rule.rule_id, cause.episode),
            call_id=self.call_id,
            rule_id=rule.rule_id,
            rule_version=rule.rule_version,
            priority=rule.priority,
            state=state,
            start_s=cause.start_s,
            end_s=cause.end_s,
            raised_s=now_s,
            name_en=rule.name_en,
            name_fr=rule.name_fr,
            action_en=rule.action_en,
            action_fr=rule.action_fr,
            deadline_s=rule.deadline_s,
            evidence=self._evidence(cause),
        )

    def _evidence(self, cause: Cause) -> Evidence:
        return Evidence(
            speaker=cause.speaker,
            utterance_ids=cause.utterance_ids,
            text=cause.text,
            words=cause.words,
            phrase=cause.phrase,
            measured=cause.measured,
            explanation_en=cause.explanation_en,
            explanation_fr=cause.explanation_fr,
            clip_start_s=max(0.0, cause.start_s - self.policy.clip_before_s),
            clip_end_s=cause.end_s + self.policy.clip_after_s,
        )
