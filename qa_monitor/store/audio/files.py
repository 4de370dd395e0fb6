"""Adapter: audio kept as files, one WAV per call with its outline beside it. See `port.AudioStore`.

After every append the header says how much is there, so that a crash leaves a file that plays; what it cut off is put
right when the file is next asked for.
"""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from qa_monitor.erasing.records import AudioErased
from qa_monitor.records.errors import StoreError
from qa_monitor.records.outlines import Peaks
from qa_monitor.store.audio.outline import PER_SECOND, Outline, Slices
from qa_monitor.store.audio.outline_file import add_slices, replace_slices, slices_in
from qa_monitor.store.audio.wav import HEADER_BYTES, Shape, header, parse
from qa_monitor.store.database.folder import free_bytes
from qa_monitor.store.port import Blocks
from streams.records import CallId, CallStarted

AUDIO_FOLDER = "audio"
"""Where the files go inside the data folder."""
FLOOR_BYTES = 256 * 1024 * 1024
"""Audio stops being kept while less than this is free: what is left belongs to the database and its flags."""
REBUILD_S = 60.0
"""Seconds of audio looked at together when an outline is made again."""


@dataclass(slots=True, kw_only=True, eq=False)
class Track:
    """A call being written. Belongs to its writer alone."""

    descriptor: int
    shape: Shape
    frames: int
    outline: Outline


class AudioFiles:
    """Files under one folder, named by a digest of the call id, so that no id from outside can name another place."""

    def __init__(self, folder: Path, floor_bytes: int = FLOOR_BYTES) -> None:
        self._folder = folder
        self._floor_bytes = floor_bytes
        self._tracks: dict[CallId, Track] = {}

    def open(self, call: CallStarted) -> None:
        path = self._path(call.call_id)
        shape = Shape(channels=len(call.channels), rate_hz=call.rate_hz)
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        except FileExistsError as error:
            raise StoreError(
                f"audio of call {call.call_id} is already kept: give every call an id of its own"
            ) from error
        except OSError as error:
            raise self._failed(error) from error
        outline = Outline(shape.channels, shape.rate_hz)
        self._tracks[call.call_id] = Track(descriptor=descriptor, shape=shape, frames=0, outline=outline)
        self.append(call.call_id, 0.0, np.zeros((0, shape.channels), dtype=np.int16))

    def append(self, call_id: CallId, start_s: float, block: Blocks) -> None:
        track = self._tracks.get(call_id)
        if track is None:
            raise StoreError(f"audio of call {call_id} is not open")
        missing = round(start_s * track.shape.rate_hz) - track.frames
        if missing < 0:
            raise StoreError(f"audio of call {call_id} is written beyond {start_s} s already")
        if block.ndim != 2 or block.shape[1] != track.shape.channels or block.dtype != np.int16:
            raise ValueError(f"{block.dtype} samples of shape {block.shape} for {track.shape.channels} channels")
        try:
            self._spare((missing + len(block)) * track.shape.frame_bytes)
            for size in pieces(missing, track.shape.rate_hz):
                self._add(call_id, track, np.zeros((size, track.shape.channels), dtype=np.int16))
            self._add(call_id, track, block)
        except OSError as error:
            # nothing half written stays behind the last whole sample
            os.ftruncate(track.descriptor, HEADER_BYTES + track.frames * track.shape.frame_bytes)
            raise self._failed(error) from error

    def close(self, call_id: CallId) -> None:
        track = self._tracks.pop(call_id, None)
        if track is None:
            return
        try:
            add_slices(self._outline_path(call_id), track.outline.finish())
            os.fsync(track.descriptor)
        except OSError as error:
            raise self._failed(error) from error
        finally:
            os.close(track.descriptor)

    def adopt(self, call_id: CallId, other: "AudioFiles") -> None:
        """Take the closed audio of a call from another folder of the same disk, in place of what was here.

        Raises `StoreError`.
        """
        try:
            self._path(call_id).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._spare(1)  # it is on this disk already: it needs no more room than it has
            for source, target in (
                (other._outline_path(call_id), self._outline_path(call_id)),
                (other._path(call_id), self._path(call_id)),
            ):
                if source.exists():
                    os.replace(source, target)
        except OSError as error:
            raise self._failed(error) from error

    def duration_s(self, call_id: CallId) -> float:
        shape = self._shape(call_id)
        return 0.0 if shape is None else self._frames(call_id, shape) / shape.rate_hz

    def rate_hz(self, call_id: CallId) -> int | None:
        shape = self._shape(call_id)
        return None if shape is None else shape.rate_hz

    def read(self, call_id: CallId, start_s: float, end_s: float) -> Blocks | None:
        shape = self._shape(call_id)
        if shape is None:
            return None
        end = min(self._frames(call_id, shape), max(0, round(end_s * shape.rate_hz)))
        start = min(end, max(0, round(start_s * shape.rate_hz)))
        offset = HEADER_BYTES + start * shape.frame_bytes
        count = (end - start) * shape.channels
        samples = np.fromfile(self._path(call_id), dtype="<i2", count=count, offset=offset)
        return samples.astype(np.int16, copy=False).reshape(-1, shape.channels)

    def wav(self, call_id: CallId) -> Path | None:
        shape = self._shape(call_id)
        if shape is None:
            return None
        if call_id not in self._tracks:
            self._mend_header(call_id, shape)
        return self._path(call_id)

    def peaks(self, call_id: CallId) -> Peaks | None:
        shape = self._shape(call_id)
        if shape is None:
            return None
        frames = self._frames(call_id, shape)
        slices = slices_in(self._outline_path(call_id), shape.channels)
        if call_id not in self._tracks and len(slices) != -(-frames * PER_SECOND // shape.rate_hz):
            slices = self._rebuild_outline(call_id, shape)
        channels = tuple(tuple(slices[:, channel, :].ravel().tolist()) for channel in range(shape.channels))
        return Peaks(per_second=PER_SECOND, duration_s=frames / shape.rate_hz, channels=channels)

    def erase(self, call_id: CallId) -> AudioErased:
        if call_id in self._tracks:
            raise StoreError(f"audio of call {call_id} is being written: delete it once the call has ended")
        sizes = []
        try:
            for path in (self._path(call_id), self._outline_path(call_id)):
                if path.exists():
                    sizes.append(path.stat().st_size)
                    path.unlink()
        except OSError as error:
            raise StoreError(f"{self._folder}: audio cannot be deleted: {error.strerror}; check the disk") from error
        return AudioErased(files=len(sizes), bytes=sum(sizes))

    def _path(self, call_id: CallId) -> Path:
        name = hashlib.sha256(call_id.encode("utf-8", "surrogatepass")).hexdigest()
        return self._folder / name[:2] / f"{name}.wav"

    def _outline_path(self, call_id: CallId) -> Path:
        return self._path(call_id).with_suffix(".peaks")

    def _shape(self, call_id: CallId) -> Shape | None:
        track = self._tracks.get(call_id)
        if track is not None:
            return track.shape
        path = self._path(call_id)
        try:
            with path.open("rb") as file:
                start = file.read(HEADER_BYTES)
            # shorter: a crash came between making the file and writing its first bytes
            return parse(start) if len(start) == HEADER_BYTES else None
        except FileNotFoundError:
            return None
        except ValueError as error:
            raise StoreError(f"{path}: {error}: restore it from a backup, or delete it") from error

    def _frames(self, call_id: CallId, shape: Shape) -> int:
        track = self._tracks.get(call_id)
        return shape.frames(self._path(call_id).stat().st_size) if track is None else track.frames

    def _spare(self, wanted_bytes: int) -> None:
        """Raise unless so much can be written and the reserve stays free."""
        if wanted_bytes and free_bytes(self._folder) - wanted_bytes < self._floor_bytes:
            megabytes = self._floor_bytes // 1024**2
            raise StoreError(f"{self._folder}: audio is not kept while less than {megabytes} MB would stay free")

    def _add(self, call_id: CallId, track: Track, block: Blocks) -> None:
        """Samples first, then the header that tells of them, then their outline."""
        write_at(track.descriptor, block.astype("<i2").tobytes(), HEADER_BYTES + track.frames * track.shape.frame_bytes)
        write_at(track.descriptor, header(track.shape, track.frames + len(block)), 0)
        track.frames += len(block)
        add_slices(self._outline_path(call_id), track.outline.feed(block))

    def _rebuild_outline(self, call_id: CallId, shape: Shape) -> Slices:
        """Make the outline of a closed call again, and keep it."""
        outline = Outline(shape.channels, shape.rate_hz)
        parts: list[Slices] = []
        start_s = 0.0
        while (block := self.read(call_id, start_s, start_s + REBUILD_S)) is not None and len(block):
            parts.append(outline.feed(block))
            start_s += REBUILD_S
        slices = np.concatenate([*parts, outline.finish()])
        replace_slices(self._outline_path(call_id), slices)
        return slices

    def _mend_header(self, call_id: CallId, shape: Shape) -> None:
        """A crash may have come between samples and header."""
        path = self._path(call_id)
        wanted = header(shape, self._frames(call_id, shape))
        with path.open("r+b") as file:
            if file.read(HEADER_BYTES) != wanted:
                file.seek(0)
                file.write(wanted)

    def _failed(self, error: OSError) -> StoreError:
        return StoreError(f"{self._folder}: audio cannot be kept: {error.strerror}; free some space or check the disk")


def pieces(total: int, size: int) -> list[int]:
    """A length in parts of at most `size`."""
    return [min(size, total - start) for start in range(0, total, size)]


def write_at(descriptor: int, data: bytes, offset: int) -> None:
    """All of it, however many writes that takes."""
    view = memoryview(data)
    while view:
        written = os.pwrite(descriptor, view, offset)
        view, offset = view[written:], offset + written
