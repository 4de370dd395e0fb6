"""An unforeseen error is logged by its kind and place: its words, and those of its causes, may have been said."""

import ast
import asyncio
import io
from collections.abc import Callable
from pathlib import Path

import pytest

import qa_monitor
from qa_monitor.logs import set_up_logs
from qa_monitor.rules import looking
from qa_monitor.rules.looking import keep_looking

SOURCES = sorted(Path(qa_monitor.__file__).parent.rglob("*.py"))


def failing(looked: asyncio.Event, loop: asyncio.AbstractEventLoop) -> Callable[[], None]:
    """Work that fails with what was said in its message, and in that of what caused it."""
    looks = 0

    def look() -> None:
        nonlocal looks
        looks += 1
        if looks == 2:  # then the first failure has been told
            loop.call_soon_threadsafe(looked.set)
        try:
            raise KeyError("mein Geheimnis")
        except KeyError as error:
            raise ValueError("my secret words") from error

    return look


def test_the_words_of_an_error_and_of_its_cause_stay_out_of_the_log(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "LOOK_S", 0.0)
    lines = io.StringIO()
    set_up_logs("info", lines)

    async def test() -> None:
        looked = asyncio.Event()
        task = asyncio.create_task(keep_looking(failing(looked, asyncio.get_running_loop()), "rules"))
        await looked.wait()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(test())

    said = lines.getvalue()
    assert '"error": "ValueError"' in said
    assert "test_faults.py:" in said
    assert "secret" not in said
    assert "Geheimnis" not in said


def test_nothing_prints_an_unforeseen_error_whole() -> None:
    """`log.exception` and `exc_info` put the message of the error into the log."""
    whole = {path.name for path in SOURCES if any(map(prints_whole, ast.walk(ast.parse(path.read_text()))))}

    assert whole == set()


def prints_whole(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    named = any(keyword.arg == "exc_info" for keyword in node.keywords)
    return named or ast.unparse(node.func) == "log.exception"
