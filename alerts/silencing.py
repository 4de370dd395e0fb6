"""Rules that tell nobody: those being tried out, those too often wrong, and those about good news."""

from collections.abc import Sequence

from alerts.records import HeldFlag, HoldReason
from alerts.rulebook import RuleBook
from alerts.stages import Candidate, Memory, Stage


class Silencing:
    """Not safe to share: remembers what would have been told in one call, so that held flags count as coaches would."""

    def __init__(self) -> None:
        self._reasons: dict[str, HoldReason] = {}
        self._memory = Memory()

    def adopt(self, rulebook: RuleBook) -> None:
        """The rule book in force from here."""
        self._reasons = {rule_id: HoldReason.DEMOTED for rule_id in rulebook.demoted}
        self._reasons.update((rule.rule_id, HoldReason.SHADOW) for rule in rulebook.rules if rule.shadow)
        good = (rule.rule_id for rule in rulebook.rules if rule.good_news)
        # whatever else is said of it, nobody is to be interrupted: and what is tried out is not shown as good news
        self._reasons = {**dict.fromkeys(good, HoldReason.GOOD_NEWS), **self._reasons}

    def of(self, rule_id: str) -> HoldReason | None:
        """Why nobody is told of this rule; None where they are."""
        return self._reasons.get(rule_id)

    def held(self, candidate: Candidate, stages: Sequence[Stage], told: Memory) -> HeldFlag:
        """The flag with the reason of the first stage that holds it, else with that of its rule."""
        memory = Memory(told=(*told.told, *self._memory.told))
        held = first_held(candidate, stages, memory)
        if held is not None:
            return held
        self._memory = self._memory.remember(candidate.flag)
        return HeldFlag(flag=candidate.flag, reason=self._reasons[candidate.flag.rule_id])


def first_held(candidate: Candidate, stages: Sequence[Stage], memory: Memory) -> HeldFlag | None:
    """What the first stage that holds a flag says; None where all let it pass."""
    for stage in stages:
        held = stage.sift((candidate,), memory).held
        if held:
            return held[0]
    return None
