"""Where the demo keeps what it hears."""

from contextlib import ExitStack
from pathlib import Path

import pytest

from qa_monitor.demo.run import DemoOptions, demo_settings


def test_the_demo_keeps_its_calls_where_it_is_told_to(tmp_path: Path) -> None:
    """So that they can be looked at when it has ended."""
    with ExitStack() as stack:
        assert demo_settings(DemoOptions(data_dir=tmp_path), stack).data_dir == tmp_path

    assert tmp_path.is_dir()


def test_no_demo_call_comes_to_stand_among_real_ones(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The folder of the service is not taken; what is taken instead is gone at the end."""
    monkeypatch.setenv("QA_MONITOR_DATA_DIR", str(tmp_path))

    with ExitStack() as stack:
        folder = demo_settings(DemoOptions(), stack).data_dir
        assert folder.is_dir()
        assert folder != tmp_path

    assert not folder.exists()
