"""The shapes of JSON about the history of rules: what changed, and the files as they were."""

from datetime import datetime

from qa_monitor.rules.history import How
from qa_monitor.rules.schemas import ScopeJson
from qa_monitor.schemas.shape import Shape


class ChangedRuleJson(Shape):
    """A rule that is not as it was."""

    rule_id: str
    fields: list[str]


class DifferenceJson(Shape):
    """What changes for these calls, by rule ids."""

    scope: ScopeJson
    added: list[str]
    removed: list[str]
    changed: list[ChangedRuleJson]


class EntryJson(Shape):
    """One set that was in force."""

    number: int
    at: datetime
    by: str | None
    how: How
    version: str
    differences: list[DifferenceJson]
    scope: ScopeJson | None
    """For whose calls it was published, or taken back; null where files were read."""
    undoes: int | None
    """The number of the publication it took back."""


class HistoryJson(Shape):
    """Newest first."""

    entries: list[EntryJson]


class KeptFileJson(Shape):
    """A rule file as it was."""

    path: str
    scope: ScopeJson
    text: str


class KeptSetJson(Shape):
    """One set that was in force, with its files."""

    entry: EntryJson
    files: list[KeptFileJson]
    published: str | None
    """The file that was published with it; null where files were read, or nothing is published any more."""
