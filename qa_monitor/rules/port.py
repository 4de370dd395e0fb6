"""What is asked of whatever keeps what coaches say of flags."""

from collections.abc import Sequence
from typing import Protocol

from qa_monitor.records.verdicts import Restored, Said, VerdictCount
from qa_monitor.rules.ruleset import RuleVersion


class Verdicts(Protocol):
    """Every method raises `StoreError`."""

    async def verdict_counts(self) -> tuple[VerdictCount, ...]:
        """Coaches' verdicts, counted by rule version, team, language and kind; none from before a rule was restored.

        Those on flags of rules on trial are counted apart.
        """

    async def said(self, rule: RuleVersion, tenant: str) -> Sequence[Said]:
        """The same verdicts on one rule, one by one, in the order in which they were given."""

    async def restored(self) -> tuple[Restored, ...]:
        """Every rule that was restored, with the last time."""
