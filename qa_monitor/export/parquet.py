"""Adapter: rows as a Parquet file, through pyarrow, which is an extra of its own."""

import importlib.util
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from qa_monitor.export.columns import Columns
from qa_monitor.export.lines import Row

MISSING = "Parquet needs pyarrow, which is not installed: install qa-monitor[parquet], or ask for csv or jsonl"


def available() -> bool:
    """Whether pyarrow is installed. It is not loaded by asking."""
    return importlib.util.find_spec("pyarrow") is not None


class ParquetFile:
    """Written group by group; use it as a context. It blocks on the disk."""

    def __init__(self, path: Path, columns: Columns) -> None:
        import pyarrow
        import pyarrow.parquet

        self._arrow = pyarrow
        self._schema = pyarrow.schema(
            [
                *((name, pyarrow.string()) for name in columns.texts),
                *((name, pyarrow.float64()) for name in columns.numbers),
                *((name, pyarrow.int32()) for name in columns.counts),
            ]
        )
        self._writer = pyarrow.parquet.ParquetWriter(path, self._schema, compression="zstd")

    def add(self, rows: Sequence[Row]) -> None:
        """One more group of rows."""
        self._writer.write_table(self._arrow.Table.from_pylist([dict(row) for row in rows], schema=self._schema))

    def __enter__(self) -> "ParquetFile":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._writer.close()
