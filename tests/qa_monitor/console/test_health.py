"""How well a call is heard, on both pages, in a real browser."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from qa_monitor.records.calls import BACKLOG, LATER, blindness
from qa_monitor.wire.health import gap_json, health_json
from streams.health.call_health import CallHealth, ChannelHealth, HealthFact
from streams.health.health import BLINDING
from streams.records import CallId, Gap, GapReason, Speaker
from tests.qa_monitor.browser import ConsoleServer, open_page, run, serve
from tests.qa_monitor.builders import a_call
from tests.qa_monitor.console_json import Json, call_data, fresh_flag, heartbeat_data, utterance_data

pytestmark = pytest.mark.browser

STREAM = "/v1/calls/call-1/stream"
AGENTS = [
    {"agent_id": "agent-3", "team": "sales", "from_s": 0.0},
    {"agent_id": "agent-7", "team": "north", "from_s": 6.0},
]


def health_data(*facts: HealthFact, levels_db: tuple[float, float] = (-24.0, -36.0), **changes: object) -> Json:
    """Both channels are heard; nothing is wrong besides `facts`."""
    channels = tuple(
        ChannelHealth(level_db=level_db, clipped_share=0.0, lost_share=0.0, spoken_s=4.0) for level_db in levels_db
    )
    health = CallHealth(call_id=CallId("call-1"), at_s=5.0, channels=channels, facts=facts, blind=None)
    return health_json(health, None, None).model_dump(mode="json") | changes


def gap_data(channel: int, start_s: float, duration_s: float, reason: GapReason = GapReason.LOST) -> Json:
    gap = Gap(call_id=CallId("call-1"), channel=channel, start_s=start_s, duration_s=duration_s, reason=reason)
    return gap_json(gap).model_dump(mode="json")


def start(server: ConsoleServer, **call: object) -> None:
    server.send("snapshot", {"calls": [call_data() | call], "flags": []}, event_id="g-1")
    server.send("heartbeat", heartbeat_data())


def tell(
    server: ConsoleServer,
    *facts: HealthFact,
    levels_db: tuple[float, float] = (-24.0, -36.0),
    **changes: object,
) -> None:
    server.send("health", health_data(*facts, levels_db=levels_db, **changes), path=STREAM)


def review(server: ConsoleServer, *gaps: Json, **call: object) -> str:
    server.answers["GET /v1/calls/call-1"] = {
        "call": call_data() | {"state": "ended", "duration_s": 20.0, "end_reason": "hangup"} | call,
        "utterances": [utterance_data()],
        "flags": [fresh_flag(agent_id="agent-3", team="sales"), fresh_flag("f2", start_s=8.0, end_s=9.0)],
        "held": [{"flag": fresh_flag("h1", agent_id="agent-3", team="sales"), "reason": "repeat"}],
        "dynamics": None,
        "gaps": list(gaps),
        "consents": [],
    }
    return server.address + "/calls/call-1"


def with_sound(server: ConsoleServer) -> None:
    channels = [[-50, 50] * 1000, [-9, 9] * 1000]
    server.answers["GET /v1/calls/call-1/peaks"] = {"per_second": 50, "duration_s": 20.0, "channels": channels}


def widths(page: Page, box: str) -> list[object]:
    """How much of each meter is filled."""
    return [one.evaluate("bar => bar.style.width") for one in page.locator(f"{box} .filled").all()]


def words_in(page: Page, box: str) -> str:
    return page.locator(box).inner_text().strip()


def test_a_healthy_call_shows_its_meters_and_no_more(server: ConsoleServer, browser: Browser) -> None:
    """Two names, two levels that follow the sound, in grey, without movement; nothing is read out."""
    start(server)
    with open_page(browser, server.address) as page:
        page.locator("#live-calls .call").click()
        tell(server)
        meters = page.locator("#pane-health .meter")
        expect(meters.first).to_have_attribute("title", "Customer: -24\u00a0dB")
        assert widths(page, "#pane-health") == ["60%", "40%"]
        assert words_in(page, "#pane-health").split() == ["Customer", "Agent"]
        expect(page.get_by_role("meter", name="Agent")).to_have_attribute("aria-valuenow", "-36")

        tell(server, levels_db=(-90.0, -6.0))
        expect(meters.first).to_have_attribute("title", "Customer: silent")
        assert widths(page, "#pane-health") == ["0%", "90%"]
        bar = page.locator("#pane-health .filled").first
        colour, moves = bar.evaluate(
            "bar => [getComputedStyle(bar).backgroundColor, getComputedStyle(bar).transitionDuration]"
        )
        assert colour == "rgb(95, 104, 113)"
        assert moves == "0s"


def test_what_is_wrong_is_said_while_it_lasts(server: ConsoleServer, browser: Browser) -> None:
    """A fact that no longer holds is gone; the one for which the call is blind is said once, before the others."""
    start(server)
    with open_page(browser, server.address) as page:
        page.locator("#live-calls .call").click()
        facts, blind = page.locator("#pane-health .health-facts p"), page.locator("#pane-health .blind")
        tell(server, HealthFact.ONE_WAY, HealthFact.CLIPPED, blind="one_way")
        expect(blind).to_have_text("Blind: only one of the two sides can be heard")
        expect(facts).to_have_text(["Too loud: the sound is clipped"])

        tell(server, HealthFact.CLIPPED, HealthFact.DRIFT)
        expect(facts).to_have_text(["Too loud: the sound is clipped", "The source's clock drifts"])
        expect(blind).to_be_empty()
        tell(server)
        expect(facts).to_have_count(0)
        assert words_in(page, "#pane-health").split() == ["Customer", "Agent"]


@pytest.mark.parametrize(
    ("locale", "paused", "off_record"),
    [
        ("en", "Paused: nothing is heard or kept", "Off the record: nothing is heard or kept"),
        (
            "fr",
            "En pause\u00a0: rien n’est écouté ni conservé",
            "Hors enregistrement\u00a0: rien n’est écouté ni conservé",
        ),
    ],
)
def test_a_call_that_is_not_heard_on_purpose_says_so(
    server: ConsoleServer, browser: Browser, locale: str, paused: str, off_record: str
) -> None:
    """In a banner, told to screen readers; the meters are empty, and it goes when the call goes on."""
    start(server)
    with open_page(browser, server.address, locale=locale) as page:
        page.locator("#live-calls .call").click()
        hold = page.locator("#pane-health .hold")
        tell(server, paused="paused")
        expect(hold).to_have_text(paused)
        expect(hold).to_have_attribute("role", "status")
        assert widths(page, "#pane-health") == ["0%", "0%"]
        tell(server, paused="off_record")
        expect(hold).to_have_text(off_record)
        tell(server)
        expect(hold).to_be_empty()
        assert widths(page, "#pane-health") == ["60%", "40%"]


def test_health_that_is_no_longer_told_is_no_longer_shown(server: ConsoleServer, browser: Browser) -> None:
    """When the stream breaks, how it was heard a moment ago says nothing; when the call ends, there is none."""
    start(server, blind="mono")
    with open_page(browser, server.address) as page:
        page.locator("#live-calls .call").click()
        health = page.locator("#pane-health")
        expect(health).to_contain_text("Blind: both voices on one channel")
        tell(server, HealthFact.LOSS, paused="paused", blind="mono")
        expect(health).to_contain_text("Paused")
        server.cut(STREAM)
        expect(page.locator("#pane-status")).to_have_text("Transcript interrupted. Reconnecting…")
        expect(page.locator("#pane-health .hold")).to_be_empty()
        expect(page.locator("#pane-health .health-facts p")).to_have_count(0)
        expect(health).to_contain_text("Blind: both voices on one channel")

        server.send("call", call_data(state="ended", blind="mono"))
        expect(page.locator("#pane-health .meter")).to_have_count(0)
        expect(health).to_contain_text("Blind: both voices on one channel")


@pytest.mark.parametrize(
    ("paused", "words"), [("paused", "Paused"), ("off_record", "Off the record")], ids=["paused", "off-record"]
)
def test_the_list_of_calls_says_which_are_not_heard(
    server: ConsoleServer, browser: Browser, paused: str, words: str
) -> None:
    """One word under the call, until it goes on."""
    start(server, paused=paused)
    with open_page(browser, server.address) as page:
        expect(page.locator("#live-calls .on-hold")).to_have_text(words)
        server.send("call", call_data())
        expect(page.locator("#live-calls .on-hold")).to_have_count(0)


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_every_reason_for_which_a_call_is_blind_has_words(browser: Browser, locale: str) -> None:
    """Measured ones, those known from the start, and speech that could not be followed."""
    mixed, unknown = (blindness(a_call("call-1", channels=(who,))) for who in (Speaker.MIXED, Speaker.UNKNOWN))
    reasons = [*(fact.value for fact in BLINDING), HealthFact.LOSS.value, mixed, unknown, BACKLOG, LATER]
    with serve(ConsoleServer()) as server, open_page(browser, server.address + "/login") as page:
        body = "v[1].filter((reason) => !Object.hasOwn(m.DICTIONARY[v[0]], `blind.${reason}`))"

        assert run(page, "shared/i18n.js", body, locale, reasons) == []


def test_the_page_of_a_call_in_progress_shows_its_health(server: ConsoleServer, browser: Browser) -> None:
    """The same meters, facts and banner as beside the wall, until the call ends."""
    address = review(server, state="live", ended_at=None, end_reason=None)
    with open_page(browser, address) as page:
        tell(server, HealthFact.CLIPPED, paused="off_record", blind="backlog")
        health = page.locator("#health")
        expect(health).to_contain_text("Off the record: nothing is heard or kept")
        expect(health).to_contain_text("Blind: some speech could not be followed in time")
        expect(health).to_contain_text("Too loud: the sound is clipped")
        expect(health.locator(".meter")).to_have_count(2)
        tell(server)
        expect(health.locator(".meter").first).to_have_attribute("title", "Customer: -24\u00a0dB")
        assert words_in(page, "#health").split() == ["Customer", "Agent"]

        review(server)
        server.send("ended", call_data(state="ended"), path=STREAM)
        expect(health.locator(".meter")).to_have_count(0)


def test_a_call_that_was_handed_over_names_everyone(server: ConsoleServer, browser: Browser) -> None:
    """Each with their seconds, and each flag with the agent of its moment."""
    with open_page(browser, review(server, agents=AGENTS)) as page:
        expect(page.locator("#agents li")).to_have_text(["agent-3sales0:00 to 0:06", "agent-7north0:06 to 0:20"])
        expect(page.locator("#review-flags .who-line")).to_have_text(["agent-3sales", "agent-7north"])
        expect(page.locator("#review-held .who-line")).to_have_text("agent-3sales")


def test_a_call_in_progress_is_with_its_agent_since(server: ConsoleServer, browser: Browser) -> None:
    """The last part has no end yet."""
    with open_page(browser, review(server, agents=AGENTS, state="live"), locale="fr") as page:
        expect(page.locator("#agents li .when")).to_have_text(["0:00 à 0:06", "depuis 0:06"])


def test_a_call_with_one_agent_says_it_once(server: ConsoleServer, browser: Browser) -> None:
    """In the title."""
    with open_page(browser, review(server, agents=AGENTS[:1])) as page:
        expect(page.locator("#review-flags .flag")).to_have_count(2)
        expect(page.locator("#agents")).to_be_hidden()
        expect(page.locator("#review-flags .who-line")).to_have_count(0)


GAPS = (
    *(gap_data(channel, 4.0, 6.0, GapReason.PAUSED) for channel in (0, 1)),
    *(gap_data(channel, 14.0, 3.0, GapReason.OFF_RECORD) for channel in (0, 1)),
    gap_data(1, 12.0, 0.4),
    gap_data(0, 18.0, 1.0, GapReason.DISCARDED),
)
LINES = [
    "0:04 to 0:10: paused",
    "0:12, 0.4\u00a0s: lost on the way (Agent)",
    "0:14 to 0:17: off the record",
    "0:18, 1.0\u00a0s: discarded by the source (Customer)",
]


@pytest.mark.parametrize("recorded", [True, False], ids=["recorded", "no-recording"])
def test_what_is_missing_is_drawn_with_its_reason(server: ConsoleServer, browser: Browser, recorded: bool) -> None:
    """At its place on the time axis, on its channels, in words on hover and in a list; with or without a recording."""
    if recorded:
        with_sound(server)
    with open_page(browser, review(server, *GAPS)) as page:
        expect(page.locator("#gap-words li")).to_have_text(LINES)
        drawn = page.locator("#gaps .gap")
        assert [one.get_attribute("title") for one in drawn.all()] == LINES
        assert [one.evaluate("gap => [gap.style.left, gap.style.width, gap.style.top]") for one in drawn.all()] == [
            ["20%", "30%", "0%"],
            ["60%", "2%", "50%"],
            ["70%", "15%", "0%"],
            ["90%", "5%", "0%"],
        ]
        expect(page.get_by_role("list", name="Missing audio")).to_be_visible()
        drawn.first.hover()
        page.mouse.down()
        expect(page.locator("#position")).to_contain_text(re.compile("^0:0[67]"))


def test_a_whole_call_has_no_list_of_gaps(server: ConsoleServer, browser: Browser) -> None:
    """Nothing is said of what is not missing."""
    with open_page(browser, review(server)) as page:
        expect(page.locator("#text-list .utterance")).to_have_count(1)
        expect(page.locator("#gap-words")).to_be_hidden()


def test_small_losses_in_a_row_are_told_as_one(server: ConsoleServer, browser: Browser) -> None:
    """With how much of the stretch is missing; a pause stays a stretch of its own."""
    losses = [gap_data(0, float(second), 0.02) for second in range(1, 9)]
    pauses = [gap_data(0, start_s, 1.0, GapReason.PAUSED) for start_s in (10.0, 12.0)]
    with open_page(browser, server.address + "/login") as page:
        stretches = (
            "m.stretchesOf(v).map((one) => [one.start_s, one.end_s, Math.round(one.missing_s * 100), one.reason])"
        )

        assert run(page, "timeline/gaps.js", stretches, *losses, *pauses) == [
            [1, 8.02, 16, "lost"],
            [10, 11, 100, "paused"],
            [12, 13, 100, "paused"],
        ]
