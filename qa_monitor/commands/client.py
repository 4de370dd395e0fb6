"""Adapter: httpx. Commands ask the running service, with the access token of its data folder."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

import httpx

from qa_monitor.config import load_settings
from qa_monitor.records.errors import StoreError

PATIENCE_S = 60.0


def ask_service(
    method: str, path: str, *, url: str | None, data_dir: Path | None, params: dict[str, str], text: str | None = None
) -> httpx.Response:
    """The answer, whatever its status; `text` is sent as a CSV file. Raises `StoreError` where there is none."""
    content = None if text is None else text.encode()
    return _ask(method, path, _Asked(url=url, data_dir=data_dir, params=params, content=content, kind="text/csv"))


def ask_with_json(
    method: str, path: str, *, url: str | None, data_dir: Path | None, body: Mapping[str, object] | None = None
) -> httpx.Response:
    """The same with JSON, or with nothing."""
    content = None if body is None else json.dumps(body).encode()
    return _ask(method, path, _Asked(url=url, data_dir=data_dir, params={}, content=content, kind="application/json"))


def send_file(
    path: str, file: Path, *, url: str | None, data_dir: Path | None, params: dict[str, str]
) -> httpx.Response:
    """The answer to a file, which is read while it is sent. Raises `StoreError` where there is none, or no file."""
    with file.open("rb") as content:
        return _ask("POST", path, _Asked(url=url, data_dir=data_dir, params=params, content=content, kind="audio/*"))


def fetch_file(path: str, file: Path, *, url: str | None, data_dir: Path | None, params: dict[str, str]) -> str | None:
    """Write the answer into a file once it has come whole; gives why it was refused, else none.

    Where it breaks off, the file is as it was. Raises `StoreError`, and `OSError` where the file cannot be written.
    """
    asked = _Asked(url=url, data_dir=data_dir, params=params, content=None, kind="")
    base, headers = _where(asked)
    try:
        with httpx.stream("GET", f"{base}{path}", headers=headers, params=params, timeout=PATIENCE_S) as answer:
            if answer.status_code != 200:
                return f"{answer.status_code} {answer.read().decode(errors='replace')[:500]}"
            _write_whole(file, answer.iter_bytes())
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise _no_answer(error) from error
    return None


def _write_whole(file: Path, content: Iterable[bytes]) -> None:
    # beside it, on the same disk; where it goes when all is there
    with TemporaryDirectory(prefix=".unfinished-", dir=file.parent) as folder:
        unfinished = Path(folder) / "file"
        with unfinished.open("wb") as target:
            for chunk in content:
                target.write(chunk)
        unfinished.replace(file)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """Of whom, and what is sent."""

    url: str | None
    data_dir: Path | None
    params: dict[str, str]
    content: bytes | BinaryIO | None
    kind: str


def _ask(method: str, path: str, asked: _Asked) -> httpx.Response:
    base, headers = _where(asked)
    kind = {"content-type": asked.kind} if asked.content is not None else {}
    try:
        return httpx.request(
            method,
            f"{base}{path}",
            headers=headers | kind,
            params=asked.params,
            content=asked.content,
            timeout=PATIENCE_S,
        )
    except (OSError, httpx.HTTPError, httpx.InvalidURL) as error:
        raise _no_answer(error) from error


def _where(asked: _Asked) -> tuple[str, dict[str, str]]:
    """The address of the service, and what opens it."""
    settings = load_settings(data_dir=asked.data_dir)
    host = "127.0.0.1" if settings.host in ("0.0.0.0", "::") else settings.host
    base = asked.url or f"http://{f'[{host}]' if ':' in host else host}:{settings.port}"
    try:
        token = (settings.data_dir / "access-token").read_text().strip()
    except OSError as error:
        raise _no_answer(error) from error
    return base, {"authorization": f"Bearer {token}"}


def _no_answer(error: Exception) -> StoreError:
    return StoreError(f"no answer from the service: {error}; is it running, and is --data-dir its folder?")
