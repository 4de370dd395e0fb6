"""What was said and how it sounded, to JSON shapes."""

from qa_monitor.schemas.shape import Bilingual
from qa_monitor.schemas.utterances import EmotionJson, ProsodyJson, TimingJson, UtteranceJson, WordJson
from sentiment.records import EmotionScore, Prosody
from streams.records import Timing, Utterance, Word


def word_json(word: Word) -> WordJson:
    """One word."""
    return WordJson(text=word.text, start_s=word.start_s, end_s=word.end_s, probability=word.probability)


def timing_json(timing: Timing) -> TimingJson:
    """Where the time went."""
    return TimingJson(endpoint_s=timing.endpoint_s, queued_s=timing.queued_s, speech_s=timing.speech_s)


def prosody_json(prosody: Prosody) -> ProsodyJson:
    """Pitch, energy and pace."""
    return ProsodyJson(
        voiced_s=prosody.voiced_s,
        pitch_hz=prosody.pitch_hz,
        pitch_range_st=prosody.pitch_range_st,
        level_db=prosody.level_db,
        pace_wps=prosody.pace_wps,
        pitch_change_st=prosody.pitch_change_st,
        level_change_db=prosody.level_change_db,
        pace_change=prosody.pace_change,
    )


def emotion_json(score: EmotionScore) -> EmotionJson:
    """What the customer's voice sounded like."""
    return EmotionJson(
        emotion=score.emotion,
        probabilities=score.probabilities,
        arousal=score.arousal,
        valence=score.valence,
        certainty=score.certainty,
        enough=score.enough,
        prosody=prosody_json(score.prosody),
        explanation=Bilingual(en=score.explanation_en, fr=score.explanation_fr),
    )


def utterance_json(utterance: Utterance, emotion: EmotionScore | None = None, *, late: bool = False) -> UtteranceJson:
    """An utterance, partial or final, with its score where there is one. The embedding is left out."""
    return UtteranceJson(
        utterance_id=utterance.utterance_id,
        speaker=utterance.speaker,
        channel=utterance.channel,
        start_s=utterance.start_s,
        end_s=utterance.end_s,
        text=utterance.text,
        words=[word_json(word) for word in utterance.words],
        language=utterance.language,
        confidence=utterance.confidence,
        final=utterance.final,
        revision=utterance.revision,
        trusted=utterance.trusted,
        emotion=None if emotion is None else emotion_json(emotion),
        timing=None if utterance.timing is None else timing_json(utterance.timing),
        late=late,
    )
