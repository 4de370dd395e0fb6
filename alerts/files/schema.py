"""The shape of a rule file as JSON Schema, for editors that complete and check while one writes."""

from typing import TypeAlias

from alerts.files.document import Plain
from alerts.files.shape import RuleFile

PlainObject: TypeAlias = dict[str, Plain]


def rule_schema() -> PlainObject:
    """The schema of a rule file, with plain values only: ready to be written as JSON.

    It knows the fields, their kinds and their limits. What depends on other files, such as the rules one may name,
    only loading them tells. A rule needs its `id` alone, since it may inherit the rest.
    """
    schema = without_null(RuleFile.model_json_schema(by_alias=True))
    if not isinstance(schema, dict):
        raise TypeError("the schema of a shape is an object")
    rule = schema["$defs"]["RuleShape"] if isinstance(schema["$defs"], dict) else None
    if isinstance(rule, dict):
        rule["required"] = ["id"]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "qa-monitor rule file"}


def without_null(value: Plain) -> Plain:
    """A field that may be left out is left out, not null; defaults and titles say nothing a writer needs."""
    match value:
        case {"anyOf": [inner, {"type": "null"}]} if isinstance(value, dict):
            kept = {key: kept for key, kept in value.items() if key not in ("anyOf", "default", "title")}
            described = without_null(inner)
            return {**_without_null_fields(kept), **(described if isinstance(described, dict) else {})}
        case dict():
            return _without_null_fields(value)
        case list():
            return [without_null(item) for item in value]
        case _:
            return value


def _without_null_fields(fields: PlainObject) -> PlainObject:
    return {key: without_null(value) for key, value in fields.items() if not _is_title(key, value)}


def _is_title(key: str, value: Plain) -> bool:
    return key == "title" and isinstance(value, str)
