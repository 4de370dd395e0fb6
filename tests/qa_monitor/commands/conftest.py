"""Commands find no settings around them."""

from pathlib import Path

import pytest

from qa_monitor.config import Settings


@pytest.fixture(autouse=True)
def _no_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing of this machine's is read or written."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"QA_MONITOR_{name.upper()}", raising=False)
    monkeypatch.delenv("QA_MONITOR_CONFIG", raising=False)
    monkeypatch.setenv("QA_MONITOR_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "200")
