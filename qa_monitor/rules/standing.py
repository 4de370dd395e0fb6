"""Since when rules are demoted, and which were told again. For people to read; nothing is decided by it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from qa_monitor.records.verdicts import Restored
from qa_monitor.rules.ruleset import RuleVersion

RuleOf = tuple[str, RuleVersion]
"""A tenant, and the version of a rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """As of the last verdict."""

    demoted_since: Mapping[RuleOf, datetime | None] = field(default_factory=dict)
    restored: Mapping[RuleOf, Restored] = field(default_factory=dict)
