"""What live pages know, how each event changes it, and what is shown: run in a browser without page or network."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.qa_monitor.browser import ConsoleServer, open_browser, open_page, run, serve
from tests.qa_monitor.builders import NOON
from tests.qa_monitor.console_json import Json, call_data, flag_data

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with (
        serve(ConsoleServer()) as server,
        open_browser() as browser,
        open_page(browser, server.address + "/login") as page,
    ):
        yield page


def feed(page: Page, shown: str, *events: Json) -> object:
    """Apply these events to an empty page, then look at it."""
    body = f"[v.reduce(m.applyEvent, m.NOTHING_YET)].map((feed) => {shown})[0]"
    return run(page, "feed/feed.js feed/calls.js feed/shown.js", body, *events)


def snapshot(*flags: Json, calls: list[Json] | None = None, event_id: str | None = "g-1") -> Json:
    return {"type": "snapshot", "id": event_id, "flags": list(flags), "calls": calls or []}


def told(record: Json, event_id: str | None = None) -> Json:
    return {"type": "flag", "id": event_id, "flag": record}


SHOWN = "m.shownFlags(feed).map((flag) => flag.flag_id)"


def test_a_snapshot_shows_what_is_open_and_live(page: Page) -> None:
    """The first event says everything."""
    seen = feed(
        page,
        "[feed.lastId, m.shownFlags(feed).length, m.liveCalls(feed).length]",
        snapshot(flag_data(), calls=[call_data()]),
    )

    assert seen == ["g-1", 1, 1]


def test_flags_come_by_priority_then_the_longest_waiting_first(page: Page) -> None:
    """A new flag never pushes an older one of its priority away."""
    order = feed(
        page,
        SHOWN,
        snapshot(calls=[call_data()]),
        told(flag_data("low", priority="low", raised_at="2026-03-02T11:00:00Z")),
        told(flag_data("late", raised_at="2026-03-02T12:00:30Z")),
        told(flag_data("early", raised_at="2026-03-02T12:00:10Z")),
        told(flag_data("medium", priority="medium", raised_at="2026-03-02T11:00:00Z")),
    )

    assert order == ["early", "late", "medium", "low"]


def test_flags_of_calls_that_have_ended_come_below_the_others(page: Page) -> None:
    """Where something can still be done comes first, whatever its priority; of the rest, the latest first."""
    events: list[Json] = [
        snapshot(calls=[call_data("call-1"), call_data("call-2")]),
        told(flag_data("early", call_id="call-2", raised_at="2026-03-02T11:00:00Z")),
        told(flag_data("late", call_id="call-2", priority="low", raised_at="2026-03-02T11:01:00Z")),
        told(flag_data("live", priority="low", raised_at="2026-03-02T12:00:00Z")),
        {"type": "call", "call": call_data("call-2", "ended")},
    ]

    assert feed(page, SHOWN, *events) == ["live", "late", "early"]
    assert feed(page, "m.openCounts(feed)", *events) == {"ongoing": 1, "over": 2}


def test_a_console_nobody_watches_stays_readable(page: Page) -> None:
    """Of calls that have ended only the latest flags are drawn; all are counted."""
    flags = [told(flag_data(f"f{n}", raised_at=f"2026-03-02T12:{n:02d}:00Z")) for n in range(60)]

    assert feed(page, f"[{SHOWN}.length, {SHOWN}[0], m.openCounts(feed).over]", *flags) == [50, "f59", 60]


def test_a_change_of_state_replaces_the_flag(page: Page) -> None:
    """Raised, then confirmed: one flag, not two."""
    seen = feed(
        page,
        "m.shownFlags(feed).map((flag) => flag.state)",
        told(flag_data(state="raised"), "g-2"),
        told(flag_data(state="confirmed"), "g-3"),
    )

    assert seen == ["confirmed"]


LIVE = "m.liveCalls(feed).map((call) => call.call_id)"


def test_a_call_that_ended_long_before_the_stream_came_back_is_live_no_more(page: Page) -> None:
    """A laptop that slept for an hour: of calls that are over only the latest are told again."""
    slept: list[Json] = [
        {"type": "opened"},
        snapshot(calls=[call_data("gone"), call_data("goes-on"), call_data("told")]),
        {"type": "lost"},
        {"type": "opened"},
        {"type": "call", "call": call_data("told")},
        {"type": "call", "call": call_data("new")},
    ]

    assert feed(page, LIVE, *slept, {"type": "live", "ids": ["goes-on"]}) == ["goes-on", "told", "new"]
    assert feed(page, LIVE, *slept) == ["gone", "goes-on", "told", "new"]


def test_what_is_live_is_not_asked_of_a_stream_that_never_broke(page: Page) -> None:
    """A call that began while the answer was on its way is not among those named."""
    events: list[Json] = [{"type": "opened"}, snapshot(), {"type": "call", "call": call_data("new")}]

    assert feed(page, LIVE, *events, {"type": "live", "ids": []}) == ["new"]


def test_an_event_seen_before_changes_nothing(page: Page) -> None:
    """A replay after a reconnect shows nothing twice and goes back to nothing old."""
    seen = feed(
        page,
        "[feed.lastId, m.shownFlags(feed)[0].state]",
        told(flag_data(state="confirmed"), "g-10"),
        told(flag_data(state="raised"), "g-9"),
    )

    assert seen == ["g-10", "confirmed"]


def test_numbers_of_another_generation_are_not_compared(page: Page) -> None:
    """A store made anew starts counting again."""
    assert feed(page, SHOWN, told(flag_data("a"), "g-10"), told(flag_data("b"), "h-1")) == ["a", "b"]


def test_an_acknowledged_flag_leaves_the_list_and_stays_handled(page: Page) -> None:
    """A late event from before the click does not bring it back."""
    seen = feed(
        page,
        "[m.shownFlags(feed).length, m.handledFlags(feed).length]",
        told(flag_data(), "g-2"),
        told(flag_data(state="acknowledged")),
        told(flag_data(state="confirmed"), "g-3"),
    )

    assert seen == [0, 1]


def test_a_withdrawn_flag_stays_below_the_open_ones_until_it_is_noted(page: Page) -> None:
    """Nothing disappears unread."""
    calls = [call_data()]
    events = [
        snapshot(calls=calls),
        told(flag_data("gone", state="withdrawn")),
        told(flag_data("low", priority="low")),
    ]

    assert feed(page, SHOWN, *events) == ["low", "gone"]
    assert feed(page, SHOWN, *events, snapshot(flag_data("low", priority="low"), calls=calls)) == ["low", "gone"]
    assert feed(page, SHOWN, *events, {"type": "dismiss", "flagId": "gone"}) == ["low"]


def test_an_open_flag_missing_from_a_snapshot_is_gone(page: Page) -> None:
    """It was taken care of elsewhere while this page was away."""
    assert feed(page, SHOWN, told(flag_data("old")), snapshot(flag_data("new"))) == ["new"]


def test_an_unsaved_flag_is_shown_and_leaves_the_place_to_resume_at(page: Page) -> None:
    """A flag the store could not keep has no number."""
    seen = feed(page, f"[feed.lastId, {SHOWN}]", told(flag_data("a"), "g-4"), told(flag_data("b", saved=False)))

    assert seen == ["g-4", ["a", "b"]]


def test_a_resync_forgets_the_place_to_resume_at(page: Page) -> None:
    """The next connection starts from a snapshot."""
    assert feed(page, "feed.lastId", told(flag_data(), "g-4"), {"type": "resync"}) is None


def test_a_call_that_ends_moves_to_the_ended_ones(page: Page) -> None:
    """And the newest comes first, whatever the list loaded beside the stream says."""
    ended = call_data("call-1", "ended", ended_at="2026-03-02T12:05:00Z")
    earlier = call_data("call-0", "ended", ended_at="2026-03-02T11:05:00Z")
    seen = feed(
        page,
        "[m.liveCalls(feed).length, m.endedCalls(feed).map((call) => call.call_id)]",
        snapshot(calls=[call_data("call-1")]),
        {"type": "call", "call": ended},
        {"type": "recent", "calls": [call_data("call-1"), earlier]},
    )

    assert seen == [0, ["call-1", "call-0"]]


def test_memory_stays_bounded(page: Page) -> None:
    """A console open for days forgets old calls and handled flags."""
    calls: list[Json] = [
        {"type": "call", "call": call_data(f"c{n}", "ended", ended_at=f"2026-03-02T12:{n % 60:02d}:00Z")}
        for n in range(80)
    ]
    flags = [told(flag_data(f"f{n}", state="acknowledged")) for n in range(40)]

    assert feed(page, "[Object.keys(feed.calls).length, Object.keys(feed.flags).length]", *calls, *flags) == [50, 20]


def test_a_heartbeat_tells_the_clocks_apart(page: Page) -> None:
    """Waiting times are counted by the server's clock."""
    beat = {"type": "heartbeat", "heartbeat": {"now": "2026-03-02T12:00:10Z"}, "at_ms": 1_772_452_800_000}

    assert feed(page, "[feed.heard_ms, feed.skew_ms]", beat) == [1_772_452_800_000, 10_000]


def test_the_counts_of_a_call_follow_its_flags(page: Page) -> None:
    """A new flag counts once, a withdrawn one no more; what someone took on still counts."""
    events = [
        snapshot(flag_data("old"), calls=[call_data(flags={"high": 1, "medium": 0, "low": 0})]),
        told(flag_data("new", state="raised"), "g-2"),
        told(flag_data("new"), "g-3"),
        told(flag_data("old", state="acknowledged"), "g-4"),
        told(flag_data("gone", state="raised", priority="low"), "g-5"),
        told(flag_data("gone", state="withdrawn", priority="low"), "g-6"),
    ]

    assert feed(page, "feed.calls['call-1'].flags", *events) == {"high": 2, "medium": 0, "low": 0}


def test_only_flags_not_known_before_are_announced(page: Page) -> None:
    """A confirmation of a flag that was already read out is not read out again."""
    body = """[m.applyEvent(m.NOTHING_YET, v[0])].map((before) =>
        v.slice(1).map((event) => m.newlyOpen(before, m.applyEvent(before, event)).length))[0]"""
    events = [
        told(flag_data("a", state="raised")),
        told(flag_data("a")),
        told(flag_data("b")),
        told(flag_data("c", state="withdrawn")),
    ]

    assert run(page, "feed/feed.js feed/news.js", body, *events) == [0, 1, 0]


@pytest.mark.parametrize(("paused", "expected"), [(False, [["new", "a", "b"], []]), (True, [["a", "b"], ["new"]])])
def test_the_list_keeps_still_while_it_is_read(page: Page, paused: bool, expected: list[list[str]]) -> None:
    """What is new waits beside the list."""
    body = "[m.arrange(v[0], v[1], v[2])].map(({ ids, pending }) => [ids, pending])[0]"

    assert run(page, "feed/shown.js", body, ["a", "b"], ["new", "a", "b"], paused) == expected


@pytest.mark.parametrize(
    ("after_s", "state", "wait_s"), [(0, "live", 4.4), (4, "live", 0.4), (9, "live", 0), (0, "ended", 0)]
)
def test_a_clip_waits_for_its_last_seconds(page: Page, after_s: float, state: str, wait_s: float) -> None:
    """Raised at 3.0 s of audio, clip to 7.4 s; nothing more comes once the call has ended."""
    now_ms = NOON.timestamp() * 1000 + after_s * 1000

    assert run(
        page, "feed/standing.js", "m.clipWait_s(v[0], v[1], v[2])", flag_data(), call_data(state=state), now_ms
    ) == pytest.approx(wait_s)
