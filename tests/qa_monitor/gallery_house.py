"""A service with its people, and the bundled calls as past ones: what the pages of the gallery show."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from qa_monitor.demo.truth import CALLS_DIR
from qa_monitor.people.port import Password, Written
from qa_monitor.security.passwords import hash_password
from qa_monitor.simulator.recording import read_recording
from qa_monitor.store.audio.files import AUDIO_FOLDER, AudioFiles
from qa_monitor.store.sqlite import SqliteStore
from streams.records import CallEnded, EndReason
from tests.qa_monitor.full_house import seed_weeks, with_much
from tests.qa_monitor.gallery_data import CALLS, Followed, followed
from tests.qa_monitor.people_service import GOOD, Staffed
from tests.qa_monitor.playing import a_planned_call, dictated
from tests.qa_monitor.service import running, settings_for
from tests.qa_monitor.staff import ANN, EVE, everyone

SEEDED_CALLS = 300


@contextmanager
def furnished(folder: Path, calls: int = SEEDED_CALLS) -> Iterator[Staffed]:
    """Run until the block ends; `calls`: how many made-up ones, of some weeks, it has."""
    # a browser that is open in this thread has a loop there already
    with ThreadPoolExecutor(max_workers=1) as elsewhere:
        elsewhere.submit(seed_weeks, folder, calls).result()
        elsewhere.submit(asyncio.run, _fill(folder, with_calls=True)).result()
    with _opened(folder) as house:
        yield house


@contextmanager
def unfurnished(folder: Path) -> Iterator[Staffed]:
    """The same people on their first day: no call has come yet."""
    with ThreadPoolExecutor(max_workers=1) as elsewhere:
        elsewhere.submit(asyncio.run, _fill(folder, with_calls=False)).result()
    with _opened(folder) as house:
        yield house


@contextmanager
def _opened(folder: Path) -> Iterator[Staffed]:
    # the English call is known by heart, so that it can be gone through again
    english = CALLS["en"]
    with running(settings_for(folder, open_loopback=False), dictated(english, a_planned_call(english))) as service:
        yield Staffed(service=service)


async def _fill(folder: Path, *, with_calls: bool) -> None:
    store = await SqliteStore.open(folder)
    audio = AudioFiles(folder / AUDIO_FOLDER)
    try:
        await store.people.write(Written(put=everyone()))
        hashed = hash_password(GOOD, account_id="somebody")
        for name in (ANN, EVE):
            password = Password(
                account_id=name, hashed=hashed, must_change=False, set_at=followed("en").call.started_at
            )
            await store.people.write(Written(password=password))
        for language in CALLS if with_calls else ():
            await _keep(store, audio, followed(language))
        if with_calls:
            await with_much(store)
    finally:
        await store.close()


async def _keep(store: SqliteStore, audio: AudioFiles, past: Followed) -> None:
    recording = read_recording(CALLS_DIR / f"{past.truth.call_id}.flac")
    call = replace(past.call, rate_hz=recording.rate_hz)
    await store.save_call(call)
    audio.open(call)
    audio.append(call.call_id, 0.0, recording.samples)
    audio.close(call.call_id)
    scores = {score.utterance_id: score for score in past.scores}
    for utterance in past.said:
        await store.save_utterance(utterance, scores.get(utterance.utterance_id))
    for flag in past.flags:
        await store.save_flag(flag, call, flag.raised_at or call.started_at)
    ended = CallEnded(call_id=call.call_id, end_s=past.truth.duration_s, reason=EndReason.HANGUP)
    await store.end_call(ended, call.started_at)
