"""The folders of the service import each other in no circle: it can be read from the bottom up.

A file that lies in no folder counts as a folder of its own; folders within a folder are a part of it.
"""

from collections import defaultdict, deque
from collections.abc import Mapping

import pytest

from tests.test_imports import files_under, imports_of, in_file

SERVICE = "qa_monitor"
Imports = Mapping[str, Mapping[str, list[str]]]
"""By the folder that imports and the one that is imported: the imports, in words."""


def folder_of(module: str, within: str = SERVICE) -> str | None:
    """The folder right below `within`, dotted, that a dotted name leads into, if any."""
    if not module.startswith(f"{within}."):
        return None
    return module.removeprefix(f"{within}.").partition(".")[0]


def imports_between(files: Mapping[str, set[str]], within: str = SERVICE) -> Imports:
    """`files`: what each file imports, dotted. Folders are those right below `within`."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for file, modules in sorted(files.items()):
        own = folder_of(file.removesuffix(".py").replace("/", "."), within)
        for module in sorted(modules):
            if any(longer.startswith(f"{module}.") for longer in modules):
                continue
            other = folder_of(module, within)
            if own is not None and other is not None and other != own:
                found[own][other].append(f"{file} imports {module}")
    return found


def way(imports: Imports, start: str) -> list[str]:
    """The shortest way from a folder back to itself, both ends named; nothing where there is none."""
    ways, seen = deque([[start]]), set[str]()
    while ways:
        so_far = ways.popleft()
        for folder in sorted(imports.get(so_far[-1], {})):
            if folder == start:
                return [*so_far, start]
            if folder not in seen:
                seen.add(folder)
                ways.append([*so_far, folder])
    return []


def circle(imports: Imports) -> list[str]:
    """The imports that make the shortest circle; nothing where there is none."""
    ways = [found for folder in sorted(imports) if (found := way(imports, folder))]
    shortest = min(ways, key=len, default=[])
    return [line for one, other in zip(shortest, shortest[1:], strict=False) for line in imports[one][other]]


@pytest.mark.parametrize(
    ("sources", "found"),
    [
        (
            {
                "qa_monitor/a/x.py": "from qa_monitor.b.y import Y",
                "qa_monitor/b/z.py": "def f():\n    import qa_monitor.a.w",
            },
            ["qa_monitor/a/x.py imports qa_monitor.b.y.Y", "qa_monitor/b/z.py imports qa_monitor.a.w"],
        ),
        (
            {
                "qa_monitor/a/x.py": "from ..b.y import Y",
                "qa_monitor/b/y.py": "from qa_monitor import c",
                "qa_monitor/c.py": "from qa_monitor.a.w import W",
                "qa_monitor/d/z.py": "from qa_monitor.a.x import X",
            },
            [
                "qa_monitor/a/x.py imports qa_monitor.b.y.Y",
                "qa_monitor/b/y.py imports qa_monitor.c",
                "qa_monitor/c.py imports qa_monitor.a.w.W",
            ],
        ),
        (
            {
                "qa_monitor/a/x.py": "from qa_monitor.a.y import Y\nfrom qa_monitor.b.z import Z",
                "qa_monitor/a/y.py": "from qa_monitor.a.x import X",
                "qa_monitor/b/z.py": "from alerts.records import RedFlag",
            },
            [],
        ),
    ],
)
def test_the_check_itself_sees_a_circle(sources: dict[str, str], found: list[str]) -> None:
    """Of two folders and of three, by way of a file too; not within a folder."""
    imports = imports_between({file: imports_of(source, file) for file, source in sources.items()})

    assert circle(imports) == found


def test_the_folders_of_the_service_are_in_no_circle() -> None:
    imports = imports_between({file: in_file(file) for file in files_under(SERVICE)})

    found = circle(imports)

    assert len(imports) > 40
    assert found == [], "\n".join(["these imports make a circle:", *found])


WITHIN = ("alerts", "keywords", "sentiment", "streams", "qa_monitor/call", "qa_monitor/store")


@pytest.mark.parametrize("package", WITHIN)
def test_folders_and_files_within_are_in_no_circle(package: str) -> None:
    imports = imports_between({file: in_file(file) for file in files_under(package)}, package.replace("/", "."))

    assert len(imports) > 10
    assert circle(imports) == []


def test_what_is_kept_is_below_everything() -> None:
    """Whoever reads the service may begin with it."""
    imports = imports_between({file: in_file(file) for file in files_under(SERVICE)})

    assert "records" in imports["store"]
    assert "records" not in imports
