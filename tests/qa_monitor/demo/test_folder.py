"""Where the demo keeps what it hears."""

from contextlib import ExitStack
from pathlib import Path

import pytest

from qa_monitor.demo.run import DemoOptions, demo_settings


def test_the_demo_keeps_its_calls_where_it_is_told_to(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """So that they can be looked at when it has ended."""
    monkeypatch.setenv("QA_MONITOR_DATA_DIR", str(tmp_path))

    with ExitStack() as stack:
        settings = demo_settings(DemoOptions(), stack)

    assert settings.data_dir == tmp_path
    assert tmp_path.is_dir()


def test_the_demo_leaves_nothing_behind_where_it_is_told_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """No demo call comes to stand in the user's own data folder."""
    monkeypatch.delenv("QA_MONITOR_DATA_DIR", raising=False)

    with ExitStack() as stack:
        folder = demo_settings(DemoOptions(), stack).data_dir
        assert folder.is_dir()

    assert not folder.exists()
