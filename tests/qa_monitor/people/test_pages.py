"""The pages for people in a real browser, against the real service: by keyboard, in both languages and both themes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.qa_monitor.browser import run, watch_page
from tests.qa_monitor.entering import SOON_MS, sign_in
from tests.qa_monitor.people_service import GOOD, SECRET, Staffed, staffed

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staffed]:
    with staffed(tmp_path_factory.mktemp("pages")) as running:
        yield running


def test_an_administrator_makes_an_account_by_keyboard_alone(house: Staffed, browser: Browser) -> None:
    """A mistake is told in the form; the password is shown once; its owner has to change it before anything else."""
    refused = "Failed to load resource.*(401|403|422)"
    with watch_page(browser, f"{house.url}/people", expected=refused) as page:
        page.set_default_timeout(SOON_MS)
        sign_in(page, "fay")
        expect(page.locator("#account-table tbody tr")).to_have_count(6, timeout=SOON_MS)
        page.locator("#account-add").focus()
        page.keyboard.press("Enter")
        expect(page.locator("#field-id")).to_be_focused()
        page.keyboard.type("gus")
        page.locator("#field-teams").fill("nowhere")
        page.keyboard.press("Enter")
        expect(page.locator("#form-problem")).to_contain_text("teams: found 'nowhere'")
        page.locator("#field-teams").fill("north")
        page.keyboard.press("Enter")
        expect(page.locator("#account-table tbody tr")).to_have_count(7)
        expect(page.locator("#form-box")).to_be_hidden()
        expect(page.locator("#log li").first).to_contain_text("Fay · Account gus · made")

        page.get_by_role("button", name="New password for gus").press("Enter")
        expect(page.locator("#password")).not_to_be_empty(timeout=SOON_MS)
        handed = page.locator("#password").inner_text()
        page.locator("#password-close").press("Enter")
        expect(page.locator("#password")).to_be_empty()

        page.goto(f"{house.url}/account")
        page.get_by_role("button", name="Log out").press("Enter")
        sign_in(page, "gus", handed)
        expect(page).to_have_url(f"{house.url}/account")
        expect(page.locator("#must")).to_be_visible()
        for field, value in (("#old", handed), ("#new", GOOD), ("#again", GOOD)):
            page.locator(field).fill(value)
        page.keyboard.press("Enter")
        expect(page.locator("#said")).to_contain_text("Changed")
        page.locator("#home").press("Enter")
        expect(page.locator("#pulse-words")).to_have_text("Live", timeout=SOON_MS)
        expect(page.locator("header .me")).to_have_text("gus")
        expect(page.locator("header .nav")).not_to_contain_text("Rules")


def test_a_file_is_tried_before_it_changes_anything(house: Staffed, browser: Browser, tmp_path: Path) -> None:
    """In French: mistakes with their line, then what it would change, then the change."""
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text("kind,id,name\nteam,ouest,Équipe Ouest\n", encoding="utf-8")
    bad.write_text("kind,id,coach\nagent,a9,nobody\n", encoding="utf-8")
    refused = "Failed to load resource.*422"
    with watch_page(browser, f"{house.url}/people", locale="fr-FR", expected=refused) as page:
        page.set_default_timeout(SOON_MS)
        sign_in(page, "fay")
        expect(page).to_have_title("Personnes – qa-monitor")
        page.locator("#file").set_input_files(bad)
        page.get_by_role("button", name="Voir ce qu’il changerait").press("Enter")
        expect(page.locator("#import-problems")).to_contain_text(
            "ligne 2 : superviseur attitré : trouvé « nobody » ; attendu : un compte défini"
        )
        expect(page.locator("#import-go")).to_be_hidden()
        page.locator("#file").set_input_files(good)
        page.get_by_role("button", name="Voir ce qu’il changerait").press("Enter")
        expect(page.locator("#import-words")).to_have_text("Il changerait 1 fiche.")
        expect(page.locator("#team-table")).not_to_contain_text("Équipe Ouest")
        page.locator("#import-go").press("Enter")
        expect(page.locator("#team-table")).to_contain_text("Équipe Ouest")


def test_an_agent_looks_back_at_own_calls(house: Staffed, browser: Browser) -> None:
    """After the log-in at once; names of links that are not theirs are not shown."""
    with watch_page(browser, f"{house.url}/", locale="fr-FR") as page:
        page.set_default_timeout(SOON_MS)
        sign_in(page, "eve")
        expect(page).to_have_url(f"{house.url}/mine")
        expect(page.locator(".own-call")).to_have_count(1)
        expect(page.locator(".own-flag")).to_contain_text(SECRET["north"])
        expect(page.locator("header .me")).to_have_count(1)
        expect(page.locator("header .nav a")).to_have_text(["Mes appels"])


def test_agents_are_in_the_order_of_their_names(house: Staffed, browser: Browser) -> None:
    """However many there are."""
    with house.operator() as client:
        rows = "kind,id,name\nagent,a-2,Second\nagent,a-1,First\n"
        client.post("/v1/people/import", params={"dry_run": False}, content=rows.encode()).raise_for_status()
    with watch_page(browser, f"{house.url}/people") as page:
        page.set_default_timeout(SOON_MS)
        sign_in(page, "fay")
        expect(page.locator("#agent-table tbody .key")).to_have_text(["a-1", "a-2", "agent-7"])
        expect(page.locator("#said")).to_be_empty()


def test_the_menu_of_pages_goes_by_keyboard(house: Staffed, browser: Browser) -> None:
    """The same links in the same order on every page, the one that is looked at marked, in one line in French too."""
    with watch_page(browser, f"{house.url}/latency", locale="fr-FR") as page:
        page.set_default_timeout(SOON_MS)
        page.set_viewport_size({"width": 1280, "height": 720})
        page.locator("#token").fill(house.token)
        page.locator("#token").press("Enter")
        menu = page.locator("header .more")
        expect(menu.locator("a").first).to_be_hidden()
        menu.locator("summary").press("Enter")
        expect(menu.locator("a[aria-current=page]")).to_have_text("Délais")
        page.keyboard.press("Tab")
        expect(menu.locator("a").first).to_be_focused()
        page.keyboard.press("Escape")
        expect(menu.locator("summary")).to_be_focused()
        expect(menu.locator("a").first).to_be_hidden()
        links = page.locator("header .nav a").all_text_contents()
        assert page.locator("header").bounding_box()["height"] <= 51  # type: ignore[index]  # it is shown
        for path in ("/reports", "/calls", "/calls/north-call", "/account"):
            page.goto(house.url + path)
            expect(page.locator("header .nav a").first).to_be_visible()
            assert page.locator("header .nav a").all_text_contents() == links
            assert page.locator("header").bounding_box()["height"] <= 51  # type: ignore[index]  # it is shown
        places = run(
            page,
            "shared/navigation.js",
            "m.partsOf(['/', '/calls', '/mine', '/account', '/wall']).beside.map(([path]) => path)",
        )

        assert places == ["/", "/calls", "/wall"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_can_be_read_and_every_field_has_a_name(house: Staffed, browser: Browser, scheme: str) -> None:
    """Nothing runs over the edge of the window, at the width of a small laptop."""
    with watch_page(browser, f"{house.url}/people") as page:
        page.set_default_timeout(SOON_MS)
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.set_viewport_size({"width": 1180, "height": 760})
        sign_in(page, "fay")
        expect(page.locator("#cover-table")).to_contain_text("None yet.")
        page.locator("#account-add").press("Enter")
        nameless = page.locator("input, button, select").evaluate_all(
            "all => all.filter(one => !one.labels?.length && !one.textContent.trim() && !one.ariaLabel).length"
        )
        wide = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")

        assert nameless == 0
        assert wide <= 0
