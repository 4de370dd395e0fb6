"""What the sentiment folder hands downstream."""

from dataclasses import dataclass, field
from enum import StrEnum

from streams.records import CallId, UtteranceId


class Emotion(StrEnum):
    """What the customer's voice resembles. Distress is sad or afraid; neutral takes in boredom."""

    ANGER = "anger"
    DISTRESS = "distress"
    NEUTRAL = "neutral"
    HAPPY = "happy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prosody:
    """Pitch, energy and pace of one utterance, absolute and against the same speaker so far."""

    voiced_s: float
    pitch_hz: float | None
    """Median; none where too little was voiced."""
    pitch_range_st: float | None
    """Semitones between the 10th and 90th percentile."""
    level_db: float
    """dB relative to full scale, over speech only."""
    pace_wps: float
    """Words per second."""
    pitch_change_st: float | None
    """Semitones above the speaker's baseline; none while there is no baseline."""
    level_change_db: float | None
    pace_change: float | None
    """Ratio to the baseline pace."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EmotionScore:
    """What the customer's voice sounded like in one utterance, against their own baseline. Customers only."""

    call_id: CallId
    utterance_id: UtteranceId
    probabilities: dict[Emotion, float]
    arousal: float
    """-1 to 1."""
    valence: float
    """-1 to 1."""
    certainty: float
    """0 to 1."""
    enough: bool
    """False: too little voice to tell, or a line that overdrives it. Such a score never counts towards a flag."""
    prosody: Prosody
    explanation_en: str
    """In the person's own terms: "louder by 6 dB and higher by 4 semitones than at first"."""
    explanation_fr: str

    @property
    def emotion(self) -> Emotion:
        """The most probable one; neutral where there is not enough to tell."""
        if not self.enough:
            return Emotion.NEUTRAL
        return max(self.probabilities, key=lambda emotion: self.probabilities[emotion])


@dataclass(frozen=True, slots=True, kw_only=True)
class Dynamics:
    """How the conversation flows, up to `now_s`. Neutral facts, agents included."""

    now_s: float
    silence_s: float
    """How long nobody has spoken, up to now (0 while someone speaks, and before the first word of the call)."""
    talk_over_s: float
    """How long both have been speaking at once, in the current stretch (0 when not)."""
    talk_over_total_s: float
    silence_total_s: float
    talk_share: dict[str, float]
    """Share of all speech per speaker (`customer`, `agent`), 0 to 1."""
    interrupter: str | None
    """Who began to speak second in the current talk-over; none where both began at once."""
    speakers_known: bool = True
    """False for mixed, swapped or identical channels: who did what is left open then, not guessed."""
    interruptions: dict[str, int] = field(default_factory=dict)
    """Per speaker, how often they began while the other spoke and both went on for half a second or more."""
    longest_turn_s: dict[str, float] = field(default_factory=dict)
    """Per speaker, the longest they went on without the other saying anything for a second or more."""
    pace_wpm: dict[str, float] = field(default_factory=dict)
    """Words a minute over each speaker's last 20 s of talk; lacks those who have not said enough."""
    louder_db: dict[str, float] = field(default_factory=dict)
    """Each speaker's last 20 s of talk against their own first 20 s; lacks those who have not said enough."""
    hold_since_s: float | None = None
    """Since when somebody is on hold; none where nobody is."""
    hold_s: float = 0.0
    """How long this hold has lasted."""
    hold_total_s: float = 0.0
    hold_cause: str | None = None
    """What tells of this hold: `music`, `tones` or `signalled`."""


class CourseState(StrEnum):
    """How the customer is, over several utterances."""

    UNKNOWN = "unknown"
    """Not enough to tell."""
    CALM = "calm"
    RISING = "rising"
    """Not upset, and on the way there."""
    UPSET = "upset"
    RECOVERING = "recovering"
    """Was upset, and has begun to be calm."""


class Trend(StrEnum):
    """Where the level is going."""

    RISING = "rising"
    STEADY = "steady"
    FALLING = "falling"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """From one utterance on, the customer's voice was another than before, and stayed so."""

    at_s: float
    """When that utterance began."""
    before: float
    """Median probability of being upset since the shift before; 0 to 1, as is `after`."""
    after: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """How the customer's voice went through the call, up to `at_s`. Levels are probabilities of being upset, 0 to 1."""

    at_s: float
    """The end of the last utterance that was looked at."""
    state: CourseState
    since_s: float | None
    """Since when it is so; none while it is unknown."""
    level: float | None
    """Smoothed over the last few utterances; none where there is not enough to tell."""
    trend: Trend | None
    told: int
    """Utterances that could be told …"""
    unsure: int
    """… and those with too little voice, or whose text is not trusted."""
    told_s: float | None = None
    """The end of the last utterance that could be told."""
    shifts: tuple[Shift, ...] = ()
    """The latest few, oldest first."""
    peak: float | None = None
    """The highest level so far, and when it was reached."""
    peak_s: float | None = None
    upset_s: float | None = None
    """When the customer was last found to be upset …"""
    recovered_s: float | None = None
    """… and when they last had been calm again for several utterances."""
    recoveries: int = 0

    @property
    def peak_end(self) -> float | None:
        """The mean of the worst and the latest: what people remember a stretch of time by."""
        return None if self.peak is None or self.level is None else (self.peak + self.level) / 2
