"""One sentence tried on rules: what they find in it, why, and what they would tell. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from alerts.engine import CallWatch
from alerts.files.sources import Scope
from alerts.policy import AlertPolicy
from alerts.records import Decision, ScoredUtterance
from keywords.records import KeywordHit
from qa_monitor.rules.ruleset import RuleSet
from streams.records import CallId, CallStarted, Language, Speaker, Utterance, UtteranceId, Word

WORD_S = 0.4
"""How long each word is taken to last."""
CALL = CallId("trial")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """What is said, in which language, by whom."""

    text: str
    language: Language
    speaker: Speaker


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What came of it."""

    words: tuple[Word, ...]
    hits: tuple[KeywordHit, ...]
    """Of phrases; a rule may ask for more than that."""
    decision: Decision
    """What a coach would be told if nothing else were said in the call, and what would be held."""

    def lit(self, hit: KeywordHit) -> tuple[int, ...]:
        """The places, among the words, of those that a hit lights."""
        return tuple(place for place, word in enumerate(self.words) if word in hit.words)


def try_sentence(rules: RuleSet, said: Sentence, scope: Scope, at: datetime) -> Trial:
    """As if it were the first and only sentence of a call that began at `at`, heard without a doubt."""
    words = _words(said.text.split())
    end_s = words[-1].end_s if words else 0.0
    call = CallStarted(
        call_id=CALL,
        tenant=scope.tenant,
        team=scope.team,
        language=said.language,
        channels=(said.speaker,),
        rate_hz=8000,
        started_at=at,
        dialect="trial",
    )
    utterance = Utterance(
        call_id=CALL,
        utterance_id=UtteranceId("0-0.00"),
        speaker=said.speaker,
        channel=0,
        start_s=0.0,
        end_s=end_s,
        text=said.text,
        words=words,
        language=said.language,
        confidence=1.0,
        final=True,
        revision=1,
    )
    hits = rules.matcher.hits(utterance)
    decision = CallWatch(call, rules.book, AlertPolicy()).on_final(
        ScoredUtterance(utterance=utterance, hits=hits), end_s
    )
    return Trial(words=words, hits=hits, decision=decision)


def _words(spoken: Sequence[str]) -> tuple[Word, ...]:
    return tuple(
        Word(text=word, start_s=place * WORD_S, end_s=(place + 1) * WORD_S, probability=1.0)
        for place, word in enumerate(spoken)
    )
