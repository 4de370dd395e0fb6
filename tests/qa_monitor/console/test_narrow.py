"""On a telephone no page is wider than the window: nothing of it, the header least of all, has to be looked for."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.qa_monitor.browser import ConsoleServer, serve
from tests.qa_monitor.console.test_axe import EVERY_PAGE, READY, SOON_MS, enter
from tests.qa_monitor.full_house import seed_weeks, with_much
from tests.qa_monitor.gallery import SCENES
from tests.qa_monitor.people_service import Staffed, staffed

pytestmark = pytest.mark.browser
STICKS_OUT = """() => {
  if (document.documentElement.scrollWidth <= innerWidth) return [];
  const out = [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > innerWidth);
  return ["wider", ...out.map((one) => `${one.tagName} ${one.className}`)];
}"""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staffed]:
    folder = tmp_path_factory.mktemp("narrow")
    seed_weeks(folder, 30)
    with staffed(folder, also=with_much) as running:
        yield running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """In French, whose words are the longer ones."""
    context = browser.new_context(locale="fr-FR", viewport={"width": 390, "height": 844})
    try:
        yield context.new_page()
    finally:
        context.close()


@pytest.mark.parametrize("path", [path for path in EVERY_PAGE if path not in ("/login", "/logout")])
def test_no_page_is_wider_than_a_telephone(house: Staffed, page: Page, path: str) -> None:
    """Nor with its menu of pages open."""
    page.goto(house.url + path.format(call_id="north-call"))
    enter(page, house, path)
    expect(page.locator(READY.get(path, "h1")).first).to_be_visible(timeout=SOON_MS)
    expect(page.locator("header .nav a").first).to_be_visible(timeout=SOON_MS)

    assert page.evaluate(STICKS_OUT) == []
    menu = page.locator("header .more summary")
    if menu.count():
        menu.click()
        expect(page.locator("header .more li a").last).to_be_in_viewport(ratio=1)
        assert page.evaluate(STICKS_OUT) == []


@pytest.mark.parametrize("scene", sorted(SCENES))
def test_nor_while_calls_go_on(page: Page, scene: str) -> None:
    with serve(ConsoleServer()) as server:
        SCENES[scene](server, page, "fr")

        assert page.evaluate(STICKS_OUT) == []


def test_what_sticks_out_is_found(page: Page) -> None:
    """Or silence proves nothing."""
    with serve(ConsoleServer()) as server:
        SCENES["quiet"](server, page, "fr")
        page.evaluate("document.querySelector('header .brand').style.minWidth = '500px'")

        assert page.evaluate(STICKS_OUT) != []
