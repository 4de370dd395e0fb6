"""A rule on trial is judged on the page of a call and read on the page of rules: a real browser, the real service."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, expect

from alerts.records import HeldFlag, HoldReason
from alerts.rulebook import load_rulebook
from streams.records import CallEnded, EndReason
from tests.qa_monitor.browser import watch_page
from tests.qa_monitor.builders import a_call, a_flag, a_held_flag
from tests.qa_monitor.console.test_verdicts import SOON_MS, silent_engine
from tests.qa_monitor.rule_texts import a_file_text, a_rule_text
from tests.qa_monitor.service import Running, running, settings_for
from tests.qa_monitor.storing import CALL, a_store

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """With one rule, on trial, and a call that ended a minute ago: a flag of the rule, and a repeat of another."""
    tmp_path = tmp_path_factory.mktemp("trials")
    rules = tmp_path / "rules.yaml"
    rules.write_text(a_file_text(a_rule_text(more="    shadow: true\n")))
    (rule,) = load_rulebook([rules]).rules
    now = datetime.now(UTC)

    async def seed() -> None:
        async with a_store(tmp_path / "data") as store:
            await store.save_call(a_call(started_at=now - timedelta(minutes=2)))
            flag = replace(a_flag("s1"), rule_version=rule.rule_version)
            await store.save_held(HeldFlag(flag=flag, reason=HoldReason.SHADOW))
            await store.save_held(a_held_flag("r1"))
            await store.end_call(CallEnded(call_id=CALL, end_s=60.0, reason=EndReason.END), now - timedelta(minutes=1))

    asyncio.run(seed())
    with running(settings_for(tmp_path / "data", rules=str(rules), starter_rules=False), silent_engine) as started:
        yield started


def test_a_rule_on_trial_is_judged_on_its_calls_and_read_on_the_page_of_rules(
    service: Running, browser: Browser
) -> None:
    """By click and by key, taken back too; what was held for another reason asks for nothing; nobody is told."""
    with watch_page(browser, f"{service.url}/calls/{CALL}", expected="404") as page:
        held = page.locator("#review-held > li")
        expect(held).to_have_count(2, timeout=SOON_MS)
        trial = page.locator("#review-held .trial")
        expect(trial.locator(".quote")).to_contain_text("Je veux résilier.")
        expect(held.locator(".verdict")).to_have_count(1)
        trial.get_by_role("button", name="False alarm").click()
        pressed = trial.locator('[aria-pressed="true"]')
        expect(pressed).to_have_text("False alarmF", timeout=SOON_MS)
        expect(pressed).to_be_focused()
        page.keyboard.press("u")
        expect(pressed).to_have_text("UsefulU", timeout=SOON_MS)
        expect(trial).to_contain_text("Useful, says Operator")
        page.keyboard.press("z")
        expect(pressed).to_have_text("False alarmF", timeout=SOON_MS)
        page.keyboard.press("d")
        expect(pressed).to_have_text("Already knownD", timeout=SOON_MS)
        expect(page.locator("#review-flags .none")).to_be_visible()
    with watch_page(browser, f"{service.url}/rules", locale="fr-FR") as page:
        expect(page.locator("#on-trial-box h3")).to_have_text("À l’essai", timeout=SOON_MS)
        rule = page.locator("#on-trial > li")
        expect(rule.locator("> .said")).to_have_text("1 juste sur 1, de 21\u202f% à 100\u202f%")
        expect(rule.locator("> .standing")).to_have_text("Ne rétrograde rien\u00a0; en vigueur, elle repart de zéro.")
        expect(page.locator("#judged li[data-rule], #unjudged li")).to_have_count(0)
        rule.get_by_role("link", name="ses appels").click()
        expect(page.locator(f'a[href^="/calls/{CALL}"]').first).to_be_visible(timeout=SOON_MS)
