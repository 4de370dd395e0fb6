"""Every sentence with which a connection can end has words in both languages: the sources are read for them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from streams.records import Language
from tests.qa_monitor.console_words import words_of

ROOT = Path(__file__).parents[3]
FOLDERS = ("streams/protocols", "qa_monitor/telephony")
FILES = (
    "streams/sockets/ingest.py",
    "streams/samples/wavguard.py",
    "streams/sockets/audiosocket_server.py",
    "qa_monitor/routes/ingest.py",
)
SECOND = {"Refused", "_refusal", "TurnedAway", "bad"}
"""Calls whose second argument is told to the other side."""
NAMED = {"NOT_AUTHORISED", "NOT_FOLLOWED", "_HELD_TOO_LONG", "TESTED"}
"""Sentences that are told in several places."""
HOLE = "7"
VARIABLE = "^[17,; ]*$"
"""What is a value altogether."""


def sentences() -> Iterator[tuple[str, str]]:
    """Family and sentence, each value in it replaced by a digit."""
    sources = [
        *(ROOT / name for name in FILES),
        *(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")),
    ]
    for source in sources:
        module = ast.parse(source.read_text(encoding="utf-8"))
        for call in (node for node in ast.walk(module) if isinstance(node, ast.Call)):
            yield from of_call(call)
        for named in (node for node in module.body if isinstance(node, ast.Assign)):
            if ast.unparse(named.targets[0]) in NAMED:
                yield from (("why", text) for text in texts(named.value))


def of_call(call: ast.Call) -> Iterator[tuple[str, str]]:
    name = ast.unparse(call.func).split(".")[-1]
    if name in SECOND and len(call.args) > 1:
        yield from (("part" if name == "bad" else "why", text) for text in texts(call.args[1]))
    if name == "BadField":
        yield from (("part", text) for argument in call.args[1:3] for text in texts(argument))
    if name == "_give_up":
        yield from (("why", text) for text in texts(call.args[0]))
    if name == "Close":
        yield from (("why", text) for word in call.keywords if word.arg == "reason" for text in texts(word.value))


def texts(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=parts):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else HOLE for part in parts)
        case ast.IfExp(body=one, orelse=other):
            yield from (*texts(one), *texts(other))


def known(family: str, sentence: str) -> bool:
    """As the page finds it."""
    patterns = [
        re.split(r"\{\w+\}", text) for key, text in words_of(Language.EN).items() if key.startswith(f"{family}.")
    ]
    return any(re.fullmatch("(.+?)".join(map(re.escape, parts)), sentence) for parts in patterns)


FOUND = sorted({(family, text) for family, text in sentences() if not re.search(VARIABLE, text)})


def test_the_sources_were_read() -> None:
    """The search would otherwise prove nothing."""
    assert len([text for family, text in FOUND if family == "why"]) > 50
    assert ("why", "hung up") in FOUND
    assert ("part", "a whole number from 0") in FOUND


@pytest.mark.parametrize(("family", "sentence"), FOUND)
def test_a_sentence_has_words_in_both_languages(family: str, sentence: str) -> None:
    assert known(family, sentence)
