"""The documents say what is there: settings, commands, dialects, addresses; links lead somewhere."""

import re
from pathlib import Path

import pytest

from tests.reference import (
    OPENAPI_PAGE,
    ROOT,
    SETTINGS_PAGE,
    addresses,
    commands,
    openapi_text,
    settings_table,
    with_table,
)

PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("sentiment/**/*.md")])
TEXTS = {
    ".cfg",
    ".css",
    ".html",
    ".ini",
    ".js",
    ".json",
    ".lock",
    ".md",
    ".py",
    ".sh",
    ".toml",
    ".txt",
    ".yaml",
    ".yml",
}
CODE_PAGE = ROOT / "docs/code.md"
PACKAGES = ("alerts", "keywords", "qa_monitor", "sentiment", "streams")
VERSIONS = "qa_monitor/store/migrations/versions"
FOLDERS = (".ci", "alerts", "bench", "docs", "keywords", "qa_monitor", "sentiment", "streams", "tests")
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
HOSTS = [
    # written in two halves, or this file would be found to name them
    "pypi" + ".org",
    "python" + "hosted.org",
    "npmjs" + ".org",
    "npmjs" + ".com",
    "debian" + ".org",
    "hugging" + "face.co",
]
MACHINE_PATH = re.compile(r"(?<![\w./-])/(?:work|root|tmp/h\d)/[\w.]")


def tracked_texts() -> list[Path]:
    """Every text file of ours, also those without an ending, such as the Makefile."""
    found = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*")] + list(ROOT.iterdir())
    return sorted(
        path
        for path in found
        if path.is_file() and "__pycache__" not in path.parts and (path.suffix in TEXTS or not path.suffix)
    )


def test_every_setting_is_documented() -> None:
    page = SETTINGS_PAGE.read_text(encoding="utf-8")

    assert page == with_table(page, settings_table()), "run `make docs`"


def test_the_description_of_the_interface_is_current() -> None:
    assert OPENAPI_PAGE.read_text(encoding="utf-8") == openapi_text(), "run `make docs`"


def test_every_address_is_in_the_interface_s_page() -> None:
    page = (ROOT / "docs/api.md").read_text(encoding="utf-8")

    assert [address for address in addresses() if address not in page] == []


def test_every_command_is_documented() -> None:
    pages = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)

    assert [command for command in commands() if f"qa-monitor {command}" not in pages] == []


def test_every_dialect_is_documented() -> None:
    page = (ROOT / "docs/telephony.md").read_text(encoding="utf-8")

    assert {"/v1/streams/pcm", "/v1/streams/twilio"} <= set(re.findall(r"/v1/streams/\w+", page))


def test_every_make_command_in_the_documents_is_a_target() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    used = {
        target
        for page in PAGES
        for target in re.findall(r"(?:`|^)make ([a-z-]+)", page.read_text(encoding="utf-8"), re.MULTILINE)
    }

    assert used - targets == set()
    assert {"demo", "test"} <= used


def test_every_folder_of_code_is_on_the_map() -> None:
    page = CODE_PAGE.read_text(encoding="utf-8")
    packages = [path.parent for top in PACKAGES for path in (ROOT / top).rglob("__init__.py")]
    folders = [folder.relative_to(ROOT).as_posix() for folder in packages if folder.parent != ROOT]

    assert len(folders) > 40
    assert [folder for folder in folders if f"`{folder}/`" not in page and folder != VERSIONS] == []


def test_every_room_of_the_console_is_on_the_map() -> None:
    page = CODE_PAGE.read_text(encoding="utf-8")
    rooms = [path.name for path in (ROOT / "qa_monitor/console").iterdir() if path.is_dir()]

    assert len(rooms) > 15
    assert [room for room in rooms if f"`console/{room}/`" not in page] == []


def test_every_file_on_the_map_is_there() -> None:
    """By its path, or by its name where the folder stands over it."""
    page = CODE_PAGE.read_text(encoding="utf-8")
    named = re.findall(r"`([\w./*-]+(?:/|\.(?:py|js|html)))`", page)
    tracked = {path.relative_to(ROOT).as_posix() for path in tracked_texts()}

    assert len(named) > 80
    assert [name for name in named if not _is_there(name, tracked)] == []


def _is_there(name: str, tracked: set[str]) -> bool:
    pattern = re.escape(name).replace(r"\*", r"[^/]*")
    return any(re.search(rf"(?:^|/){pattern}", path) for path in tracked)


def test_every_script_that_measures_is_documented() -> None:
    """Those that another one starts are a part of it."""
    pages = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    texts = {path: path.read_text("utf-8") for path in (ROOT / "bench").rglob("*.py")}
    started = "\n".join(texts.values())
    scripts = [path for path, text in texts.items() if path.parent.name == "bench" and "__main__" in text]
    known = [path for path in scripts if f'"{path.name}"' in started or f'"bench.{path.stem}"' in started]

    assert len(scripts) > 20
    assert [path.name for path in scripts if path not in known and f"bench/{path.name}" not in pages] == []


def test_every_page_is_linked_from_another() -> None:
    linked = {
        (page.parent / link.partition("#")[0]).resolve()
        for page in PAGES
        for link in LINK.findall(page.read_text(encoding="utf-8"))
    }

    assert [page.name for page in (ROOT / "docs").rglob("*.md") if page.resolve() not in linked] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    targets = [link.partition("#")[0] for link in LINK.findall(page.read_text(encoding="utf-8"))]
    local = [target for target in targets if target and "://" not in target]

    assert [target for target in local if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("file", tracked_texts(), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_names_a_package_host_or_a_folder_of_one_machine(file: Path) -> None:
    text = file.read_text(encoding="utf-8")

    assert [host for host in HOSTS if host in text] == []
    assert MACHINE_PATH.findall(text) == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_every_locked_package_has_hashes(lock: str) -> None:
    entries = re.split(r"\n(?=\S)", (ROOT / lock).read_text(encoding="utf-8"))

    assert len(entries) > 30
    assert [entry.split()[0] for entry in entries if "==" in entry and "--hash=sha256:" not in entry] == []
    assert [entry.split()[0] for entry in entries if entry.startswith("-")] == []


def test_both_locks_agree() -> None:
    """What is tested is what is run."""
    pin = re.compile(r"^([a-z0-9-]+==\S+)", re.MULTILINE)
    runtime = set(pin.findall((ROOT / "requirements.lock").read_text(encoding="utf-8")))
    everything = set(pin.findall((ROOT / "requirements-dev.lock").read_text(encoding="utf-8")))

    assert runtime - everything == set()
