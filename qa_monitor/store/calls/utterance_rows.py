"""What was said, with its scores, to rows and back. Plain functions, no queries."""

from qa_monitor.records.calls import StoredCall
from qa_monitor.records.utterances import StoredUtterance
from qa_monitor.store.shared.cells import AnyRow, Cells
from qa_monitor.store.shared.codec import from_text, to_text
from sentiment.records import Emotion, EmotionScore, Prosody
from streams.records import (
    CallId,
    Language,
    Sought,
    Speaker,
    Timing,
    Utterance,
    UtteranceId,
    Word,
)


def utterance_cells(utterance: Utterance, *, late: bool = False) -> Cells:
    """A final utterance, without its embedding."""
    return {
        "call_id": utterance.call_id,
        "utterance_id": utterance.utterance_id,
        "channel": utterance.channel,
        "speaker": utterance.speaker.value,
        "start_s": utterance.start_s,
        "end_s": utterance.end_s,
        "text": utterance.text,
        "words": to_text(utterance.words),
        "language": utterance.language.value,
        "confidence": utterance.confidence,
        "revision": utterance.revision,
        "trusted": utterance.trusted,
        "timing": None if utterance.timing is None else to_text(utterance.timing),
        "late": late,
        "sought": to_text(utterance.sought) if utterance.sought else None,
    }


def emotion_cells(score: EmotionScore, speaker: Speaker, call: StoredCall) -> Cells:
    """A score, with what makes it lawful beside it for the database to check."""
    return {
        "call_id": score.call_id,
        "utterance_id": score.utterance_id,
        "channel_role": speaker.value,
        "notice": call.call.notice.value,
        "consent": call.call.consent.value,
        **{emotion.value: score.probabilities.get(emotion, 0.0) for emotion in Emotion},
        "arousal": score.arousal,
        "valence": score.valence,
        "certainty": score.certainty,
        "enough": score.enough,
        "prosody": to_text(score.prosody),
        "explanation_en": score.explanation_en,
        "explanation_fr": score.explanation_fr,
    }


def stored_utterance(row: AnyRow) -> StoredUtterance:
    """A row of utterances joined with emotions."""
    utterance = Utterance(
        call_id=CallId(row.call_id),
        utterance_id=UtteranceId(row.utterance_id),
        speaker=Speaker(row.speaker),
        channel=row.channel,
        start_s=row.start_s,
        end_s=row.end_s,
        text=row.text,
        words=from_text(row.words, tuple[Word, ...]),
        language=Language(row.language),
        confidence=row.confidence,
        final=True,
        revision=row.revision,
        trusted=row.trusted,
        timing=None if row.timing is None else from_text(row.timing, Timing),
        sought=sought_phrases(row.sought),
    )
    emotion = None if row.prosody is None else emotion_score(row)
    return StoredUtterance(utterance=utterance, emotion=emotion, late=row.late)


def sought_phrases(text: str | None) -> tuple[Sought, ...]:
    """The column of phrases that may have been said."""
    return () if text is None else from_text(text, tuple[Sought, ...])


def emotion_score(row: AnyRow) -> EmotionScore:
    """The emotion part of such a row."""
    return EmotionScore(
        call_id=CallId(row.call_id),
        utterance_id=UtteranceId(row.utterance_id),
        probabilities={emotion: row._mapping[emotion.value] for emotion in Emotion},
        arousal=row.arousal,
        valence=row.valence,
        certainty=row.certainty,
        enough=row.enough,
        prosody=from_text(row.prosody, Prosody),
        explanation_en=row.explanation_en,
        explanation_fr=row.explanation_fr,
    )
