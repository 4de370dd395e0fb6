"""Adapter to pydantic: what a rule file may contain, and every departure from it on its line."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Annotated, Literal

from pydantic import Field, ValidationError, model_validator

from alerts.files.departures import problem_at
from alerts.files.document import Document, FieldPath, Plain
from alerts.files.problems import RuleError, RuleProblem
from alerts.files.shape_base import Both, Phrases, RuleId, Seconds, Shape, Share, Text, departure
from alerts.files.shape_when import When


class Examples(Shape):
    """Sentences by language that must raise the rule, and that must not. Several turns: `customer: … agent: …`."""

    fires: Phrases | None = None
    quiet: Phrases | None = None


class RuleShape(Shape):
    """One rule as written, together with what it inherits."""

    id: RuleId
    enabled: bool = True
    name: Both
    description: Both | None = None
    kind: Literal["alert", "good_news"] = "alert"
    priority: Literal["high", "medium", "low"]
    action: Both
    deadline_s: Seconds
    when: When
    inhibits: list[RuleId] = []
    repeat_after_s: Seconds | None = None
    floor: Share | None = None
    shadow: bool = False
    examples: Examples | None = None

    @model_validator(mode="after")
    def _good_news_can_wait(self) -> "RuleShape":
        if self.kind == "good_news" and (self.priority != "low" or self.inhibits):
            found = (
                f"good_news with inhibits {', '.join(self.inhibits)}"
                if self.inhibits
                else f"good_news of {self.priority} priority"
            )
            raise departure(found, "priority low and no inhibits for good_news, which interrupts nobody")
        return self


class RuleFile(Shape):
    """One file: for whom it is, what it starts from, its lists and its rules."""

    extends: Text | None = None
    tenant: Text | None = None
    team: Text | None = None
    lists: dict[str, Phrases] = {}
    rules: Annotated[list[RuleShape], Field(min_length=1)] = []

    @model_validator(mode="after")
    def _some_content(self) -> "RuleFile":
        if not self.rules and not self.lists:
            raise departure("neither rules nor lists", "rules, lists or both")
        return self


RawRules = Mapping[str, Mapping[str, Plain]]
"""Rules as plain data, by id."""


def check(document: Document, inherited: RawRules) -> tuple[Document, RuleFile]:
    """The file with each rule completed by what it leaves to the inherited rule of the same id.

    Raises `RuleError` with every problem in it.
    """
    completed = replace(document, data=_completed(document.data, inherited))
    try:
        rule_file = RuleFile.model_validate(completed.data)
    except ValidationError as error:
        problems = [problem_at(completed, RuleFile, details) for details in error.errors(include_url=False)]
        raise RuleError(sorted(problems, key=lambda problem: problem.line)) from error
    twice = list(_named_twice(document, rule_file))
    if twice:
        raise RuleError(twice)
    return completed, rule_file


def _completed(data: Plain, inherited: RawRules) -> Plain:
    if not isinstance(data, dict) or not isinstance(rules := data.get("rules"), list):
        return data
    return {**data, "rules": [_inheriting(rule, inherited) for rule in rules]}


def _inheriting(rule: Plain, inherited: RawRules) -> Plain:
    """What the rule names stands; the rest is as it was. Examples belong to the condition they were written for."""
    if not isinstance(rule, dict):
        return rule
    before = dict(inherited.get(str(rule.get("id")), {}))
    if "when" in rule:
        before.pop("examples", None)
    return {**before, **rule}


def _named_twice(document: Document, rule_file: RuleFile) -> Iterator[RuleProblem]:
    first: dict[str, int] = {}
    for index, rule in enumerate(rule_file.rules):
        path: FieldPath = ("rules", index, "id")
        if rule.id in first:
            found = f"{rule.id!r} a second time, first on line {first[rule.id]}"
            yield document.problem(path, found, "an id no other rule of this file has")
        first.setdefault(rule.id, document.line(path))
