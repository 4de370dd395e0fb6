"""Flags put off, handed over, closed, held back, escalated and counted in a flood, on the coach page."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.qa_monitor.browser import ConsoleServer, open_page, run, serve
from tests.qa_monitor.console_json import Json, call_data, flag_data, fresh_flag, heartbeat_data

pytestmark = pytest.mark.browser


@pytest.fixture
def server() -> Iterator[ConsoleServer]:
    made = ConsoleServer()
    made.answers |= {"GET /v1/calls": {"calls": []}, "GET /v1/flags": {"flags": []}}
    with serve(made) as running:
        yield running


def in_minutes(minutes: float) -> str:
    return (datetime.now(UTC) + timedelta(minutes=minutes)).isoformat()


def cared(record: Json, **care: object) -> Json:
    """The same flag with another care."""
    before = record["care"]
    assert isinstance(before, dict)
    return record | {"care": before | care}


def begin(server: ConsoleServer, *flags: Json, **beat: object) -> None:
    server.send("heartbeat", heartbeat_data(**beat))
    server.send("snapshot", {"calls": [call_data()], "flags": list(flags)}, event_id="g-1")


def ids(page: Page) -> list[str | None]:
    return [card.get_attribute("data-flag-id") for card in page.locator("#flag-list > li").all()]


def test_two_keys_put_a_flag_off_and_it_comes_back_by_itself(server: ConsoleServer, browser: Browser) -> None:
    """Into its drawer, where it says until when; undone by Z; back on the list when the server says so."""
    begin(server, fresh_flag(priority="medium"))
    put_off = cared(fresh_flag(priority="medium"), snoozed_until=in_minutes(5), act="snoozed")
    server.answers["POST /v1/flags/f1/snooze"] = put_off
    with open_page(browser, server.address) as page:
        expect(page.locator(".later button")).to_have_text(["SnoozeS", "Hand overH", "ResolveR"])
        page.keyboard.press("j")
        page.keyboard.press("s")
        expect(page.locator("#act-title")).to_have_text("Snooze: it comes back by itself")
        expect(page.locator("#act-body button")).to_have_text(
            ["12 minutes", "25 minutes", "315 minutes", "430 minutes"]
        )
        page.keyboard.press("2")
        expect(page.locator("#flag-list > li")).to_have_count(0)
        expect(page.locator("#snoozed-title")).to_have_text("Snoozed (1)")
        expect(page.locator("#undo-words")).to_contain_text("Snoozed until")
        expect(page.locator("#flag-rest")).to_be_visible()
        page.locator("#snoozed-title").click()
        expect(page.locator("#snoozed-list .why")).to_contain_text("back at")
        server.send("flag", fresh_flag(priority="medium"), event_id="g-3")
        expect(page.locator("#flag-list > li")).to_have_count(1)
        expect(page.locator("#snoozed")).to_be_hidden()
        expect(page.locator("#announcer")).to_contain_text("Wants to cancel")


def test_a_flag_is_handed_to_a_coach_by_name(server: ConsoleServer, browser: Browser) -> None:
    """Of the coaches there are; whoever has it already is not offered, and the card says names."""
    people = [("ann", "Ann Lee", True), ("cleo", "Cléo", True), ("dan", "Dan", False)]
    accounts = [{"account": account, "name": name, "coach": coach} for account, name, coach in people]
    server.answers["GET /v1/agents"] = {"agents": [], "teams": [], "accounts": accounts}
    asked = {"desk": "cleo", "word": "", "act": "handed_over", "acted_by": "ann", "acted_at": in_minutes(0)}
    begin(server, cared(fresh_flag(), desk="ann"))
    server.answers["POST /v1/flags/f1/hand-over"] = cared(fresh_flag(), **asked)
    with open_page(browser, server.address) as page:
        page.locator("[data-act=hand_over]").click()
        expect(page.locator("#act select option")).to_have_text(["Choose a coach", "Cléo"])
        page.locator("#act select").select_option("Cléo")
        with page.expect_request("**/hand-over") as sent:
            page.locator("#act button[type=submit]").click()
        expect(page.locator(".handed")).to_contain_text("Handed to Cléo by Ann Lee")

        assert sent.value.post_data_json == {"to": "cleo", "word": ""}


def test_a_flag_is_handed_over_with_a_word(server: ConsoleServer, browser: Browser) -> None:
    """Keys do not act while the words are typed; the card says who asked whom; Escape leaves all as it is."""
    begin(server, fresh_flag())
    handed = cared(
        fresh_flag(), desk="Claire", word="You know him.", act="handed_over", acted_by="Ann", acted_at=in_minutes(0)
    )
    server.answers["POST /v1/flags/f1/hand-over"] = handed
    with open_page(browser, server.address) as page:
        page.keyboard.press("j")
        page.keyboard.press("h")
        page.keyboard.press("Escape")
        expect(page.locator("#act")).to_be_hidden()
        page.keyboard.press("h")
        page.keyboard.type("Claire")
        page.keyboard.press("Tab")
        page.keyboard.type("You know him.")
        page.keyboard.press("Enter")
        expect(page.locator(".handed")).to_contain_text("Handed to Claire by Ann")
        expect(page.locator(".handed")).to_contain_text("“You know him.”")
        assert not [line for line in server.asked if line.endswith(("/acknowledge", "/verdict"))]


def test_a_flag_is_closed_with_what_came_of_it(server: ConsoleServer, browser: Browser) -> None:
    """What is only likely cannot be closed; the handled list says the outcome; a refusal is said in words."""
    begin(server, fresh_flag(), fresh_flag("f2", state="raised"))
    closed = cared(
        fresh_flag(state="resolved"), outcome="helped", act="resolved", acted_by="Ann", acted_at=in_minutes(0)
    )
    server.answers["POST /v1/flags/f1/resolve"] = closed
    with open_page(browser, server.address) as page:
        expect(page.locator('[data-flag-id="f2"] [data-act="resolve"]')).to_have_count(0)
        page.locator('[data-flag-id="f1"]').focus()
        page.keyboard.press("r")
        page.keyboard.press("2")
        expect(page.locator("#undo-words")).to_contain_text("I helped the agent: Wants to cancel.")
        page.locator("#handled-title").click()
        expect(page.locator("#handled-list")).to_contain_text("I helped the agent, says Ann")


def test_what_is_held_lies_in_the_drawer_with_its_reason(server: ConsoleServer, browser: Browser) -> None:
    """It is not counted, not announced and not drawn; it can be taken on there; let through, it is announced."""
    held = cared(fresh_flag("f2", priority="low"), held="budget", act_by=None)
    later = cared(fresh_flag("f3", priority="low"), held="known")
    begin(server, held, {**later, "raised_at": in_minutes(0.1)})
    server.answers["POST /v1/flags/f3/acknowledge"] = fresh_flag("f3", state="acknowledged")
    with open_page(browser, server.address, locale="fr-FR") as page:
        expect(page.locator("#held-title")).to_have_text("Mises de côté (2)")
        expect(page.locator("#flag-rest-title")).to_have_text("Rien ne requiert votre attention.")
        assert page.title() == "qa-monitor"
        page.locator("#held-title").click()
        expect(page.locator("#held-list .why")).to_have_text(
            ["déjà à l’écran pour cet appel", "vous avez été assez interrompu pour l’instant"]
        )
        expect(page.locator("#announcer")).to_have_text("")
        server.send("flag", fresh_flag("f2", priority="low"), event_id="g-2")
        expect(page.locator("#held-title")).to_have_text("Mise de côté (1)")
        expect(page.locator("#announcer")).to_contain_text("Veut résilier")
        page.locator('#held-list [data-act="settle"]').click()
        expect(page.locator("#held")).to_be_hidden()
        assert not [line for line in server.asked if line.endswith("f3/drawn")]


def test_what_nobody_took_on_in_time_stands_out_and_stands_first(server: ConsoleServer, browser: Browser) -> None:
    """By word, edge and place; it is said aloud."""
    begin(server, fresh_flag("f1", priority="medium"), fresh_flag("f2", priority="medium"))
    with open_page(browser, server.address) as page:
        expect(page.locator("#flag-list > li")).to_have_count(2)
        pressed = cared(fresh_flag("f2", priority="medium"), escalations=1, escalated_at=in_minutes(0))
        server.send("flag", pressed, event_id="g-2")
        expect(page.locator(".state.escalated")).to_have_text("escalated")
        expect(page.locator("#flag-list > li.pressed")).to_have_count(1)
        assert ids(page) == ["f2", "f1"]
        expect(page.locator("#announcer")).to_have_text("Escalated, Medium priority: Wants to cancel. agent-7.")


def test_a_flood_is_shown_as_counts_with_the_most_pressing_on_top(server: ConsoleServer, browser: Browser) -> None:
    """A group opens by one key or click; below five, the cards are back."""
    many = [fresh_flag(f"c{n}", priority="medium", rule_id="cancellation") for n in range(5)]
    many += [fresh_flag(f"r{n}", priority="low", rule_id="refund", name={"en": "Refund", "fr": "R"}) for n in range(7)]
    begin(server, *many, fresh_flag("h"), desks=[{"desk": "everyone", "told": 13, "flooded": True}])
    with open_page(browser, server.address) as page:
        expect(page.locator("#flood-title")).to_contain_text("13 flags in 10 minutes")
        expect(page.locator("#flood-list .count")).to_have_text(["6", "7"])
        assert ids(page) == ["h"]
        page.locator('[data-rule="refund"]').press("Enter")
        expect(page.locator("#flag-list > li")).to_have_count(8)
        expect(page.locator('[data-rule="refund"]')).to_be_focused()
        expect(page.locator('[data-rule="refund"]')).to_have_attribute("aria-expanded", "true")
        server.send("heartbeat", heartbeat_data(desks=[{"desk": "everyone", "told": 4, "flooded": False}]))
        expect(page.locator("#flag-list > li")).to_have_count(13)
        expect(page.locator("#flood")).to_be_hidden()


def test_what_was_drawn_is_told_once(server: ConsoleServer, browser: Browser) -> None:
    """Not what waits in a drawer, and not what another console has told already."""
    delivered = cared(fresh_flag("f2"), delivered_at=in_minutes(0), delivered_to="console")
    server.answers["POST /v1/flags/f1/drawn"] = cared(fresh_flag("f1"), delivered_at=in_minutes(0))
    begin(server, fresh_flag("f1"), delivered, cared(fresh_flag("f3"), held="budget"))
    with open_page(browser, server.address) as page:
        with page.expect_request("**/drawn", timeout=20_000):
            expect(page.locator("#flag-list > li")).to_have_count(2)
        page.wait_for_timeout(1_600)
        assert [line for line in server.asked if line.endswith("/drawn")] == ["POST /v1/flags/f1/drawn"]


def test_what_asks_nobody_is_neither_shown_nor_counted(server: ConsoleServer, browser: Browser) -> None:
    """What was withdrawn while it was put off had been seen, so it is shown as withdrawn; what was held was not."""
    put_off = {"snoozed_until": "2026-03-02T12:05:00Z"}
    flags = [
        flag_data("asks"),
        cared(flag_data("held"), held="budget"),
        cared(flag_data("off"), **put_off),
        cared(flag_data("off-gone", state="withdrawn"), **put_off),
        cared(flag_data("held-gone", state="withdrawn"), held="known"),
    ]
    body = """[v[0]].map((s) => m.applyEvent(m.NOTHING_YET, s)).map((feed) =>
        [m.shownFlags(feed).map((flag) => flag.flag_id), m.openCounts(feed).ongoing])[0]"""
    begin(server)
    with open_page(browser, server.address + "/login") as page:
        snapshot = {"type": "snapshot", "id": "g-1", "flags": flags, "calls": [call_data()]}
        assert run(page, "feed/feed.js feed/shown.js", body, snapshot) == [["asks", "off-gone"], 1]
