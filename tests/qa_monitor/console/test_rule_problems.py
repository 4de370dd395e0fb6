"""What is wrong in a rule file is said in the page's language: the sources are read for every sentence."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from alerts.files.document import parse_document
from alerts.files.problems import RuleError
from alerts.rulebook import rulebook_of
from qa_monitor.backtest.query import QueryError, parse_query
from tests.alerts.test_rule_files import CONDITIONS, CUES
from tests.qa_monitor.browser import ConsoleServer, open_browser, open_page, run, serve
from tests.qa_monitor.console.test_reasons import known, texts

ROOT = Path(__file__).parents[3]
FILES = sorted((ROOT / "alerts" / "files").glob("*.py"))
PHRASES = [ROOT / "keywords" / "phrases" / name for name in ("phrase.py", "syntax.py")]
OF_FOLDERS = {
    *("one of the two: rename or remove the other", "a readable file", "text saved as UTF-8"),
    *("a file of rules or settings", "found {found}; allowed: {allowed}"),
}
"""What is wrong with files on the disk is in the log and on the command line: a page sends text."""
WHOLE_RULE = """rules:
  - id: a
    name: {en: A, fr: A}
    priority: low
    action: {en: A, fr: A}
    deadline_s: 60
    when: {words: {phrases: {fr: ['a|b c']}}}
"""
EXACTLY_ONE = f"exactement l’un de\u00a0: {CONDITIONS}"
AT_LEAST_ONE = "au moins un de\u00a0: team, direction, language, metadata"
CASES = {
    "": (
        "rien n’a été trouvé",
        "des champs, chacun sur sa ligne\u00a0: extends, tenant, team, lists, rules",
    ),
    "rules:\n  - {id: a, when: {cue: {is: rage}}}": ("trouvé 'rage'", f"une liste d’un ou plusieurs de\u00a0: {CUES}"),
    "rules:\n  - {id: a, when: {course: {}}}": (
        "rien n’a été trouvé",
        "ce champ est obligatoire\u00a0: 'upset', 'rising' ou 'recovered'",
    ),
    "rules: []": ("trouvé une liste de 0", "une liste qui n’est pas vide"),
    "team: north": ("ni rules ni lists n’ont été trouvés", "rules, lists ou les deux"),
    "rules:\n  - {id: a, when: {}}": ("aucune condition n’a été trouvée", EXACTLY_ONE),
    "rules:\n  - {id: a, when: {call: {}}}": ("rien sur l’appel n’a été trouvé", AT_LEAST_ONE),
    "rules:\n  - id: Leaves": ("trouvé 'Leaves'", "minuscules, chiffres et _"),
    "rules:\n  - id: a\n    priority: urgent": ("trouvé 'urgent'", "'high', 'medium' ou 'low'"),
    "rules:\n  - id: a\n    id: b": (
        "trouvé ce champ une deuxième fois, d’abord à la ligne 2",
        "chaque champ une seule fois",
    ),
    WHOLE_RULE: (
        "trouvé 'a|b c'",
        "une expression qui peut être cherchée\u00a0; «\u00a0|\u00a0» est hors des parenthèses\u00a0; écrivez (a|b)",
    ),
}
NOT_SO = "Ces appels ne peuvent pas être demandés ainsi\u00a0: "
QUERIES = {
    "hier": f"{NOT_SO}trouvé 'hier'\u00a0; autorisé\u00a0: NOM:VALEUR avec l’un de "
    "since, until, tenant, team, agent, language, limit.",
    "limit:": f"{NOT_SO}limit\u00a0: rien n’a été trouvé\u00a0; autorisé\u00a0: une valeur.",
    "limit:many": f"{NOT_SO}limit\u00a0: trouvé 'many'\u00a0; autorisé\u00a0: un nombre entier d’au moins 1.",
}


def allowed_texts() -> Iterator[str]:
    """What rule files are said to allow, each value in it replaced by a digit."""
    for source in FILES:
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id="departure"), args=[_, allowed]):
                    yield from texts(allowed)
                case ast.Call(func=ast.Attribute(attr="problem" | "_note"), args=[*_, allowed]):
                    yield from texts(allowed)
                case ast.Call(func=ast.Name(id="_refused"), args=[_, _, _, allowed]):
                    yield from texts(allowed)
                case ast.Assign(targets=[ast.Name(id="allowed" | "_HAPPENS")], value=value):
                    yield from texts(value)
                case ast.Assign(targets=[ast.Name(id="_ALLOWED")], value=ast.Dict(values=values)):
                    yield from (re.sub(r"\{[\w:]+\}", "7", text) for value in values for text in texts(value))


def phrase_texts() -> Iterator[str]:
    """Why a phrase cannot be matched."""
    for source in PHRASES:
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "ValueError":
                yield from texts(node.args[0])


ALLOWED = sorted(set(allowed_texts()) - OF_FOLDERS - {"7"})
WHY = sorted(set(phrase_texts()))


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with (
        serve(ConsoleServer()) as server,
        open_browser() as browser,
        open_page(browser, f"{server.address}/login") as page,
    ):
        yield page


def test_the_sources_were_read() -> None:
    """The search would otherwise prove nothing."""
    assert len(ALLOWED) > 35
    assert len(WHY) > 15


@pytest.mark.parametrize("sentence", ALLOWED)
def test_what_is_allowed_has_words(sentence: str) -> None:
    assert known("rules.allowed", sentence)


@pytest.mark.parametrize("sentence", WHY)
def test_why_a_phrase_is_refused_has_words(sentence: str) -> None:
    assert known("rules.why", sentence)


@pytest.mark.browser
@pytest.mark.parametrize("text", CASES)
def test_a_mistake_is_said_in_french(page: Page, text: str) -> None:
    """As the service tells it; names of fields stay as they are written."""
    with pytest.raises(RuleError) as refused:
        rulebook_of([parse_document(text, Path("draft.yaml"))])
    found = [{"found": one.found, "allowed": one.allowed} for one in refused.value.problems]
    body = """await import('/static/shared/i18n.js').then(({ wordsOf }) =>
      v.map((one) => m.problemIn(wordsOf('fr'), one)))"""

    told = run(page, "rules/problem.js", body, *found)

    assert dict(zip(("found", "allowed"), CASES[text], strict=True)) in told  # type: ignore[operator]  # a list


@pytest.mark.browser
@pytest.mark.parametrize("query", QUERIES)
def test_calls_asked_for_wrongly_are_answered_in_french(page: Page, query: str) -> None:
    with pytest.raises(QueryError) as refused:
        parse_query(query)
    body = """await import('/static/shared/i18n.js').then(({ wordsOf }) => m.queryProblemIn(wordsOf('fr'), v[0]))"""

    assert run(page, "rules/problem.js", body, str(refused.value)) == QUERIES[query]
