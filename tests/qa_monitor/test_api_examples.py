"""Every example in the description of the interface is what the route really takes and answers."""

import json
from collections.abc import Iterator
from importlib import import_module
from inspect import isclass
from pathlib import Path
from pkgutil import iter_modules
from typing import get_type_hints

import pytest
from fastapi import APIRouter
from fastapi.routing import APIRoute
from pydantic import BaseModel, TypeAdapter

import qa_monitor.routes
from qa_monitor.api_examples import add_examples, read_examples
from qa_monitor.config import Settings
from qa_monitor.web import build_web

EXAMPLES = read_examples()


def every_route() -> Iterator[tuple[str, APIRoute]]:
    for module in iter_modules(qa_monitor.routes.__path__):
        router = getattr(import_module(f"qa_monitor.routes.{module.name}"), "router", None)
        if isinstance(router, APIRouter):
            for route in router.routes:
                if isinstance(route, APIRoute):
                    yield from ((f"{method} {route.path}", route) for method in route.methods or ())


ROUTES = dict(every_route())


def body_of(route: APIRoute) -> type[BaseModel]:
    hints = get_type_hints(route.endpoint)
    return next(
        hint for name, hint in hints.items() if name != "return" and isclass(hint) and issubclass(hint, BaseModel)
    )


@pytest.mark.parametrize("name", [name for name, example in EXAMPLES.items() if "answer" in example])
def test_answers_are_whole_and_hold_nothing_else(name: str) -> None:
    answer = EXAMPLES[name]["answer"]
    model: TypeAdapter[object] = TypeAdapter(ROUTES[name].response_model)

    assert model.dump_python(model.validate_json(json.dumps(answer)), mode="json") == answer


@pytest.mark.parametrize("name", [name for name, example in EXAMPLES.items() if "request" in example])
def test_requests_are_taken(name: str) -> None:
    body_of(ROUTES[name]).model_validate_json(json.dumps(EXAMPLES[name]["request"]))


def test_the_description_shows_them(tmp_path: Path) -> None:
    paths = build_web(Settings(data_dir=tmp_path)).openapi()["paths"]

    flags = paths["/v1/flags"]["get"]["responses"]["200"]["content"]["application/json"]["example"]
    assert flags == EXAMPLES["GET /v1/flags"]["answer"]
    decided = paths["/v1/flags/{flag_id}/dispute/decide"]["post"]["requestBody"]["content"]["application/json"]
    assert decided["example"] == {"ruling": "false_alarm", "words": "Right, the customer meant another company."}


def test_an_example_of_a_route_that_is_gone_is_refused() -> None:
    with pytest.raises(KeyError):
        add_examples({"paths": {}}, {"GET /v1/gone": {"answer": 1}})
