"""Rules written back as text."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.files.document import Plain, parse_document
from alerts.files.layout import rule_text
from alerts.rulebook import STARTER_RULES, load_rulebook

STARTER = load_rulebook([STARTER_RULES]).written
TEXTS = st.text(st.characters(codec="utf-8", categories=("L", "M", "N", "P", "S", "Zs")), max_size=20)
AWKWARD = st.sampled_from(
    ["no", "on", "12", "1.5", "10:30", "null", "~", "=frais", "<list>", "a: b", "# x", "- y", "'", ""]
)


def read_again(data: Mapping[str, Plain]) -> Plain:
    return parse_document(f"rules:\n{rule_text(data)}", Path("again.yaml")).data


@pytest.mark.parametrize("rule_id", sorted(STARTER))
def test_a_starter_rule_written_back_says_the_same(rule_id: str) -> None:
    data = STARTER[rule_id].data

    assert read_again(data) == {"rules": [data]}


@given(texts=st.lists(AWKWARD | TEXTS, min_size=1, max_size=4))
def test_any_phrase_comes_back_as_it_was(texts: list[str]) -> None:
    """Words that YAML takes for something else, too."""
    data: dict[str, Plain] = {"id": "r", "when": {"words": {"phrases": {"en": list(texts), "fr": list(texts)}}}}

    assert read_again(data) == {"rules": [data]}


def test_a_long_list_has_a_line_for_each_phrase() -> None:
    """Unbroken, so that one can be taken out or added."""
    phrases: list[Plain] = ["close (my|our) account", "take my business elsewhere " * 6, "good riddance"]

    lines = rule_text({"id": "leaves", "phrases": {"en": phrases}}).splitlines()

    assert lines[2:4] == ["      en:", "      - close (my|our) account"]
    assert len(lines) == 3 + len(phrases)


def test_it_looks_as_people_write_it() -> None:
    """Short things on one line, in the order of the file, and nothing as a reference."""
    names: Plain = {"en": "Leaves", "fr": "Part"}
    data: dict[str, Plain] = {"id": "leaves", "name": names, "action": names, "deadline_s": 60}

    assert rule_text(data) == (
        "  - id: leaves\n    name: {en: Leaves, fr: Part}\n    action: {en: Leaves, fr: Part}\n    deadline_s: 60\n"
    )
