"""A file of settings in TOML, read whole, or refused in one sentence. The only reader of TOML."""

import tomllib
from pathlib import Path

from alerts.files.plain_text import Unreadable, read_plain_text


def read_toml(path: Path) -> dict[str, object]:
    """What it says, unchecked. Raises `Unreadable`, whose message repeats nothing of it: it may hold secrets."""
    text = read_plain_text(path)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Unreadable(f"no TOML: {error}", 'lines such as name = "value", and [tables]') from error
    except RecursionError as error:
        raise Unreadable("lists or tables nested hundreds deep", "settings") from error
    except ValueError as error:  # Python reads no number of thousands of digits
        raise Unreadable("a number of thousands of digits", "settings") from error
