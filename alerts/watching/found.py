"""What the conditions of one call have come to."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from alerts.causes import Cause
from alerts.rule import Rule
from streams.records import Speaker

KnownUntil: TypeAlias = Mapping[Speaker, float]
"""Per speaker, the second before which every utterance that began is known."""
NOBODY_KNOWS: KnownUntil = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A condition of a rule holds."""

    rule: Rule
    cause: Cause
    sure: bool = True
    """False where it rests on distrusted text or too little certainty."""
    part: int = 0
    """Which condition of the rule."""
    key: str = ""
    """Which of its occurrences in the call."""
    news: bool = True
    """False where it was found before and goes on."""
