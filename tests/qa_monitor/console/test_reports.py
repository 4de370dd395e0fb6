"""The page of reports in a real browser: the address says what is shown, figures say what they rest on."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import Browser, expect

from qa_monitor.reports.chart_data import scale_of
from qa_monitor.reports.lines import lines_of
from qa_monitor.reports.periods import Every, periods, zone_named
from qa_monitor.reports.records import Asked, By, Key, Kind, Named, Report, Tally, Unit
from qa_monitor.reports.wire import report_json
from tests.qa_monitor.browser import ConsoleServer, open_page, run, serve

pytestmark = pytest.mark.browser
LEAD = {"name": "Dan", "account": "dan", "roles": ["qa_lead"], "pages": ["/", "/reports"], "must_change": False}
SERVICE = {"offered": 100, "answered": 80, "in_time": 70, "gave_up_soon": 10, "wait_s": 800, "wait_s2": 20_000}
VALUES: list[tuple[Unit, list[float | None]]] = [
    (unit, [None, *values]) for unit in Unit for values in ([], [0.7], [3], [12], [-40, 35], [96, 0.5], [101], [4321])
]
QUERY = "since=2026-03-02&until=2026-03-15&zone=Europe/Paris"


@pytest.fixture
def server() -> Iterator[ConsoleServer]:
    made = ConsoleServer()
    made.answers["GET /v1/me"] = LEAD
    made.answers["GET /v1/report-schedules"] = {"schedules": [], "targets": ["leads"]}
    made.answers["GET /v1/reports/service"] = a_report(By.ALL, Key("", ""))
    made.answers["GET /v1/reports/calls"] = a_report(By.TEAM, Key("default", "<b>north</b>"), Key("default", "south"))
    with serve(made) as running:
        yield running


def a_report(by: By, *keys: Key) -> dict[str, object]:
    """As the server answers it; of service level, whatever is asked."""
    first, last = date(2026, 3, 2), date(2026, 3, 15)
    asked = Asked(kind=Kind.SERVICE, by=by, every=Every.WEEK, zone="Europe/Paris", first=first, last=last)
    report = Report(
        asked=asked,
        periods=periods(first, last, Every.WEEK, zone_named("Europe/Paris")),
        lines=lines_of(Kind.SERVICE, [Tally(key=key, period=week, sums=SERVICE) for key in keys for week in (0, 1)]),
        made_at=datetime(2026, 3, 16, tzinfo=UTC),
    )
    made: dict[str, object] = json.loads(report_json(report).model_dump_json())
    return made


def test_the_service_level_is_one_sentence_under_an_address_of_its_own(server: ConsoleServer, browser: Browser) -> None:
    """Nothing else to fill in, and the same in French."""
    address = f"{server.address}/reports?kind=service&by=all&plain=1&{QUERY}"
    with open_page(browser, address, locale="fr-FR") as page:
        expect(page.locator("#headline-figure")).to_have_text("78\u202f%")
        expect(page.locator("#headline-words")).to_contain_text("Sur 180 clients qui ont attendu")
        expect(page.locator("h1")).to_have_text("Niveau de service")
        expect(page.locator("#asked")).to_be_hidden()
        expect(page.locator("#schedules")).to_be_hidden()


def test_a_report_is_asked_for_by_keyboard_and_kept_in_the_address(server: ConsoleServer, browser: Browser) -> None:
    """Going back shows the one before; names are text; each figure has its n; files are of the same report."""
    with open_page(browser, f"{server.address}/reports?{QUERY}") as page:
        expect(page.locator("#whole-table tbody th").first).to_have_text("<b>north</b>")
        expect(page.locator("#whole-table td").first).to_contain_text("n 180")
        expect(page.locator("#course-chart .mark")).to_have_count(6)
        page.locator("#kind").focus()
        page.keyboard.type("Service")
        page.locator("#within").fill("30")
        page.keyboard.press("Enter")
        expect(page.locator("#plain")).to_be_visible()
        assert "kind=service" in page.url
        assert "within_s=30" in str(page.locator("#pdf").get_attribute("href"))
        page.go_back()
        expect(page.locator("#kind")).to_have_value("calls")


def a_flag_report(since: date, until: date) -> dict[str, object]:
    """Of one team and one rule, by week."""
    asked = Asked(kind=Kind.FLAGS, by=By.TEAM, every=Every.WEEK, zone="Europe/Paris", first=since, last=until)
    key = Key("default", "north", "asks_for_manager")
    report = Report(
        asked=asked,
        periods=periods(since, until, Every.WEEK, zone_named("Europe/Paris")),
        lines=lines_of(Kind.FLAGS, [Tally(key=key, period=week, sums={"calls": 10, "told": 2}) for week in (0, 1)]),
        made_at=datetime(2026, 3, 16, tzinfo=UTC),
        parts={key: Named("Asks for a manager", "Demande un responsable")},
    )
    made: dict[str, object] = json.loads(report_json(report).model_dump_json())
    return made


@pytest.mark.parametrize(
    ("locale", "weeks", "ticks", "name"),
    [
        ("en-GB", ["week of 2 Mar †", "week of 9 Mar"], ["2 Mar †", "9 Mar"], "north: Asks for a manager"),
        (
            "fr-FR",
            ["semaine du 2 mars †", "semaine du 9 mars"],
            ["2 mars †", "9 mars"],
            "north : Demande un responsable",
        ),
    ],
)
def test_weeks_and_rules_are_called_as_people_call_them(
    server: ConsoleServer, browser: Browser, locale: str, weeks: list[str], ticks: list[str], name: str
) -> None:
    """In the table and below the chart, as in a printed report."""
    server.answers["GET /v1/reports/flags"] = a_flag_report(date(2026, 3, 4), date(2026, 3, 15))

    with open_page(browser, f"{server.address}/reports?kind=flags&{QUERY}", locale=locale) as page:
        expect(page.locator("#course-table thead th.figure")).to_have_text(weeks)
        expect(page.locator("#course-chart text[text-anchor=middle]")).to_have_text(ticks)
        expect(page.locator("#whole-table tbody th")).to_have_text(name)


def test_a_report_that_fails_says_so(server: ConsoleServer, browser: Browser) -> None:
    with open_page(browser, f"{server.address}/reports?kind=scores&{QUERY}") as page:
        expect(page.locator("#said")).to_have_text("The service did not answer. Try again.")
        expect(page.locator("#result")).to_be_hidden()


def test_addresses_and_charts_are_worked_out_rightly(server: ConsoleServer, browser: Browser) -> None:
    """What an address says wrongly is as usual; a missing value breaks a line; scales are those of printed charts."""
    with open_page(browser, f"{server.address}/reports?{QUERY}") as page:
        ask = "m.askedIn(v[0], new Date(v[1]), v[2])"
        wrong, now = "?kind=x&by=agent&since=soon", "2026-03-29T22:30:00Z"
        asked = run(page, "reports/asked.js", ask, wrong, now, "Europe/Paris")
        path = run(page, "reports/chart.js", "m.pathOf([1, 2, null, 3], (x) => x, (y) => y)")
        scales = run(page, "reports/chart.js", "v[0].map(([unit, values]) => m.ticksOf(unit, values))", VALUES)

    assert isinstance(asked, dict)
    assert [asked[name] for name in ("kind", "by", "since", "until")] == ["calls", "agent", "2026-03-03", "2026-03-30"]
    assert path == "M0.0,1.0L1.0,2.0M3.0,3.0"
    assert scales == [pytest.approx(list(scale_of(unit, values).ticks)) for unit, values in VALUES]
