"""Which recognised text to distrust: loops, sentences invented on noise, low confidence. Pure."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

_INVENTED = (
    # what Whisper writes on silence, music and ring-back, in both languages: credits, thanks, subtitles
    r"sous[- ]?titr\w*.*",
    r"merci d.?avoir regarde.*",
    r"abonnez[- ]vous.*",
    r"(n.?hesitez pas a )?(vous )?abonner.*",
    r"amara ?org.*",
    r"(je vous remercie|merci)( beaucoup)?( a tous)?",
    r"(thanks?( you)?( so much| very much)?( for (watching|listening|viewing))?)",
    r"(please )?(like and )?subscribe.*",
    r"subtitles? by.*",
    r"you|bye( bye)?|oh|hm+|uh+|ah+|mm+|so|the|a|i",
)
_INVENTED_PATTERN = re.compile("|".join(f"(?:{pattern})" for pattern in _INVENTED))
SHORTEST_VOICED_S = 0.12
_DIGITS = re.compile(r"\d.*\d.*\d.*\d")


class Distrust(StrEnum):
    """Why text is not believed."""

    NOTHING = "nothing"
    """No word was written."""
    INVENTED = "invented"
    """A sentence the model is known to write where nobody spoke, on a weak stretch: dropped."""
    NOISE = "noise"
    """Hardly voiced, or the model doubts that anybody spoke: dropped."""
    LOOP = "loop"
    """The decoder went round in circles even with a full window."""
    UNSURE = "unsure"
    """Shown grey: raises no flag."""

    @property
    def dropped(self) -> bool:
        """True where not even a grey line is shown."""
        return self in (Distrust.NOTHING, Distrust.INVENTED, Distrust.NOISE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What is known about a stretch of audio besides its words."""

    duration_s: float
    voiced_s: float
    """Seconds the voice activity model took for speech."""
    level_db: float
    """Level of its louder half, dB relative to full scale."""
    tonality: float
    """0 to 1: share of the energy in a few steady, narrow peaks. Speech stays low, tones and chords are near 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Thresholds, measured on the project's noise and quiet-speech recordings."""

    no_speech: float = 0.8
    weak: float = 0.45
    """Confidence under which text is doubted together with another sign."""
    unsure: float = 0.3
    """Confidence under which text alone raises nothing."""
    lost: float = 0.12
    """Confidence under which it is not even shown."""
    tonal: float = 0.99
    """Call-progress tones lie above 0.995; 0.6 s of speech on one vowel reach 0.975."""
    fragment_s: float = 0.35
    brief_s: float = 1.0


def distrust(text: str, *, confidence: float, no_speech: float, looping: bool, heard: Heard) -> Distrust | None:
    """Why not to believe `text`, or none."""
    limits = Doubt()
    plain = _plain(text)
    if not plain:
        return Distrust.NOTHING
    if _is_noise(confidence, no_speech, heard, limits):
        # digits are never thrown away: the card screen has to see them before the audio is kept
        return Distrust.UNSURE if _DIGITS.search(plain) else Distrust.NOISE
    if _INVENTED_PATTERN.fullmatch(plain) and _weak(confidence, heard):
        return Distrust.INVENTED
    if looping:
        return Distrust.LOOP
    return Distrust.UNSURE if confidence < limits.unsure or heard.voiced_s < limits.fragment_s else None


def _is_noise(confidence: float, no_speech: float, heard: Heard, limits: Doubt) -> bool:
    if heard.voiced_s < SHORTEST_VOICED_S or heard.tonality > limits.tonal:
        return True
    # somebody who speaks for longer was heard: badly understood is not the same as noise
    brief = heard.voiced_s < limits.brief_s
    return brief and (confidence < limits.lost or (no_speech > limits.no_speech and confidence < limits.weak))


def _weak(confidence: float, heard: Heard) -> bool:
    """Short, weak or quiet: "merci" is real in calls, so the words alone never suffice."""
    return (confidence < 0.6 and heard.voiced_s < 1.0) or heard.level_db < -45


def is_loop(tokens: Sequence[int]) -> bool:
    """Whether the decoder went round in circles: a stretch of tokens at least three times in a row at the end."""
    count = len(tokens)
    for size in range(1, count // 3 + 1):
        last = tuple(tokens[count - size :])
        repeats = 1
        while tuple(tokens[max(0, count - (repeats + 1) * size) : count - repeats * size]) == last:
            repeats += 1
        if repeats >= 3 and repeats * size >= 9:
            return True
    return count > 24 and len(set(tokens)) / count < 0.3


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.lower().replace("’", "'"))
    kept = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"[^\w' -]+", " ", kept).strip(" '-")
