"""A text that is not in force, as a file of its own for as long as it is looked at."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkstemp


@contextmanager
def drafted(text: str, folder: Path) -> Iterator[Path]:
    """A file with this text in the folder where it would be published, so that paths in it mean the same there.

    Its name is none of a rule file: whoever loads the folder passes it by. Raises `OSError`.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, name = mkstemp(prefix=".draft-", dir=folder)
    path = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(text.encode())
        yield path
    finally:
        path.unlink(missing_ok=True)
