"""The wall of agents: how each stands, and that it can be read from afar and by everybody."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.qa_monitor.browser import ConsoleServer, open_page, run, serve
from tests.qa_monitor.console_json import Json, call_data, fresh_flag, heartbeat_data
from tests.qa_monitor.wall import a_course, agents_data, full_wall

pytestmark = pytest.mark.browser
LAPTOP = {"width": 1280, "height": 720}
SMALL = "all => all.filter((one) => parseFloat(getComputedStyle(one).fontSize) < innerWidth / 50.1).length"
CUT = "all => all.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent)"
BELOW = """all => all.filter((one) =>
  one.scrollHeight > one.clientHeight + 1 || one.getBoundingClientRect().bottom > innerHeight).length"""


@pytest.fixture(scope="module")
def bare(browser: Browser) -> Iterator[Page]:
    with serve(ConsoleServer()) as server, open_page(browser, server.address + "/login") as page:
        yield page


@pytest.fixture
def server() -> Iterator[ConsoleServer]:
    made = ConsoleServer()
    made.answers["GET /v1/agents"] = {"agents": agents_data(22), "teams": [], "accounts": []}
    with serve(made) as running:
        yield running


def standings(page: Page, calls: list[Json], flags: list[Json], agents: list[Json]) -> object:
    """Agent, standing and priority of each tile."""
    body = (
        "m.wallOf({ calls: Object.fromEntries(v[0].map((one) => [one.call_id, one])),"
        " flags: Object.fromEntries(v[1].map((one) => [one.flag_id, one])) }, v[2])"
        ".map((tile) => [tile.agent.agent_id, tile.standing, tile.priority, tile.calls])"
    )
    return run(page, "wall/state.js", body, calls, flags, agents)


def test_what_matters_most_gives_the_state(bare: Page) -> None:
    """An open flag before a call that is not heard, before a customer who gets upset, before all is calm."""
    agents = agents_data(7)
    made: list[tuple[str, Json]] = [
        ("calm", {}),
        ("rising", {"course": a_course("upset")}),
        ("blind", {"blind": "one_way"}),
    ]
    calls = [call_data(name, agent_id=f"agent-{at + 1:02}") | more for at, (name, more) in enumerate(made)]
    calls += [
        call_data("paused", agent_id="agent-04", paused="off_record", blind="no_audio"),
        call_data("flagged", agent_id="agent-05", blind="one_way", course=a_course("rising")),
        call_data("taken", agent_id="agent-06"),
        call_data("over", agent_id="agent-07", state="ended"),
    ]
    flags = [
        fresh_flag("m", priority="medium", call_id="flagged"),
        fresh_flag("h", call_id="flagged"),
        fresh_flag("t", state="acknowledged", call_id="taken"),
        fresh_flag("o", call_id="over"),
    ]

    assert standings(bare, calls, flags, agents) == [
        ["agent-01", "calm", None, 1],
        ["agent-02", "rising", None, 1],
        ["agent-03", "blind", None, 1],
        ["agent-04", "paused", None, 1],
        ["agent-05", "flagged", "high", 1],
        ["agent-06", "calm", None, 1],
        ["agent-07", "free", None, 0],
    ]


def test_tiles_keep_their_places(bare: Page) -> None:
    """By team, then by name; an agent nobody set up comes with the first call; two calls count as two."""
    calls = [
        call_data("1", agent_id="agent-10", team="north"),
        call_data("2", agent_id="agent-10", team="north"),
        call_data("3", agent_id="zoe", team="east", state="ended"),
    ]
    agents: list[Json] = [
        {"tenant": "default", "agent_id": "agent-9", "name": "", "team": "north"},
        {"tenant": "default", "agent_id": "b", "name": "Anna", "team": "north"},
    ]

    assert standings(bare, calls, [], agents) == [
        ["zoe", "free", None, 0],
        ["agent-9", "free", None, 0],
        ["agent-10", "calm", None, 2],
        ["b", "free", None, 0],
    ]


@pytest.mark.parametrize("locale", ["en-GB", "fr-FR"])
def test_22_agents_fit_a_small_laptop_and_are_read_from_afar(
    server: ConsoleServer, browser: Browser, locale: str
) -> None:
    """No scrolling, no name or state cut short; letters of a fiftieth of the window's width, as one reads at 5 m."""
    calls, flags = full_wall()
    server.send("snapshot", {"calls": calls, "flags": flags}, event_id="g-1")
    server.send("heartbeat", heartbeat_data())
    with open_page(browser, f"{server.address}/wall", locale=locale) as page:
        page.set_viewport_size({"width": LAPTOP["width"], "height": LAPTOP["height"]})
        expect(page.locator(".tile")).to_have_count(22)
        expect(page.locator(".tile.is-flagged")).to_have_count(3)
        size = page.evaluate("() => [document.body.scrollWidth, document.body.scrollHeight]")
        small = page.locator(".tile .state-line").evaluate_all(SMALL)
        cut = page.locator(".tile .who, .tile .state-line").evaluate_all(CUT)
        below = page.locator(".tile").evaluate_all(BELOW)

    assert size == [LAPTOP["width"], LAPTOP["height"]]
    assert (small, cut, below) == (0, [], 0)


def test_a_tile_leads_to_its_call_by_keyboard(server: ConsoleServer, browser: Browser) -> None:
    """State in words for those who do not see it; free agents are no dead links."""
    calls, flags = full_wall()
    server.send("snapshot", {"calls": calls, "flags": flags}, event_id="g-1")
    server.send("heartbeat", heartbeat_data())
    with open_page(browser, f"{server.address}/wall") as page:
        tile = page.locator(".tile.is-flagged.high")
        expect(tile).to_contain_text("Flag")
        expect(tile).to_contain_text("Wants to cancel")
        expect(page).to_have_title("(3) Wall of agents – qa-monitor")
        assert page.locator(".tile.is-free[href]").count() == 0
        tile.focus()
        page.keyboard.press("Enter")
        expect(page).to_have_url(f"{server.address}/?call=call-03")
        server.send("snapshot", {"calls": calls, "flags": flags}, event_id="g-1")
        expect(page.locator("#pane-agent")).to_contain_text("agent-03")
