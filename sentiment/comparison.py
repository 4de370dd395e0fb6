"""One utterance's voice against the same speaker so far, in plain units. Pure."""

from sentiment.baseline import SpeakerBaseline
from sentiment.prosody import FEATURES, VoiceMeasures
from sentiment.records import Prosody
from streams.records import Utterance

SHORTEST_SPAN_S = 0.5
"""Pace is not worth naming over less."""
SILENT_DB = -120.0
"""The level of an utterance in which no speech was found."""


def pace_wps(utterance: Utterance) -> float | None:
    """Words a second from the first word to the last; none where that is too short, or the text distrusted."""
    if not utterance.words or not utterance.trusted:
        return None
    span_s = utterance.words[-1].end_s - utterance.words[0].start_s
    return len(utterance.words) / span_s if span_s >= SHORTEST_SPAN_S else None


def compare(measures: VoiceMeasures, pace: float | None, baseline: SpeakerBaseline) -> Prosody:
    """What was measured, and how it differs from usual. Call it before the baseline learns the utterance."""
    pitch_st, level_db = measures.value("pitch_st"), measures.value("level_db")
    usual_pace = baseline.usual_pace_wps
    return Prosody(
        voiced_s=measures.voiced_s,
        pitch_hz=measures.pitch_hz,
        pitch_range_st=measures.value("pitch_range_st"),
        level_db=SILENT_DB if level_db is None else level_db,
        pace_wps=pace or 0.0,
        pitch_change_st=_difference(pitch_st, baseline.usual(FEATURES.index("pitch_st"))),
        level_change_db=_difference(level_db, baseline.usual(FEATURES.index("level_db"))),
        pace_change=pace / usual_pace if pace and usual_pace else None,
    )


def _difference(value: float | None, usual: float | None) -> float | None:
    return None if value is None or usual is None else value - usual
