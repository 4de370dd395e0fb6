"""The pictures of the documents, made from the pages: `make gallery` writes them again."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.qa_monitor.browser import ConsoleServer, serve
from tests.qa_monitor.gallery import LARGEST_BYTES, PLACES, SCENES, SIZE, photograph, visit
from tests.qa_monitor.gallery_data import CALLS
from tests.qa_monitor.gallery_house import furnished
from tests.qa_monitor.people_service import Staffed

DOCS = Path(__file__).parents[3] / "docs"
FOLDER = os.environ.get("QA_MONITOR_GALLERY", "")
"""Where pictures are written; without it none is made."""
EVERYTHING = os.environ.get("QA_MONITOR_GALLERY_ALL", "") == "1"
"""Every scene in both languages and both themes, to be looked at."""
CHOSEN = (
    ("quiet", "en", "light"),
    ("flag", "en", "light"),
    ("flag", "fr", "dark"),
    ("flood", "fr", "light"),
    ("blind", "en", "dark"),
    ("lost", "fr", "light"),
    ("wall", "en", "light"),
    ("wall", "fr", "dark"),
    ("review", "fr", "light"),
    ("calls", "en", "light"),
    ("search", "fr", "dark"),
    ("reviews", "en", "light"),
    ("reports", "fr", "light"),
    ("customers", "fr", "light"),
    ("rules", "en", "light"),
    ("people", "fr", "light"),
    ("mine", "en", "light"),
    ("connections", "en", "light"),
    ("connections", "fr", "dark"),
)
"""What the documents show."""
ALL = tuple(
    (name, language, scheme) for name in (*SCENES, *PLACES) for language in ("en", "fr") for scheme in ("light", "dark")
)
made_on_request = pytest.mark.skipif(not FOLDER, reason="set QA_MONITOR_GALLERY to a folder, as `make gallery` does")


def name_of(name: str, language: str, scheme: str) -> str:
    return f"gallery-{name}-{language}{'-dark' if scheme == 'dark' else ''}.webp"


def test_every_picture_is_there_is_small_and_is_shown() -> None:
    """In docs/gallery.md, and none besides."""
    shown = set(re.findall(r"images/(gallery-[\w-]+\.webp)", (DOCS / "gallery.md").read_text(encoding="utf-8")))
    kept = {file.name: file.stat().st_size for file in (DOCS / "images").glob("gallery-*.webp")}

    assert shown == set(kept) == {name_of(*one) for one in CHOSEN}
    assert max(kept.values()) < LARGEST_BYTES


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staffed]:
    with furnished(tmp_path_factory.mktemp("gallery")) as running:
        yield running


@pytest.mark.browser
@made_on_request
@pytest.mark.parametrize(("name", "language", "scheme"), ALL if EVERYTHING else CHOSEN)
def test_a_picture_is_made(
    browser: Browser, request: pytest.FixtureRequest, name: str, language: str, scheme: str
) -> None:
    """Of the page as people see it."""
    context = browser.new_context(
        locale="fr-FR" if language == "fr" else "en-GB",
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.set_viewport_size({"width": SIZE["width"], "height": SIZE["height"]})
    try:
        if name in SCENES:
            with serve(ConsoleServer()) as server:
                SCENES[name](server, page, language)
                photograph(browser, page, Path(FOLDER) / name_of(name, language, scheme))
        else:
            visit(request.getfixturevalue("house"), page, name, CALLS[language])
            photograph(browser, page, Path(FOLDER) / name_of(name, language, scheme))
    finally:
        context.close()
