"""Emotion is kept for customers with notice and consent only: the database itself refuses the rest."""

import asyncio
import itertools
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from qa_monitor.records.errors import StoreError
from qa_monitor.store.database.database import FILE
from qa_monitor.store.sqlite import SqliteStore
from streams.consent import Consent, Notice
from streams.records import CallId, Speaker
from tests.qa_monitor.builders import a_call, a_score, an_utterance

CHANNELS = (Speaker.CUSTOMER, Speaker.AGENT, Speaker.MIXED, Speaker.UNKNOWN)
ROW = """INSERT INTO emotions VALUES (
    :call_id, :utterance_id, :role, :notice, :consent, 0.7, 0.1, 0.1, 0.1, 0.5, -0.5, 0.7, 1, '{}', '', '')"""


async def save_all_speakers(folder: Path, call_id: str = "call-1", consent: Consent = Consent.GRANTED) -> None:
    store = await SqliteStore.open(folder)
    await store.save_call(a_call(call_id, channels=CHANNELS, consent=consent))
    for channel, speaker in enumerate(CHANNELS):
        await store.save_utterance(an_utterance(1.0, call_id=call_id, channel=channel, speaker=speaker))
    await store.close()


def utterance_of(speaker: Speaker) -> str:
    return f"{CHANNELS.index(speaker)}-1.00"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with two calls, one utterance of every kind of speaker in each."""
    folder = tmp_path_factory.mktemp("kept")
    asyncio.run(save_all_speakers(folder))
    asyncio.run(save_all_speakers(folder, "refused", Consent.REFUSED))
    return folder / FILE


@pytest.fixture
def by_hand(kept: Path, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A plain connection to a copy of it."""
    connection = sqlite3.connect(shutil.copy(kept, tmp_path))
    yield connection
    connection.close()


@pytest.mark.parametrize("foreign_keys", ["ON", "OFF"])
@pytest.mark.parametrize("claimed", CHANNELS)
@pytest.mark.parametrize("speaker", [Speaker.AGENT, Speaker.MIXED, Speaker.UNKNOWN])
def test_no_row_for_another_speaker_can_be_inserted_by_hand(
    by_hand: sqlite3.Connection, speaker: Speaker, claimed: Speaker, foreign_keys: str
) -> None:
    """Whatever role the row claims, and even with foreign keys switched off."""
    by_hand.execute(f"PRAGMA foreign_keys={foreign_keys}")
    cells = {"call_id": "call-1", "utterance_id": utterance_of(speaker), "role": claimed.value}

    with pytest.raises(sqlite3.IntegrityError):
        by_hand.execute(ROW, cells | {"notice": "played", "consent": "granted"})


@pytest.mark.parametrize("foreign_keys", ["ON", "OFF"])
def test_no_row_without_consent_can_be_inserted_by_hand(by_hand: sqlite3.Connection, foreign_keys: str) -> None:
    """Claiming a consent that the call does not have does not help."""
    by_hand.execute(f"PRAGMA foreign_keys={foreign_keys}")
    cells = {"call_id": "refused", "utterance_id": utterance_of(Speaker.CUSTOMER), "role": "customer"}

    with pytest.raises(sqlite3.IntegrityError):
        by_hand.execute(ROW, cells | {"notice": "played", "consent": "granted"})


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE emotions SET utterance_id = '1-1.00'",
        "UPDATE emotions SET channel_role = 'agent'",
        "UPDATE utterances SET speaker = 'agent' WHERE utterance_id = '0-1.00'",
        "UPDATE utterances SET speaker = 'agent', channel = 1 WHERE utterance_id = '0-1.00'",
        "UPDATE call_channels SET speaker = 'agent' WHERE channel = 0",
        "UPDATE calls SET consent = 'objected'",
    ],
)
def test_a_lawful_row_cannot_become_an_unlawful_one(by_hand: sqlite3.Connection, change: str) -> None:
    """Who speaks and what was consented cannot change under a score: the score is deleted first."""
    by_hand.execute("PRAGMA foreign_keys=ON")
    cells = {"call_id": "call-1", "utterance_id": utterance_of(Speaker.CUSTOMER), "role": "customer"}
    by_hand.execute(ROW, cells | {"notice": "played", "consent": "granted"})

    with pytest.raises(sqlite3.IntegrityError):
        by_hand.execute(change)


@pytest.mark.parametrize(("notice", "consent"), list(itertools.product(Notice, Consent)))
def test_the_store_keeps_a_score_where_it_is_lawful_and_nowhere_else(
    tmp_path: Path, notice: Notice, consent: Consent
) -> None:
    """Every state of notice and consent, every kind of speaker: a refused score takes nothing else along."""

    async def try_all() -> set[Speaker]:
        store = await SqliteStore.open(tmp_path)
        await store.save_call(a_call(channels=CHANNELS, notice=notice, consent=consent))
        for channel, speaker in enumerate(CHANNELS):
            utterance = an_utterance(1.0, channel=channel, speaker=speaker)
            await store.save_utterance(utterance)
            with suppress(StoreError):
                await store.save_utterance(utterance, a_score(utterance))
        record = await store.record(CallId("call-1"))
        await store.close()
        assert record is not None
        assert len(record.utterances) == len(CHANNELS)
        return {kept.utterance.speaker for kept in record.utterances if kept.emotion is not None}

    scored = asyncio.run(try_all())

    allowed = notice is not Notice.NONE and consent is Consent.GRANTED
    assert scored == ({Speaker.CUSTOMER} if allowed else set())


def test_an_utterance_that_lies_about_its_speaker_is_refused(tmp_path: Path) -> None:
    """The agent's channel cannot be passed off as the customer's."""

    async def lie() -> None:
        store = await SqliteStore.open(tmp_path)
        await store.save_call(a_call())
        with pytest.raises(StoreError, match="refuses this row"):
            await store.save_utterance(an_utterance(1.0, channel=1, speaker=Speaker.CUSTOMER))
        await store.close()

    asyncio.run(lie())
