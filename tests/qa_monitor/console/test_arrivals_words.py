"""Reasons for which the protocols drop something have words on the page of arrivals."""

import re
from pathlib import Path

from streams.records import Language
from tests.qa_monitor.console_words import words_of

STREAMS = Path(__file__).parents[3] / "streams"
COUNTED = re.compile(r'rejected\["(\w+)"|rejected\[\w+, "(\w+)"|counted_as="(\w+)"|^\s+\w+: "(\w+)",$', re.MULTILINE)


def counted() -> set[str]:
    """Names by which the protocols count what they reject."""
    names: set[str] = set()
    for module in STREAMS.rglob("*.py"):
        text = module.read_text(encoding="utf-8")
        if "rejected" in text or "counted_as" in text:
            names.update(name for groups in COUNTED.findall(text) for name in groups if name)
    return names


def test_every_reason_counted_by_name_has_words() -> None:
    """Nobody is shown a counter's own name."""
    names = counted()
    words = words_of(Language.EN)

    assert {"late", "bad_event", "policy", "source_error"} <= names
    assert sorted(name for name in names if f"rejected.{name}" not in words) == []
