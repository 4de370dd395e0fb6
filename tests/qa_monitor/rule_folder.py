"""A data folder with rule files, and the rules in force of it, without a service."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from qa_monitor.rules.publishing import Publishing
from qa_monitor.rules.rights import Publisher, Rights
from qa_monitor.rules.rulesets import RuleSets
from tests.qa_monitor.builders import NOON
from tests.qa_monitor.rule_texts import a_file_text

ADA, EVE = (Publisher(name=name, rights=Rights(every=True)) for name in ("ada", "eve"))
"""May publish for everybody."""


@dataclass(slots=True)
class RuleFolder:
    """Files named in the settings lie in `named`, the data folder is `data`."""

    root: Path
    named: Path = field(init=False)
    data: Path = field(init=False)
    at: datetime = NOON

    def __post_init__(self) -> None:
        self.named, self.data = self.root / "named", self.root / "data"
        self.named.mkdir()
        self.write("a.yaml")

    def write(self, name: str, text: str = "") -> Path:
        """A rule file; without text, one with the rule `cancellation`."""
        path = self.named / name
        path.write_text(text or a_file_text(), encoding="utf-8")
        return path

    def clock(self) -> datetime:
        """A minute later at every look."""
        self.at += timedelta(minutes=1)
        return self.at

    def opened(self) -> RuleSets:
        """As a service would at its start."""
        rules = RuleSets([self.named], starter=False, data_dir=self.data, clock=self.clock)
        rules.begin()
        return rules

    def publishing(self) -> tuple[RuleSets, Publishing]:
        """The same, with what publishes."""
        rules = self.opened()
        return rules, Publishing(rules)


def rule_ids(rules: RuleSets, tenant: str = "default", team: str = "") -> list[str]:
    """The rules for calls of a team."""
    return [rule.rule_id for rule in rules.of(tenant, team).book.rules]


def looked(rules: RuleSets) -> None:
    """As long as a change of files takes to be seen."""
    rules.look()
    rules.look()
