"""When the customer of one call was on hold, for those who judge the call again. Pure."""

from dataclasses import replace

from qa_monitor.records.holds import OnHold
from sentiment.hold import HoldBegan, HoldNews
from streams.records import CallId


class Holds:
    """Told what changes; take what is to be kept. A hold that has ended is taken again."""

    def __init__(self, call_id: CallId) -> None:
        self._call_id = call_id
        self._latest: OnHold | None = None
        self._changed: dict[float, OnHold] = {}

    def add(self, news: HoldNews, now_s: float) -> None:
        """It became known at `now_s`."""
        match news:
            case HoldBegan(at_s=at_s, cause=cause, channel=channel):
                hold = OnHold(call_id=self._call_id, start_s=at_s, told_s=now_s, cause=cause, channel=channel)
            case _ if self._latest is not None:
                hold = replace(self._latest, end_s=news.at_s, end_told_s=now_s)
            case _:
                return
        self._latest = self._changed[hold.start_s] = hold

    def take(self) -> tuple[OnHold, ...]:
        """What is new or has ended since the last time."""
        changed = tuple(self._changed.values())
        self._changed = {}
        return changed
