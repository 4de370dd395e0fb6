"""From spoken phrases to two browsers: calls are streamed at real pace, flags appear, one page takes them on.

    python bench/phrases.py [--url URL] [--phrases 100] [--parallel 2] [--only PART] [--json OUT]

Without `--url` it starts `qa-monitor serve` on a free port with a folder of its own, and without a budget of
interruptions: what a desk is not told of yet, because it was told of enough, is not late. Two pages are open in a real
Chromium; the bundled calls are played, again and again, until so many phrases were spoken that must raise a flag. Time
is from the end of the phrase, as it was sent, to the first task after the frame in which each page drew the flag. Then
the first page takes it on, and it must leave both. `stages` says where the time goes: after how long flags had become
text, were decided, on disk, on the feed and on the first screen, from the end of the words. The exit status is 0 when
every phrase was on both pages and left.
"""

import argparse
import asyncio
import contextlib
import json
import os
import sys
import time
import uuid
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))  # run as a file, from anywhere

from playwright.async_api import Error, Page, async_playwright

from bench.own_service import own_service
from qa_monitor.call.latency.flag_latencies import Stage
from qa_monitor.demo.follow import Console, FollowError
from qa_monitor.demo.playing import DemoCall, PlayedCall, plan_bundled, play_bundled
from qa_monitor.demo.scoring import percentile
from qa_monitor.schemas.flags import FlagJson
from qa_monitor.simulator.scenario import StreamProtocol
from qa_monitor.simulator.sender import Line, SimulationError

READY_WITHIN_S = 600.0
CLEARED_WITHIN_S = 15.0
LOOK_S = 0.3
SLOWEST = 8
EVERY_FLAG = {"QA_MONITOR_INTERRUPT_BURST": "0"}
DEBIANS = Path("/usr/bin/chromium")
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
WATCH = """
(() => {
  const noted = { painted: {}, cleared: {} };
  window.noted = noted;
  const look = () => {
    const ids = new Set([...document.querySelectorAll("#flag-list [data-flag-id]")].map((card) => card.dataset.flagId));
    const fresh = [...ids].filter((id) => !(id in noted.painted));
    for (const id of Object.keys(noted.painted)) if (!ids.has(id)) noted.cleared[id] ??= Date.now();
    if (fresh.length === 0) return;
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => { for (const id of fresh) noted.painted[id] ??= Date.now(); };
      port2.postMessage(null);
    });
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true, attributes: true });
})();
"""
"""When each flag was painted, and when it was gone; by this machine's clock, which the sender has too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """What one page noted, in milliseconds of Unix time by flag id."""

    painted: dict[str, float]
    cleared: dict[str, float]


async def noted(page: Page) -> Noted:
    """So far."""
    found = await page.evaluate("window.noted")
    return Noted(painted=found["painted"], cleared=found["cleared"])


def chromium() -> Path | None:
    """Debian's, where it is installed; none: the one that playwright brings."""
    return DEBIANS if DEBIANS.exists() else None


@contextlib.asynccontextmanager
async def two_pages(url: str) -> AsyncIterator[tuple[Page, Page]]:
    """Each in a context of its own, as on two machines."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        try:
            pages = []
            for _ in range(2):
                context = await browser.new_context(locale="en-GB", viewport={"width": 1440, "height": 900})
                page = await context.new_page()
                await page.add_init_script(WATCH)
                await page.goto(url)
                await page.wait_for_selector("#pulse.open")
                pages.append(page)
            yield pages[0], pages[1]
        finally:
            await browser.close()


async def take_on(first: Page, second: Page, taken: dict[str, float]) -> None:
    """Until cancelled: the first page takes on what both have painted; `taken`: when it clicked."""
    while True:
        await asyncio.sleep(LOOK_S)
        both = (await noted(first)).painted.keys() & (await noted(second)).painted.keys()
        for flag_id in sorted(both - taken.keys()):
            taken[flag_id] = time.time() * 1000
            button = f'#flag-list [data-flag-id="{flag_id}"] [data-act="settle"]'
            # it may just have been settled by the call itself
            with contextlib.suppress(Error):
                await first.click(button, timeout=3_000)
            await first.mouse.move(1, 1)  # under the pointer the list keeps still


def planned(phrases: int, only: str) -> list[DemoCall]:
    """Bundled calls, in turn and again, until so many phrases are in them."""
    found: list[DemoCall] = []
    while sum(len(call.truth.expected) for call in found) < phrases:
        chosen = [call for call in plan_bundled(uuid.uuid4().hex[:6]) if only in call.truth.call_id]
        for call in chosen:
            if sum(len(one.truth.expected) for one in found) < phrases:
                found.append(call)
        if not any(call.truth.expected for call in chosen):
            raise SimulationError(f"no bundled call named like {only!r} has a phrase that raises a flag")
    return found


async def measure(url: str, chosen: argparse.Namespace) -> dict[str, object]:
    """Play, take on, and put the figures together."""
    taken: dict[str, float] = {}
    async with Console(url, None) as console:
        await console.ready(READY_WITHIN_S)
        async with two_pages(url) as (first, second):
            taking = asyncio.create_task(take_on(first, second, taken))
            line = Line(url=url, protocol=StreamProtocol.TWILIO)
            played = await play_bundled(
                planned(chosen.phrases, chosen.only), line, console, parallel=chosen.parallel, on_played=show
            )
            await asyncio.sleep(CLEARED_WITHIN_S)
            taking.cancel()
            await asyncio.wait([taking])
            pages = (await noted(first), await noted(second))
    return figures(played, pages, taken)


def show(played: PlayedCall) -> None:
    """One call as soon as it has ended."""
    score = played.score()
    print(f"{score.call_id}: {len(score.found)} found, {len(score.missing)} missing", flush=True)


def figures(played: Sequence[PlayedCall], pages: Sequence[Noted], taken: dict[str, float]) -> dict[str, object]:
    """What is written down."""
    wall_s = time.time() - time.monotonic()
    scores = [call.score() for call in played]
    ends_s = {
        str(found.flag.flag_id): call.sent.sent_at_s(found.expected.due_s) + wall_s
        for call, score in zip(played, scores, strict=True)
        for found in score.found
    }
    delays = [
        page.painted[flag_id] / 1000 - end_s
        for page in pages
        for flag_id, end_s in ends_s.items()
        if flag_id in page.painted
    ]
    cleared = [
        (page.cleared[flag_id] - taken[flag_id]) / 1000
        for page in pages
        for flag_id in ends_s
        if flag_id in taken and page.cleared.get(flag_id, 0.0) >= taken[flag_id]
    ]
    return {
        "phrases": sum(len(call.truth.expected) for call in played),
        "flagged": len(ends_s),
        "on_both_pages": sum(all(flag_id in page.painted for page in pages) for flag_id in ends_s),
        "taken_on": sum(flag_id in taken for flag_id in ends_s),
        "left_both_pages": sum(all(flag_id in page.cleared for page in pages) for flag_id in ends_s),
        "p50_s": percentile(delays, 0.5),
        "p95_s": percentile(delays, 0.95),
        "clear_p50_s": percentile(cleared, 0.5),
        "clear_p95_s": percentile(cleared, 0.95),
        "stages": stages(played, ends_s.keys()),
        "slowest": slowest(played, ends_s, pages),
        "machine": f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}",
    }


def stages(played: Sequence[PlayedCall], flagged: Collection[str]) -> dict[str, object]:
    """How far flags had come after how long, by the service's own clock, from the end of the words as it heard them."""
    known = [flag.latency for call in played for flag in call.detail.flags if flag.flag_id in flagged]
    found: dict[str, object] = {}
    for stage in Stage:
        times_s = [value for one in known if (value := getattr(one, f"{stage}_s")) is not None]
        found[stage] = {"flags": len(times_s), "p50_s": percentile(times_s, 0.5), "p95_s": percentile(times_s, 0.95)}
    return found


def slowest(played: Sequence[PlayedCall], ends_s: Mapping[str, float], pages: Sequence[Noted]) -> list[str]:
    """The flags that took longest to the later page, which the 95th percentile is made of."""
    took = {
        flag_id: max(page.painted[flag_id] for page in pages) / 1000 - end_s
        for flag_id, end_s in ends_s.items()
        if all(flag_id in page.painted for page in pages)
    }
    ordered = sorted(took.items(), key=lambda one: one[1], reverse=True)
    known = {flag.flag_id: (call.truth.call_id, flag) for call in played for flag in call.detail.flags}
    return [f"{took_s:.2f} s: {_told(*known[flag_id])}" for flag_id, took_s in ordered[:SLOWEST]]


def _told(call_id: str, flag: FlagJson) -> str:
    took = ", ".join(f"{stage} {getattr(flag.latency, f'{stage}_s')}" for stage in Stage)
    return f"{flag.rule_id} in {call_id} ({took})"


def main() -> int:
    """Run, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", help="a running service without log-in; without it one is started")
    parser.add_argument("--phrases", type=int, default=100, help="at least so many")
    parser.add_argument("--parallel", type=int, default=2, help="calls at a time")
    parser.add_argument("--only", default="", help="only calls whose name contains this")
    parser.add_argument("--json", type=Path, help="where to write the figures")
    chosen = parser.parse_args()
    try:
        with contextlib.nullcontext(chosen.url) if chosen.url else own_service(EVERY_FLAG) as url:
            found = asyncio.run(measure(url, chosen))
    except (FollowError, SimulationError) as error:
        sys.exit(f"bench/phrases.py: {error}")
    print(json.dumps(found, indent=1))
    if chosen.json:
        chosen.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return 0 if found["phrases"] == found["on_both_pages"] == found["left_both_pages"] else 1


if __name__ == "__main__":
    sys.exit(main())
