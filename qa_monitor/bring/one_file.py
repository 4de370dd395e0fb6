"""One recording through the whole way of a call, apart from everything live, and into the store as a whole."""

import asyncio
import hashlib
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from qa_monitor.bring.recording import OpenRecording
from qa_monitor.bring.records import Facts
from qa_monitor.replay.answers import Answering
from qa_monitor.replay.one_call import FOLDER, Stage, apart, followed
from qa_monitor.replay.pacing import Progress, ReplayPacing
from qa_monitor.replay.sound import SoundInFrames
from qa_monitor.replay.steady import steady_steps
from qa_monitor.store.audio.files import AudioFiles
from qa_monitor.store.sqlite import SqliteStore
from qa_monitor.store.whole_calls.imports import SqliteImports
from streams.records import CallId, CallStarted

CHUNK = 1024 * 1024


def digest_of(path: Path) -> str:
    """SHA-256 of a file: it blocks on the disk."""
    sum_ = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            sum_.update(chunk)
    return sum_.hexdigest()


async def bring_in(stage: Stage, ledger: SqliteImports, path: Path, call: CallStarted, progress: Progress) -> CallId:
    """Make a call of a recording. Raises `BringError`, `Stopped` or `StoreError`: then nothing is kept."""
    sha256 = call.metadata["imported"]
    with OpenRecording(path) as recording, TemporaryDirectory(dir=_folder(stage)) as own:
        sound = AudioFiles(Path(own) / "audio", floor_bytes=0)
        keeps = stage.shared.audio is not None
        async with apart(stage, sound if keeps else None) as (shared, spare, executor):
            answering = Answering(spare=spare, answers={}, needed=frozenset())
            steps = steady_steps(call, recording.shape.duration_s, shared.most_care)
            frames = SoundInFrames(call, recording.read)
            pacing = ReplayPacing(steps, frames, answering, executor, progress)
            pacing.room = stage.room
            ended_at = call.started_at + timedelta(seconds=recording.shape.duration_s)
            await followed(call, shared, pacing, ended_at)
            assert isinstance(shared.store, SqliteStore)
            whole = await shared.store.imports.whole(call.call_id)
        # the sound first: a call in the store without it would stay so, sound without a call is overwritten
        if keeps and isinstance(stage.audio, AudioFiles):
            await asyncio.to_thread(stage.audio.adopt, call.call_id, sound)
        await ledger.keep(whole, sha256, stage.shared.clock())
    return call.call_id


def call_of(path: Path, sha256: str, facts: Facts) -> tuple[CallStarted, float]:
    """The start of the call a recording makes, and its seconds. Raises `BringError`."""
    with OpenRecording(path) as recording:
        shape = recording.shape
    return facts.call(sha256, shape.channels, shape.rate_hz), shape.duration_s


def _folder(stage: Stage) -> Path:
    folder = stage.data_dir / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder
