"""From a call that is over to what it adds to the counts, and from counts to what the search for surges reads. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta, tzinfo

import numpy as np

from qa_monitor.themes.port import Slot
from qa_monitor.themes.reasons import Reasons
from qa_monitor.themes.records import EVERY, FEWEST_CALLS, Counted, Ended, Theme, language_of
from qa_monitor.themes.surging import SLOT_MIN, Lately
from qa_monitor.themes.terms import main_language, terms_of

SLOT = timedelta(minutes=SLOT_MIN)
HOUR = timedelta(hours=1)


def counted(call: Ended, reasons: Reasons) -> Counted:
    """What this call says, once each: reasons in whatever language, terms of the one most of it is in."""
    terms = terms_of(call.said)
    language = main_language(call.said)
    own = {term: place for term, place in terms.items() if language_of(term) == language}
    return Counted(
        call_id=call.call_id,
        tenant=call.tenant,
        team=call.team,
        at=slot_of(call.started_at),
        language=language,
        themes={**reasons.found_in(terms), **own},
    )


def slot_of(at: datetime) -> datetime:
    """The start of its ten minutes."""
    return at.replace(minute=at.minute - at.minute % SLOT_MIN, second=0, microsecond=0)


def hour_of(at: datetime) -> datetime:
    """The start of its hour."""
    return at.replace(minute=0, second=0, microsecond=0)


def hour_of_week(at: datetime, zone: tzinfo | None = None) -> int:
    """0 to 167, Monday first, by the clock on the wall: of this zone, or of the machine."""
    local = at.astimezone(zone)
    return local.weekday() * 24 + local.hour


def of_hour(slots: Iterable[Slot]) -> tuple[Mapping[Theme, int], Mapping[str, int]]:
    """Calls per theme, and calls there were per language and in all, of one tenant."""
    named: dict[Theme, int] = defaultdict(int)
    volumes: dict[str, int] = defaultdict(int)
    for slot in slots:
        if slot.theme == EVERY:
            volumes[EVERY] += slot.calls
            volumes[slot.language] += slot.calls
        else:
            named[slot.theme] += slot.calls
    return named, volumes


def lately(
    slots: Sequence[Slot], starts: Sequence[datetime], ended: Mapping[Theme, datetime], zone: tzinfo | None
) -> Lately:
    """The slots of one tenant that begin at these times. `ended`: when a surge of a theme was last over."""
    place = {start: number for number, start in enumerate(starts)}
    volumes = {language: np.zeros(len(starts), dtype=np.int64) for language in (EVERY, "fr", "en", "")}
    named: dict[Theme, np.ndarray[tuple[int], np.dtype[np.int64]]] = {}
    for slot in slots:
        at = place.get(slot.at)
        if at is None:
            continue
        if slot.theme == EVERY:
            volumes[EVERY][at] += slot.calls
            volumes[slot.language][at] += slot.calls
        else:
            named.setdefault(slot.theme, np.zeros(len(starts), dtype=np.int64))[at] += slot.calls
    themes = tuple(theme for theme, calls in named.items() if calls.sum() >= FEWEST_CALLS)
    empty = np.zeros((0, len(starts)), dtype=np.int64)
    return Lately(
        themes=themes,
        named=np.stack([named[theme] for theme in themes]) if themes else empty,
        calls=np.stack([volumes[language_of(theme)] for theme in themes]) if themes else empty,
        hours=tuple(hour_of_week(start, zone) for start in starts),
        since=np.array([first_after(starts, ended.get(theme)) for theme in themes], dtype=np.int64),
    )


def first_after(starts: Sequence[datetime], ended: datetime | None) -> int:
    """The first slot that begins after a surge was over."""
    return 0 if ended is None else sum(start < ended for start in starts)
