"""Cells of CSV files are texts to a spreadsheet, whoever wrote them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_monitor.spreadsheets import FORMULAS, guarded, unguarded

CELLS = st.text(st.sampled_from("'=+-@\t\r\n a1"), max_size=6) | st.text(max_size=20)


@pytest.mark.parametrize("first", FORMULAS)
def test_a_formula_is_kept_as_text(first: str) -> None:
    assert guarded(f"{first}cmd|' /C calc'!A0") == f"'{first}cmd|' /C calc'!A0"


@given(CELLS)
def test_no_cell_begins_a_formula_and_none_is_changed_by_the_way_back(text: str) -> None:
    assert not guarded(text).startswith(FORMULAS)
    assert unguarded(guarded(text)) == text


@given(CELLS)
def test_a_cell_that_is_no_formula_stays_as_it_is(text: str) -> None:
    cell = f"a{text}"

    assert guarded(cell) == unguarded(cell) == cell
