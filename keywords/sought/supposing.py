"""What rules would find in an utterance if a phrase had been recognised in place of some of its words. Pure.

The phrase is put there and everything is matched again. So it counts for whoever may say it, it is negated, quoted or
excluded by the words around it as ever, and it may be a part of a longer phrase.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from keywords.matcher import Matcher
from keywords.normal import spoken_words
from keywords.records import HitReason, KeywordHit
from keywords.sought.weighing import USUAL, Weights, accepted, chance
from streams.records import Language, Sought, Speaker, Utterance, Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Supposed:
    """Words, with a phrase in place of those from `first` to `last`, both counted in."""

    words: Sequence[Word]
    first: int
    last: int
    phrase: str
    chance: float = 1.0


def hits_with_sought(matcher: Matcher, utterance: Utterance, weights: Weights = USUAL) -> tuple[KeywordHit, ...]:
    """The hits of the words as recognised and, besides, of the phrases that count as said, by time."""
    plain_hits = matcher.hits(utterance)
    if not utterance.sought:
        return plain_hits
    words, found = spoken_words(utterance), list(plain_hits)
    for sought in accepted(utterance.sought, utterance.language, weights):
        first = _place(sought, words)
        if first is not None:
            last = first + len(sought.heard.split()) - 1
            supposed = Supposed(
                words=words,
                first=first,
                last=last,
                phrase=sought.text,
                chance=chance(sought, utterance.language, weights),
            )
            found += supposed_hits(matcher, supposed, utterance.language, utterance.speaker, found)
    return tuple(sorted(found, key=lambda hit: hit.start_s))


def still_standing(utterance: Utterance) -> tuple[Sought, ...]:
    """Those of its sought phrases whose recognised words are still in it: the others hold what has been masked."""
    words = spoken_words(utterance)
    return tuple(sought for sought in utterance.sought if _place(sought, words) is not None)


def with_what_stands(utterance: Utterance) -> Utterance:
    """The utterance as it may be kept: without the sought phrases that hold what has been masked."""
    return replace(utterance, sought=still_standing(utterance))


def supposed_hits(
    matcher: Matcher, supposed: Supposed, language: Language, speaker: Speaker, known: Sequence[KeywordHit]
) -> list[KeywordHit]:
    """The hits that need words of the phrase and are not `known`, about the words as they were recognised."""
    words, pieces = supposed.words, _pieces(supposed)
    new = frozenset(pieces)
    said = (*words[: supposed.first], *pieces, *words[supposed.last + 1 :])
    return [
        _about(hit, words, supposed.chance)
        for hit in matcher.hits_in(said, language, speaker)
        if not new.isdisjoint(hit.words) and not any(_is_same(hit, other) for other in known)
    ]


def _pieces(supposed: Supposed) -> list[Word]:
    """The words of the phrase, spread over the time of those that stand there, by their letters."""
    old, texts = supposed.words[supposed.first : supposed.last + 1], supposed.phrase.split()
    begin_s, duration_s = old[0].start_s, old[-1].end_s - old[0].start_s
    letters = len("".join(texts))
    ends_s = [begin_s + duration_s * part / letters for part in accumulate(map(len, texts))]
    return [
        Word(text=text, start_s=start_s, end_s=end_s, probability=supposed.chance)
        for text, start_s, end_s in zip(texts, [begin_s, *ends_s[:-1]], ends_s, strict=True)
    ]


def _about(hit: KeywordHit, words: Sequence[Word], sure: float) -> KeywordHit:
    """The hit with the words that were recognised where it lies."""
    own = tuple(word for word in words if word.start_s < hit.end_s and word.end_s > hit.start_s)
    return replace(
        hit,
        words=own,
        start_s=own[0].start_s if own else hit.start_s,
        end_s=own[-1].end_s if own else hit.end_s,
        certainty=min(sure, hit.certainty),
        reason=HitReason.SCORED,
    )


def _is_same(hit: KeywordHit, other: KeywordHit) -> bool:
    same = (hit.rule_id, hit.part) == (other.rule_id, other.part)
    return same and hit.start_s < other.end_s and other.start_s < hit.end_s


def _place(sought: Sought, words: Sequence[Word]) -> int | None:
    """Where the words that were recognised stand by now: those in front may have become the mark of a card number."""
    heard = sought.heard.split()
    return min(_places(heard, words), key=lambda at: abs(at - sought.first), default=None)


def _places(heard: Sequence[str], words: Sequence[Word]) -> Iterator[int]:
    for at in range(len(words) - len(heard) + 1):
        if [word.text for word in words[at : at + len(heard)]] == heard:
            yield at
