"""Adapter: where the speech model's files are. Only `pull_model` uses a network, through faster-whisper."""

import re
import shutil
import tempfile
from dataclasses import dataclass
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path

from streams.model_files.bundle import BASE, Bundle, join
from streams.model_files.sums import ModelError, read_sums, sha256_of, verify, write_stamp

__all__ = ["ModelError", "ModelInfo", "ModelState", "check_model", "ensure_model", "list_models", "pull_model"]

_NEEDED = ("model.bin", "config.json", "tokenizer.json")
_VOCABULARY = "vocabulary.*"
_NAME = re.compile(r"[A-Za-z0-9][\w.-]*(/[A-Za-z0-9][\w.-]*)?")
"""`small`, or `owner/model` as published; the second is kept in the folder `owner--model`."""


class ModelState(StrEnum):
    """Whether a model can be used."""

    READY = "ready"
    """Its folder is complete."""
    PACKAGED = "packaged"
    """Its packages are installed: it is joined at first use, without a network."""
    INCOMPLETE = "incomplete"
    """A file is missing."""
    MISSING = "missing"
    """Neither folder nor packages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelInfo:
    """One model as `qa-monitor models` shows it."""

    name: str
    state: ModelState
    folder: Path
    size_bytes: int
    """Of the files found; of the packages' content when not joined yet."""
    detail: str
    """What is missing, or how far its sums are known."""


def ensure_model(name_or_path: str | Path, cache_dir: Path, *, bundle: Bundle = BASE) -> Path:
    """The folder of a model that is ready to load: the bundle, a name pulled before, or any CTranslate2 folder.

    Joins the bundle the first time (about a second); never downloads. Safe in several processes at once. Raises
    ModelError saying which file is wrong and what to do.
    """
    if name_or_path == bundle.name:
        return join(bundle, cache_dir)
    folder = _folder_of(name_or_path, cache_dir)
    missing = _missing_files(folder)
    if missing:
        raise ModelError(
            str(name_or_path), f"{folder} lacks {', '.join(missing)}", "Give a complete CTranslate2 folder"
        )
    return folder


def check_model(name_or_path: str | Path, cache_dir: Path, *, bundle: Bundle = BASE) -> ModelInfo:
    """Read the model's files in full against the sums known for them; raises ModelError where one differs.

    A folder that came from elsewhere has no known sums: its files must be there, and `detail` says no more was checked.
    """
    folder = ensure_model(name_or_path, cache_dir, bundle=bundle)
    sums = bundle.sums if name_or_path == bundle.name else read_sums(folder)
    if sums:
        verify(str(name_or_path), folder, sums)
    detail = f"{len(sums)} files, sums right" if sums else "files present; no sums are known for them"
    return ModelInfo(
        name=str(name_or_path), state=ModelState.READY, folder=folder, size_bytes=_size_of(folder), detail=detail
    )


def list_models(cache_dir: Path, *, bundle: Bundle = BASE) -> tuple[ModelInfo, ...]:
    """The bundle first, then every other model found in `cache_dir`, by name."""
    found = [_describe(folder) for folder in sorted(cache_dir.glob("[!.]*")) if folder.is_dir()]
    bundled = [info for info in found if info.name == bundle.name] or [_describe_bundle(bundle, cache_dir)]
    return (*bundled, *(info for info in found if info.name != bundle.name))


def pull_model(name: str, cache_dir: Path, *, bundle: Bundle = BASE) -> Path:
    """Fetch a published model by name into `cache_dir`; the bundle needs no network. Raises ModelError otherwise."""
    if name == bundle.name:
        return join(bundle, cache_dir)
    if not _NAME.fullmatch(name):
        raise ModelError(name, "this is not a model's name", "Give a name such as small, large-v3-turbo or owner/model")
    target = _cached(name, cache_dir)
    if not target.exists():
        cache_dir.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache_dir, prefix=".pulling-") as staging:
            _settle(name, _download(name, Path(staging) / "download"), Path(staging) / "model", target)
    return ensure_model(name, cache_dir, bundle=bundle)


def _download(name: str, into: Path) -> Path:
    from faster_whisper import download_model  # only here: it loads the speech libraries and an HTTP client

    try:
        return Path(download_model(name, cache_dir=str(into)))
    except ValueError as error:
        raise ModelError(name, str(error), "Choose one of these, or owner/model") from error
    except Exception as error:  # the HTTP client has its own errors, which are no common type of ours to name
        raise ModelError(
            name,
            f"cannot fetch it ({type(error).__name__}: {str(error).strip().splitlines()[0] if str(error) else ''})",
            "Pull it on a machine with a network and copy its folder here, or use base, which needs no network",
        ) from error


def _settle(name: str, snapshot: Path, staging: Path, target: Path) -> None:
    """Move a download, whose files are links into a store of blobs, to one plain folder with its sums recorded."""
    staging.mkdir()
    for file in snapshot.iterdir():
        shutil.move(file.resolve(), staging / file.name)
    missing = _missing_files(staging)
    if missing:
        raise ModelError(name, f"what is published lacks {', '.join(missing)}", "Choose a model in CTranslate2 format")
    write_stamp(staging, {file.name: sha256_of(file) for file in sorted(staging.iterdir())})
    staging.rename(target)


def _folder_of(name_or_path: str | Path, cache_dir: Path) -> Path:
    name = str(name_or_path)
    if isinstance(name_or_path, str) and _NAME.fullmatch(name) and _cached(name, cache_dir).is_dir():
        return _cached(name, cache_dir)
    path = Path(name).expanduser()
    if path.is_dir() and (isinstance(name_or_path, Path) or "/" in name):
        return path
    if "/" in name or isinstance(name_or_path, Path):
        raise ModelError(name, "there is no such folder", "Give the path of a CTranslate2 folder, or a model's name")
    raise ModelError(
        name,
        f"it is not in {cache_dir}",
        f"Run `qa-monitor models pull {name}` where there is a network, or use base, which needs none",
    )


def _cached(name: str, cache_dir: Path) -> Path:
    return cache_dir / name.replace("/", "--")


def _missing_files(folder: Path) -> list[str]:
    missing = [name for name in _NEEDED if not _has_content(folder / name)]
    if not any(_has_content(file) for file in folder.glob(_VOCABULARY)):
        missing.append(_VOCABULARY)
    return missing


def _has_content(file: Path) -> bool:
    return file.is_file() and file.stat().st_size > 0


def _size_of(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.iterdir() if file.is_file())


def _describe(folder: Path) -> ModelInfo:
    missing = _missing_files(folder)
    return ModelInfo(
        name=folder.name.replace("--", "/"),
        state=ModelState.INCOMPLETE if missing else ModelState.READY,
        folder=folder,
        size_bytes=_size_of(folder),
        detail=f"lacks {', '.join(missing)}" if missing else "",
    )


def _describe_bundle(bundle: Bundle, cache_dir: Path) -> ModelInfo:
    packages = {part.package: part.distribution for file in bundle.files for part in file.parts}
    absent = [distribution for package, distribution in packages.items() if find_spec(package) is None]
    return ModelInfo(
        name=bundle.name,
        state=ModelState.MISSING if absent else ModelState.PACKAGED,
        folder=cache_dir / bundle.name,
        size_bytes=bundle.size_bytes,
        detail=f"not installed: {', '.join(absent)}" if absent else "joined from its packages at first use",
    )
