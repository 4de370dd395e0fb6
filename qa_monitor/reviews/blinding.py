"""Whose scores somebody must not learn: the one place that turns open calibrations into a narrower sight.

Whatever reads scores for people reads them under such a sight; `store.sights.score_is_shown` holds it to that.
"""

from dataclasses import replace

from qa_monitor.people.sight import Sight
from qa_monitor.reviews.calibration import blind_calls
from qa_monitor.reviews.port import CalibrationStore
from qa_monitor.reviews.records import ReviewerId


async def blind_to(store: CalibrationStore, sight: Sight, name: str) -> Sight:
    """What this person may see, without the scores of the calls they calibrate just now. Raises `StoreError`."""
    return replace(sight, blind=frozenset(blind_calls(await store.open_for(ReviewerId(name)), name)))


async def blind_to_readers(store: CalibrationStore, sight: Sight) -> Sight:
    """For readers nobody knows: without the scores of calls that anybody calibrates. Raises `StoreError`."""
    return replace(sight, blind=await store.open_calls())
