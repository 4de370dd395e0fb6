"""What a coach is not told, and why. Each stage returns what passed and what it held; their order is written once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from alerts.policy import AlertPolicy
from alerts.records import FlagId, FlagState, HeldFlag, HoldReason, RedFlag
from alerts.rule import Rule
from streams.records import UtteranceId


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A flag a coach could be told."""

    flag: RedFlag
    sure: bool
    """False where it rests on text that is distrusted or matched with too little certainty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What was told in one call, each flag as it stands now. It grows only after the telling."""

    told: tuple[RedFlag, ...] = ()

    def remember(self, flag: RedFlag) -> "Memory":
        """The memory with this flag as told; an earlier state of the same flag is replaced."""
        others = tuple(told for told in self.told if told.flag_id != flag.flag_id)
        return Memory(told=(*others, flag))

    def find(self, flag_id: FlagId) -> RedFlag | None:
        """The flag as last told; None if it never was."""
        return next((told for told in self.told if told.flag_id == flag_id), None)

    def raised(self, utterance_id: UtteranceId | None = None) -> tuple[RedFlag, ...]:
        """The flags still waiting for a final: of one utterance, or all."""
        return tuple(
            told
            for told in self.told
            if told.state is FlagState.RAISED and utterance_id in (None, *told.evidence.utterance_ids)
        )

    def others_near(self, flag: RedFlag, rule_ids: frozenset[str], within_s: float) -> bool:
        """Was another flag of these rules told, and not withdrawn, that starts less than `within_s` away?"""
        return any(
            told.rule_id in rule_ids
            and told.flag_id != flag.flag_id
            and told.state is not FlagState.WITHDRAWN
            and abs(flag.start_s - told.start_s) < within_s
            for told in self.told
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sifted:
    """What a stage let through, and what it held."""

    passed: tuple[Candidate, ...]
    held: tuple[HeldFlag, ...]


class Stage(Protocol):
    """One reason to hold flags. Times are those of the flags' spans, so late speech work changes no verdict."""

    def sift(self, candidates: Sequence[Candidate], memory: Memory) -> Sifted:
        """Split the candidates, keeping their order."""
        ...


@dataclass(frozen=True, slots=True)
class Confirm:
    """Doubtful words reach nobody."""

    def sift(self, candidates: Sequence[Candidate], memory: Memory) -> Sifted:
        """Hold what rests on distrusted text."""
        return _split(candidates, [not candidate.sure for candidate in candidates], HoldReason.UNCONFIRMED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inhibit:
    """A more pressing flag already says it."""

    by: Mapping[str, frozenset[str]]
    """Rule to the rules that inhibit it."""
    for_s: float

    def sift(self, candidates: Sequence[Candidate], memory: Memory) -> Sifted:
        """Hold what a told flag close by makes redundant."""
        return _split(candidates, [self._holds(one.flag, memory) for one in candidates], HoldReason.INHIBITED)

    def _holds(self, flag: RedFlag, memory: Memory) -> bool:
        inhibitors = self.by.get(flag.rule_id, frozenset())
        return memory.find(flag.flag_id) is None and memory.others_near(flag, inhibitors, self.for_s)


@dataclass(frozen=True, slots=True, kw_only=True)
class DropRepeats:
    """The coach already knows."""

    after_s: float
    after_s_by_rule: Mapping[str, float]
    """Where a rule says otherwise."""

    def sift(self, candidates: Sequence[Candidate], memory: Memory) -> Sifted:
        """Hold what the same rule told too short a time ago. News of a flag already told is no repeat."""
        return _split(candidates, [self._holds(one.flag, memory) for one in candidates], HoldReason.REPEAT)

    def _holds(self, flag: RedFlag, memory: Memory) -> bool:
        after_s = self.after_s_by_rule.get(flag.rule_id, self.after_s)
        return memory.find(flag.flag_id) is None and memory.others_near(flag, frozenset({flag.rule_id}), after_s)


def stages_for(policy: AlertPolicy, rules: Sequence[Rule]) -> tuple[Stage, ...]:
    """The stages in the order every flag goes through them."""
    inhibited_by = {
        rule.rule_id: frozenset(other.rule_id for other in rules if rule.rule_id in other.inhibits) for rule in rules
    }
    own_repeats = {rule.rule_id: rule.repeat_after_s for rule in rules if rule.repeat_after_s is not None}
    return (
        Confirm(),  # it was said, as far as we can tell
        Inhibit(by=inhibited_by, for_s=policy.inhibit_for_s),  # a more pressing flag already says it
        DropRepeats(after_s=policy.repeat_after_s, after_s_by_rule=own_repeats),  # the coach already knows
    )


def _split(candidates: Sequence[Candidate], holds: Sequence[bool], reason: HoldReason) -> Sifted:
    verdicts = list(zip(candidates, holds, strict=True))
    return Sifted(
        passed=tuple(candidate for candidate, hold in verdicts if not hold),
        held=tuple(HeldFlag(flag=candidate.flag, reason=reason) for candidate, hold in verdicts if hold),
    )
