"""Adapter to pydantic: what a rule file may contain, and every departure from it on its line."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal, TypeAlias, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails, PydanticCustomError

from alerts.document import Document, FieldPath
from alerts.problems import RuleError, RuleProblem

Text: TypeAlias = Annotated[str, Field(min_length=1)]
Seconds: TypeAlias = Annotated[float, Field(gt=0)]
RuleId: TypeAlias = Annotated[str, Field(pattern=r"^[a-z0-9_]+$")]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, str_strip_whitespace=True, allow_inf_nan=False)


class Both(_Shape):
    """A text in both languages."""

    en: Text
    fr: Text


class Phrases(_Shape):
    """Phrases per language; a language left out has none."""

    en: Annotated[list[Text], Field(min_length=1)] | None = None
    fr: Annotated[list[Text], Field(min_length=1)] | None = None

    @model_validator(mode="after")
    def _some_language(self) -> "Phrases":
        if self.en is None and self.fr is None:
            raise _departure("no language", "phrases under en, fr or both")
        return self


class Words(_Shape):
    speaker: Literal["customer", "agent"] | None = None
    phrases: Phrases


class Absent(_Shape):
    speaker: Literal["customer", "agent"]
    phrases: Phrases
    within_s: Seconds


class Lasting(_Shape):
    longer_than_s: Seconds


class Persisting(_Shape):
    emotion: Literal["anger", "distress"] = Field(alias="is")
    at_least: Annotated[float, Field(gt=0, le=1)]
    utterances: Annotated[int, Field(ge=2)]
    """At least two: one utterance alone never raises an emotion flag."""
    of_last: Annotated[int, Field(ge=2, le=50)]

    @model_validator(mode="after")
    def _enough_room(self) -> "Persisting":
        if self.of_last < self.utterances:
            raise _departure(f"of_last {self.of_last}", f"of_last of at least utterances ({self.utterances})")
        return self


class When(_Shape):
    words: Words | None = None
    absent: Absent | None = None
    silence: Lasting | None = None
    talk_over: Lasting | None = None
    emotion: Persisting | None = None

    @model_validator(mode="after")
    def _exactly_one(self) -> "When":
        named = [name for name in type(self).model_fields if getattr(self, name) is not None]
        if len(named) != 1:
            raise _departure(" and ".join(named) or "no condition", f"exactly one of: {_fields(When)}")
        return self


class RuleShape(_Shape):
    """One rule as written."""

    id: RuleId
    enabled: bool = True
    name: Both
    priority: Literal["high", "medium", "low"]
    action: Both
    deadline_s: Seconds
    when: When
    inhibits: list[RuleId] = []
    repeat_after_s: Seconds | None = None


class RuleFile(_Shape):
    rules: Annotated[list[RuleShape], Field(min_length=1)]


_ALLOWED = {
    "missing": "this field is required",
    "string_type": "text (a number or true as text goes in quotes)",
    "string_too_short": "text that is not empty",
    "string_pattern_mismatch": "small letters, digits and _",
    "too_short": "a list that is not empty",
    "literal_error": "{expected}",
    "greater_than": "a number greater than {gt:g}",
    "greater_than_equal": "a number of at least {ge:g}",
    "less_than_equal": "a number of at most {le:g}",
    "float_type": "a number",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "list_type": "a list",
    "model_type": "fields, each on its line",
    "departure": "{allowed}",
}


def check(document: Document) -> RuleFile:
    """The file's rules, or `RuleError` with every problem in it."""
    try:
        rule_file = RuleFile.model_validate(document.data)
    except ValidationError as error:
        problems = [_problem(document, details) for details in error.errors(include_url=False)]
        raise RuleError(sorted(problems, key=lambda problem: problem.line)) from error
    twice = list(_named_twice(document, rule_file))
    if twice:
        raise RuleError(twice)
    return rule_file


def _named_twice(document: Document, rule_file: RuleFile) -> Iterator[RuleProblem]:
    first: dict[str, int] = {}
    for index, rule in enumerate(rule_file.rules):
        path: FieldPath = ("rules", index, "id")
        if rule.id in first:
            found = f"{rule.id!r} a second time, first on line {first[rule.id]}"
            yield document.problem(path, found, "an id no other rule of this file has")
        first.setdefault(rule.id, document.line(path))


def _problem(document: Document, details: ErrorDetails) -> RuleProblem:
    path: FieldPath = details["loc"]
    facts: Mapping[str, object] = details.get("ctx", {})
    match details["type"]:
        case "extra_forbidden":
            return document.problem(path, f"the field {path[-1]!r}", f"only: {_fields(_shape_at(path[:-1]))}")
        case "missing":
            found = "nothing"
        case "departure":
            found = str(facts["found"])
        case _:
            found = _shown(details["input"])
    allowed = _ALLOWED[details["type"]].format(**facts) if details["type"] in _ALLOWED else details["msg"]
    return document.problem(path, found, allowed)


def _departure(found: str, allowed: str) -> PydanticCustomError:
    return PydanticCustomError("departure", "found {found}; allowed: {allowed}", {"found": found, "allowed": allowed})


def _shown(value: object) -> str:
    match value:
        case None:
            return "nothing"
        case bool():
            return str(value).lower()
        case dict():
            return "fields"
        case list():
            return f"a list of {len(value)}"
        case _:
            text = repr(value)
            return text if len(text) <= 60 else text[:57] + "..."


def _fields(shape: type[BaseModel]) -> str:
    return ", ".join(field.alias or name for name, field in shape.model_fields.items())


def _shape_at(path: FieldPath) -> type[BaseModel]:
    """The shape whose fields stand at this place of a rule file."""
    shape: type[BaseModel] = RuleFile
    for part in path:
        if isinstance(part, str):
            shape = next(_shapes_in(shape.model_fields[part].annotation))
    return shape


def _shapes_in(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _shapes_in(inner)
