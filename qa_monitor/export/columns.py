"""The columns of a kind of row, by type: what CSV, JSON lines and Parquet files of it are made of. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Names, in the order of a file."""

    texts: tuple[str, ...]
    numbers: tuple[str, ...]
    counts: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """All of them."""
        return (*self.texts, *self.numbers, *self.counts)
