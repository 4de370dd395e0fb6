"""Reads from a customer's words whether they speak for or against: cues and words of opinion, weighed. Pure.

Phrases are found as those of rules are, with other forms, misspellings and negation seen to. Their weights are added up
with the sign of what they say; certainty is 1 - exp(-|sum|). Praise beside a sarcastic cue is not praise.
"""

import hashlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import exp
from types import MappingProxyType

from keywords.matcher import Matcher, WordRule
from keywords.phrases.phrase import PhraseSet
from keywords.polarity import opinions_english, opinions_french
from keywords.polarity.cues import CONTENT, cue_phrases, cues_version
from keywords.records import CueKind, KeywordHit, Polarity, TextPolarity
from streams.records import Language, Speaker, Utterance

LEAST = 0.5
"""Words that weigh less in sum say nothing for or against."""
_AGAINST, _FOR = "against", "for"
_WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        CueKind.REPEAT_CONTACT: -1.0,
        CueKind.WAITING: -1.0,
        CueKind.PASSED_AROUND: -1.2,
        CueKind.BROKEN_PROMISE: -1.0,
        CueKind.INCREDULITY: -1.2,
        CueKind.SARCASM: -1.5,
        CueKind.INSULT: -2.0,
        CueKind.LEAVING: -1.0,
        CueKind.EXHAUSTION: -1.5,
        CueKind.DISTRESS: -1.2,
        CueKind.RELIEF: 1.2,
        CueKind.THANKS: 1.0,
        CueKind.SATISFACTION: 1.2,
        _AGAINST: -1.0,
        _FOR: 0.8,
    }
)


class PolarityReader:
    """Holds no state of a call: safe to share between calls and threads."""

    def __init__(self) -> None:
        self._matcher = Matcher([_rule(kind, cue_phrases(kind)) for kind in CueKind] + _opinions())

    def cues(self, utterance: Utterance) -> tuple[CueKind, ...]:
        """The cues a customer's words give, each once, in order of time; none for anybody else's."""
        return tuple(dict.fromkeys(CueKind(hit.rule_id) for hit in self._hits(utterance) if hit.rule_id in _KINDS))

    def polarity(self, utterance: Utterance) -> TextPolarity | None:
        """Whether the words speak for or against; none for words that are not the customer's, or are distrusted."""
        if utterance.speaker is not Speaker.CUSTOMER or not utterance.trusted or not utterance.text.strip():
            return None
        return _weighed(self._hits(utterance))

    def _hits(self, utterance: Utterance) -> tuple[KeywordHit, ...]:
        return self._matcher.hits(utterance) if utterance.speaker is Speaker.CUSTOMER else ()


@lru_cache(maxsize=1)
def shared_reader() -> PolarityReader:
    """One for everybody: its phrases take a moment to compile. Ask for it before calls do."""
    return PolarityReader()


def opinions_version() -> str:
    """Changes whenever a phrase or a weight does."""
    opinions = (*opinions_french.AGAINST, *opinions_french.FOR, *opinions_english.AGAINST, *opinions_english.FOR)
    weights = (f"{name}={weight}" for name, weight in sorted(_WEIGHTS.items()))
    return hashlib.sha256("\x1f".join((cues_version(CueKind), *opinions, *weights)).encode()).hexdigest()[:8]


_KINDS = frozenset(kind.value for kind in CueKind)
_SUPPORTING = frozenset((*(kind.value for kind in CONTENT), _FOR))


def _rule(name: str, phrases: PhraseSet) -> WordRule:
    return WordRule(rule_id=str(name), rule_version="", speaker=Speaker.CUSTOMER, phrases=phrases)


def _opinions() -> list[WordRule]:
    both = {
        _AGAINST: {Language.FR: opinions_french.AGAINST, Language.EN: opinions_english.AGAINST},
        _FOR: {Language.FR: opinions_french.FOR, Language.EN: opinions_english.FOR},
    }
    return [_rule(name, PhraseSet.compile(phrases)) for name, phrases in both.items()]


def _weighed(hits: Sequence[KeywordHit]) -> TextPolarity:
    ironic = any(hit.rule_id == CueKind.SARCASM for hit in hits)
    told = _apart([hit for hit in hits if not (ironic and hit.rule_id in _SUPPORTING)])
    against = sum(-_WEIGHTS[hit.rule_id] * hit.certainty for hit in told if hit.rule_id not in _SUPPORTING)
    support = sum(_WEIGHTS[hit.rule_id] * hit.certainty for hit in told if hit.rule_id in _SUPPORTING)
    if max(against, support) < LEAST:
        return TextPolarity(polarity=Polarity.NEUTRAL, certainty=0.0)
    polarity = _polarity(support - against)
    size = abs(support - against) if polarity is not Polarity.MIXED else min(support, against)
    return TextPolarity(polarity=polarity, certainty=1 - exp(-size), telling=_telling(told, polarity))


def _polarity(balance: float) -> Polarity:
    if abs(balance) < LEAST:
        return Polarity.MIXED
    return Polarity.POSITIVE if balance > 0 else Polarity.NEGATIVE


def _apart(hits: Sequence[KeywordHit]) -> list[KeywordHit]:
    """Of those that share words the heaviest: nothing said once counts twice."""
    kept: list[KeywordHit] = []
    for hit in sorted(hits, key=lambda hit: (-abs(_WEIGHTS[hit.rule_id]), -len(hit.words), hit.start_s)):
        if all(hit.end_s <= other.start_s or hit.start_s >= other.end_s for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit.start_s)


def _telling(hits: Sequence[KeywordHit], polarity: Polarity) -> tuple[str, ...]:
    wanted = [
        hit
        for hit in hits
        if polarity is Polarity.MIXED or (hit.rule_id in _SUPPORTING) is (polarity is Polarity.POSITIVE)
    ]
    return tuple(" ".join(word.text.strip() for word in hit.words) for hit in wanted)
