"""The shapes of JSON about what coaches say of flags, and of rules told again."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from qa_monitor.records.verdicts import VerdictKind
from qa_monitor.rules.schemas import Name
from qa_monitor.schemas.shape import Shape


class NewVerdictJson(Shape):
    """What a coach says of a flag."""

    verdict: VerdictKind


class RestoreJson(Shape):
    """A demoted rule is to be told again."""

    rule_version: Name
    tenant: Name
    by: Annotated[str, Field(min_length=1, max_length=200)]
    """Who does it."""


class RestoredJson(Shape):
    """It is told again."""

    tenant: str
    at: datetime
    by: str
