"""What the model heard in speech that waited, to an utterance on its call's clock, behind the same guards. Pure."""

from dataclasses import replace

from qa_monitor.shedding.later import Piece
from streams.model.gates import Heard, distrust
from streams.model.window import Recognised
from streams.records import Audio, Utterance, Word
from streams.samples.loudness import level_db, tonality
from streams.samples.resample import SPEECH_RATE_HZ


def late_text(piece: Piece, audio: Audio, found: Recognised) -> Utterance | None:
    """The utterance with its text; none where the guards drop it: nothing was said."""
    heard = Heard(
        duration_s=len(audio) / SPEECH_RATE_HZ,
        voiced_s=piece.duration_s,
        level_db=level_db(audio),
        tonality=tonality(audio),
    )
    doubt = distrust(
        found.text, confidence=found.confidence, no_speech=found.no_speech, looping=found.looping, heard=heard
    )
    if doubt is not None and doubt.dropped:
        return None
    blank = piece.utterance
    return replace(
        blank,
        text=found.text,
        words=tuple(_placed(word, blank) for word in found.words),
        language=found.language,
        confidence=found.confidence,
        final=True,
        revision=blank.revision + 1,
        trusted=doubt is None and piece.trusted,
        embedding=None,
        sought=found.sought,
    )


def _placed(word: Word, blank: Utterance) -> Word:
    """On the call's clock, inside the utterance."""
    start_s, end_s = (min(blank.start_s + second, blank.end_s) for second in (word.start_s, word.end_s))
    return replace(word, start_s=round(start_s, 3), end_s=round(end_s, 3))
