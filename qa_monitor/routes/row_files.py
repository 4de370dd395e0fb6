"""Rows as files: CSV and JSON lines written while they are read, Parquet made on the disk. No routes of its own."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from tempfile import NamedTemporaryFile

from fastapi import HTTPException
from fastapi.responses import FileResponse, Response, StreamingResponse
from starlette.background import BackgroundTask

from qa_monitor.application import Application
from qa_monitor.export import parquet
from qa_monitor.export.columns import Columns
from qa_monitor.export.lines import Row, csv_lines, heading, json_lines
from qa_monitor.replay.one_call import FOLDER

Rows = Sequence[Row]
CONTENT: dict[str, object] = {"application/x-ndjson": {}, "application/vnd.apache.parquet": {}}
NEXT: dict[str, object] = {"X-Next-Cursor": {"schema": {"type": "string"}, "description": "Absent on the last page."}}


class RowsForm(StrEnum):
    """How many calls are written."""

    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsFile:
    """Rows of one kind as a file."""

    name: str
    """Without its ending."""
    form: RowsForm
    columns: Columns

    @property
    def headers(self) -> dict[str, str]:
        """Under which name it is kept."""
        return named(f"{self.name}.{self.form.value}")

    @property
    def kind(self) -> str:
        """Its media type."""
        return "text/csv; charset=utf-8" if self.form is RowsForm.CSV else "application/x-ndjson"

    async def whole(self, parts: Application, pages: AsyncIterator[Rows]) -> Response:
        """All pages in one answer; a few rows are in memory at a time. Raises 501 for Parquet without its library."""
        if self.form is RowsForm.PARQUET:
            return await self._parquet(parts, pages)
        return StreamingResponse(self._lines(pages), media_type=self.kind, headers=self.headers)

    def page(self, rows: Rows, cursor: str | None) -> Response:
        """One page, and where the next one begins."""
        first = heading(self.columns) if self.form is RowsForm.CSV else ""
        headers = self.headers if cursor is None else self.headers | {"X-Next-Cursor": cursor}
        return Response(first + self._written(rows), media_type=self.kind, headers=headers)

    async def _lines(self, pages: AsyncIterator[Rows]) -> AsyncIterator[str]:
        if self.form is RowsForm.CSV:
            yield heading(self.columns)
        async for rows in pages:
            yield self._written(rows)

    def _written(self, rows: Rows) -> str:
        return csv_lines(rows, self.columns) if self.form is RowsForm.CSV else json_lines(rows)

    async def _parquet(self, parts: Application, pages: AsyncIterator[Rows]) -> Response:
        """Made on the disk: the end of such a file tells what is in it."""
        if not parquet.available():
            raise HTTPException(501, parquet.MISSING)
        folder = parts.settings.data_dir / FOLDER
        await asyncio.to_thread(folder.mkdir, mode=0o700, exist_ok=True)
        path = await asyncio.to_thread(_temporary, folder)
        try:
            file = await asyncio.to_thread(parquet.ParquetFile, path, self.columns)
            with file:
                async for rows in pages:
                    await asyncio.to_thread(file.add, rows)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return FileResponse(
            path,
            media_type="application/vnd.apache.parquet",
            filename=f"{self.name}.parquet",
            background=BackgroundTask(path.unlink, missing_ok=True),
        )


def named(name: str) -> dict[str, str]:
    """A file's name, of letters that no header gives a meaning."""
    plain = "".join(letter if letter.isalnum() and letter.isascii() or letter in "._-" else "_" for letter in name)
    return {"Content-Disposition": f'attachment; filename="{plain}"'}


def _temporary(folder: Path) -> Path:
    with NamedTemporaryFile(dir=folder, suffix=".parquet", delete=False) as file:
        return Path(file.name)
