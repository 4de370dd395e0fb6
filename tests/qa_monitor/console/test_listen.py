"""When what arrives of a live call is to sound: listenplan.js, run in a browser without sound or socket."""

import struct
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.qa_monitor.browser import ConsoleServer, open_browser, open_page, run, serve

pytestmark = pytest.mark.browser
FORMAT = {"rate_hz": 10, "channels": ["customer", "agent"]}
BLOCK = "{{ start_s: {start}, now_s: {now}, samples: Int16Array.from({samples}) }}"


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with (
        serve(ConsoleServer()) as server,
        open_browser() as browser,
        open_page(browser, server.address + "/login") as page,
    ):
        yield page


def block(start_s: float, now_s: float, samples: list[int]) -> str:
    """A block as JavaScript; `samples`: channels interleaved."""
    return BLOCK.format(start=start_s, now=now_s, samples=samples)


LOUD = [900, 900]
SILENT = [3, -3]


def test_a_message_is_read_as_it_was_written(page: Page) -> None:
    """Two floats, then samples, all little-endian."""
    message = list(struct.pack("<dd4h", 7.5, 12.0, 1, -1, 300, -300))
    body = "[m.readBlock(Uint8Array.from(v[0]).buffer)].map((b) => [b.start_s, b.now_s, [...b.samples]])[0]"

    assert run(page, "coach/listenplan.js", body, message) == [7.5, 12.0, [1, -1, 300, -300]]


@pytest.mark.parametrize(
    ("channels", "ears"),
    [
        (["customer", "agent"], [0, 1]),
        (["agent", "customer"], [1, 0]),
        (["mixed"], [0, 0]),
        (["unknown", "unknown"], [0, 1]),
    ],
)
def test_the_customer_is_left_and_the_agent_right(page: Page, channels: list[str], ears: list[int]) -> None:
    """As in clips, whichever channel comes first."""
    assert run(page, "coach/listenplan.js", "m.earsOf(v[0])", channels) == ears


def test_blocks_sound_one_behind_the_other(page: Page) -> None:
    """The first a moment after it came; the next where it ends, without a hole."""
    body = (
        f"[m.planBlock(m.NOTHING_PLANNED, {block(5, 8, LOUD * 10)}, v[0], 100)]"
        f".map((one) => m.planBlock(one.plan, {block(6, 9, LOUD * 10)}, v[0], 100.5))"
        ".map((two) => [two.sounding[0].at, two.plan.free_at])[0]"
    )

    assert run(page, "coach/listenplan.js", body, FORMAT) == pytest.approx([101.12, 102.12])


def test_the_delay_is_said_as_it_is(page: Page) -> None:
    """None before the first sound; it grows while nothing may be heard."""
    body = (
        f"[m.planBlock(m.NOTHING_PLANNED, {block(5, 8, LOUD * 10)}, v[0], 100).plan]"
        ".map((plan) => [m.delayOf(plan, 100), m.delayOf(plan, 100.12), m.delayOf(plan, 103.12),"
        " m.delayOf(m.planNothing(plan, 12, 104.12), 104.12), m.isSounding(plan, 100.5), m.isSounding(plan, 102)])[0]"
    )
    found = run(page, "coach/listenplan.js", body, FORMAT)

    assert isinstance(found, list)
    assert found[0] is None
    assert found[1:4] == pytest.approx([3.12, 5.12, 6.0])
    assert found[4:] == [True, False]


def test_long_silence_is_left_out_only_where_much_waits(page: Page) -> None:
    """So the delay shrinks again; a short pause stays as it was spoken."""
    quiet = block(9, 20, LOUD * 10 + SILENT * 20 + LOUD * 5 + SILENT * 3 + LOUD * 2)
    body = (
        f"[[100, 105].map((free_at) => m.planBlock({{ ...m.NOTHING_PLANNED, free_at }}, {quiet}, v[0], 100)"
        ".sounding.map(({ from, to }) => [from, to]))][0]"
    )

    assert run(page, "coach/listenplan.js", body, FORMAT) == [[[0, 40]], [[0, 14], [30, 40]]]
