"""What is refused on a page is said in the page's language: the sources are read for every sentence."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from playwright.sync_api import Page

from qa_monitor.people.shifts import FORM
from qa_monitor.reviews.records import Act
from streams.records import Language
from tests.qa_monitor.browser import ConsoleServer, open_browser, open_page, run, serve
from tests.qa_monitor.console.test_reasons import texts
from tests.qa_monitor.console_words import words_of

ROOT = Path(__file__).parents[3] / "qa_monitor"
SOURCES = [
    *sorted((ROOT / "people").glob("*.py")),
    *sorted((ROOT / "reports").glob("customers*.py")),
    ROOT / "security" / "entrance.py",
]
ERRORS = ("PeopleError", "CustomerError")
NAMED = {"FORM": FORM}
ENGLISH = {key: text for key, text in words_of(Language.EN).items() if key.startswith("refused.allowed.")}
LISTS = re.compile(r"7|7 cells|coach, .*|team, .*")
"""What is a list of names alone needs no words."""


def allowed_texts() -> Iterator[str]:
    """What is said to be allowed, each value in it replaced by a digit."""
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ERRORS:
                yield from (text for one in node.keywords if one.arg == "allowed" for text in said(one.value))
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in ("allowed", "most"):
                yield from said(node.value)


def said(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Name):
        yield from (NAMED[node.id],) if node.id in NAMED else ()
    else:
        yield from texts(node)


ALLOWED = sorted({text for text in allowed_texts() if not LISTS.fullmatch(text)})


PAGES = (
    *("reviews", "reviewing", "calibrations", "comments", "scorecards", "flag_disputes", "my_reviews", "mine"),
    *("library", "schedules", "themes"),
)
"""Routes whose refusals pages show as they come."""
RAISED = ("NotNow", "WrongStep", "WrongThread", "NotYours")
MET_NOWHERE = {"nothing was scored once more yet"}
"""No page asks for it."""


def whole_sentences() -> Iterator[str]:
    """What is refused in one sentence."""
    for source in [*(ROOT / "reviews").glob("*.py"), *(ROOT / "routes" / f"{name}.py" for name in PAGES)]:
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = ast.unparse(node.func)
            if name in RAISED:
                yield from texts(node.args[0])
            elif name == "HTTPException" and not ast.unparse(node.args[0]).startswith("5"):
                yield from texts(node.args[1])


WHOLE = sorted({text for text in whole_sentences() if text != "to: 7"} - MET_NOWHERE)


def patterns_of(family: str) -> list[str]:
    texts_of = (text for key, text in words_of(Language.EN).items() if key.startswith(f"{family}."))
    return ["(.+?)".join(map(re.escape, re.split(r"\{\w+\}", text))) for text in texts_of]


@pytest.mark.parametrize("sentence", WHOLE)
def test_what_is_refused_in_one_sentence_has_words_in_both_languages(sentence: str) -> None:
    assert any(re.fullmatch(pattern, sentence) for pattern in patterns_of("refused.whole"))


def test_every_act_and_state_in_a_sentence_has_words() -> None:
    """They are values of other sentences."""
    acts = {act.__name__.lower() for act in get_args(Act)}

    assert {key.removeprefix("refused.act.") for key in words_of(Language.EN) if key.startswith("refused.act.")} == acts


def test_the_sources_were_read() -> None:
    """The search would otherwise prove nothing."""
    assert len(ALLOWED) >= 24
    assert len(WHOLE) >= 40
    assert "this calibration is closed" in WHOLE
    assert "an account that is set up" in ALLOWED


@pytest.mark.parametrize("allowed", ALLOWED)
def test_what_is_allowed_has_words_in_both_languages(allowed: str) -> None:
    patterns = ["(.+?)".join(map(re.escape, re.split(r"\{\w+\}", text))) for text in ENGLISH.values()]

    assert any(re.fullmatch(pattern, allowed) for pattern in patterns)


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with (
        serve(ConsoleServer()) as server,
        open_browser() as browser,
        open_page(browser, server.address + "/login") as page,
    ):
        yield page


@pytest.mark.browser
@pytest.mark.parametrize(
    ("refusal", "french"),
    [
        (
            "teams: found 'nowhere'; allowed: a team that is set up: north, south",
            "équipes : trouvé « nowhere » ; attendu : une équipe définie : north, south",
        ),
        (
            "teams: found 'x'; allowed: a team that is set up: none is set up yet",
            "équipes : trouvé « x » ; attendu : une équipe définie : aucune n’est définie pour l’instant",
        ),
        ("roles: found ''; allowed: coach, qa_lead", "rôles : rien n’a été trouvé ; attendu : coach, qa_lead"),
        (
            "shifts: found 'x'; allowed: nothing for a team",
            "horaires : trouvé « x » ; attendu : rien pour cette sorte de ligne (Équipe)",
        ),
        ("row: found 9 cells; allowed: at most 3000 rows", "ligne : trouvé 9 cellules ; attendu : 3000 lignes au plus"),
        (
            """name: found "l'an"; allowed: at most 200 characters""",
            "nom : trouvé « l'an » ; attendu : 200 caractères au plus",
        ),
        ("not a CSV file: line contains NUL", "ce n’est pas un fichier CSV : line contains NUL"),
        ("the store is away", "the store is away"),
        ("this calibration is closed", "ce calibrage est clos"),
        ("no call c-1 is kept", "introuvable : appel c-1"),
        (
            "answer: not while the review is in review",
            "répondre : impossible, l’évaluation est dans l’état « en cours »",
        ),
        ("reviewer: 'ann' was on the call c-1", "'ann' était sur l’appel c-1"),
        ("value: found 12; allowed: 0 to 10 for nps", "value : trouvé « 12 » ; attendu : 0 à 10 pour nps"),
    ],
)  # fmt: skip
def test_a_refusal_is_said_in_french(page: Page, refusal: str, french: str) -> None:
    """With the quotation marks and spaces of French; what is not known is left as it came."""
    body = (
        "[await import('/static/shared/i18n.js')].map((i) => ['en', 'fr']"
        ".map((language) => m.refusalIn(i.wordsOf(language), v[0])))[0]"
    )
    found = run(page, "shared/refusals.js", body, refusal)

    assert isinstance(found, list)
    assert found[0] == refusal
    assert found[1].replace("\u00a0", " ") == french
