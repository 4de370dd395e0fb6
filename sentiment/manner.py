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
MAX_HOLES = 100
"""Remembered of those in which nothing was heard: more than one utterance has."""
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
    begun_elsewhere: bool = False
    """What they said first was not heard here: there is no beginning to compare with."""

    def missed(self) -> None:
        """They said something that was not heard here: now is only what they say from here on."""
        self.recent.clear()
        if self.first_s < FIRST_S:
            self.begun_elsewhere = True

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
        if self.first_s < FIRST_S or self.begun_elsewhere or not self.recent:
            return None
        spoken_s = sum(one.spoken_s for one in self.recent)
        now_db = sum(one.level_db * one.spoken_s for one in self.recent) / spoken_s
        return round(now_db - self.first_db_s / self.first_s, 1)


class Manner:
    """Not safe to share: one per call."""

    def __init__(self) -> None:
        self._voices: dict[Speaker, _Voice] = {}
        self._whole = True
        self._holes: dict[tuple[int, float], float] = {}
        """By channel and beginning, up to where nothing was heard."""

    def missed(self, speaker: Speaker | None = None) -> None:
        """This speaker said something that was not heard here; none: anybody may have."""
        if speaker is not None:
            self._voice(speaker).missed()
            return
        self._whole = False
        for voice in self._voices.values():
            voice.missed()

    def lost(self, channel: int, start_s: float, end_s: float) -> None:
        """Nothing was heard on a channel in these seconds. May be told again as it grows."""
        self._holes[channel, start_s] = end_s
        while len(self._holes) > MAX_HOLES:
            del self._holes[next(iter(self._holes))]

    def said(self, utterance: Utterance, level_db: float) -> None:
        """A final. `level_db`: of its louder half, below full scale. Text that is not trusted counts for loudness."""
        words = utterance.words
        begins_s = words[0].start_s if words else utterance.start_s
        ends_s = words[-1].end_s if words else utterance.end_s
        spoken_s = ends_s - begins_s - self._lost_s(utterance.channel, begins_s, ends_s)
        if spoken_s <= 0:
            return
        counted = len(words) if utterance.trusted and len(words) >= FEWEST_WORDS else 0
        said = _Said(spoken_s=spoken_s, words=counted, level_db=level_db)
        self._voice(utterance.speaker).add(said)

    def _lost_s(self, channel: int, begins_s: float, ends_s: float) -> float:
        holes = (hole for hole in self._holes.items() if hole[0][0] == channel)
        return sum(max(0.0, min(end_s, ends_s) - max(start_s, begins_s)) for (_, start_s), end_s in holes)

    def _voice(self, speaker: Speaker) -> _Voice:
        return self._voices.setdefault(speaker, _Voice(begun_elsewhere=not self._whole))

    @property
    def pace_wpm(self) -> dict[str, float]:
        """Words a minute over each speaker's last 20 s of talk, pauses between utterances left out."""
        paces = {speaker.value: voice.pace_wpm for speaker, voice in self._voices.items()}
        return {speaker: pace for speaker, pace in paces.items() if pace is not None}

    @property
    def louder_db(self) -> dict[str, float]:
        """By how much each speaker's last 20 s of talk are louder than their first 20 s, where both were heard."""
        changes = {speaker.value: voice.louder_db for speaker, voice in self._voices.items()}
        return {speaker: change for speaker, change in changes.items() if change is not None}
