"""The rooms of the store: each imports only those that docs/code.md writes before it."""

import re

from tests.test_circles import Imports, imports_between
from tests.test_docs import CODE_PAGE
from tests.test_imports import ROOT, files_under, in_file

STORE = "qa_monitor/store"
WRITTEN = re.compile(r"^The rooms of `store/`, from the bottom up: (.+?)\.", re.MULTILINE)


def written_order() -> list[str]:
    """The rooms in the order of the page."""
    found = WRITTEN.search(CODE_PAGE.read_text(encoding="utf-8"))
    return [] if found is None else re.findall(r"`(\w+)/`", found[1])


def upward(imports: Imports, order: list[str]) -> list[str]:
    """The imports by a room of one that is not before it, or of a file above all rooms that is no port."""
    return [
        line
        for room in order
        for other, lines in imports.get(room, {}).items()
        if not other.endswith("port") and other not in order[: order.index(room)]
        for line in lines
    ]


def test_every_room_is_in_the_written_order() -> None:
    rooms = {path.parent.name for path in (ROOT / STORE).glob("*/__init__.py")}

    assert len(rooms) > 10
    assert sorted(written_order()) == sorted(rooms)


def test_a_room_imports_only_those_before_it() -> None:
    imports = imports_between({file: in_file(file) for file in files_under(STORE)}, "qa_monitor.store")

    assert "tables" in imports["calls"]
    assert upward(imports, written_order()) == []


def test_an_import_of_a_later_room_and_of_what_is_above_all_is_found() -> None:
    """Or silence proves nothing. A port says only what is asked: everyone may know it."""
    imports = imports_between(
        {
            f"{STORE}/calls/x.py": {"qa_monitor.store.flags.finds", "qa_monitor.store.tables.schema"},
            f"{STORE}/flags/x.py": {"qa_monitor.store.sqlite.SqliteStore", "qa_monitor.store.calls.finds"},
            f"{STORE}/tables/x.py": {"qa_monitor.store.port.Blocks"},
        },
        "qa_monitor.store",
    )

    assert upward(imports, ["tables", "calls", "flags"]) == [
        f"{STORE}/calls/x.py imports qa_monitor.store.flags.finds",
        f"{STORE}/flags/x.py imports qa_monitor.store.sqlite.SqliteStore",
    ]
