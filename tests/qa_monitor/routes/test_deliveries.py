"""Deliveries over HTTP and by command, on the real application, with a real receiver."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from qa_monitor.cli import app
from qa_monitor.delivery.records import DeliveryState
from qa_monitor.delivery.schemas import DeliveriesJson
from qa_monitor.delivery.settings_file import FILE_NAME, load_targets
from qa_monitor.delivery.signature import new_secret
from qa_monitor.store.sqlite import SqliteStore
from tests.qa_monitor.builders import NOON, a_call, a_flag
from tests.qa_monitor.receiving import Receiver, a_receiver
from tests.qa_monitor.routes.test_rules import silent_engine
from tests.qa_monitor.service import Running, running, settings_for


@contextmanager
def receiving(*answers: str) -> Iterator[tuple[Receiver, asyncio.AbstractEventLoop]]:
    """A receiver in a thread of its own, with its event loop."""
    loop, ready, ended = asyncio.new_event_loop(), threading.Event(), asyncio.Event()
    made: list[Receiver] = []

    async def serve() -> None:
        async with a_receiver(answers) as receiver:
            made.append(receiver)
            ready.set()
            await ended.wait()

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()), name="receiver")
    thread.start()
    ready.wait(20)
    try:
        yield made[0], loop
    finally:
        loop.call_soon_threadsafe(ended.set)
        thread.join(20)
        loop.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A service with one flag that a receiver has refused for good, and was told again since."""

    service: Running
    receiver: Receiver
    loop: asyncio.AbstractEventLoop

    def get(self, **params: str) -> DeliveriesJson:
        answer = httpx.get(f"{self.service.url}/v1/deliveries", params=params, timeout=30)
        assert answer.status_code == 200
        return DeliveriesJson.model_validate_json(answer.content)

    def named(self, name: str) -> None:
        """Until this target is in force."""
        for _ in range(2_000):
            if name in [each.name for each in self.get().targets if each.configured]:
                return
        raise AssertionError(f"{name} is not in force")

    def wait(self, count: int) -> None:
        """Until so many requests have come."""
        asyncio.run_coroutine_threadsafe(self.receiver.until(count), self.loop).result(30)

    def command(self, *words: str) -> str:
        given = ["deliveries", *words, "--url", self.service.url, "--data-dir", str(self.service.settings.data_dir)]
        done = CliRunner().invoke(app, given, catch_exceptions=False, env={"COLUMNS": "200"})
        assert done.exit_code == 0, done.output
        return done.output


async def left_behind(folder: Path) -> None:
    """A flag for the target and one for a target that is no more, entered by an earlier run."""
    targets = load_targets(None, folder)
    store = await SqliteStore.open(folder, wants=lambda change: [*targets.wanting(change), "gone"])
    await store.save_flag(a_flag(), a_call(), NOON)
    await store.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("data")
    with receiving("410 Gone") as (receiver, loop):
        secret = folder / "desk.secret"
        secret.write_text(new_secret())
        (folder / FILE_NAME).write_text(
            # the flag is long past and expires: that is not wanted here
            f'[target.desk]\nurl = "{receiver.url}"\nsecret_file = "{secret}"\nnetworks = ["127.0.0.0/8"]\n'
            'events = ["confirmed"]\n'
        )
        asyncio.run(left_behind(folder))
        with running(settings_for(folder), silent_engine) as service:
            site = Site(service=service, receiver=receiver, loop=loop)
            site.wait(1)
            yield site


def settled(site: Site, state: DeliveryState) -> DeliveriesJson:
    """Once the one to the desk is in this state."""
    for _ in range(1_000):
        found = site.get(state=state, target="desk")
        if found.deliveries:
            return found
    raise AssertionError(f"no delivery is {state}")


def test_what_was_given_up_is_listed_and_sent_again(site: Site) -> None:
    """By route and by command, under the same key."""
    (dead,) = settled(site, DeliveryState.DEAD).deliveries
    listed = site.command("list")
    replayed = httpx.post(f"{site.service.url}/v1/deliveries/replay", json={"target": "desk"}, timeout=30)
    site.wait(2)
    (done,) = settled(site, DeliveryState.DELIVERED).deliveries
    again = site.command("replay", done.key)
    site.wait(3)

    assert (dead.flag_id, dead.event, dead.problem, dead.attempts) == ("f1", "confirmed", "status 410", 1)
    assert dead.key in listed
    assert "gone (not configured)" in listed
    assert replayed.json() == {"replayed": 1}
    assert "1 will be sent again" in again
    assert {each.key for each in site.receiver.received} == {dead.key}


def test_targets_are_told_with_their_counts_and_without_address(site: Site) -> None:
    answer = httpx.get(f"{site.service.url}/v1/deliveries", timeout=30)
    found = DeliveriesJson.model_validate_json(answer.content)

    assert [(each.name, each.configured) for each in found.targets] == [("desk", True), ("gone", False)]
    assert found.targets[1].dead + found.targets[1].waiting == 1
    assert str(site.receiver.port) not in answer.text
    assert "résilier" not in answer.text


def test_figures_are_told_to_operators(site: Site) -> None:
    settled(site, DeliveryState.DELIVERED)
    text = httpx.get(f"{site.service.url}/metrics", timeout=30).text

    assert 'delivery_attempts_total{state="dead",target="desk"} 1.0' in text
    assert all(f"\ndeliveries_{name} " in text for name in ("waiting", "dead", "oldest_seconds"))


def test_a_wrong_file_is_told_and_changes_nothing_until_it_is_right_again(site: Site) -> None:
    """In words on the page that watches the service, and nothing of it is in force."""
    file = site.service.settings.data_dir / FILE_NAME
    right = file.read_text()
    file.write_text(right + "loud = true\n")
    said = warned(site, "no such key")
    file.write_text(right.replace("desk]", "bureau]"))
    site.named("bureau")
    file.write_text(right)
    site.named("desk")

    assert any("the file of deliveries was refused" in each for each in said)
    assert any("target.desk.loud: no such key" in each for each in said)
    assert not warned(site, "")


def warned(site: Site, of: str) -> list[str]:
    """The warnings about the file of deliveries, once there is one that says this; none: at once."""
    for _ in range(2_000):
        warnings: list[str] = httpx.get(f"{site.service.url}/readyz", timeout=30).json()["warnings"]
        about = [each for each in warnings if "deliveries was" in each or FILE_NAME in each]
        if not of or any(of in each for each in about):
            return about
    raise AssertionError(f"nothing is said of {of!r}")


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/v1/deliveries?state=lost", None),
        ("GET", "/v1/deliveries?limit=0", None),
        ("POST", "/v1/deliveries/replay", {"keys": []}),
        ("POST", "/v1/deliveries/replay", {"all": True}),
    ],
)
def test_a_wrong_question_is_refused(site: Site, method: str, path: str, body: object) -> None:
    assert httpx.request(method, f"{site.service.url}{path}", json=body, timeout=30).status_code == 422


def test_a_command_without_a_service_says_so(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["deliveries", "list", "--data-dir", str(tmp_path)], catch_exceptions=False)

    assert done.exit_code == 2
    assert "is it running" in done.output
