"""As what an unsure utterance is heard again, for phrases in what comes of it. Pure.

Each hearing makes mistakes of its own. A phrase of a rule that stands word for word in one of them was hardly ever not
said, while the rest of that hearing may be nonsense: so nothing else of it is used.
"""

from streams.model.holes import halves_of
from streams.records import Audio
from streams.samples.resample import SPEECH_RATE_HZ, slower

UNSURE = 0.85
"""Confidence of a text below which it is worth the time; above it, hardly a phrase was misheard."""
SLOWER = 1.12
"""So many times as long; with 1.08, 1.2, 1.3 or 0.9 fewer phrases were found."""
FEWEST_S = 4.0
"""Half of less has too little around a phrase."""
MOST_S = 25.0
"""More would be cut off when it is slower."""


def hearings_of(audio: Audio, confidence: float) -> list[list[Audio]]:
    """Each hearing in its parts: slower, and in two halves; none where the text is sure enough."""
    duration_s = len(audio) / SPEECH_RATE_HZ
    if confidence >= UNSURE or duration_s > MOST_S:
        return []
    hearings = [[slower(audio, SLOWER)]]
    if duration_s >= FEWEST_S:
        hearings.append(list(halves_of(audio, (duration_s / 3, duration_s * 2 / 3))))
    return hearings
