"""The file of a model with fewer rows of its table, written here variable by variable."""

import struct
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.model_files.binary import ModelFileError, with_rows

PIECES = 6
Variable = tuple[str, tuple[int, ...], bytes]


def a_file(variables: Sequence[Variable], *, version: int = 6) -> bytes:
    """As CTranslate2 writes it; types are not looked at."""
    out = struct.pack("<IH5sII", version, 5, b"Spec\0", 3, len(variables))
    for name, shape, data in variables:
        known = name.encode() + b"\0"
        out += struct.pack("<H", len(known)) + known + struct.pack(f"<B{len(shape)}I", len(shape), *shape)
        out += struct.pack("<BI", 1, len(data)) + data
    return out + struct.pack("<I", 0)


TABLE = ("decoder/embeddings/weight", (PIECES, 2), bytes(range(2 * PIECES)))
SCALE = ("decoder/embeddings/weight_scale", (PIECES,), bytes(range(100, 100 + 4 * PIECES)))
OTHER = ("encoder/layer_0/weight", (PIECES, 3), bytes(range(3 * PIECES)))
NUMBER = ("decoder/scale_embeddings", (), b"\1")


@given(rows=st.lists(st.integers(min_value=0, max_value=PIECES - 1), unique=True, min_size=1).map(sorted))
def test_rows_of_the_table_are_left_out_and_nothing_else(rows: list[int]) -> None:
    """Weights and what belongs to each row; other variables with as many rows stay whole."""
    fewer = with_rows(a_file([NUMBER, TABLE, OTHER, SCALE]), rows, of=PIECES)

    weights = b"".join(TABLE[2][2 * row : 2 * row + 2] for row in rows)
    scales = b"".join(SCALE[2][4 * row : 4 * row + 4] for row in rows)
    assert fewer == a_file(
        [NUMBER, (TABLE[0], (len(rows), 2), weights), OTHER, (SCALE[0], (len(rows),), scales)],
    )


def test_with_all_rows_it_is_the_same_file() -> None:
    """Byte for byte."""
    file = a_file([TABLE, NUMBER, OTHER])

    assert with_rows(file, range(PIECES), of=PIECES) == file


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (a_file([TABLE], version=5), "version 5"),
        (a_file([OTHER]), "no table of 6 pieces"),
        (a_file([TABLE])[:-15], "ends within"),
        (b"", "ends within"),
    ],
)
def test_another_file_is_refused(file: bytes, said: str) -> None:
    """With what is wrong."""
    with pytest.raises(ModelFileError, match=said):
        with_rows(file, [0], of=PIECES)
