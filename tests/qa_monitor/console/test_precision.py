"""How often each rule is right, on the page of rules: a real browser against a server that a test speaks for."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from qa_monitor.rules.precision import ENOUGH, Precision
from tests.qa_monitor.browser import ConsoleServer, open_page, run, serve
from tests.qa_monitor.console_json import Json

pytestmark = pytest.mark.browser

SINCE = "2026-03-02T12:00:00Z"
EVERYBODY = {"tenant": "", "team": ""}


@pytest.fixture
def server() -> Iterator[ConsoleServer]:
    made = ConsoleServer()
    made.answers["POST /v1/rules/check"] = {
        "problems": [],
        "scope": EVERYBODY,
        "yours": True,
        "version": "x",
        "differences": [],
    }
    tell(made, a_rule())
    with serve(made) as running:
        yield running


def tell(server: ConsoleServer, *rules: Json) -> None:
    scope = {"scope": EVERYBODY, "version": "1", "rules": list(rules)}
    told = {"version": "1a2b", "enough": ENOUGH, "published": [], "rights": {"every": True, "teams": []}}
    server.answers["GET /v1/rules"] = told | {"sets": [scope, scope]}


def figures(useful: int = 0, false_alarm: int = 0, already_known: int = 0) -> Json:
    found = Precision(useful=useful, false_alarm=false_alarm, already_known=already_known)
    counts = {"useful": useful, "false_alarm": false_alarm, "already_known": already_known}
    return counts | {"precision": found.share, "low": found.interval.low, "high": found.interval.high}


def a_standing(said: Json, needed: int = 0, **changes: object) -> Json:
    told = {"demoted": False, "demoted_since": None, "restored_at": None, "restored_by": None, "yours": True}
    return said | {"tenant": "default", "needed": needed} | told | changes


def a_rule(rule_id: str = "refund", *judged: Json, floor: float | None = 0.6, **changes: object) -> Json:
    places = [one | {"team": "north", "language": "fr"} for one in judged]
    name = {"en": f"Rule {rule_id}", "fr": f"Règle {rule_id}"}
    rule = {"rule_id": rule_id, "rule_version": "v1", "name": name, "priority": "medium", "floor": floor}
    return rule | {"shadow": False, "judged": list(judged), "by_team": places} | changes


DEMOTED = a_rule("bad", a_standing(figures(2, 12), demoted=True, demoted_since=SINCE))


def rule(page: Page, rule_id: str) -> Locator:
    return page.locator(f'li[data-rule="{rule_id}"]')


def test_precision_is_said_with_its_interval_in_both_languages(server: ConsoleServer, browser: Browser) -> None:
    """Once per rule, however many teams it holds for; teams and languages on demand."""
    tell(
        server,
        a_rule("good", a_standing(figures(12, 3, 5))),
        a_rule("few", a_standing(figures(3, 1), 6)),
        a_rule("new"),
    )
    with open_page(browser, f"{server.address}/rules") as page:
        expect(rule(page, "good").locator("> .said")).to_have_text("17 of 20 right, 64% to 95%")
        expect(rule(page, "good").locator("> .said")).to_have_attribute(
            "title", "12 useful, 5 already known, 3 false alarms"
        )
        expect(rule(page, "good").locator("> .standing")).to_have_text("Not below its floor of 60%.")
        expect(rule(page, "few").locator("> .standing")).to_have_text(
            "6 more verdicts before its floor of 60% can be judged."
        )
        expect(page.locator("#unjudged-title")).to_have_text("1 rule without a verdict")
        place = rule(page, "good").locator(".places li")
        expect(place).to_be_hidden()
        rule(page, "good").locator("summary").focus()
        page.keyboard.press("Enter")
        expect(place).to_contain_text("north · French")
        page.locator("#language button[lang=fr]").click()
        expect(rule(page, "good").locator("> .said")).to_have_text("17 justes sur 20, de 64\u202f% à 95\u202f%")
        page.locator("#unjudged-title").click()
        expect(rule(page, "new").locator("> .standing")).to_have_text(
            "Encore 10 verdicts avant de pouvoir juger son seuil de 60\u202f%."
        )


def test_the_bar_shows_interval_share_and_floor(server: ConsoleServer, browser: Browser) -> None:
    """Nothing is drawn that was not counted."""
    tell(server, a_rule("half", a_standing(figures(10, 10))), a_rule("free", floor=None))
    with open_page(browser, f"{server.address}/rules") as page:
        bar = rule(page, "half").locator("> .precision-bar")
        places = run(page, "rules/precisionbar.js", "[m.placeOf(0.5), m.placeOf(0.2993), m.placeOf(0.6)]")
        assert isinstance(places, list)
        assert float(bar.locator(".share").get_attribute("cx") or 0) == pytest.approx(places[0])
        assert float(bar.locator(".band").get_attribute("x") or 0) == pytest.approx(places[1], abs=0.1)
        floor = bar.locator(".floor").get_attribute("d") or ""
        assert float(floor[1:].split()[0]) == pytest.approx(places[2])
        page.locator("#unjudged-title").click()
        expect(rule(page, "free").locator("> .standing")).to_have_text("No floor: it is never demoted.")
        expect(rule(page, "free").locator(".band, .share, .floor")).to_have_count(0)


def test_a_demoted_rule_says_since_when_and_why_and_is_restored_by_keyboard(
    server: ConsoleServer, browser: Browser
) -> None:
    """First of all, in words and by its edge; afterwards who told it again."""
    tell(server, a_rule("good", a_standing(figures(30, 1))), DEMOTED)
    server.answers["POST /v1/rules/bad/restore"] = {"tenant": "default", "at": SINCE, "by": "Camille"}
    with open_page(browser, f"{server.address}/rules") as page:
        expect(page.locator("#judged > li").first).to_have_class("demoted")
        expect(rule(page, "bad")).to_contain_text("demoted")
        expect(rule(page, "bad").locator("> .standing")).to_contain_text(
            "At most 40% of its flags are right, its floor is 60%: coaches are not told, its flags stay on the call’s"
            " page. Since 2 March"
        )
        page.locator("#by").fill("Camille")
        tell(server, a_rule("bad", a_standing(figures(), ENOUGH, restored_at=SINCE, restored_by="Camille")))
        page.get_by_role("button", name="Tell coaches again").focus()
        page.keyboard.press("Enter")
        expect(page.locator("#restored-words")).to_have_text("Coaches are told of “Rule bad” again.")
        expect(rule(page, "bad").locator("> .standing")).to_contain_text("by Camille: earlier verdicts count no more.")
        expect(page.get_by_role("button", name="Tell coaches again")).to_have_count(0)


def test_who_may_not_tell_a_rule_again_reads_who_may(server: ConsoleServer, browser: Browser) -> None:
    tell(server, a_rule("bad", a_standing(figures(2, 12), demoted=True, demoted_since=SINCE, yours=False)))
    with open_page(browser, f"{server.address}/rules", locale="fr-FR") as page:
        expect(rule(page, "bad").get_by_role("button", name="Alerter de nouveau")).to_be_disabled()
        expect(rule(page, "bad").locator(".again .remark")).to_have_text(
            "Réservé à qui peut publier pour toutes les équipes que cette règle concerne."
        )


def test_a_rule_that_cannot_be_restored_says_so(server: ConsoleServer, browser: Browser) -> None:
    """Without a name nobody is asked; the service may refuse or not answer."""
    tell(server, DEMOTED)
    with open_page(browser, f"{server.address}/rules") as page:
        button = page.get_by_role("button", name="Tell coaches again")
        button.click()
        expect(page.locator("#by")).to_be_focused()
        assert "POST /v1/rules/bad/restore" not in server.asked
        page.locator("#by").fill("Camille")
        button.click()
        expect(page.locator("#restored-words")).to_have_text("That did not work. Try again.")


def test_tenants_are_told_apart(server: ConsoleServer, browser: Browser) -> None:
    """A rule is demoted for one of them and told to the other."""
    standings = [
        a_standing(figures(2, 12), demoted=True, demoted_since=SINCE),
        a_standing(figures(9, 2), tenant="acme"),
    ]
    tell(server, a_rule("both", *standings))
    with open_page(browser, f"{server.address}/rules") as page:
        expect(rule(page, "both").locator(".named .remark")).to_have_text(["both · default", "both · acme"])
        expect(rule(page, "both").locator(".places li")).to_have_count(2)
