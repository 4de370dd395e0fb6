"""How fast and how loud each speaker talks now, against their own beginning. Neutral facts about any speaker. Pure.

No feeling is read from them, and no rule about an agent may ask for them.
"""

from collections import deque
from dataclasses import dataclass, field

from streams.records import Speaker, Utterance

RECENT_S = 20.0
"""Of the speaker's own talk, so much counts as now …"""
FIRST_S = 20.0
"""… and so much as their beginning."""
FEWEST_WORDS = 3
"""Fewer words at once say nothing of the pace."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    spoken_s: float
    words: int
    """0 where the pace cannot be told."""
    level_db: float


@dataclass(slots=True)
class _Voice:
    first_s: float = 0.0
    first_db_s: float = 0.0
    """Sum of level times seconds, over the beginning."""
    recent: deque[_Said] = field(default_factory=deque)

    def add(self, said: _Said) -> None:
        if self.first_s < FIRST_S:
            self.first_s += said.spoken_s
            self.first_db_s += said.level_db * said.spoken_s
        self.recent.append(said)
        while sum(one.spoken_s for one in self.recent) - self.recent[0].spoken_s >= RECENT_S:
            self.recent.popleft()

    @property
    def pace_wpm(self) -> float | None:
        told = [one for one in self.recent if one.words]
        spoken_s = sum(one.spoken_s for one in told)
        return round(60 * sum(one.words for one in told) / spoken_s, 1) if spoken_s else None

    @property
    def louder_db(self) -> float | None:
        """None while there is no beginning to compare with."""
        if self.first_s < FIRST_S:
            return None
        spoken_s = sum(one.spoken_s for one in self.recent)
        now_db = sum(one.level_db * one.spoken_s for one in self.recent) / spoken_s
        return round(now_db - self.first_db_s / self.first_s, 1)


class Manner:
    """Not safe to share: one per call."""

    def __init__(self) -> None:
        self._voices: dict[Speaker, _Voice] = {}

    def said(self, utterance: Utterance, level_db: float) -> None:
        """A final. `level_db`: of its louder half, below full scale. Text that is not trusted counts for loudness."""
        words = utterance.words
        begins_s = words[0].start_s if words else utterance.start_s
        ends_s = words[-1].end_s if words else utterance.end_s
        if ends_s <= begins_s:
            return
        counted = len(words) if utterance.trusted and len(words) >= FEWEST_WORDS else 0
        said = _Said(spoken_s=ends_s - begins_s, words=counted, level_db=level_db)
        self._voices.setdefault(utterance.speaker, _Voice()).add(said)

    @property
    def pace_wpm(self) -> dict[str, float]:
        """Words a minute over each speaker's last 20 s of talk, pauses between utterances left out."""
        paces = {speaker.value: voice.pace_wpm for speaker, voice in self._voices.items()}
        return {speaker: pace for speaker, pace in paces.items() if pace is not None}

    @property
    def louder_db(self) -> dict[str, float]:
        """By how much each speaker's last 20 s of talk are louder than their first 20 s."""
        changes = {speaker.value: voice.louder_db for speaker, voice in self._voices.items()}
        return {speaker: change for speaker, change in changes.items() if change is not None}
