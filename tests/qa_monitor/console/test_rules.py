"""The rule editor in a real browser, against a server that says what a test tells it to."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.qa_monitor.browser import ConsoleServer, open_page, run, serve
from tests.qa_monitor.console.rule_pages import (
    ADMIN,
    HOSTILE,
    LEAD,
    LEAVES,
    NORTH,
    PAYS,
    PROBLEM,
    PUBLISHED,
    SCOPE,
    SOUTH,
    checked,
    in_force,
    page_server,
)

pytestmark = pytest.mark.browser


@pytest.fixture
def server() -> Iterator[ConsoleServer]:
    with serve(page_server()) as running:
        yield running


def test_what_is_published_is_there_to_be_changed(server: ConsoleServer, browser: Browser) -> None:
    with open_page(browser, f"{server.address}/rules") as page:
        expect(page.locator("#draft")).to_have_value("rules:\n  - id: leaves\n")
        expect(page.locator("#in-force")).to_have_text("In force: version abc123")
        expect(page.locator("#verdict")).to_contain_text("No mistakes.")


def test_mistakes_stand_at_their_lines_and_lead_there(server: ConsoleServer, browser: Browser) -> None:
    server.answers["POST /v1/rules/check"] = checked(PROBLEM)
    with open_page(browser, f"{server.address}/rules") as page:
        expect(page.locator("#gutter .wrong")).to_have_text("2")
        expect(page.locator("#problems li")).to_contain_text(f"rules[0].id found {HOSTILE} allowed: small letters")
        page.locator("#problems button").click()
        assert page.evaluate("document.activeElement.selectionStart") == len("rules:\n")


@pytest.mark.parametrize(
    ("locale", "said"), [("en-GB", "(inherited from another file)"), ("fr-FR", "(hérité d’un autre fichier)")]
)
def test_a_mistake_in_what_a_rule_inherits_says_so(
    server: ConsoleServer, browser: Browser, locale: str, said: str
) -> None:
    """The line it stands on does not show it."""
    server.answers["POST /v1/rules/check"] = checked(PROBLEM | {"field": "rules[0].inhibits[0]", "inherited": True})
    with open_page(browser, f"{server.address}/rules", locale=locale) as page:
        expect(page.locator("#problems li")).to_contain_text(f"rules[0].inhibits[0] {said} ")


def test_a_mistake_in_another_file_is_named_with_it(server: ConsoleServer, browser: Browser) -> None:
    """A draft may make a rule wrong that stands elsewhere: none of its own lines is to blame."""
    server.answers["POST /v1/rules/check"] = checked(PROBLEM | {"file": "/srv/rules/starter.yaml", "line": 44})
    with open_page(browser, f"{server.address}/rules") as page:
        expect(page.locator("#problems li")).to_contain_text(
            "Because of the draft, starter.yaml, line 44: rules[0].id (rule leaves)"
        )
        expect(page.locator("#problems button")).to_have_count(0)
        expect(page.locator("#gutter .wrong")).to_have_count(0)


def test_a_sentence_is_tried_and_its_words_are_lit(server: ConsoleServer, browser: Browser) -> None:
    hit = {"rule_id": "leaves", "phrase": "je pars", "part": 0, "reason": "sound", "certainty": 0.8, "lit": [0, 1]}
    flag = {"rule_id": "leaves", "priority": "high", "held": None}
    server.answers["POST /v1/rules/try"] = {
        "problems": [],
        "words": ["Je", "part", HOSTILE],
        "hits": [hit],
        "flags": [flag],
        "names": {"leaves": {"en": "Leaves", "fr": "Part"}},
    }
    server.answers["POST /v1/rules/check"] = checked(scope=NORTH)
    with open_page(browser, f"{server.address}/rules") as page:
        expect(page.locator("#verdict")).to_contain_text("No mistakes.")
        page.locator("#sentence").fill("Je part")
        with page.expect_request("**/v1/rules/try") as asked:
            page.locator("#try button").click()
        expect(page.locator("#tried mark")).to_have_text(["Je", "part"])
        expect(page.locator("#tried")).to_contain_text("Leaves: “je pars”, sounds alike, certainty 80%")
        expect(page.locator("#tried")).to_contain_text("Leaves: a flag of priority high")
        expect(page.locator("#tried .quote")).to_contain_text(HOSTILE)

        sent = asked.value.post_data_json
        assert sent is not None
        assert NORTH.items() <= sent.items()  # in a call of whom the file is for


def test_a_rule_leads_to_the_calls_it_found_something_in(server: ConsoleServer, browser: Browser) -> None:
    """Those where nobody was told as well: what a rule on trial found. Administrators see no calls."""
    server.answers["GET /v1/rules"] = {**in_force(every=True), "sets": [{"scope": SCOPE, "rules": [LEAVES]}]}
    with open_page(browser, f"{server.address}/rules") as page:
        page.locator("#unjudged-title").click()
        expect(page.get_by_role("link", name="its calls")).to_have_attribute("href", "/calls?rule=leaves&held=true")
    server.answers["GET /v1/me"] = ADMIN
    with open_page(browser, f"{server.address}/rules") as page:
        page.locator("#unjudged-title").click()
        expect(page.locator("#unjudged b")).to_have_text("Leaves")
        expect(page.get_by_role("link", name="its calls")).to_have_count(0)


def test_a_rule_in_force_is_put_into_the_draft(server: ConsoleServer, browser: Browser) -> None:
    """Above the others, as far from the edge as they are; one that is there already is shown where it stands."""
    sets = [{"scope": SCOPE, "rules": [LEAVES, PAYS]}, {"scope": SOUTH, "rules": [LEAVES]}]
    published = {**PUBLISHED, "text": "rules:\n- id: leaves\n"}
    server.answers["GET /v1/rules"] = {**in_force(published, every=True), "sets": sets}
    server.answers["GET /v1/rules/written/pays"] = {"rule_id": "pays", "text": "  - id: pays\n    deadline_s: 60\n"}
    with open_page(browser, f"{server.address}/rules", locale="fr-FR") as page:
        expect(page.locator("#in-force-rule option")).to_have_text(["Paie en retard (pays)", "Part (leaves)"])
        page.locator("#in-force-rule").select_option("pays")
        page.locator("#adopt button").click()
        expect(page.locator("#draft")).to_have_value("rules:\n- id: pays\n  deadline_s: 60\n- id: leaves\n")
        page.locator("#in-force-rule").select_option("leaves")
        page.locator("#adopt button").click()
        expect(page.locator("#adopted")).to_have_text("Elle est déjà dans le brouillon, ligne 4.")


def test_a_rule_in_force_takes_the_place_of_the_example(server: ConsoleServer, browser: Browser) -> None:
    """Where nothing is published yet, and nobody has written anything: the file is for whom it was chosen."""
    rights = in_force(teams=[NORTH])
    server.answers["GET /v1/rules"] = {**rights, "sets": [{"scope": SCOPE, "rules": [LEAVES]}]}
    server.answers["GET /v1/rules/written/leaves"] = {"rule_id": "leaves", "text": "  - id: leaves\n"}
    with open_page(browser, f"{server.address}/rules") as page:
        expect(page.locator("#in-force-rule option")).to_have_text("Leaves (leaves)")
        expect(page.locator("#draft")).to_have_value(re.compile("asks_for_a_date"))
        with page.expect_request("**/v1/rules/written/*") as asked:
            page.locator("#adopt button").click()
        assert asked.value.url.endswith("?tenant=default&team=north")
        expect(page.locator("#draft")).to_have_value('tenant: "default"\nteam: "north"\nrules:\n  - id: leaves\n')


def test_files_that_were_refused_are_shown_with_their_mistakes(server: ConsoleServer, browser: Browser) -> None:
    """Nobody who changed a file by hand believes it in force."""
    refused = {"at": "2026-03-01T10:00:00Z", "problems": [PROBLEM]}
    with open_page(browser, f"{server.address}/rules", locale="fr-FR") as page:
        expect(page.locator("#verdict")).to_contain_text("Aucune erreur.")
        expect(page.locator("#refused-box")).to_be_hidden()
    server.answers["GET /v1/rules"] = {**in_force(PUBLISHED, every=True), "refused": refused}
    with open_page(browser, f"{server.address}/rules", locale="fr-FR") as page:
        expect(page.locator("#refused-why")).to_contain_text("Ce qui était en vigueur le reste.")
        expect(page.locator("#refused li")).to_have_text(
            f"published.yaml Ligne 2 rules[0].id (règle leaves) trouvé {HOSTILE} autorisé : small letters"
        )


def test_publishing_and_taking_back_say_how_it_went(server: ConsoleServer, browser: Browser) -> None:
    server.answers["PUT /v1/rules"] = {"number": 2, "scope": SCOPE}
    with open_page(browser, f"{server.address}/rules") as page:
        page.locator("#by").fill("Camille")
        page.locator("#publish button[type=submit]").click()
        expect(page.locator("#published-words")).to_have_text("Published: in force for calls that run, too.")
        page.locator("#undo").click()
        expect(page.locator("#published-words")).to_have_text("That did not work. Try again.")


@pytest.mark.parametrize(
    ("locale", "may", "not_yours", "not_undone"),
    [
        (
            "en-GB",
            "You may publish for: North.",
            "This file changes rules for everybody: leads of every team and administrators publish it.",
            "What is published for everybody is not yours to take back.",
        ),
        (
            "fr-FR",
            "Vous pouvez publier pour : North.",
            "Ce fichier change les règles pour tout le monde :",
            "Ce qui est publié pour tout le monde n’est pas à vous d’annuler.",
        ),
    ],
)
def test_what_one_may_not_do_is_said_beside_its_button(
    server: ConsoleServer, browser: Browser, locale: str, may: str, not_yours: str, not_undone: str
) -> None:
    """A lead of one team begins with that team's file; everybody's can be looked at, and is not sent."""
    server.answers["GET /v1/me"] = LEAD
    server.answers["GET /v1/rules"] = in_force(PUBLISHED | {"yours": False}, teams=[NORTH])
    with open_page(browser, f"{server.address}/rules", locale=locale) as page:
        expect(page.locator("#draft")).to_have_value(
            re.compile(r'tenant: "default"\nteam: "north"\nrules:\n  - id: asks_for_a_date\n')
        )
        expect(page.locator("#rights")).to_have_text(may)
        expect(page.locator("#publish-go")).to_be_enabled()
        expect(page.locator("#undo")).to_be_disabled()
        expect(page.locator("#by")).to_be_hidden()
        expect(page.locator("#as")).to_contain_text("Gil")
        server.answers["POST /v1/rules/check"] = checked(yours=False)
        page.locator("#published").select_option(index=0)
        expect(page.locator("#publish-go")).to_be_disabled()
        expect(page.locator("#not-yours")).to_contain_text(not_yours)
        expect(page.locator("#undo")).to_be_disabled()
        expect(page.locator("#not-undone")).to_have_text(not_undone)


def test_an_administrator_publishes_and_tries_nothing_on_calls(server: ConsoleServer, browser: Browser) -> None:
    server.answers["GET /v1/me"] = ADMIN
    with open_page(browser, f"{server.address}/rules") as page:
        expect(page.locator("#test-go")).to_be_disabled()
        expect(page.locator("#test-not")).to_have_text("For QA leads: administrators see no calls.")
        expect(page.locator("#publish-go")).to_be_enabled()
        expect(page.locator("#undo")).to_be_enabled()
        expect(page.locator("#rights")).to_be_hidden()


def test_what_was_published_stays_chosen_and_is_taken_back_by_name(server: ConsoleServer, browser: Browser) -> None:
    """Not whatever was published last by anybody."""
    server.answers["GET /v1/me"] = LEAD
    server.answers["GET /v1/rules"] = in_force(PUBLISHED | {"yours": False}, teams=[NORTH, SOUTH])
    server.answers["POST /v1/rules/check"] = checked(scope=SOUTH)
    with open_page(browser, f"{server.address}/rules") as page:
        expect(page.locator("#verdict")).to_contain_text("No mistakes.")
        own = {"scope": SOUTH, "text": "rules: []", "yours": True}
        server.answers["GET /v1/rules"] = in_force(PUBLISHED | {"yours": False}, own, teams=[NORTH, SOUTH])
        server.answers["PUT /v1/rules"] = {"scope": SOUTH}
        page.locator("#publish-go").click()
        expect(page.locator("#published-words")).to_have_text("Published: in force for calls that run, too.")
        expect(page.locator("#published option:checked")).to_have_text("South")
        with page.expect_request("**/v1/rules/undo") as asked:
            page.locator("#undo").click()

        assert asked.value.post_data_json == {"by": "Gil", "scope": SOUTH}


def test_who_published_what_for_whom_is_told(server: ConsoleServer, browser: Browser) -> None:
    change = {"scope": NORTH, "added": ["leaves"], "removed": [], "changed": []}
    entry = {"number": 2, "at": "2026-03-02T10:00:00Z", "by": f"Gil {HOSTILE}", "how": "published", "scope": NORTH}
    start = {"number": 1, "at": "2026-03-01T10:00:00Z", "by": None, "how": "start", "scope": None, "differences": []}
    server.answers["GET /v1/rules/history"] = {"entries": [entry | {"differences": [change]}, start]}
    with open_page(browser, f"{server.address}/rules") as page:
        expect(page.locator("#history li")).to_have_count(2)
        first, second = page.locator("#history li").all()
        expect(first).to_contain_text(f"published for North by Gil {HOSTILE}")
        expect(first).to_contain_text("New: leaves.")
        expect(second).to_contain_text("the service started with them")


def test_what_was_published_once_is_taken_up_as_a_draft(server: ConsoleServer, browser: Browser) -> None:
    """Nothing is in force by it; where the service read files by itself there is nothing to take up."""
    entry = {"number": 7, "at": "2026-03-01T10:00:00Z", "by": "gil", "how": "published", "scope": SOUTH}
    start = {**entry, "number": 1, "by": None, "how": "start", "scope": None}
    server.answers["GET /v1/rules"] = in_force(
        PUBLISHED, {**PUBLISHED, "scope": SOUTH, "text": "rules: []"}, every=True
    )
    server.answers["GET /v1/rules/history"] = {"entries": [one | {"differences": []} for one in (entry, start)]}
    server.answers["GET /v1/rules/history/7"] = {"published": 'team: "south"\nrules: # as it was\n'}
    with open_page(browser, f"{server.address}/rules", locale="fr-FR") as page:
        expect(page.locator("#history button")).to_have_count(1)
        page.locator("#draft").fill("rules: # mine")
        page.locator("#history button").click()
        expect(page.locator("#draft")).to_have_value('team: "south"\nrules: # as it was\n')
        expect(page.locator("#published option:checked")).to_have_text("South")
        expect(page.locator("#published-words")).to_contain_text("Publiez-le pour le remettre en vigueur.")
        page.keyboard.press("Control+z")
        expect(page.locator("#draft")).to_have_value("rules: # mine")


def test_the_place_of_a_line_is_found(server: ConsoleServer, browser: Browser) -> None:
    """A line beyond the end is the last one."""
    with open_page(browser, f"{server.address}/rules") as page:
        places = "[1, 2, 9].map((line) => m.placeOfLine('ab\\ncde', line))"
        assert run(page, "rules/editor.js", places) == [[0, 2], [3, 6], [3, 6]]
