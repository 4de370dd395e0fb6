"""The page "Is my call arriving?" in a real browser, against a server that says what a test tells it to."""

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from qa_monitor.routes.arrivals import ArrivalJson
from qa_monitor.telephony.arrivals import ArrivalState
from streams.health.call_health import HealthFact
from streams.records import Speaker
from tests.qa_monitor.arrivals_json import a_busy_hour, an_arrival, arrivals_data, both, level, live, over, refused
from tests.qa_monitor.browser import ConsoleServer, open_page, timeless_page

pytestmark = pytest.mark.browser

HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script>"
STREAM = "/v1/arrivals/stream"
COLOUR = "(element) => getComputedStyle(element, null).backgroundColor"
KEEP = "(element) => { window.kept = element; }"
SAME = "(element) => window.kept === element"
CUT_OFF = """all => all
  .filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== "inline")
  .map((one) => one.textContent)"""
REFUSALS = [
    (400, "Incomplete request", "Demande incomplète"),
    (401, "Log-in missing or wrong", "Identification absente ou fausse"),
    (403, "Not allowed: machine or signature", "Non admise : machine ou signature"),
    (404, "Unknown address", "Adresse inconnue"),
    (503, "No room for another call", "Plus de place pour un appel"),
    (1003, "Format not supported", "Format non pris en charge"),
    (1007, "Unreadable data", "Données illisibles"),
    (1008, "Against the protocol, or wrong token", "Contraire au protocole, ou jeton faux"),
    (1009, "Message too long", "Message trop long"),
    (1011, "Fault in this service", "Panne de ce service"),
    (1012, "The service is stopping", "Le service s’arrête"),
    (1999, "Closed", "Fermée"),
]


def tell(server: ConsoleServer, *arrivals: ArrivalJson, after_s: float = 42.0) -> None:
    server.send("arrivals", arrivals_data(*arrivals, after_s=after_s), path=STREAM)


def rows(page: Page) -> Locator:
    return page.locator("#rows tr")


def widths(page: Page) -> list[str]:
    return [bar.evaluate("(bar) => bar.style.width") for bar in page.locator("#rows .filled").all()]


@pytest.mark.parametrize(
    ("locale", "words"),
    [("en-GB", ["Waiting", "Live", "Ended", "No call", "Refused"]),
     ("fr-FR", ["En attente", "En cours", "Terminée", "Aucun appel", "Refusée"])],
)  # fmt: skip
def test_every_state_has_a_word_and_a_shape(
    server: ConsoleServer, browser: Browser, locale: str, words: list[str]
) -> None:
    """Told apart without colour: dashed ring, filled ring, filled ring in grey with thin words, ring, square."""
    ended = over(ArrivalState.ENDED, 1000, "the call has ended", 3, call_id="call-3")
    tell(server, an_arrival(5), live(4), ended, refused(1006, number=2), refused(401, "wrong token", 1))
    with open_page(browser, f"{server.address}/arrivals", locale=locale) as page:
        expect(page.locator("#rows .stand")).to_have_text(words)
        looks = page.locator("#rows .spot").evaluate_all(
            "all => all.map(one => { const s = getComputedStyle(one);"
            " return [s.borderTopStyle, s.borderTopLeftRadius, s.backgroundColor].join(' '); })"
        )
        assert len(set(looks)) == len(words)


def test_levels_are_drawn_and_follow_the_sound(server: ConsoleServer, browser: Browser) -> None:
    """A bar per channel from -60 dB to full scale, the figure beside it; silence is said in words."""
    tell(server, live(channels=both(-30.0, -100.0)))
    with open_page(browser, f"{server.address}/arrivals") as page:
        expect(page.locator("#rows .who")).to_have_text(["Customer", "Agent"])
        expect(page.locator("#rows .db")).to_have_text(["-30\u00a0dB", "silent"])
        assert widths(page) == ["50%", "0%"]

        tell(server, live(channels=both(-61.0, -6.0)))
        expect(page.locator("#rows .db")).to_have_text(["silent", "-6\u00a0dB"])
        assert widths(page) == ["0%", "90%"]


def test_a_call_that_sends_no_audio_says_so(server: ConsoleServer, browser: Browser) -> None:
    """And so does a connection that has not begun its call."""
    tell(server, an_arrival(2), live(1, channels=[]))
    with open_page(browser, f"{server.address}/arrivals") as page:
        expect(rows(page).nth(0).locator(".remarks")).to_have_text("Connected; no start message yet.")
        expect(rows(page).nth(1).locator(".heard")).to_have_text("no audio yet")


def test_a_refusal_says_its_kind_its_code_and_the_reason(server: ConsoleServer, browser: Browser) -> None:
    """The kind in the page's language; the reason as the other side was told, marked as English."""
    tell(server, *(refused(code, f"reason {code}", code) for code, _, _ in REFUSALS))
    with open_page(browser, f"{server.address}/arrivals") as page:
        kinds, reasons = page.locator("#rows .kind.wrong"), page.locator("#rows .reason[lang=en]")
        expect(kinds).to_have_text([f"{english} {code}" for code, english, _ in REFUSALS])
        expect(reasons).to_have_text([f"reason {code}" for code, _, _ in REFUSALS])
        expect(page.locator("#summary")).to_have_text("No call is arriving. 12 connections were refused lately.")
        page.locator("#language button[lang=fr]").click()
        expect(kinds).to_have_text([f"{french} {code}" for code, _, french in REFUSALS])


def test_a_reason_is_said_in_french_and_kept_as_it_was_told(server: ConsoleServer, browser: Browser) -> None:
    """With its values filled in, down to what a field may hold; a sentence nobody knows stays English and says so."""
    said = [
        "no valid start within 10 s",
        "start.rate_hz: found nothing; allowed: a whole number from 0",
        "more than 2 s of audio before the preamble; format: found an object; allowed: pcm, or encoding and rate_hz in"
        " the route",
        "some other sentence",
    ]
    tell(server, *(refused(1008, reason, len(said) - place) for place, reason in enumerate(said)))
    with open_page(browser, f"{server.address}/arrivals", locale="fr-FR") as page:
        expect(page.locator("#rows .reason")).to_have_text([
            "pas de début valable en 10 s",
            "start.rate_hz : rien n’a été trouvé ; permis : un nombre entier à partir de 0",
            "plus de 2 s d’audio avant le préambule ; format : trouvé un objet ; permis : pcm, ou encoding et rate_hz"
            " dans la route",
            "some other sentence",
        ])  # fmt: skip
        expect(page.locator("#rows .reason").first).to_have_attribute("title", said[0])
        expect(page.locator("#rows .reason[lang=en]")).to_have_text([said[3]])


def test_leaving_without_a_call_is_no_refusal(server: ConsoleServer, browser: Browser) -> None:
    """A probe that closed normally, or a source that went away, is not counted among the refused."""
    tell(server, refused(1000, "the session is closed", 2), refused(1006, number=1))
    with open_page(browser, f"{server.address}/arrivals") as page:
        expect(page.locator("#rows .kind")).to_have_text(["Closed normally 1000", "Left by the other side 1006"])
        expect(page.locator("#rows .wrong")).to_have_count(0)
        expect(page.locator("#summary")).to_have_text("No call is arriving.")


def test_what_is_wrong_and_what_was_left_out_is_said_in_words(server: ConsoleServer, browser: Browser) -> None:
    """Facts of the sound, missing audio, and rejected messages with their counts, in both languages."""
    said = {"late": 2, "client_error_408": 1, "brand_new": 3}
    heard = [level(Speaker.CUSTOMER, -20, 0.004), level(Speaker.AGENT, -20, 0.123)]
    tell(server, live(facts=[HealthFact.ONE_WAY, HealthFact.CLIPPED], rejected=said, channels=heard))
    with open_page(browser, f"{server.address}/arrivals") as page:
        expect(page.locator("#rows .remarks p")).to_have_text([
            "One-way audio: one channel stays silent",
            "Too loud: the sound is clipped",
            "12% of the audio is missing",
            "Left out: too late\u00a0×2, errors told by the source (408)\u00a0×1, brand new\u00a0×3",
        ])  # fmt: skip
        page.locator("#language button[lang=fr]").click()
        expect(page.locator("#rows .fact").first).to_have_text("Son à sens unique : un canal reste muet")
        expect(page.locator("#rows .left")).to_contain_text("Écartés : trop tard\u00a0×2")

        tell(server, live(channels=[level(Speaker.CUSTOMER, -20, 0.004)]))
        expect(page.locator("#rows .remarks")).to_have_text(re.compile("^0,4.%\\s*de l’audio manque"))


def test_a_call_leads_to_its_review_and_keeps_its_times(server: ConsoleServer, browser: Browser) -> None:
    """The call's page, its agent, when it was opened and how long it lasted; the day where it is another one."""
    ended = over(ArrivalState.ENDED, 1000, "", 1, call_id="a/b c", agent_id="agent-3")
    tell(server, ended, after_s=3600.0)
    with open_page(browser, f"{server.address}/arrivals") as page:
        expect(page.locator("#rows a")).to_have_attribute("href", "/calls/a%2Fb%20c")
        expect(page.locator("#rows .agent")).to_have_text("agent-3")
        expect(page.locator("#rows .opened span")).to_have_text(re.compile(r"^\d\d:00:00$"))
        expect(page.locator("#rows .opened p")).to_have_text("0:05")

        tell(server, ended, after_s=48 * 3600.0)
        expect(page.locator("#rows .opened span")).to_have_text(re.compile(r"^\d\d/\d\d, \d\d:00:00$"))


def test_rows_keep_their_place_and_what_is_focused(server: ConsoleServer, browser: Browser) -> None:
    """Every second brings a new list: the link under the keyboard stays, and so do the columns."""
    tell(server, live(2), an_arrival(1))
    with open_page(browser, f"{server.address}/arrivals") as page:
        link = page.get_by_role("link", name="call-2")
        link.focus()
        link.evaluate(KEEP)
        before = page.locator("th.remarks").bounding_box()
        newer = live(3, channels=both(-2, -100), facts=list(HealthFact), call_id="c" * 120)
        tell(server, newer, live(2, channels=both(-5, -6), rejected={"late": 1}), live(1), after_s=43.0)
        expect(rows(page)).to_have_count(3)
        tell(server, newer, live(1), over(ArrivalState.ENDED, 1000, "", 2, call_id="call-2"), after_s=44.0)
        expect(rows(page).nth(2).locator(".stand")).to_have_text("Ended")

        expect(link).to_be_focused()
        assert link.evaluate(SAME)
        assert page.locator("th.remarks").bounding_box() == before
        expect(page.locator("#rows a")).to_have_text(["c" * 120, "call-1", "call-2"])


def test_a_focused_row_that_moves_keeps_the_keyboard(server: ConsoleServer, browser: Browser) -> None:
    """Calls that end go below those that live."""
    tell(server, live(2), live(1))
    with open_page(browser, f"{server.address}/arrivals") as page:
        page.get_by_role("link", name="call-1").focus()
        tell(server, live(1), over(ArrivalState.ENDED, 1000, "", 2, call_id="call-2"))
        expect(page.locator("#rows a")).to_have_text(["call-1", "call-2"])

        expect(page.get_by_role("link", name="call-1")).to_be_focused()


def test_a_row_grows_no_taller_when_its_call_begins(server: ConsoleServer, browser: Browser) -> None:
    """What stands below stays where it is, so that nothing moves under the pointer."""
    tell(server, an_arrival(2), refused(401, "wrong token", 1))
    with open_page(browser, f"{server.address}/arrivals") as page:
        below = rows(page).nth(1)
        before = below.bounding_box()
        tell(server, live(2, facts=[HealthFact.ONE_WAY]), refused(401, "wrong token", 1))
        expect(page.locator("#rows .bar")).to_have_count(2)

        assert below.bounding_box() == before


def test_what_others_send_is_shown_as_text(server: ConsoleServer, browser: Browser) -> None:
    """Names of calls, agents, machines and protocols, reasons and counts never become part of the page."""
    bad = live(2, call_id=HOSTILE, agent_id=HOSTILE, dialect=HOSTILE, peer=HOSTILE, rejected={HOSTILE: 1})
    tell(server, bad, refused(1008, HOSTILE, 1))
    with open_page(browser, f"{server.address}/arrivals") as page:
        page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
        first = rows(page).first
        for cell in (".dialect", ".peer", ".call a", ".call p", ".left"):
            expect(first.locator(cell)).to_contain_text(HOSTILE.replace("_", " ") if cell == ".left" else HOSTILE)
        expect(page.locator("#rows .reason")).to_have_text(HOSTILE)

        assert page.locator("#list img, body script").count() == 0


def test_the_page_switches_language_and_remembers_it(server: ConsoleServer, browser: Browser) -> None:
    """Everything on the page, its title and the copy buttons included."""
    tell(server, *a_busy_hour())
    with open_page(browser, f"{server.address}/arrivals", locale="fr-CA") as page:
        expect(page).to_have_title("Mon appel arrive-t-il ? – qa-monitor")
        expect(page.locator("#summary")).to_have_text(
            "5 appels arrivent. 1 connexion attend son début. 3 connexions refusées récemment."
        )
        page.locator("#language button[lang=en]").click()
        expect(page).to_have_title("Is my call arriving? – qa-monitor")
        expect(page.locator("#summary")).to_have_text(
            "5 calls are arriving. 1 connection is waiting for its start. 3 connections were refused lately."
        )
        expect(page.locator("#places button").first).to_have_accessible_name("Copy: Genesys AudioHook")
        page.reload()
        expect(page.locator("html")).to_have_attribute("lang", "en")


def test_a_lost_stream_says_so_and_comes_back(server: ConsoleServer, browser: Browser) -> None:
    """What is still shown is said to be old, and its bars lose their colour, until the next list."""
    tell(server, live())
    with open_page(browser, f"{server.address}/arrivals") as page:
        bar = page.locator("#rows .filled").first
        expect(page.locator("#link-words")).to_have_text("Live")
        lively = bar.evaluate(COLOUR)
        server.cut(STREAM)
        expect(page.locator("#link-words")).to_have_text("Connection lost. Reconnecting…")
        expect(page.locator("#summary")).to_have_text(
            re.compile(r"Connection to the service lost: this is how it stood at \d\d:00:42\. 1 call is arriving\.")
        )
        assert bar.evaluate(COLOUR) != lively

        tell(server, live(), after_s=50.0)
        expect(page.locator("#link-words")).to_have_text("Live", timeout=10_000)
        expect(page.locator("#summary")).to_have_text("1 call is arriving.")


def test_a_stream_that_falls_silent_is_not_taken_for_a_quiet_service(server: ConsoleServer, browser: Browser) -> None:
    """The list comes every second: after six without one, the connection is made anew, in words."""
    tell(server)
    with timeless_page(browser, f"{server.address}/arrivals") as page:
        expect(page.locator("#link-words")).to_have_text("Live")
        page.clock.run_for(5900)
        expect(page.locator("#link-words")).to_have_text("Live")
        page.clock.run_for(200)
        expect(page.locator("#link-words")).to_have_text("Connection lost. Reconnecting…")


def test_nobody_there_says_so_and_after_ten_seconds_what_to_check(server: ConsoleServer, browser: Browser) -> None:
    """Address, TLS, token and a command to try; the addresses below do not move; the first connection ends it."""
    tell(server, after_s=0.0)
    tell(server, after_s=9.0)
    with open_page(browser, f"{server.address}/arrivals") as page:
        expect(page.locator("#none-words")).to_have_text("Nobody has connected since the service started.")
        expect(page.locator("#help")).to_be_hidden()
        expect(page.locator("#table")).to_be_hidden()
        before = page.locator("#places").bounding_box()
        tell(server, after_s=10.0)
        for text in ("The address:", "TLS:", "The token:", "docs/telephony/tls.md", f"--url {server.address}"):
            expect(page.locator("#help")).to_contain_text(text)
        assert page.locator("#places").bounding_box() == before

        tell(server, an_arrival(), after_s=11.0)
        expect(page.locator("#none")).to_be_hidden()
        tell(server, after_s=12.0)
        expect(page.locator("#none")).to_be_visible()
        expect(page.locator("#help")).to_be_hidden()


def test_an_address_is_copied_by_keyboard_and_said(server: ConsoleServer, browser: Browser) -> None:
    """The clipboard holds it, the button says so, and a screen reader is told politely."""
    tell(server)
    with open_page(browser, f"{server.address}/arrivals") as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        address = f"{server.address.replace('http', 'ws')}/v1/streams/pcm/jambonz"
        button = page.get_by_role("button", name="Copy: jambonz")
        button.focus()
        page.keyboard.press("Enter")
        expect(page.locator("#copied[role=status]")).to_have_text(f"Copied: {address}")
        done = page.get_by_role("button", name="Copied: jambonz")
        expect(done).to_be_focused()
        expect(done).to_have_text("Copied")
        assert page.evaluate("navigator.clipboard.readText()") == address

        page.get_by_role("button", name="Copy: Vonage").click()
        expect(page.locator("#places button", has_text="Copied")).to_have_count(1)


def test_the_public_address_is_shown_where_it_is_set(server: ConsoleServer, browser: Browser) -> None:
    """What telephony has to be given, rather than how this page reached the service."""
    server.send("arrivals", arrivals_data(address="wss://calls.example.com/v1/streams/"), path=STREAM)
    with open_page(browser, f"{server.address}/arrivals") as page:
        expect(page.locator("#places code").nth(1)).to_have_text("wss://calls.example.com/v1/streams/twilio")
        expect(page.locator("#places-hint")).to_have_text("By the public address in telephony.toml.")


def test_an_address_is_selected_where_the_clipboard_is_not_lent(server: ConsoleServer, browser: Browser) -> None:
    """Over plain HTTP from another machine there is no clipboard: one key is left to press, and that is said."""
    tell(server)
    with open_page(browser, f"{server.address}/arrivals") as page:
        page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
        page.get_by_role("button", name="Copy: Twilio").click()
        expect(page.locator("#copied")).to_contain_text("The address is selected")
        assert page.evaluate("getSelection().toString()").endswith("/v1/streams/twilio")


def test_the_keyboard_skips_to_the_list_and_reaches_everything(server: ConsoleServer, browser: Browser) -> None:
    """Skip link, other pages and their menu, languages, calls, addresses, in the order of the page."""
    tell(server, live())
    with open_page(browser, f"{server.address}/arrivals") as page:
        expect(page.locator("#rows a")).to_be_visible()
        seen = []
        for _ in range(12):
            page.keyboard.press("Tab")
            seen.append(page.evaluate("document.activeElement.textContent"))
        assert seen[:2] == ["Skip to the connections", "Live calls"]
        places = seen[1 : seen.index("More") + 1]
        assert places == ["Live calls", "Calls", "Reviews", "Reports", "Voice of the customer", "More"]
        beyond = seen[seen.index("More") + 1 :]
        assert [one for one in beyond if one != "Operator"][:4] == ["EN", "FR", "call-1", "Copy"], beyond

        page.locator("#language button[lang=fr]").focus()
        page.keyboard.press("Space")
        expect(page.locator("#title")).to_have_text("Mon appel arrive-t-il ?")
        page.locator(".skip").focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        expect(page.locator("#rows a")).to_be_focused()


def test_a_busy_page_fits_a_small_screen(server: ConsoleServer, browser: Browser) -> None:
    """Nothing is cut off at 1280 wide, in the longer language; names of protocols are people's."""
    tell(server, *a_busy_hour())
    with open_page(browser, f"{server.address}/arrivals", locale="fr-FR") as page:
        expect(rows(page)).to_have_count(12)
        expect(rows(page).nth(1).locator(".dialect")).to_have_text("Genesys AudioHook")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        cells = page.locator("#rows td, #rows .who, #rows .db, .places li > *")
        assert cells.evaluate_all(CUT_OFF) == []
