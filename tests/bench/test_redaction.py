"""Redaction is measured again on what was heard before, without anything that speaks."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
WITHOUT_VOICES = """
import runpy, sys
sys.modules["voices"] = None  # from now on importing it fails
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


def test_dialogues_that_were_heard_before_need_no_voice(tmp_path: Path) -> None:
    """Whoever has what was heard need not install what speaks."""
    report = tmp_path / "report.json"
    options = ["--dialogues", "4", "--spoken", "1", "--kept", str(tmp_path), "--json", str(report)]
    line = [sys.executable, "-c", WITHOUT_VOICES, str(ROOT / "bench" / "redaction.py"), *options]
    path = os.pathsep.join((str(ROOT), str(ROOT / "bench")))

    done = subprocess.run(line, check=False, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": path})

    assert done.returncode == 0, done.stderr
    assert json.loads(report.read_text())["spoken"] == {}
