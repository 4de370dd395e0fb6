"""Wall time for a service that runs for months."""

from datetime import UTC, datetime, timedelta
from time import monotonic


class SteadyClock:
    """Wall time that nobody sets: the time of the start plus what has passed since."""

    def __init__(self) -> None:
        self._began = datetime.now(UTC)
        self._began_s = monotonic()

    def __call__(self) -> datetime:
        return self._began + timedelta(seconds=monotonic() - self._began_s)
