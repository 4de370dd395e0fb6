"""Which releases of SQLite the operator is warned about."""

import pytest

from qa_monitor.store.database.version import wal_reset_warning


@pytest.mark.parametrize(
    "version", [(3, 51, 3), (3, 51, 4), (3, 52, 1), (3, 53, 0), (3, 54, 1), (3, 50, 7), (3, 50, 9), (3, 44, 6)]
)
def test_a_corrected_release_gives_no_warning(version: tuple[int, int, int]) -> None:
    """The correction came with 3.51.3 and was carried back to two older lines."""
    assert wal_reset_warning(version) is None


@pytest.mark.parametrize(
    "version", [(3, 40, 1), (3, 44, 5), (3, 45, 6), (3, 49, 9), (3, 50, 6), (3, 51, 2), (3, 52, 0)]
)
def test_an_affected_release_is_named(version: tuple[int, int, int]) -> None:
    """The warning says which release runs, and what to do."""
    warning = wal_reset_warning(version)

    assert warning is not None
    assert ".".join(map(str, version)) in warning
    assert "install SQLite 3.51.3 or later" in warning
