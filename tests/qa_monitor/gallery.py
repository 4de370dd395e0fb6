"""The scenes of the gallery: what each shows, and how it comes about on a page of its own."""

import base64
import re
from collections.abc import Callable, Mapping
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from qa_monitor.records.calls import CallState, StoredCall
from qa_monitor.records.flags import StoredFlag
from qa_monitor.wire.calls import call_json
from qa_monitor.wire.flags import flag_json
from qa_monitor.wire.utterances import utterance_json
from tests.qa_monitor.arrivals_json import a_busy_hour, arrivals_data
from tests.qa_monitor.browser import ConsoleServer, silence
from tests.qa_monitor.console.test_customers import CLIP, a_term, surge_data, themes_data
from tests.qa_monitor.console_json import Json, fresh_flag, heartbeat_data
from tests.qa_monitor.gallery_data import followed, starter_rules
from tests.qa_monitor.people_service import GOOD, Staffed
from tests.qa_monitor.wall import agents_data, full_wall

SOON_MS = 30_000
SIZE = {"width": 1280, "height": 760}
LARGEST_BYTES = 150_000
TO_WEBP = """async (png) => {
  const shown = new Image();
  shown.src = `data:image/png;base64,${png}`;
  await shown.decode();
  const canvas = new OffscreenCanvas(shown.width, shown.height);
  canvas.getContext("2d").drawImage(shown, 0, 0);
  const file = new Uint8Array(await (await canvas.convertToBlob({ type: "image/webp", quality: 0.9 })).arrayBuffer());
  return btoa(Array.from(file, (byte) => String.fromCharCode(byte)).join(""));
}"""

RULE = """rules:
  - id: asks_for_a_date
    name: {en: Wants a date, fr: Veut une date}
    priority: medium
    action:
      en: Help the agent to name a date that can be kept.
      fr: Aider l'agent à donner une date qui peut être tenue.
    deadline_s: 120
    when:
      words:
        speaker: customer
        phrases:
          en: [want a date, by when]
          fr: [veux une date, pour quand]
"""
Scene = Callable[[ConsoleServer, Page, str], None]


def photograph(browser: Browser, page: Page, file: Path) -> None:
    """The page as it is, as a small file. Fails where it is not small."""
    png = base64.b64encode(page.screenshot(animations="disabled", caret="hide")).decode()
    darkroom = browser.new_page()
    try:
        file.write_bytes(base64.b64decode(darkroom.evaluate(TO_WEBP, png)))
    finally:
        darkroom.close()
    assert 0 < file.stat().st_size < LARGEST_BYTES, f"{file.name} has {file.stat().st_size} bytes"


def begin(server: ConsoleServer, calls: list[Json], flags: list[Json], **beat: object) -> None:
    server.answers["GET /v1/calls"] = {"calls": []}
    server.answers["GET /v1/flags"] = {"flags": []}
    server.answers["GET /v1/agents"] = {"agents": agents_data(22), "teams": [], "accounts": []}
    server.send("snapshot", {"calls": calls, "flags": flags}, event_id="g-1")
    server.send("heartbeat", heartbeat_data(calls_live=len(calls), consoles=3) | beat)


def live_call(language: str) -> tuple[Json, list[Json], list[Json]]:
    """The bundled call in that language while it goes on: call, flags, utterances."""
    now = followed(language)
    stored = StoredCall(call=now.call, state=CallState.LIVE)
    told = [
        flag_json(StoredFlag(flag=flag, agent_id=now.call.agent_id, team=now.call.team, language=now.call.language))
        for flag in now.flags
    ]
    scores = {score.utterance_id: score for score in now.scores}
    said = [utterance_json(one, scores.get(one.utterance_id)).model_dump(mode="json") for one in now.said]
    call = call_json(stored, now.call.started_at).model_dump(mode="json")
    call["flags"] = {"high": 1, "medium": len(told) - 1, "low": 0}
    return call, [one.model_dump(mode="json") | {"saved": True} for one in told], said


def quiet(server: ConsoleServer, page: Page, language: str) -> None:
    """Nothing asks for anybody."""
    calls, _ = full_wall()
    begin(server, [call | {"blind": None, "paused": None, "course": None} for call in calls], [])
    page.goto(server.address)
    expect(page.locator("#live-calls .call")).to_have_count(17, timeout=SOON_MS)


def flag(server: ConsoleServer, page: Page, language: str) -> None:
    """One flag of high priority with its evidence, beside the live transcript of its call."""
    call, flags, said = live_call(language)
    urgent = [one for one in flags if one["priority"] == "high"] or flags
    others, _ = full_wall()
    begin(server, [call, *others[:6]], urgent[:1])
    for one in said:
        server.send("utterance", one, path=f"/v1/calls/{call['call_id']}/stream")
    page.goto(f"{server.address}/?call={call['call_id']}")
    expect(page.locator("#pane-list .utterance")).to_have_count(len(said), timeout=SOON_MS)
    expect(page.locator("#flag-list .flag")).to_have_count(1)
    page.locator("#flag-list .flag .latency summary").click()
    page.mouse.move(5, 5)


def flood(server: ConsoleServer, page: Page, language: str) -> None:
    """Counts by rule instead of a pile of cards, the most pressing on top."""
    calls, _ = full_wall()
    call, told, _ = live_call(language)
    urgent = next(one for one in told if one["priority"] == "high")
    flags = [urgent]
    for number, name in enumerate(["refund"] * 6 + ["competitor"] * 6):
        rule, where = starter_rules()[name], calls[number]
        told_of = {"rule_id": rule.rule_id, "name": {"en": rule.name_en, "fr": rule.name_fr}}
        asked = {"action": {"en": rule.action_en, "fr": rule.action_fr}, "call_id": where["call_id"]}
        flags.append(fresh_flag(f"f{number}", priority="medium", agent_id=where["agent_id"]) | told_of | asked)
    calls = [call, *calls]
    begin(server, calls, flags, desks=[{"desk": "everyone", "told": 13, "flooded": True}])
    page.goto(server.address)
    expect(page.locator("#flood-list .count").first).to_be_visible(timeout=SOON_MS)


def blind(server: ConsoleServer, page: Page, language: str) -> None:
    """A call that cannot be judged says so, and why, instead of looking calm."""
    call, _, said = live_call(language)
    calls, _ = full_wall()
    begin(server, [call | {"blind": "one_way", "flags": {"high": 0, "medium": 0, "low": 0}}, *calls[:5]], [])
    stream = f"/v1/calls/{call['call_id']}/stream"
    for one in said[:4]:
        if one["speaker"] == "agent":
            server.send("utterance", one, path=stream)
    channel = {"clipped_share": 0.0, "lost_share": 0.0, "spoken_s": 4.0}
    channels = [channel | {"level_db": -100.0}, channel | {"level_db": -22.0}]
    health = {"at_s": 20.0, "channels": channels, "facts": ["one_way"], "blind": "one_way", "paused": None}
    server.send("health", health, path=stream)
    page.goto(f"{server.address}/?call={call['call_id']}")
    expect(page.locator("#pane-health .blind")).not_to_be_empty(timeout=SOON_MS)


def lost(server: ConsoleServer, page: Page, language: str) -> None:
    """The service is not heard: the page says since when, and keeps what it knew."""
    flag(server, page, language)
    page.context.set_offline(True)
    server.cut()
    expect(page.locator("#pulse.lost, #pulse.silent")).to_be_visible(timeout=SOON_MS)


def wall(server: ConsoleServer, page: Page, language: str) -> None:
    """22 agents at a glance."""
    begin(server, *full_wall())
    page.goto(f"{server.address}/wall")
    expect(page.locator(".tile")).to_have_count(22, timeout=SOON_MS)


def customers(server: ConsoleServer, page: Page, language: str) -> None:
    """What is new this week, and a surge."""
    terms = [
        a_term("panne de réseau", 148, 2.4),
        a_term("mise à jour du décodeur", 37, 18.5, fresh=True, reasons=[]),
        a_term("frais de dossier", 21, 1.8, reasons=["billing"]),
    ]
    server.answers["GET /v1/themes"] = themes_data(terms=terms)
    server.answers["GET /v1/themes/surges"] = {"surges": [surge_data()]}
    server.audio[CLIP] = silence(3)
    page.goto(f"{server.address}/customers")
    expect(page.locator(".surge")).to_be_visible(timeout=SOON_MS)
    expect(page.locator("header .nav a").first).to_be_visible()


def connections(server: ConsoleServer, page: Page, language: str) -> None:
    """Telephony's connections: waiting, followed, refused and over, with what is wrong."""
    server.send("arrivals", arrivals_data(*a_busy_hour()), path="/v1/arrivals/stream")
    page.goto(f"{server.address}/arrivals")
    expect(page.locator("#list tbody tr >> nth=8")).to_be_visible(timeout=SOON_MS)
    expect(page.locator("header .nav a").first).to_be_visible()


SCENES: Mapping[str, Scene] = {
    "quiet": quiet, "flag": flag, "flood": flood, "blind": blind, "lost": lost, "wall": wall, "customers": customers,
    "connections": connections,
}  # fmt: skip
"""Of the coach page, the wall, the customers' voice and the connections, from what a server tells."""

PLACES: Mapping[str, tuple[str, str, str]] = {
    "review": ("/calls/{call}", "", "#text-list .utterance >> nth=4"),
    "rules": ("/rules", "", "#unjudged-title"),
    "people": ("/people", "", "#account-table tbody tr >> nth=4"),
    "account": ("/account", "", "#home"),
    "arrivals": ("/arrivals", "", "h1"),
    "latency": ("/latency", "", "#stages"),
    "mine": ("/mine", "eve", ".own-flag"),
    "calls": ("/calls?min_flags=1", "", "#calls tbody >> nth=5"),
    "search": ("/calls?text={word}", "", "#calls mark"),
    "reviews": ("/reviews", "qa-lead", "#kappa table"),
    "reports": ("/reports", "", "#result table tbody tr >> nth=3"),
}
"""Of the other pages, with the service's own data: address, whose page it is (none: the operator's), what to await."""


def visit(house: Staffed, page: Page, name: str, call_id: str) -> None:
    """Log in and wait until the page shows something."""
    path, account, ready = PLACES[name]
    page.goto(house.url + path.format(call=call_id, word="facture" if call_id.startswith("fr") else "refund"))
    if account:
        page.locator("#name").fill(account)
        page.locator("#password").fill(GOOD)
        page.locator("#password").press("Enter")
    else:
        page.locator("#token").fill(house.token)
        page.locator("#token").press("Enter")
    expect(page.locator(ready).first).to_be_visible(timeout=SOON_MS)
    if name != "arrivals":  # which goes on being told
        page.wait_for_load_state("networkidle")
    if name == "rules":
        page.locator("#draft").fill(RULE)
        expect(page.locator("#verdict")).to_contain_text(re.compile("No mistakes|Aucune erreur"), timeout=SOON_MS)
