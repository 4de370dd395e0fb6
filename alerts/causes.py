"""What caused a flag: its span, the words, values and thresholds behind it, in both languages for a coach. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from alerts.absence import Absence
from alerts.conditions import (
    AbsentAfter,
    AbsentAtEnd,
    DeadAir,
    EmotionPersists,
    Flowing,
    Measure,
    PhraseAbsent,
    PolarityPersists,
    TalkOver,
)
from alerts.records import Measured, ScoredUtterance
from keywords.records import HitReason, KeywordHit, Polarity, TextPolarity
from sentiment.records import Dynamics
from streams.records import Speaker, Utterance, UtteranceId, Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """One occurrence of what a rule looks for."""

    episode: str
    """Names the occurrence among those of the rule in the call, the same at every replay."""
    start_s: float
    end_s: float
    speaker: Speaker | None = None
    utterance_ids: tuple[UtteranceId, ...] = ()
    text: str = ""
    words: tuple[Word, ...] = ()
    phrase: str = ""
    measured: tuple[Measured, ...] = ()
    explanation_en: str = ""
    explanation_fr: str = ""


def words_said(utterance: Utterance, hits: Sequence[KeywordHit], min_certainty: float) -> Cause:
    """Phrases of one rule in one utterance. The first certain one is the cause; the words of all are lit."""
    ordered = sorted(hits, key=lambda hit: (hit.start_s, hit.end_s))
    cause = next((hit for hit in ordered if hit.certainty >= min_certainty), ordered[0])
    return Cause(
        episode=utterance.utterance_id,
        start_s=cause.start_s,
        end_s=cause.end_s,
        speaker=utterance.speaker,
        utterance_ids=(utterance.utterance_id,),
        text=utterance.text,
        words=tuple(dict.fromkeys(word for hit in ordered for word in hit.words)),
        phrase="" if cause.cue else cause.phrase,
        measured=(Measured(name="certainty", value=cause.certainty, threshold=min_certainty),),
        explanation_en=_explained(cause, "Recognised as “{}”, but the audio fits the phrase.", "said “{}”"),
        explanation_fr=_explained(cause, "Reconnu « {} », mais le son correspond à l'expression.", "a dit « {} »"),
    )


def _explained(hit: KeywordHit, otherwise: str, cue: str) -> str:
    """Says so where the words of a hit are not its phrase in any form; quotes a cue; nothing for other hits."""
    said = " ".join(word.text.strip() for word in hit.words)
    if hit.cue is not None:
        return cue.format(said.rstrip(_ENDS))
    return otherwise.format(said) if hit.reason is HitReason.SCORED else ""


def phrase_absent(condition: PhraseAbsent, absence: Absence, now_s: float) -> Cause:
    """A phrase was not said in time; decided at `now_s`."""
    whose = _WHOSE_FR.get(condition.speaker, "")
    within_s, waited_s = condition.within_s, now_s - absence.start_s
    return Cause(
        episode="absent",  # at most one per call
        start_s=absence.start_s,
        end_s=absence.end_s,
        speaker=condition.speaker,
        utterance_ids=tuple(utterance.utterance_id for utterance in absence.heard),
        text=" ".join(utterance.text for utterance in absence.heard),
        measured=(Measured(name="waited_s", value=round(waited_s, 1), threshold=within_s),),
        explanation_en=f"Not heard within {within_s:g} s of the {condition.speaker}'s first words.",
        explanation_fr=f"Pas entendu dans les {_fr(within_s)} s après les premiers mots {whose}.",
    )


def follow_up_absent(condition: AbsentAfter, absence: Absence, now_s: float) -> Cause:
    """A phrase was not said in time after another rule came true; decided at `now_s`."""
    within_s, waited_s = condition.within_s, now_s - absence.start_s
    whose = _WHOSE_FR.get(condition.speaker, "")
    return Cause(
        episode=f"absent-{absence.start_s:.2f}",
        start_s=absence.start_s,
        end_s=absence.end_s,
        speaker=condition.speaker,
        utterance_ids=tuple(utterance.utterance_id for utterance in absence.heard),
        text=" ".join(utterance.text for utterance in absence.heard),
        measured=(Measured(name="waited_s", value=round(waited_s, 1), threshold=within_s),),
        explanation_en=f"Not heard from the {condition.speaker} within {within_s:g} s.",
        explanation_fr=f"Pas entendu {whose} dans les {_fr(within_s)} s.",
    )


def closing_absent(condition: AbsentAtEnd, absence: Absence) -> Cause:
    """A phrase was not said in the last seconds of the call."""
    last_s = condition.last_s
    whose = _WHOSE_FR.get(condition.speaker, "")
    return Cause(
        episode="absent-at-end",
        start_s=absence.start_s,
        end_s=absence.end_s,
        speaker=condition.speaker,
        utterance_ids=tuple(utterance.utterance_id for utterance in absence.heard),
        text=" ".join(utterance.text for utterance in absence.heard),
        measured=(Measured(name="last_s", value=round(absence.end_s - absence.start_s, 1), threshold=last_s),),
        explanation_en=f"Not heard from the {condition.speaker} in the last {last_s:g} s of the call.",
        explanation_fr=f"Pas entendu {whose} dans les {_fr(last_s)} dernières secondes de l'appel.",
    )


def flowing(condition: Flowing, number: int, value: float, span: tuple[float, float]) -> Cause:
    """A measure of the conversation lies beyond its limit. `number` counts the times in the call."""
    shown = round(value, 2)
    explanation_en, explanation_fr = _measure(condition, shown)
    return Cause(
        episode=str(number),
        start_s=span[0],
        end_s=span[1],
        measured=(Measured(name=condition.measure.value, value=shown, threshold=condition.limit),),
        explanation_en=explanation_en,
        explanation_fr=explanation_fr,
    )


def _measure(condition: Flowing, value: float) -> tuple[str, str]:
    """What was measured, in English and French; of the customer's loudness in their own terms."""
    if condition.measure is Measure.CUSTOMER_LOUDER_DB:
        size = round(abs(value))
        louder_en, louder_fr = ("louder", "fort") if value >= 0 else ("softer", "bas")
        return (
            f"{louder_en} by {size} dB than in their first 20 s of talk",
            f"plus {louder_fr} de {size} dB que dans ses 20 premières secondes de parole",
        )
    name_en, name_fr = _MEASURES[condition.measure]
    side_en, side_fr = ("above", "au-dessus de") if condition.above else ("below", "en dessous de")
    return (
        f"{name_en}: {value:g}, {side_en} {condition.limit:g}.",
        f"{name_fr} : {_fr(value)}, {side_fr} {_fr(condition.limit)}.",
    )


def polarity_persists(condition: PolarityPersists, showing: Sequence[tuple[Utterance, TextPolarity]]) -> Cause:
    """The customer's words speak for or against in all these utterances, oldest first."""
    latest, polarity = showing[-1]
    said = dict.fromkeys(words.rstrip(_ENDS) for _, one in showing for words in one.telling)
    kind_en, kind_fr = _POLARITIES[condition.polarity]
    return Cause(
        episode=f"words-{latest.utterance_id}",
        start_s=showing[0][0].start_s,
        end_s=latest.end_s,
        speaker=latest.speaker,
        utterance_ids=tuple(utterance.utterance_id for utterance, _ in showing),
        text=latest.text,
        measured=(
            Measured(name="word_certainty", value=round(polarity.certainty, 3), threshold=condition.at_least),
            Measured(name="utterances", value=len(showing), threshold=condition.utterances),
        ),
        explanation_en=f"{kind_en} words: {', '.join(f'“{words}”' for words in said)}",
        explanation_fr=f"paroles {kind_fr} : {', '.join(f'« {words} »' for words in said)}",
    )


def dead_air(condition: DeadAir, number: int, dynamics: Dynamics) -> Cause:
    """Nobody speaks. `number` counts the silences of the call."""
    lasted_s = round(dynamics.silence_s, 1)
    return Cause(
        episode=str(number),
        start_s=max(0.0, dynamics.now_s - dynamics.silence_s),
        end_s=dynamics.now_s,
        measured=(Measured(name="silence_s", value=lasted_s, threshold=condition.longer_than_s),),
        explanation_en=f"Nobody has spoken for {lasted_s:g} s.",
        explanation_fr=f"Personne ne parle depuis {_fr(lasted_s)} s.",
    )


def talk_over(condition: TalkOver, number: int, dynamics: Dynamics) -> Cause:
    """Both speak at once. `number` counts the talk-overs of the call."""
    lasted_s = round(dynamics.talk_over_s, 1)
    return Cause(
        episode=str(number),
        start_s=max(0.0, dynamics.now_s - dynamics.talk_over_s),
        end_s=dynamics.now_s,
        measured=(Measured(name="talk_over_s", value=lasted_s, threshold=condition.longer_than_s),),
        explanation_en=f"Both have been speaking at once for {lasted_s:g} s.",
        explanation_fr=f"Les deux parlent en même temps depuis {_fr(lasted_s)} s.",
    )


def emotion_persists(condition: EmotionPersists, showing: Sequence[ScoredUtterance]) -> Cause:
    """The customer's voice resembles the emotion in all these utterances, oldest first."""
    latest = showing[-1]
    if latest.emotion is None:
        raise ValueError(f"utterance {latest.utterance.utterance_id} has no emotion score to show")
    probability = latest.emotion.probabilities[condition.emotion]
    return Cause(
        episode=latest.utterance.utterance_id,
        start_s=showing[0].utterance.start_s,
        end_s=latest.utterance.end_s,
        speaker=latest.utterance.speaker,
        utterance_ids=tuple(scored.utterance.utterance_id for scored in showing),
        text=latest.utterance.text,
        measured=(
            Measured(name=condition.emotion.value, value=round(probability, 3), threshold=condition.at_least),
            Measured(name="utterances", value=len(showing), threshold=condition.utterances),
        ),
        explanation_en=latest.emotion.explanation_en,
        explanation_fr=latest.emotion.explanation_fr,
    )


_ENDS = " .,;:!?…"
_WHOSE_FR = {Speaker.AGENT: "de l'agent", Speaker.CUSTOMER: "du client"}
_MEASURES = {
    Measure.CUSTOMER_TALK_SHARE: ("The customer's share of the talk", "Part de parole du client"),
    Measure.AGENT_TALK_SHARE: ("The agent's share of the talk", "Part de parole de l'agent"),
    Measure.SILENCE_TOTAL_S: ("Seconds of silence in the call", "Secondes de silence dans l'appel"),
    Measure.TALK_OVER_TOTAL_S: ("Seconds of talking over each other", "Secondes de paroles simultanées"),
    Measure.SILENCE_S: ("Seconds since anyone spoke", "Secondes depuis la dernière parole"),
    Measure.TALK_OVER_S: ("Seconds of both speaking at once", "Secondes où les deux parlent à la fois"),
    Measure.HOLD_S: ("Seconds on hold", "Secondes de mise en attente"),
    Measure.HOLD_TOTAL_S: ("Seconds on hold in the call", "Secondes d'attente dans l'appel"),
    Measure.CUSTOMER_INTERRUPTIONS: ("Times the customer began while the agent spoke", "Interruptions du client"),
    Measure.AGENT_INTERRUPTIONS: ("Times the agent began while the customer spoke", "Interruptions de l'agent"),
    Measure.CUSTOMER_LONGEST_TURN_S: ("The customer's longest turn in seconds", "Plus long tour du client en secondes"),
    Measure.AGENT_LONGEST_TURN_S: ("The agent's longest turn in seconds", "Plus long tour de l'agent en secondes"),
    Measure.CUSTOMER_PACE_WPM: ("The customer's words a minute", "Mots par minute du client"),
}
_POLARITIES = {
    Polarity.NEGATIVE: ("negative", "négatives"),
    Polarity.NEUTRAL: ("neutral", "neutres"),
    Polarity.MIXED: ("mixed", "partagées"),
    Polarity.POSITIVE: ("positive", "positives"),
}


def _fr(value: float) -> str:
    return f"{value:g}".replace(".", ",")
