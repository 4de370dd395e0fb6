"""What was said, and how it sounded."""

from qa_monitor.schemas.shape import Bilingual, Shape
from sentiment.records import Emotion
from streams.records import Language, Speaker


class WordJson(Shape):
    """One recognised word."""

    text: str
    start_s: float
    end_s: float
    probability: float


class TimingJson(Shape):
    """Wall seconds from the last word heard to the text."""

    endpoint_s: float
    queued_s: float
    speech_s: float


class ProsodyJson(Shape):
    """Pitch, energy and pace of one utterance, absolute and against the same speaker so far."""

    voiced_s: float
    pitch_hz: float | None
    pitch_range_st: float | None
    level_db: float
    pace_wps: float
    pitch_change_st: float | None
    level_change_db: float | None
    pace_change: float | None


class EmotionJson(Shape):
    """What the customer's voice sounded like, against their own baseline."""

    emotion: Emotion
    probabilities: dict[Emotion, float]
    arousal: float
    valence: float
    certainty: float
    enough: bool
    prosody: ProsodyJson
    explanation: Bilingual


class UtteranceJson(Shape):
    """What one person said. The same `utterance_id` again replaces it."""

    utterance_id: str
    speaker: Speaker
    channel: int
    start_s: float
    end_s: float
    text: str
    words: list[WordJson]
    language: Language
    confidence: float
    final: bool
    revision: int
    trusted: bool
    emotion: EmotionJson | None
    timing: TimingJson | None
    late: bool
    """Transcribed only after the fact: nobody was told of it while it was said."""
