"""The console's rooms: whatever a file names is there, and rooms take from each other in one direction only."""

import re
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.qa_monitor.browser import CONSOLE

NAMED = re.compile(r'"(\.\.?/[\w./-]+\.js)"')
"""As an import of a module or of a type names it."""
SERVED = re.compile(r'"/static/([\w./-]+)"')
"""As a page names a script, a sheet or a picture."""


def named_in(file: Path, console: Path) -> list[Path]:
    """Every file that this one asks for."""
    text = file.read_text(encoding="utf-8")
    beside = [(file.parent / name).resolve() for name in NAMED.findall(text)]
    return beside + [(console / name).resolve() for name in SERVED.findall(text)]


def files_of(console: Path) -> list[Path]:
    return sorted(path for path in console.rglob("*") if path.is_file())


def lost_in(console: Path) -> list[str]:
    """What is asked for and is not there, with who asks."""
    asked = [(file, named) for file in _texts(console) for named in named_in(file, console)]
    return [f"{file.relative_to(console)} asks for {named.name}" for file, named in asked if not named.is_file()]


def rooms_of(console: Path) -> dict[str, set[str]]:
    """For each room those it takes something from."""
    rooms: dict[str, set[str]] = {}
    for file in _texts(console):
        others = {room_of(named, console) for named in named_in(file, console)} - {room_of(file, console)}
        rooms.setdefault(room_of(file, console), set()).update(others)
    return rooms


def room_of(file: Path, console: Path) -> str:
    """The folder right below the console's, however deep the file is."""
    return file.relative_to(console).parts[0]


def _texts(console: Path) -> list[Path]:
    return [file for file in files_of(console) if file.suffix in {".js", ".html"}]


def test_every_file_is_in_a_room() -> None:
    assert [file.name for file in files_of(CONSOLE) if file.parent == CONSOLE] == []


def test_whatever_a_file_asks_for_is_there() -> None:
    assert lost_in(CONSOLE) == []


def test_every_file_is_asked_for() -> None:
    """A file that no page leads to is removed."""
    pages = [file for file in files_of(CONSOLE) if file.suffix == ".html"]
    reached = set(pages)
    ahead = list(pages)
    while ahead:
        fresh = set(named_in(ahead.pop(), CONSOLE)) - reached
        reached |= fresh
        ahead += [file for file in fresh if file.suffix == ".js"]

    assert len(pages) > 10
    assert [file.name for file in files_of(CONSOLE) if file not in reached] == []


def test_rooms_take_from_each_other_in_one_direction() -> None:
    """No circle: a room can be read after those it takes from."""
    order = list(TopologicalSorter(rooms_of(CONSOLE)).static_order())

    assert order.index("words") < order.index("shared") < order.index("flags") < order.index("coach")


def test_no_room_takes_code_from_that_of_a_page() -> None:
    """What two pages need is in a room without a page. Sheets may be another page's."""
    pages = {room_of(file, CONSOLE) for file in files_of(CONSOLE) if file.suffix == ".html"}
    taken = [
        f"{file.relative_to(CONSOLE)} takes {named.relative_to(CONSOLE)}"
        for file in _texts(CONSOLE)
        for named in named_in(file, CONSOLE)
        if named.suffix == ".js" and room_of(named, CONSOLE) in pages - {room_of(file, CONSOLE)}
    ]

    assert taken == []


def test_a_circle_and_an_import_that_leads_nowhere_are_found(tmp_path: Path) -> None:
    """Or silence proves nothing. Types count, too: who imports one has to know the other room."""
    for name, text in {
        "calls/list.js": '/** @import { Flag } from "../flags/flag.js" */\nimport { gone } from "./gone.js";\n',
        "flags/flag.js": 'import { drawList } from "../calls/list.js";\n',
        "flags/flags.html": '<link rel="stylesheet" href="/static/flags/flags.css">\n',
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")

    assert lost_in(tmp_path) == ["calls/list.js asks for gone.js", "flags/flags.html asks for flags.css"]
    with pytest.raises(CycleError):
        list(TopologicalSorter(rooms_of(tmp_path)).static_order())
