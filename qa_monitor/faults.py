"""What of an unforeseen error may be logged: its kind and where it is from. Its own words may hold what was said."""

import traceback
from collections.abc import Mapping
from pathlib import Path


def fault_of(error: BaseException) -> Mapping[str, str]:
    """For a line of the log: the class of the error, and its innermost line as `file.py:12`."""
    frames = traceback.extract_tb(error.__traceback__)
    at = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
    return {"error": type(error).__name__, "at": at}
