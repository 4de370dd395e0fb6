"""Adapter to pydantic: what it finds wrong in a rule file, on its line and in words a person can act on."""

from collections.abc import Iterator, Mapping
from typing import get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from alerts.files.document import Document, FieldPath
from alerts.files.problems import RuleProblem
from alerts.files.shape_base import fields_of

_ALLOWED = {
    "missing": "this field is required",
    "string_type": "text (a number or true as text goes in quotes)",
    "string_too_short": "text that is not empty",
    "string_pattern_mismatch": "small letters, digits and _",
    "too_short": "a list that is not empty",
    "too_long": "a list of at most {max_length}",
    "literal_error": "{expected}",
    "greater_than": "a number greater than {gt:g}",
    "greater_than_equal": "a number of at least {ge:g}",
    "less_than_equal": "a number of at most {le:g}",
    "float_type": "a number",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "list_type": "a list",
    "dict_type": "fields, each on its line",
    "model_type": "fields, each on its line",
    "departure": "{allowed}",
}


def problem_at(document: Document, top: type[BaseModel], details: ErrorDetails) -> RuleProblem:
    """One departure of a file from the shape `top`."""
    path: FieldPath = details["loc"]
    facts: Mapping[str, object] = details.get("ctx", {})
    match details["type"]:
        case "extra_forbidden":
            allowed = f"only: {fields_of(_shape_at(top, path[:-1]))}"
            return document.problem(path, f"the field {path[-1]!r}", allowed)
        case "missing":
            found = "nothing"
        case "too_short" if int(str(facts["min_length"])) > 1:
            return document.problem(path, shown(details["input"]), f"a list of at least {facts['min_length']}")
        case "literal_error" if facts["expected"] == "True":  # as Python writes it
            return document.problem(path, shown(details["input"]), "true")
        case "departure":
            found = str(facts["found"])
        case _:
            found = shown(details["input"])
    allowed = _ALLOWED[details["type"]].format(**facts) if details["type"] in _ALLOWED else details["msg"]
    return document.problem(path, found, allowed)


def shown(value: object) -> str:
    """A value as the message shows it."""
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


def _shape_at(top: type[BaseModel], path: FieldPath) -> type[BaseModel]:
    """The shape whose fields stand at this place of a rule file."""
    shape = top
    for part in path:
        fields = {field.alias or name: field for name, field in shape.model_fields.items()}
        if isinstance(part, str) and part in fields:  # a name chosen by the writer, such as that of a list, is no field
            shape = next(_shapes_in(fields[part].annotation), shape)
    return shape


def _shapes_in(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _shapes_in(inner)
