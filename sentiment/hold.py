"""When somebody waits on hold: by music, by tones with nobody speaking in between, or because the source says so. Pure.

Music that plays behind two people who talk to each other holds nobody.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from streams.activity.music import LineSound, MusicBegan, MusicEnded, ToneHeard
from streams.records import ChannelActivity, Paused, Resumed

TONES_APART_S = (1.5, 16.0)
"""Between two tones of ring-back, or two beeps of a held line. Shorter: engaged, or keys."""
TALKING_S, TALKED_S = 8.0, 1.0
"""Two sides talk to each other when both have spoken for this long within the last seconds."""


class HoldCause(StrEnum):
    """What tells that somebody is on hold."""

    MUSIC = "music"
    TONES = "tones"
    SIGNALLED = "signalled"
    """The telephony system said so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldBegan:
    """On hold from this second on; it is told later than that."""

    at_s: float
    cause: HoldCause
    channel: int | None
    """Where music or tones are heard; None where it was signalled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldEnded:
    """On hold until this second."""

    at_s: float


HoldNews = HoldBegan | HoldEnded


class HoldWatch:
    """Told what is heard on the channels of one call and what its source says. Not safe to share."""

    def __init__(self, channels: int) -> None:
        self._music: dict[int, float] = {}
        """Where music plays, and since when."""
        self._tones: dict[int, tuple[float, float]] = {}
        """Where tones hold the line: when the first began and the latest ended."""
        self._latest_tone: list[ToneHeard | None] = [None] * channels
        self._paused_s: float | None = None
        self._spoken: tuple[deque[ChannelActivity], ...] = tuple(deque(maxlen=16) for _ in range(channels))
        self._begun = False
        self._on = False
        self._ended_s = 0.0
        self._talked_s = 0.0
        """When two sides were last found talking to each other over music."""

    def heard(self, channel: int, sound: LineSound) -> None:
        """Music or a tone on a channel."""
        match sound:
            case MusicBegan(at_s=at_s):
                tones = self._tones.pop(channel, None)
                self._latest_tone[channel] = None
                self._music[channel] = at_s if tones is None else min(at_s, tones[0])
            case MusicEnded(at_s=at_s):
                self._music.pop(channel, None)
                self._ended_s = max(self._ended_s, at_s) if self._on else self._ended_s
            case ToneHeard() if channel not in self._music:
                self._tone(channel, sound)

    def signalled(self, event: Paused | Resumed) -> None:
        """The source stopped sending on purpose, or sends again."""
        if isinstance(event, Paused):
            self._paused_s = event.at_s if self._paused_s is None else self._paused_s
        elif self._paused_s is not None:
            self._paused_s, self._ended_s = None, event.at_s

    def spoke(self, activity: ChannelActivity) -> None:
        """Somebody speaks, or has spoken."""
        self._begun = True
        spoken = self._spoken[activity.channel]
        if spoken and spoken[-1].start_s == activity.start_s:
            spoken.pop()
        spoken.append(activity)
        tones = self._tones.get(activity.channel)
        if tones is not None and activity.end_s > tones[1]:
            self._tones_over(activity.channel)

    def at(self, now_s: float) -> Iterator[HoldNews]:
        """What has changed, up to `now_s`."""
        for channel, (_, latest_s) in list(self._tones.items()):
            if now_s - latest_s > TONES_APART_S[1]:
                self._tones_over(channel)
        reasons = list(self._reasons(now_s))
        if reasons and not self._on:
            self._on = True
            first = min(reasons, key=lambda reason: reason.at_s)
            begins_s = max(first.at_s, self._ended_s)
            self._ended_s = begins_s
            yield HoldBegan(at_s=begins_s, cause=first.cause, channel=first.channel)
        elif self._on and not reasons:
            self._on = False
            yield HoldEnded(at_s=min(now_s, self._ended_s))

    def _reasons(self, now_s: float) -> Iterator[HoldBegan]:
        if self._paused_s is not None:
            yield HoldBegan(at_s=self._paused_s, cause=HoldCause.SIGNALLED, channel=None)
        for channel, (first_s, _) in self._tones.items():
            yield HoldBegan(at_s=first_s, cause=HoldCause.TONES, channel=channel)
        for channel, since_s in self._music.items():
            if self._talking(since_s, now_s):
                self._talked_s = now_s
                self._ended_s = max(self._ended_s, self._talks_since_s(since_s, now_s))
            else:
                yield HoldBegan(at_s=max(since_s, self._talked_s), cause=HoldCause.MUSIC, channel=channel)

    def _tone(self, channel: int, tone: ToneHeard) -> None:
        before, self._latest_tone[channel] = self._latest_tone[channel], tone
        if channel in self._tones:
            self._tones[channel] = (self._tones[channel][0], tone.end_s)
            return
        # before anybody has spoken, a tone is how calls begin
        if before is None or not self._begun:
            return
        apart_s = tone.start_s - before.end_s
        if TONES_APART_S[0] <= apart_s <= TONES_APART_S[1] and not self._anyone_spoke(before.end_s, tone.start_s):
            self._tones[channel] = (before.start_s, tone.end_s)

    def _tones_over(self, channel: int) -> None:
        _, latest_s = self._tones.pop(channel)
        self._ended_s = max(self._ended_s, latest_s)
        self._latest_tone[channel] = None

    def _anyone_spoke(self, from_s: float, until_s: float) -> bool:
        return any(_within(one, from_s, until_s, until_s) > 0 for spoken in self._spoken for one in spoken)

    def _talking(self, since_s: float, now_s: float) -> bool:
        """Whether two sides talk to each other while music plays."""
        from_s = max(since_s, now_s - TALKING_S)
        talked = [sum(_within(one, from_s, now_s, now_s) for one in spoken) for spoken in self._spoken]
        return sum(one_s >= TALKED_S for one_s in talked) >= 2

    def _talks_since_s(self, since_s: float, now_s: float) -> float:
        from_s = max(since_s, now_s - TALKING_S)
        recent = [one for spoken in self._spoken for one in spoken if _within(one, from_s, now_s, now_s) > 0]
        return max(from_s, min((one.start_s for one in recent), default=now_s))


def _within(activity: ChannelActivity, from_s: float, until_s: float, now_s: float) -> float:
    """For how many of these seconds somebody spoke."""
    end_s = now_s if activity.open else activity.end_s
    return max(0.0, min(end_s, until_s) - max(activity.start_s, from_s))
