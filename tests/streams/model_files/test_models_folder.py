"""The speech model's folder: joined once, refused when damaged, found by name or by path."""

import hashlib
import os
import shutil
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from streams.model_files.bundle import BASE, Bundle, BundledFile, Part, join
from streams.model_files.models import ModelError, ModelState, check_model, ensure_model, list_models, pull_model
from streams.model_files.sums import STAMP

WEIGHTS = bytes(range(256)) * 40
CONFIG = b'{"alignment_heads": []}'
TEXTS = {"config.json": CONFIG, "tokenizer.json": b"{}", "vocabulary.json": b'["a"]'}


def a_file(name: str, content: bytes, *parts: Part) -> BundledFile:
    return BundledFile(name=name, parts=parts, size_bytes=len(content), sha256=hashlib.sha256(content).hexdigest())


SMALL_BUNDLE = Bundle(
    name="base",
    files=(
        a_file(
            "model.bin",
            WEIGHTS,
            Part(package="some_voice_1", file="model.bin.part1"),
            Part(package="some_voice_2", file="model.bin.part2"),
        ),
        *(a_file(name, content, Part(package="some_voice_2", file=name)) for name, content in TEXTS.items()),
    ),
)


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Two installed packages that carry a tiny model, as the real ones carry the real one."""
    site = tmp_path / "site"
    for package in ("some_voice_1", "some_voice_2"):
        (site / package / "data").mkdir(parents=True)
        (site / package / "__init__.py").write_text("")
    (site / "some_voice_1/data/model.bin.part1").write_bytes(WEIGHTS[:6000])
    (site / "some_voice_2/data/model.bin.part2").write_bytes(WEIGHTS[6000:])
    for name, content in TEXTS.items():
        (site / "some_voice_2/data" / name).write_bytes(content)
    monkeypatch.syspath_prepend(site)
    yield site
    for package in ("some_voice_1", "some_voice_2"):
        sys.modules.pop(package, None)


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "models"


def a_model_folder(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / "model.bin").write_bytes(WEIGHTS)
    for name, content in TEXTS.items():
        (folder / name).write_bytes(content)
    return folder


def test_the_parts_are_joined_in_order(packages: Path, cache: Path) -> None:
    folder = ensure_model("base", cache, bundle=SMALL_BUNDLE)

    assert folder == cache / "base"
    assert (folder / "model.bin").read_bytes() == WEIGHTS
    assert {name: (folder / name).read_bytes() for name in TEXTS} == TEXTS


def test_a_second_start_joins_nothing_again(packages: Path, cache: Path) -> None:
    """Once joined, the packages are not even looked at."""
    before = ensure_model("base", cache, bundle=SMALL_BUNDLE) / "model.bin"
    inode = before.stat().st_ino
    shutil.rmtree(packages)

    assert (ensure_model("base", cache, bundle=SMALL_BUNDLE) / "model.bin").stat().st_ino == inode


@pytest.mark.parametrize("part", ["some_voice_1/data/model.bin.part1", "some_voice_2/data/tokenizer.json"])
def test_a_damaged_part_is_refused_with_both_sums(packages: Path, cache: Path, part: str) -> None:
    damaged = packages / part
    content = bytearray(damaged.read_bytes())
    content[0] ^= 1
    damaged.write_bytes(bytes(content))

    with pytest.raises(ModelError) as refused:
        ensure_model("base", cache, bundle=SMALL_BUNDLE)

    expected = {file.name: file.sha256 for file in SMALL_BUNDLE.files}
    name = "model.bin" if "part1" in part else "tokenizer.json"
    assert name in str(refused.value)
    assert expected[name] in str(refused.value)
    assert "Install some-voice" in str(refused.value)
    assert [path for path in cache.iterdir() if path.is_dir()] == [], "nothing half joined stays behind"


def test_a_cut_part_is_refused_with_both_sizes(packages: Path, cache: Path) -> None:
    (packages / "some_voice_2/data/model.bin.part2").write_bytes(WEIGHTS[6000:7000])

    with pytest.raises(ModelError, match="7000 bytes.*expected 10240 bytes"):
        ensure_model("base", cache, bundle=SMALL_BUNDLE)


def test_a_part_that_is_absent_is_named(packages: Path, cache: Path) -> None:
    (packages / "some_voice_2/data/config.json").unlink()

    with pytest.raises(ModelError, match=r"some-voice-2 lacks config\.json"):
        ensure_model("base", cache, bundle=SMALL_BUNDLE)


def test_a_package_that_is_not_installed_is_named(cache: Path) -> None:
    bundle = Bundle(name="base", files=(a_file("model.bin", b"x", Part(package="never_installed_1", file="m")),))

    with pytest.raises(ModelError, match="never-installed-1, which carries m, is not installed. Run `make setup`"):
        ensure_model("base", cache, bundle=bundle)


def test_a_joined_file_damaged_later_is_refused(packages: Path, cache: Path) -> None:
    """Same size, other content: the file's time tells that it has to be read again."""
    weights = ensure_model("base", cache, bundle=SMALL_BUNDLE) / "model.bin"
    weights.write_bytes(WEIGHTS[::-1])
    os.utime(weights, ns=(1, 1))

    with pytest.raises(ModelError, match=r"model\.bin is damaged: its sha256 is \w{64}, expected \w{64}"):
        ensure_model("base", cache, bundle=SMALL_BUNDLE)


def test_a_joined_file_deleted_later_is_refused(packages: Path, cache: Path) -> None:
    (ensure_model("base", cache, bundle=SMALL_BUNDLE) / "config.json").unlink()

    with pytest.raises(ModelError, match=r"config\.json is missing\. Delete .*base and start again"):
        ensure_model("base", cache, bundle=SMALL_BUNDLE)


def test_damage_that_keeps_size_and_time_is_found_by_a_full_check(packages: Path, cache: Path) -> None:
    """A start trusts the stamp; `qa-monitor models check` reads every byte."""
    weights = ensure_model("base", cache, bundle=SMALL_BUNDLE) / "model.bin"
    status = weights.stat()
    weights.write_bytes(WEIGHTS[::-1])
    os.utime(weights, ns=(status.st_atime_ns, status.st_mtime_ns))

    assert ensure_model("base", cache, bundle=SMALL_BUNDLE) == cache / "base"
    with pytest.raises(ModelError, match=r"model\.bin is damaged"):
        check_model("base", cache, bundle=SMALL_BUNDLE)


def test_a_copied_folder_is_read_once_and_stamped_again(packages: Path, cache: Path) -> None:
    """Copying changes the times: the sums decide, not the stamp."""
    folder = ensure_model("base", cache, bundle=SMALL_BUNDLE)
    os.utime(folder / "model.bin", ns=(1, 1))
    old_stamp = (folder / STAMP).read_text()

    ensure_model("base", cache, bundle=SMALL_BUNDLE)

    assert (folder / STAMP).read_text() != old_stamp


@pytest.mark.parametrize("stamp", ["", "null", "[]", '{"sums": 3}', "{"])
def test_a_damaged_stamp_proves_nothing(packages: Path, cache: Path, stamp: str) -> None:
    folder = ensure_model("base", cache, bundle=SMALL_BUNDLE)
    (folder / STAMP).write_text(stamp)

    assert check_model("base", cache, bundle=SMALL_BUNDLE).detail == "4 files, sums right"


def test_what_a_killed_process_left_behind_is_removed(packages: Path, cache: Path) -> None:
    left_over = cache / ".base.joining-abc"
    left_over.mkdir(parents=True)
    (left_over / "model.bin").write_bytes(WEIGHTS[:100])

    ensure_model("base", cache, bundle=SMALL_BUNDLE)

    assert not left_over.exists()


def test_many_threads_join_one_folder(packages: Path, cache: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        folders = list(pool.map(lambda _: ensure_model("base", cache, bundle=SMALL_BUNDLE), range(16)))

    assert set(folders) == {cache / "base"}
    assert (cache / "base/model.bin").read_bytes() == WEIGHTS
    assert list(cache.glob(".base.joining-*")) == []


def _join_in_a_process(cache: str) -> bytes:
    return (join(SMALL_BUNDLE, Path(cache)) / "model.bin").read_bytes()


@pytest.mark.slow
def test_many_processes_join_one_folder(packages: Path, cache: Path) -> None:
    with get_context("spawn").Pool(4) as pool:
        read = pool.map(_join_in_a_process, [str(cache)] * 8)

    assert read == [WEIGHTS] * 8


def test_a_cache_that_is_a_file_is_refused(packages: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(ModelError, match="cannot write .*Give the service a writable model folder"):
        ensure_model("base", tmp_path / "file", bundle=SMALL_BUNDLE)


def test_any_complete_folder_is_accepted_by_its_path(tmp_path: Path, cache: Path) -> None:
    folder = a_model_folder(tmp_path / "my-model")

    assert ensure_model(folder, cache) == folder
    assert ensure_model(str(folder), cache) == folder
    assert check_model(folder, cache).detail == "files present; no sums are known for them"


@pytest.mark.parametrize(
    ("absent", "said"),
    [("model.bin", "model.bin"), ("config.json", "config.json"), ("vocabulary.json", r"vocabulary\.\*")],
)
def test_a_folder_that_lacks_a_file_is_refused(tmp_path: Path, cache: Path, absent: str, said: str) -> None:
    folder = a_model_folder(tmp_path / "my-model")
    (folder / absent).unlink()

    with pytest.raises(ModelError, match=f"lacks {said}"):
        ensure_model(folder, cache)


def test_a_folder_with_an_empty_file_is_refused(tmp_path: Path, cache: Path) -> None:
    folder = a_model_folder(tmp_path / "my-model")
    (folder / "model.bin").write_bytes(b"")

    with pytest.raises(ModelError, match=r"lacks model\.bin"):
        ensure_model(folder, cache)


def test_a_path_that_does_not_exist_is_refused(tmp_path: Path, cache: Path) -> None:
    with pytest.raises(ModelError, match="there is no such folder"):
        ensure_model(tmp_path / "nowhere", cache)


def test_a_name_is_looked_up_and_never_downloaded(cache: Path) -> None:
    with pytest.raises(ModelError, match="`qa-monitor models pull small` where there is a network"):
        ensure_model("small", cache)


def test_a_name_pulled_before_is_found(cache: Path) -> None:
    folder = a_model_folder(cache / "owner--model")

    assert ensure_model("owner/model", cache) == folder


@pytest.mark.parametrize("name", ["", "..", "../base", "a/b/c", "-x", "a b"])
def test_pulling_refuses_what_is_no_name(cache: Path, name: str) -> None:
    with pytest.raises(ModelError, match="not a model's name"):
        pull_model(name, cache)


def test_pulling_the_bundle_needs_no_network(packages: Path, cache: Path) -> None:
    assert pull_model("base", cache, bundle=SMALL_BUNDLE) == cache / "base"


def test_the_list_shows_what_is_there_and_what_is_not(packages: Path, cache: Path) -> None:
    before = list_models(cache, bundle=SMALL_BUNDLE)
    ensure_model("base", cache, bundle=SMALL_BUNDLE)
    a_model_folder(cache / "small")
    (a_model_folder(cache / "tiny") / "model.bin").unlink()

    after = list_models(cache, bundle=SMALL_BUNDLE)

    assert [(info.name, info.state) for info in before] == [("base", ModelState.PACKAGED)]
    assert [(info.name, info.state) for info in after] == [
        ("base", ModelState.READY),
        ("small", ModelState.READY),
        ("tiny", ModelState.INCOMPLETE),
    ]
    assert after[2].detail == "lacks model.bin"


def test_the_list_names_the_packages_that_are_absent(cache: Path) -> None:
    bundle = Bundle(name="base", files=(a_file("model.bin", b"x", Part(package="never_installed_1", file="m")),))

    (info,) = list_models(cache, bundle=bundle)

    assert (info.state, info.detail) == (ModelState.MISSING, "not installed: never-installed-1")


@pytest.mark.model
def test_the_default_model_joins_to_the_known_sums(cache: Path) -> None:
    """The two packages as installed, every byte."""
    folder = ensure_model("base", cache)

    assert check_model("base", cache).detail == "4 files, sums right"
    assert sorted(path.name for path in folder.iterdir()) == sorted([*BASE.sums, STAMP])
