"""Proposes which phrases of rules may have been said where other words were recognised. Pure."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice

from keywords.matcher import Matcher, WordRule
from keywords.normal import plain
from keywords.phrases.phrase import NEGATORS
from keywords.sought.guesses import guessed
from keywords.sought.readings import readings
from keywords.sought.sounding import SoundIndex
from keywords.sought.supposing import Supposed, supposed_hits
from keywords.sought.weighing import head_start
from streams.records import Language, Speaker, Word
from streams.vocabulary.terms import Candidate

MOST_READINGS = 4_000
"""Of one side in one language; phrases of rules behind those are found as recognised only."""
MOST_PROPOSALS = 4
"""Per utterance: each is tried on the audio, which costs part of a pass of the decoder."""
MOST_SUPPOSED = 8
"""So many of the likest are tried in the text before the audio is asked."""
MOST_GUESSED = 3
"""Of other guesses: so many are tried before those that only sound alike."""
LEAST_START = -3.0
"""Of phrases that had less for them than this by their sound, the audio hardly ever said that they were spoken."""
_REMEMBERED = 16


class Seeker:
    """A `streams.vocabulary.seeking.Seeker` for one side of one team's calls. Safe to share between calls and threads.

    A phrase with a negation of its own is only sought where one was recognised.
    """

    def __init__(self, matcher: Matcher, rules: Sequence[WordRule], speaker: Speaker) -> None:
        self._matcher, self._speaker = matcher, speaker
        self._rules = [rule for rule in rules if rule.speaker in (None, speaker) and rule.cue is None]
        self._indexes: dict[Language, SoundIndex] = {}

    def proposals(
        self, words: Sequence[Word], language: Language, guesses: Sequence[str] = ()
    ) -> tuple[Candidate, ...]:
        """Those by which a rule would find something that it does not find in the words as they are.

        First what was recognised in other guesses, then the likest by sound.
        """
        promising = list(self._promising(words, language, guesses))
        if not promising:
            return ()
        known = self._matcher.hits_in(words, language, self._speaker)
        chosen: list[Candidate] = []
        for one in promising:
            supposed = Supposed(words=words, first=one.first, last=one.last, phrase=one.written)
            if supposed_hits(self._matcher, supposed, language, self._speaker, known):
                chosen.append(one)
            if len(chosen) == MOST_PROPOSALS:
                break
        return tuple(chosen)

    def _promising(self, words: Sequence[Word], language: Language, guesses: Sequence[str]) -> Iterator[Candidate]:
        guessed_ones = guessed(self._matcher, words, guesses, language, self._speaker)
        yield from islice((one for one in guessed_ones if _keeps_negation(one)), MOST_GUESSED)
        near = self._index(language).near(words)
        yield from islice((one for one in near if _has_a_chance(one, language)), MOST_SUPPOSED)

    def _index(self, language: Language) -> SoundIndex:
        """Made when it is first needed: a set that is only tried out never needs it."""
        found = self._indexes.get(language)
        if found is None:
            found = self._indexes[language] = _shared_index(_texts(self._rules, language), language)
        return found


def _has_a_chance(one: Candidate, language: Language) -> bool:
    start = head_start(one.core.text, language, likeness=one.likeness, brevity=one.brevity)
    return start > LEAST_START and _negators(one.term) <= _negators(one.core.text)


def _keeps_negation(one: Candidate) -> bool:
    return _negators(one.term) == _negators(one.core.text)


def _negators(text: str) -> frozenset[str]:
    """A word as short as "pas" is too little to tell on the audio "je suis pas content" from "je suis très content"."""
    return NEGATORS & {plain(word) for word in text.split()}


@lru_cache(maxsize=_REMEMBERED)
def _shared_index(texts: tuple[str, ...], language: Language) -> SoundIndex:
    """Teams that have rules in common have most of them so, and every change of a file makes new sets."""
    return SoundIndex(texts, language)


def _texts(rules: Sequence[WordRule], language: Language) -> tuple[str, ...]:
    return tuple(islice(dict.fromkeys(_every_text(rules, language)), MOST_READINGS))


def _every_text(rules: Sequence[WordRule], language: Language) -> Iterator[str]:
    for rule in rules:
        for phrase in rule.phrases.of(language):
            yield from readings(phrase.written, language)
