"""Examples of requests and answers in the description of the interface: `api_examples.json`, by route."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import cast

from fastapi import FastAPI
from pydantic import JsonValue

FILE = Path(__file__).parent / "api_examples.json"
Examples = Mapping[str, Mapping[str, JsonValue]]
"""By method and path, as in the permissions; each with a `request`, an `answer`, or both."""
Described = dict[str, object]


class DescribedApp(FastAPI):
    """Describes itself with examples."""

    def openapi(self) -> Described:
        """The description of the interface, made once."""
        fresh = self.openapi_schema is None
        described = super().openapi()
        if fresh:
            add_examples(described, read_examples())
        return described


def read_examples() -> Examples:
    """What is shown."""
    return cast("Examples", json.loads(FILE.read_text(encoding="utf-8")))


def add_examples(described: Described, examples: Examples) -> None:
    """Put each beside its route. Raises `KeyError` for one of a route, or of an answer, that is not there."""
    paths = _below(described, "paths")
    for name, example in examples.items():
        method, _, path = name.partition(" ")
        operation = _below(paths, path, method.lower())
        if "request" in example:
            _below(operation, "requestBody", "content", "application/json")["example"] = example["request"]
        if "answer" in example:
            answers = _below(operation, "responses")
            status = next(status for status in answers if status.startswith("2"))
            _below(answers, status, "content", "application/json")["example"] = example["answer"]


def _below(found: Described, *names: str) -> Described:
    for name in names:
        found = cast("Described", found[name])
    return found
