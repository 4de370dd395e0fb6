"""Adapter to pydantic: what it finds wrong in a rule file, on its line and in words a person can act on."""

from collections.abc import Iterator, Mapping
from types import UnionType
from typing import Annotated, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo
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
    "departure": "{allowed}",
}


def problem_at(document: Document, top: type[BaseModel], details: ErrorDetails) -> RuleProblem:
    """One departure of a file from the shape `top`."""
    path: FieldPath = details["loc"]
    return document.problem(path, _found(details), _allowed(top, path, details))


def _found(details: ErrorDetails) -> str:
    match details["type"]:
        case "extra_forbidden":
            return f"the field {details['loc'][-1]!r}"
        case "missing":
            return "nothing"
        case "departure":
            return str(_facts(details)["found"])
        case _:
            return shown(details["input"])


def _allowed(top: type[BaseModel], path: FieldPath, details: ErrorDetails) -> str:
    facts = _facts(details)
    match details["type"]:
        case "extra_forbidden":
            return f"only: {fields_of(_shape_at(top, path[:-1]))}"
        case "model_type":
            return f"fields, each on its line: {fields_of(_shape_at(top, path))}"
        case "missing" if choices := _choices(top, path):
            return f"this field is required: {choices}"
        case "list_type" | "too_short" if choices := _choices(top, path):
            return choices
        case "too_short" if int(str(facts["min_length"])) > 1:
            return f"a list of at least {facts['min_length']}"
        case "literal_error" if facts["expected"] == "True":  # as Python writes it
            return "true"
        case kind:
            return _ALLOWED[kind].format(**facts) if kind in _ALLOWED else details["msg"]


def _facts(details: ErrorDetails) -> Mapping[str, object]:
    return details.get("ctx", {})


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


def _choices(top: type[BaseModel], path: FieldPath) -> str:
    """What may stand in this field, where only certain names may; else nothing."""
    field = _fields_of(_shape_at(top, path[:-1])).get(str(path[-1])) if path else None
    for kind in _kinds_in(None if field is None else field.annotation):
        if get_origin(kind) is Literal and len(names := get_args(kind)) > 1:
            return f"{', '.join(map(repr, names[:-1]))} or {names[-1]!r}"
        if get_origin(kind) is list and get_origin(inner := get_args(kind)[0]) is Literal:
            return f"a list with some of: {', '.join(get_args(inner))}"
    return ""


def _kinds_in(annotation: object) -> Iterator[object]:
    """The kinds of value that a field may hold, without what is said of them besides."""
    if get_origin(annotation) in (Union, UnionType, Annotated):
        for inner in get_args(annotation):
            yield from _kinds_in(inner)
    else:
        yield annotation


def _fields_of(shape: type[BaseModel]) -> dict[str, FieldInfo]:
    """By their names in a file."""
    return {field.alias or name: field for name, field in shape.model_fields.items()}


def _shape_at(top: type[BaseModel], path: FieldPath) -> type[BaseModel]:
    """The shape whose fields stand at this place of a rule file."""
    shape = top
    for part in path:
        fields = _fields_of(shape)
        if isinstance(part, str) and part in fields:  # a name chosen by the writer, such as that of a list, is no field
            shape = next(_shapes_in(fields[part].annotation), shape)
    return shape


def _shapes_in(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _shapes_in(inner)
