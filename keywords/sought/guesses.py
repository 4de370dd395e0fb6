"""Phrases that the recogniser wrote itself, in a guess that it believed a little less. Pure.

Of such a guess only the words of the phrase are taken: the rest of it is shown nowhere, and no screen for cards and
addresses has seen it.
"""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from keywords.matcher import Matcher
from keywords.records import HitReason, KeywordHit
from keywords.sought.readings import is_speakable
from streams.records import Language, Speaker, Word
from streams.vocabulary.spelling import bare, cores_of
from streams.vocabulary.terms import Candidate

ALIKE = 1.0
"""Both were heard in the same sounds."""

PLAIN = (HitReason.EXACT, HitReason.INFLECTED)
"""What only sounds like a phrase is no better in another guess than in the first."""


def guessed(
    matcher: Matcher, words: Sequence[Word], guesses: Sequence[str], language: Language, speaker: Speaker
) -> Iterator[Candidate]:
    """Words of other guesses in which a rule finds something, of the likeliest guess first, none twice."""
    found: set[tuple[int, int, str]] = set()
    for guess in guesses:
        for one in _in_guess(matcher, words, guess.split(), language, speaker):
            place = one.first, one.last, bare(one.term)
            if place not in found:
                found.add(place)
                yield one


def _in_guess(
    matcher: Matcher, words: Sequence[Word], guess: Sequence[str], language: Language, speaker: Speaker
) -> Iterator[Candidate]:
    places = _places([bare(word.text) for word in words], [bare(text) for text in guess])
    numbered = [Word(text=text, start_s=at, end_s=at + 1, probability=1.0) for at, text in enumerate(guess)]
    for hit in matcher.hits_in(numbered, language, speaker):
        own = range(round(hit.start_s), round(hit.end_s))
        stood = [number for at in own for number in places[at]]
        if stood and hit.cue is None and hit.reason in PLAIN and is_speakable(hit.phrase):
            one = _candidate(hit, words, (min(stood), max(stood)), language)
            if not one.only_spelling:
                yield one


def _places(recognised: Sequence[str], guess: Sequence[str]) -> list[range]:
    """For each word of a guess the words that were recognised there; empty for one that stands between two."""
    same = SequenceMatcher(None, recognised, guess, autojunk=False)
    return [
        _share(range(first, last), at - start, stop - start)
        for _, first, last, start, stop in same.get_opcodes()
        for at in range(start, stop)
    ]


def _share(recognised: range, at: int, of: int) -> range:
    """The part of some words that falls to one of so many others: at least one, where there is any."""
    begin, end = (number * len(recognised) // of for number in (at, at + 1))
    return recognised[begin : max(begin + 1, end)]


def _candidate(hit: KeywordHit, words: Sequence[Word], place: tuple[int, int], language: Language) -> Candidate:
    """The words of a hit for those from the first to the last of a place."""
    first, last = place
    said = cores_of(" ".join(word.text for word in hit.words), language)[0]
    stands = cores_of(" ".join(word.text for word in words[first : last + 1]), language)[0]
    return Candidate(term=said.text, first=first, last=last, core=stands, likeness=ALIKE, guessed=True)
