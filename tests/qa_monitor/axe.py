"""Adapter: axe-core, as axe-playwright-python brings it along: what keeps people with a handicap from using a page."""

from functools import cache
from importlib.resources import files

from playwright.sync_api import Page

SERIOUS = frozenset({"serious", "critical"})
SCHEMES = ("light", "dark")
LANGUAGES = ("en", "fr")
LOOK = """async () => {
  const { violations } = await axe.run(document, { resultTypes: ["violations"] });
  return violations.map(({ id, impact, nodes }) => ({
    id,
    impact,
    where: nodes.map(({ target }) => target.join(" ")).join(", "),
    why: nodes[0].failureSummary,
  }));
}"""


def serious_findings(page: Page) -> list[str]:
    """Serious and critical findings on the page as it is now: rule, elements and what is wrong with them."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_script())
    found = page.evaluate(LOOK)
    return [f"{one['id']} ({one['impact']}): {one['where']}: {one['why']}" for one in found if one["impact"] in SERIOUS]


@cache
def _script() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def findings_in_every_dress(page: Page) -> list[str]:
    """The same in both languages and both themes, each told with the dress it was found in."""
    found = []
    for language in LANGUAGES:
        page.locator(f"#language button[lang={language}]").click()
        for scheme in SCHEMES:
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
            found += [f"{language}, {scheme}: {one}" for one in serious_findings(page)]
    return found


MARK_REACHED = """() => {
  const all = "a[href], button, input, select, textarea, summary, [tabindex='0']";
  const open = document.querySelector("dialog[open]") ?? document;
  window.wanted = [...open.querySelectorAll(all)].filter((one) => one.checkVisibility() && !one.disabled);
  window.faint = [];
  const outlined = (one) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(one);
    return outlineStyle !== "none" && outlineWidth !== "0px";
  };
  // it was reached already; and an editor shows the focus around its lines and numbers together
  if (document.activeElement instanceof HTMLElement) document.activeElement.dataset.reached = "";
  document.addEventListener("focusin", ({ target }) => {
    target.dataset.reached = "";
    if (!outlined(target) && !outlined(target.parentElement)) window.faint.push(target.outerHTML.slice(0, 90));
  });
  // day, month, year and the calendar of a date are stops of their own
  return window.wanted.length + 3 * window.wanted.filter((one) => one.type === "date").length;
}"""
LEFT_OUT = """() => window.wanted
  .filter((one) => one.isConnected && one.checkVisibility() && !("reached" in one.dataset))
  .map((one) => one.outerHTML.slice(0, 90))"""
MOST_PRESSES = 120


def out_of_reach(page: Page) -> tuple[list[str], list[str]]:
    """What a Tab never comes to though it can be clicked, and what does not show that it has the focus."""
    count = page.evaluate(MARK_REACHED)
    for _ in range(min(count + 3, MOST_PRESSES)):
        page.keyboard.press("Tab")
    left_out, faint = page.evaluate(LEFT_OUT), page.evaluate("() => window.faint")
    return (left_out if count < MOST_PRESSES else []), faint
