"""`qa-monitor openapi`: the description of the HTTP interface."""

import json
import sys

from qa_monitor.commands.terminal import plain_errors
from qa_monitor.config import load_settings


def openapi() -> None:
    """Print the description of the HTTP interface."""
    from qa_monitor.web import build_web

    with plain_errors():
        described = build_web(load_settings()).openapi()
    sys.stdout.write(json.dumps(described, indent=1, ensure_ascii=False) + "\n")
