"""An agent's own calls and flags as JSON, with the disputes of them."""

from datetime import datetime

from qa_monitor.reviews.flag_disputes import FlagRuling
from qa_monitor.schemas.flags import PriorityLabel
from qa_monitor.schemas.shape import Bilingual, Shape
from streams.records import Direction, Language, Speaker


class MyFlagDisputeJson(Shape):
    """One's own dispute of a flag. Who decided is not told."""

    words: str
    at: datetime
    ruling: FlagRuling | None
    """Null: still to be decided. `false_alarm`: one was right; `stands`: the flag was."""
    decided_words: str | None
    decided_at: datetime | None


class MyFlagJson(Shape):
    """A flag as the agent of the call sees it afterwards. Who judged it is not told."""

    flag_id: str
    rule_id: str
    name: Bilingual
    priority: PriorityLabel
    start_s: float
    end_s: float
    said: str
    speaker: Speaker | None
    explanation: Bilingual
    clip: str | None
    """Where the seconds around it are served as WAV; null where clips are not shown, or audio is not kept."""
    dispute: MyFlagDisputeJson | None
    """Null where it was not disputed."""


class MyCallJson(Shape):
    """An own call that is over."""

    call_id: str
    started_at: datetime
    duration_s: float | None
    direction: Direction
    language: Language | None
    flags: list[MyFlagJson] | None
    """Null where flags are not shown to agents."""


class MyCallsJson(Shape):
    """Own calls, newest first."""

    calls: list[MyCallJson]
