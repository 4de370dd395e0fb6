"""What a customer's voice is made to sound like over a call. Only for calls in which a voice may be judged. Pure."""

import math
from random import Random

from qa_monitor.seed.dialogue import Arc
from qa_monitor.seed.records import CUSTOMER, Spoken, SpokenLine
from sentiment.explanation import explain
from sentiment.policy import emotion_allowed
from sentiment.records import Emotion, EmotionScore, Prosody
from streams.records import CallStarted

ENOUGH_CS = 90
FIRST_TOLD = 2
"""Utterances without a baseline to compare with."""


def emotions(call: CallStarted, said: Spoken, arc: Arc, distressed: bool, dice: Random) -> tuple[EmotionScore, ...]:
    """Of the customer's lines, in order; none where no voice may be judged."""
    if not emotion_allowed(call):
        return ()
    own = [line for line in said.lines if line.channel == CUSTOMER]
    return tuple(
        _score(call, line, _upset(arc, line.start_cs / said.end_cs, dice), number >= FIRST_TOLD, distressed, dice)
        for number, line in enumerate(own)
    )


def _upset(arc: Arc, progress: float, dice: Random) -> float:
    """How upset they are at this point of the call, 0 to 1, with what one utterance differs from the next."""
    match arc:
        case Arc.CALM:
            middle = 0.12
        case Arc.ESCALATES:
            middle = 0.12 + 0.72 / (1 + math.exp(-14 * (progress - 0.55)))
        case Arc.RECOVERS:
            middle = 0.12 + 0.66 * math.exp(-(((progress - 0.38) / 0.2) ** 2))
        case Arc.UPSET:
            middle = 0.74
    return min(0.97, max(0.02, dice.gauss(middle, 0.09)))


def _score(
    call: CallStarted, line: SpokenLine, upset: float, known: bool, distressed: bool, dice: Random
) -> EmotionScore:
    share = 0.15 if distressed else 0.82
    anger, happy = round(upset * share, 4), round((1 - upset) * 0.12, 4)
    distress = round(upset - anger, 4)
    seconds = (line.end_cs - line.start_cs) / 100
    enough = known and line.end_cs - line.start_cs >= ENOUGH_CS
    prosody = Prosody(
        voiced_s=round(seconds * 0.6, 2),
        pitch_hz=round(dice.uniform(105, 235), 1),
        pitch_range_st=round(3 + 5 * upset, 1),
        level_db=round(-27 + 8 * upset + dice.uniform(-1, 1), 1),
        pace_wps=round(len(line.words) / max(seconds, 0.2), 2),
        pitch_change_st=round(4.2 * upset - 0.5, 1) if known else None,
        level_change_db=round(7.5 * upset - 0.9, 1) if known else None,
        pace_change=round(0.95 + 0.3 * upset, 2) if known else None,
    )
    english, french = explain(prosody, voiced=enough)
    return EmotionScore(
        call_id=call.call_id,
        utterance_id=line.utterance_id,
        probabilities={
            Emotion.ANGER: anger,
            Emotion.DISTRESS: distress,
            Emotion.NEUTRAL: round(1 - anger - distress - happy, 4),
            Emotion.HAPPY: happy,
        },
        arousal=round(min(1.0, -0.25 + 1.1 * upset), 3),
        valence=round(0.3 - 1.15 * upset, 3),
        certainty=round(dice.uniform(0.62, 0.95), 3),
        enough=enough,
        prosody=prosody,
        explanation_en=english,
        explanation_fr=french,
    )
