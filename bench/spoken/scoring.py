"""Whether a phrase of a rule was said where other words were recognised: both texts forced on the audio. Pure.

The same weighing as for names (`streams/vocabulary_scoring.py`): what the model makes of both texts with nothing to
hear is taken off in part, and a phrase that sounds like what was recognised needs less from the audio.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import exp

from keywords.matcher import WordRule
from streams.records import Language, Word
from streams.vocabulary import Candidate, Term, Vocabulary

MOST_READINGS = 24
"""Of one phrase: "(a|b) [c]" has four."""
TOGETHER = 60
"""Of so many readings at a time the three likest are proposed."""
_CHOICE = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]|([^()\[\]]+)")
_UNSPEAKABLE = re.compile(r"[*{}<>=~!]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How the decision weighs what it knows, in natural logarithms of probability."""

    habit: float = 0.5
    """How much of the difference that is there without audio is taken off."""
    likeness: float = 25.0
    """What sounding wholly alike is worth over not sounding alike."""
    usual_likeness: float = 0.7
    brevity: float = 6.0
    """What the shortest phrase needs more than a long one."""
    needed: float = -7.0
    """The gain above which a phrase counts as said."""


USUAL = Weights()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A phrase that may have been said, with what the audio says about it."""

    rule_id: str
    phrase: str
    words: str
    """What was recognised there."""
    start_s: float
    end_s: float
    likeness: float
    """0 to 1: how alike both sound."""
    brevity: float
    """0 to 1: how short the phrase is by its sounds."""
    heard: float
    """Logarithm of the probability of the whole utterance as recognised."""
    meant: float
    """The same with the phrase in it."""
    habit_heard: float
    """As `heard`, with nothing to hear."""
    habit_meant: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """A phrase that sounds like some of the words."""

    rule_id: str
    candidate: Candidate


class Proposals:
    """The phrases of rules in all their readings, with their sounds worked out once. Safe to share."""

    def __init__(self, rules: Sequence[WordRule], language: Language) -> None:
        self._language = language
        self._rule_of = {text: rule_id for rule_id, text in _readings_of(rules, language)}
        texts = list(self._rule_of)
        self._vocabularies = [
            Vocabulary(terms=tuple(Term(text=text) for text in texts[start : start + TOGETHER]))
            for start in range(0, len(texts), TOGETHER)
        ]

    def of(self, words: Sequence[Word]) -> tuple[Proposed, ...]:
        """Phrases that sound like words the recogniser was not sure of: a few for every `TOGETHER` readings."""
        return tuple(
            Proposed(rule_id=self._rule_of[one.term], candidate=one)
            for vocabulary in self._vocabularies
            for one in vocabulary.candidates(words, self._language)
            if not one.only_spelling
        )


def gain(scored: Scored, weights: Weights = USUAL) -> float:
    """How much better the phrase fits than what was recognised."""
    by_audio = scored.meant - scored.heard
    by_habit = scored.habit_meant - scored.habit_heard
    by_sound = weights.likeness * (scored.likeness - weights.usual_likeness) - weights.brevity * scored.brevity
    return by_audio - weights.habit * by_habit + by_sound


def chance(scored: Scored, weights: Weights = USUAL) -> float:
    """0 to 1: how sure it is that the phrase was said; 0.5 where it just counts."""
    behind = weights.needed - gain(scored, weights)
    return 1 / (1 + exp(min(50.0, behind)))


def accepted(scored: Sequence[Scored], weights: Weights = USUAL) -> list[Scored]:
    """Those that count as said, the surest first, none over the words of a surer one."""
    chosen: list[Scored] = []
    for one in sorted(scored, key=lambda one: -gain(one, weights)):
        apart = all(one.end_s <= other.start_s or one.start_s >= other.end_s for other in chosen)
        if gain(one, weights) > weights.needed and apart:
            chosen.append(one)
    return chosen


def with_phrase(words: Sequence[Word], candidate: Candidate) -> str:
    """The text of the utterance as if the phrase had been recognised."""
    texts = [word.text for word in words]
    return " ".join([*texts[: candidate.first], candidate.written, *texts[candidate.last + 1 :]])


def readings(written: str) -> list[str]:
    """All ways to say a phrase as written in a rule; none where a part of it has no text of its own, such as a star."""
    if _UNSPEAKABLE.search(written):
        return []
    parts = [_ways(found.groups()) for found in _CHOICE.finditer(written)]
    said = [" ".join(" ".join(way).split()) for way in product(*parts)]
    return said if len(said) <= MOST_READINGS else []


def _ways(groups: Sequence[str | None]) -> list[str]:
    choice, optional, plain = groups
    if choice is not None:
        return choice.split("|")
    if optional is not None:
        return ["", *optional.split("|")]
    return [plain or ""]


def _readings_of(rules: Sequence[WordRule], language: Language) -> Iterator[tuple[str, str]]:
    for rule in rules:
        for phrase in rule.phrases.of(language):
            for text in readings(phrase.written):
                yield rule.rule_id, text


def scored_of(proposed: Proposed, words: Sequence[Word], sums: Mapping[str, float]) -> Scored:
    """With the four sums: `heard`, `meant`, `habit_heard`, `habit_meant`."""
    candidate = proposed.candidate
    return Scored(
        rule_id=proposed.rule_id,
        phrase=candidate.term,
        words=candidate.core.text,
        start_s=words[candidate.first].start_s,
        end_s=words[candidate.last].end_s,
        likeness=candidate.likeness,
        brevity=candidate.brevity,
        **sums,
    )
