"""The binary file of a CTranslate2 model, version 6: read variable by variable, written with fewer rows of one table.

After its own version, the name of what is specified and that one's revision it counts the variables; each has a name,
dimensions, a type, and its bytes; other names for them follow (ctranslate2/specs/model_spec.py, 4.x). Numbers are
little-endian; names are counted with a zero at their end.
"""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

VERSION = 6
_TABLES = ("decoder/embeddings/", "decoder/projection/")
"""One row for every piece of a word: weights, and their scales or biases where there are any."""


class ModelFileError(ValueError):
    """Not a file of this version, or without a table of so many pieces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """One of the file, and where it lies there."""

    name: str
    shape: tuple[int, ...]
    type: int
    data: memoryview


def with_rows(file: bytes, rows: Sequence[int], *, of: int) -> bytes:
    """The same model with these rows of the table of `of` pieces. Raises ModelFileError."""
    reader = _Reader(file)
    head, variables = reader.head(), list(reader.variables())
    tables = [variable for variable in variables if _is_table(variable, of)]
    if not tables:
        raise ModelFileError(f"no table of {of} pieces")
    parts: list[bytes | memoryview] = [head]
    for variable in variables:
        parts.extend(_written(variable, rows if _is_table(variable, of) else None))
    return b"".join([*parts, reader.rest()])


def _is_table(variable: Variable, pieces: int) -> bool:
    return variable.name.startswith(_TABLES) and variable.shape[:1] == (pieces,)


def _written(variable: Variable, rows: Sequence[int] | None) -> Iterator[bytes | memoryview]:
    shape, data = variable.shape, [variable.data]
    if rows is not None:
        width = len(variable.data) // shape[0]
        shape, data = (len(rows), *shape[1:]), [variable.data[row * width : (row + 1) * width] for row in rows]
    name = variable.name.encode() + b"\0"
    yield struct.pack(f"<H{len(name)}sB{len(shape)}I", len(name), name, len(shape), *shape)
    yield struct.pack("<BI", variable.type, sum(map(len, data)))
    yield from data


class _Reader:
    """Goes through a file once, in order."""

    def __init__(self, file: bytes) -> None:
        self._file, self._at, self._count = memoryview(file), 0, 0

    def head(self) -> memoryview:
        """All before the first variable. Raises ModelFileError."""
        version = self._number("<I")
        if version != VERSION:
            raise ModelFileError(f"version {version} of the format, not {VERSION}")
        self._name()
        self._number("<I")
        self._count = self._number("<I")
        return self._file[: self._at]

    def variables(self) -> Iterator[Variable]:
        """Each, in order, once the head is read. Raises ModelFileError."""
        for _ in range(self._count):
            name = self._name()
            shape = tuple(self._number("<I") for _ in range(self._number("<B")))
            kind, size = self._number("<B"), self._number("<I")
            yield Variable(name=name, shape=shape, type=kind, data=self._bytes(size))

    def rest(self) -> memoryview:
        """What comes after them: the other names."""
        return self._file[self._at :]

    def _name(self) -> str:
        return bytes(self._bytes(self._number("<H"))).rstrip(b"\0").decode()

    def _number(self, form: str) -> int:
        (number,) = struct.unpack(form, self._bytes(struct.calcsize(form)))
        return int(number)

    def _bytes(self, count: int) -> memoryview:
        begin, self._at = self._at, self._at + count
        if self._at > len(self._file):
            raise ModelFileError(f"ends within byte {begin} to {self._at}")
        return self._file[begin : self._at]
