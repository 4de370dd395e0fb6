"""The calls that come with the product, as they look once followed: utterances, and the flags of the starter rules."""

import random
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache

from alerts.records import Evidence, FlagId, FlagState, Latency, Measured, RedFlag
from alerts.rule import Rule
from alerts.rulebook import STARTER_RULES, load_rulebook
from qa_monitor.demo.truth import CallTruth, ExpectedFlag, SpokenLine
from sentiment.records import Emotion, EmotionScore
from streams.records import CallId, CallStarted, Speaker, Utterance, UtteranceId, Word
from tests.qa_monitor.builders import a_call, a_prosody
from tests.qa_monitor.playing import truth_of

CALLS = {"en": "en-2-charged-twice", "fr": "fr-2-prelevement-double"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A call with what was made of it."""

    call: CallStarted
    truth: CallTruth
    said: tuple[Utterance, ...]
    scores: tuple[EmotionScore, ...]
    """Of the customer's utterances, in order."""
    flags: tuple[RedFlag, ...]


@cache
def starter_rules() -> dict[str, Rule]:
    """By id."""
    return {rule.rule_id: rule for rule in load_rulebook([STARTER_RULES]).rules}


def followed(language: str, *, agent_id: str = "agent-7", team: str = "north") -> Followed:
    """The bundled call in that language, begun three minutes ago."""
    truth = truth_of(CALLS[language])
    began = datetime.now(UTC) - timedelta(seconds=truth.duration_s + 2)
    call = replace(
        a_call(truth.call_id, started_at=began), language=truth.language, agent_id=agent_id, team=team, rate_hz=8_000
    )
    said = tuple(_utterance(call, line) for line in truth.utterances)
    customer = [one for one in said if one.speaker is Speaker.CUSTOMER]
    return Followed(
        call=call,
        truth=truth,
        said=said,
        scores=tuple(_score(one, place / max(1, len(customer) - 1)) for place, one in enumerate(customer)),
        flags=tuple(_flag(call, expected, said) for expected in truth.expected),
    )


def _utterance(call: CallStarted, line: SpokenLine) -> Utterance:
    channel = call.channels.index(line.speaker)
    texts = line.text.split()
    step_s = (line.end_s - line.start_s) / len(texts)
    words = [
        Word(text=text, start_s=line.start_s + at * step_s, end_s=line.start_s + (at + 1) * step_s, probability=0.9)
        for at, text in enumerate(texts)
    ]
    return Utterance(
        call_id=call.call_id,
        utterance_id=UtteranceId(f"{channel}-{round(line.start_s * 1000):08d}"),
        speaker=line.speaker,
        channel=channel,
        start_s=line.start_s,
        end_s=line.end_s,
        text=line.text,
        words=tuple(words),
        language=truth_of(CALLS["fr"]).language if call.language is None else call.language,
        confidence=0.9,
        final=True,
        revision=3,
    )


def _score(utterance: Utterance, through: float) -> EmotionScore:
    """The customer gets angrier, and calms down towards the end."""
    anger = 0.15 + 0.6 * (1 - abs(2 * through - 1)) + random.Random(utterance.utterance_id).uniform(-0.05, 0.05)
    rest = 1 - anger
    return EmotionScore(
        call_id=utterance.call_id,
        utterance_id=utterance.utterance_id,
        probabilities={
            Emotion.ANGER: anger,
            Emotion.DISTRESS: 0.3 * rest,
            Emotion.NEUTRAL: 0.6 * rest,
            Emotion.HAPPY: 0.1 * rest,
        },
        arousal=anger,
        valence=-anger,
        certainty=max(anger, 0.6 * rest),
        enough=True,
        prosody=a_prosody(),
        explanation_en="louder by 6 dB than at first",
        explanation_fr="plus fort de 6 dB qu’au début",
    )


def _flag(call: CallStarted, expected: ExpectedFlag, said: tuple[Utterance, ...]) -> RedFlag:
    rule = starter_rules()[expected.rule_id]
    heard = next(one for one in said if one.speaker is expected.speaker and expected.phrase.lower() in one.text.lower())
    first = len(heard.text[: heard.text.lower().index(expected.phrase.lower())].split())
    words = heard.words[first : first + len(re.split(r"\s+", expected.phrase))]
    raised_s = heard.end_s + 0.6
    return RedFlag(
        flag_id=FlagId(f"{call.call_id}-{expected.rule_id}"),
        call_id=CallId(call.call_id),
        rule_id=rule.rule_id,
        rule_version=rule.rule_version,
        priority=rule.priority,
        state=FlagState.CONFIRMED,
        start_s=words[0].start_s,
        end_s=words[-1].end_s,
        raised_s=raised_s,
        name_en=rule.name_en,
        name_fr=rule.name_fr,
        action_en=rule.action_en,
        action_fr=rule.action_fr,
        deadline_s=rule.deadline_s,
        evidence=Evidence(
            speaker=heard.speaker,
            utterance_ids=(heard.utterance_id,),
            text=heard.text,
            words=words,
            phrase=expected.phrase,
            measured=(Measured(name="certainty", value=0.93, threshold=0.7),),
            clip_start_s=max(0.0, words[0].start_s - 10),
            clip_end_s=words[-1].end_s + 5,
        ),
        latency=Latency(text_s=0.62, rule_s=0.01, stored_s=0.01, feed_s=0.02, screen_s=0.05),
        raised_at=call.started_at + timedelta(seconds=raised_s),
    )
