"""A service with two teams: their past calls, with words, flags and audio, and everyone who looks at them."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import httpx
import numpy as np

from qa_monitor.people.port import Password, Written
from qa_monitor.people.records import AccountId
from qa_monitor.security.passwords import hash_password
from qa_monitor.store.audio.files import AUDIO_FOLDER, AudioFiles
from qa_monitor.store.sqlite import SqliteStore
from streams.records import CallEnded, CallId, EndReason
from tests.qa_monitor.builders import a_call, a_flag, a_gap, a_held_flag, an_utterance
from tests.qa_monitor.playing import a_planned_call, dictated
from tests.qa_monitor.service import Running, running, settings_for
from tests.qa_monitor.staff import ANN, CLEO, DAN, EVE, FAY, everyone

GOOD = "correct horse battery"
NAME = "en-2-charged-twice"
TEAMS = {"north": "agent-7", "south": "agent-9"}
SECRET = {"north": "northern words", "south": "southern words"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Staffed:
    """A running service with its people."""

    service: Running

    @property
    def url(self) -> str:
        return self.service.url

    @property
    def token(self) -> str:
        """The access token."""
        return (self.service.settings.data_dir / "access-token").read_text().strip()

    def operator(self) -> httpx.Client:
        """Who has the access token."""
        return httpx.Client(base_url=self.url, headers={"authorization": f"Bearer {self.token}"}, timeout=60)

    @contextmanager
    def logged_in(self, name: str, password: str = GOOD) -> Iterator[httpx.Client]:
        """Someone with an account."""
        with httpx.Client(base_url=self.url, timeout=60) as client:
            answer = client.post("/login", data={"name": name, "password": password})
            assert answer.headers["location"] == "/", answer.headers["location"]
            yield client


Filling = Callable[[SqliteStore], Awaitable[None]]


async def nothing_else(store: SqliteStore) -> None:
    """People and calls are all there is."""


@contextmanager
def staffed(folder: Path, also: Filling = nothing_else) -> Iterator[Staffed]:
    """Run until the block ends; `also`: what else is in its store."""
    asyncio.run(_fill(folder, also))
    quiet = dictated(NAME, a_planned_call(NAME, until_s=0.4))
    with running(settings_for(folder, open_loopback=False), quiet) as service:
        yield Staffed(service=service)


async def _fill(folder: Path, also: Filling) -> None:
    store = await SqliteStore.open(folder)
    audio = AudioFiles(folder / AUDIO_FOLDER)
    try:
        await store.people.write(Written(put=everyone()))
        hashed = hash_password(GOOD, account_id="somebody")
        for name in (ANN, CLEO, DAN, EVE, FAY):
            await store.people.write(Written(password=_password(name, hashed)))
        for team in TEAMS:
            await _keep_call(store, audio, team)
        await also(store)
    finally:
        await store.close()


def _password(name: AccountId, hashed: str) -> Password:
    return Password(account_id=name, hashed=hashed, must_change=False, set_at=datetime(2026, 1, 1, tzinfo=UTC))


async def _keep_call(store: SqliteStore, audio: AudioFiles, team: str) -> None:
    call_id = f"{team}-call"
    # of today: flags of calls that are long over are closed by themselves
    now = datetime.now(UTC)
    call = replace(a_call(call_id, started_at=now), team=team, agent_id=TEAMS[team])
    await store.save_call(call)
    audio.open(call)
    audio.append(call.call_id, 0.0, np.zeros((8_000 * 12, 2), dtype=np.int16))
    audio.close(call.call_id)
    await store.save_utterance(an_utterance(call_id=call_id, text=SECRET[team]))
    flag = a_flag(f"{team}-flag", call_id=call_id)
    await store.save_flag(replace(flag, evidence=replace(flag.evidence, text=SECRET[team])), call, now)
    held = a_held_flag(f"{team}-held")
    await store.save_held(replace(held, flag=replace(held.flag, call_id=CallId(call_id))))
    await store.save_gap(replace(a_gap(), call_id=CallId(call_id)))
    await store.end_call(CallEnded(call_id=CallId(call_id), end_s=12.0, reason=EndReason.END), now)
