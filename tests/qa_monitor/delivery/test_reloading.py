"""The file of targets is read again when it changes: right, it is in force at once; wrong, it changes nothing."""

import asyncio
from pathlib import Path

import pytest

from qa_monitor.config import SettingsError
from qa_monitor.delivery.in_force import TargetsInForce
from qa_monitor.delivery.port import Outcome
from qa_monitor.delivery.records import Delivery
from qa_monitor.delivery.relay import Relay
from qa_monitor.delivery.settings_file import FILE_NAME
from qa_monitor.delivery.signature import new_secret
from qa_monitor.delivery.targets import Target, Targets
from qa_monitor.metrics import Metrics
from qa_monitor.store.sqlite import SqliteStore
from tests.qa_monitor.builders import NOON, a_call, a_flag
from tests.qa_monitor.receiving import Least, a_target

SECRETS = {"DESK": new_secret()}


def table(name: str, more: str = "") -> str:
    return f'[target.{name}]\nurl = "https://{name}.example/hook"\nsecret_env = "DESK"\n{more}\n'


def look(targets: TargetsInForce) -> bool:
    """As often as it takes for a file that lies still."""
    return targets.look() or targets.look()


def names(targets: TargetsInForce) -> list[str]:
    return [target.name for target in targets.now.every]


def test_a_changed_file_is_in_force_once_it_lies_still(tmp_path: Path) -> None:
    file = tmp_path / FILE_NAME
    targets = TargetsInForce(None, tmp_path, SECRETS)
    assert (names(targets), look(targets)) == ([], False)

    file.write_text(table("desk"))
    assert targets.look() is False, "it may be in the middle of being written"
    assert targets.look() is True
    assert (names(targets), targets.look()) == (["desk"], False)

    file.unlink()
    assert look(targets) is True
    assert names(targets) == []


def test_a_wrong_file_changes_nothing_and_is_told_by_its_key(tmp_path: Path) -> None:
    """Until it is right again, or as it was."""
    file = tmp_path / FILE_NAME
    file.write_text(table("desk"))
    targets = TargetsInForce(None, tmp_path, SECRETS)
    file.write_text(table("desk", "loud = true"))

    assert look(targets) is False
    assert names(targets) == ["desk"]
    assert targets.refused is not None
    assert "target.desk.loud: no such key" in targets.refused

    file.write_text(table("other"))
    assert look(targets) is True
    assert names(targets) == ["other"]
    assert targets.refused is None


def test_a_secret_in_a_file_of_its_own_is_read_again_too(tmp_path: Path) -> None:
    secret = tmp_path / "desk.secret"
    secret.write_text(SECRETS["DESK"])
    (tmp_path / FILE_NAME).write_text(table("desk").replace('secret_env = "DESK"', f'secret_file = "{secret}"'))
    targets = TargetsInForce(None, tmp_path, {})
    before = targets.now.every[0].secrets
    secret.write_text(f"{new_secret()} {SECRETS['DESK']}")

    assert look(targets) is True
    assert targets.now.every[0].secrets[1:] == before


def test_a_wrong_file_at_the_start_is_no_start(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("[target")

    with pytest.raises(SettingsError):
        TargetsInForce(None, tmp_path, {})


class Noting:
    """A channel that keeps what it was given."""

    def __init__(self, target: Target, link: str | None, log: list[str]) -> None:
        self._name, self._log = target.name, log
        log.append(f"open {target.name} {target.attempts}")

    async def send(self, delivery: Delivery) -> Outcome:
        self._log.append(f"{self._name} {delivery.flag_id}")
        return Outcome()

    async def close(self) -> None:
        self._log.append(f"close {self._name}")


def test_the_relay_serves_what_is_wanted_now(tmp_path: Path) -> None:
    """A new target is served, one that changed anew, one that went no more, one that stayed undisturbed."""

    async def lived() -> list[str]:
        log: list[str] = []
        wanted = [Targets(every=tuple(a_target("http://a", name) for name in ("stays", "goes", "changes")))]
        store = await SqliteStore.open(tmp_path, wants=lambda change: wanted[0].wanting(change))
        relay = Relay(
            wanted[0], store.outbox, lambda target, link: Noting(target, link, log), Metrics(), lambda: NOON, Least()
        )
        store.follow(relay.told)
        working = asyncio.create_task(relay.work())
        await raised(store, log, "f1", 3)
        log.append("---")
        wanted[0] = Targets(
            every=(
                a_target("http://a", "stays"),
                a_target("http://a", "changes", attempts=3),
                a_target("http://a", "new"),
            )
        )
        relay.use(wanted[0])
        await raised(store, log, "f2", 3)
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
        await store.close()
        return log

    log = asyncio.run(lived())

    middle, cut = log.index("---"), [line for line in log if not line.endswith("f1")]
    assert sorted(log[:middle]) == sorted(
        ["open stays 20", "open goes 20", "open changes 20", "stays f1", "goes f1", "changes f1"]
    )
    assert {"close goes", "close changes", "open changes 3", "open new 20"} <= set(log[middle:])
    assert {"stays f2", "changes f2", "new f2"} <= set(cut)
    assert log.count("open stays 20") == 1
    assert sorted(log[-3:]) == ["close changes", "close new", "close stays"]


async def raised(store: SqliteStore, log: list[str], name: str, targets: int) -> None:
    """A flag, and all it leads to."""
    await store.save_flag(a_flag(name), a_call(), NOON)
    async with asyncio.timeout(20):
        while sum(line.endswith(f" {name}") for line in log) < targets:  # noqa: ASYNC110 - the channels tell nobody
            await asyncio.sleep(0)
