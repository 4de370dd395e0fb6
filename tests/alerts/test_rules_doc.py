"""What is written for QA leads is true: every example loads, and the published schema is that of the files."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from alerts.examples import wrong_examples
from alerts.files.document import parse_document
from alerts.files.schema import rule_schema
from alerts.rulebook import STARTER_RULES, RuleBook, load_rulebook, merge

DOCS = Path(__file__).parents[2] / "docs"
BLOCKS = re.findall(r"```yaml\n(.*?)```", (DOCS / "rules.md").read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture(scope="module")
def starter() -> RuleBook:
    """The rules of the product."""
    return load_rulebook([STARTER_RULES])


@pytest.mark.parametrize("block", BLOCKS)
def test_each_example_of_the_manual_loads(block: str, starter: RuleBook) -> None:
    """On top of the rules of the product, as a centre would; and its own sentences do as they say."""
    book = merge(starter, parse_document(block, Path("own.yaml")))
    own = {rule["id"] for rule in yaml.safe_load(block)["rules"]}
    changed = {name: book.written[name] for name in own}

    assert own <= book.written.keys()
    assert wrong_examples(replace(book, written=changed)) == ()


def test_every_condition_has_an_example() -> None:
    """Nothing in the language is left for the reader to guess."""
    schema = rule_schema()
    definitions = schema["$defs"]
    assert isinstance(definitions, dict)
    names = {
        name
        for shape in definitions.values()
        if isinstance(shape, dict) and isinstance(fields := shape.get("properties"), dict)
        for name in fields
    }
    manual = (DOCS / "rules.md").read_text(encoding="utf-8")

    assert sorted(name for name in names if not re.search(rf"\b{name}\b", manual)) == []


def test_the_published_schema_is_current() -> None:
    """Written by `qa-monitor rules schema > docs/rules.schema.json`."""
    published = json.loads((DOCS / "rules.schema.json").read_text(encoding="utf-8"))

    assert published == json.loads(json.dumps(rule_schema()))
