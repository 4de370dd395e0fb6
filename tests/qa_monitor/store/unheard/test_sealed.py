"""Sealed sound opens with its key, in its place, unchanged; what does not says so instead of being passed over."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_monitor.store.unheard.sealed import KEY_BYTES, SealedFiles
from qa_monitor.store.unheard_port import DamagedSound
from streams.records import CallId

KEY, OTHER_KEY = bytes(range(KEY_BYTES)), bytes(KEY_BYTES)
CALL, OTHER = CallId("a-call"), CallId("another")
PARTS = [b"first part", b"", b"the third, somewhat longer"]


@pytest.fixture
def files(tmp_path: Path) -> SealedFiles:
    return SealedFiles(tmp_path, floor_bytes=0)


def sealed(files: SealedFiles, folder: Path, call_id: CallId = CALL, parts: list[bytes] | None = None) -> Path:
    """The file of a call with these parts."""
    before = set(folder.iterdir())
    for number, part in enumerate(PARTS if parts is None else parts):
        files.add(call_id, KEY, number, part)
    (path,) = set(folder.iterdir()) - before
    return path


def opened(files: SealedFiles, call_id: CallId = CALL, key: bytes = KEY) -> tuple[list[bytes], bool]:
    """What opens, and whether there is more that does not."""
    found: list[bytes] = []
    try:
        found.extend(files.parts(call_id, key))
    except DamagedSound:
        # `extend` keeps what came before
        return found, True
    return found, False


def sizes(parts: list[bytes], folder: Path) -> list[int]:
    """Where each part ends in its file."""
    files, ends = SealedFiles(folder / "sizes", floor_bytes=0), []
    for number, part in enumerate(parts):
        files.add(CALL, KEY, number, part)
        ends.append(sum(path.stat().st_size for path in (folder / "sizes").iterdir()))
    files.erase(CALL)
    return ends


def test_parts_come_back_in_order(files: SealedFiles, tmp_path: Path) -> None:
    path = sealed(files, tmp_path)

    assert opened(files) == (PARTS, False)
    assert not any(part in path.read_bytes() for part in PARTS if part)


def test_the_same_part_never_looks_the_same(files: SealedFiles, tmp_path: Path) -> None:
    first = sealed(files, tmp_path).read_bytes()
    files.erase(CALL)

    assert sealed(files, tmp_path).read_bytes() != first


def test_another_key_opens_nothing_and_says_so(files: SealedFiles, tmp_path: Path) -> None:
    sealed(files, tmp_path)

    assert opened(files, key=OTHER_KEY) == ([], True)


def test_no_byte_can_be_changed_unnoticed(files: SealedFiles, tmp_path: Path) -> None:
    """What lies before it still opens."""
    path, ends = sealed(files, tmp_path), sizes(PARTS, tmp_path)
    data = path.read_bytes()
    for at in range(len(data)):
        path.write_bytes(data[:at] + bytes([data[at] ^ 0x10]) + data[at + 1 :])

        assert opened(files) == (PARTS[: sum(end <= at for end in ends)], True)


def test_parts_that_changed_places_do_not_open(files: SealedFiles, tmp_path: Path) -> None:
    """Nor one that is there twice, nor the next where one was taken out."""
    parts = [b"one", b"two", b"six"]
    path = sealed(files, tmp_path, parts=parts)
    data = path.read_bytes()
    size = len(data) // 3
    one, two, six = (data[first : first + size] for first in range(0, len(data), size))
    for changed, kept in ((one + six + two, 1), (two + one + six, 0), (one + one + six, 1), (one + six, 1)):
        path.write_bytes(changed)

        assert opened(files) == (parts[:kept], True)


def test_parts_of_another_call_do_not_open(files: SealedFiles, tmp_path: Path) -> None:
    """Even under the same key."""
    own, other = sealed(files, tmp_path), sealed(files, tmp_path, OTHER)
    own.write_bytes(other.read_bytes())

    assert opened(files) == ([], True)


def test_a_part_that_was_cut_off_ends_what_is_there(files: SealedFiles, tmp_path: Path) -> None:
    """A service was killed while it wrote: no damage."""
    path, ends = sealed(files, tmp_path), sizes(PARTS, tmp_path)
    data = path.read_bytes()
    for length in range(len(data)):
        path.write_bytes(data[:length])

        assert opened(files) == (PARTS[: sum(end <= length for end in ends)], False)


def test_a_call_without_a_file_has_no_parts(files: SealedFiles) -> None:
    assert opened(files) == ([], False)


@given(st.lists(st.binary(max_size=200), max_size=6))
def test_whatever_was_sealed_opens(tmp_path_factory: pytest.TempPathFactory, parts: list[bytes]) -> None:
    files = SealedFiles(tmp_path_factory.mktemp("sealed"), floor_bytes=0)
    for number, part in enumerate(parts):
        files.add(CALL, KEY, number, part)

    assert opened(files) == (parts, False)
