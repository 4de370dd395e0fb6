"""Which of many texts sound like some of the words of an utterance. Pure.

An utterance is held against those texts only that share a good part of their sounds with it, two at a time: a few of
all.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from keywords.phrases.likeness import similarities
from keywords.sought.places import Place, places_of
from streams.records import Language, Word
from streams.vocabulary.sounds import LETTERS_PER_SOUND, sounds
from streams.vocabulary.spelling import bare
from streams.vocabulary.terms import FEWEST_SOUNDS, Candidate, brevity_of

SURE = 0.95
"""Places in which the recogniser is surer than this of every word are left as they are."""
LEAST_ALIKE = 0.6
"""How alike, 0 to 1, a long text and a place have to sound to be proposed."""
LEAST_ALIKE_SHORT = 0.75
"""The same for a text of the fewest sounds; in between for those in between."""
MOST_LONGER = 1.6
"""A place may make so many times the sounds of a text."""
SHARED = 0.34
"""Of the pairs of sounds of a text, how many must be heard in the utterance."""
_VOWELS = frozenset("aeiouyh")


class SoundIndex:
    """Not changed after it is built: safe to share. Of two texts that sound the same the earlier is found."""

    def __init__(self, texts: Iterable[str], language: Language) -> None:
        self._language = language
        heard: dict[str, str] = {}
        for text in texts:
            key = sounds(text, language)
            if len(key) >= FEWEST_SOUNDS * LETTERS_PER_SOUND:
                heard.setdefault(key, text)
        self._keys, self._texts = tuple(heard), tuple(heard.values())
        self._longest = round(max(map(len, self._keys), default=0) * MOST_LONGER)
        self._with_pair: dict[str, list[int]] = defaultdict(list)
        self._needed = []
        for number, key in enumerate(self._keys):
            pairs = set(_pairs(key))
            self._needed.append(SHARED * len(pairs))
            for pair in pairs:
                self._with_pair[pair].append(number)

    def __len__(self) -> int:
        return len(self._keys)

    def near(self, words: Sequence[Word]) -> list[Candidate]:
        """Texts that may have been said, the likest first; of the places of one that share a word the likest only."""
        places = places_of(words, self._language, longest=self._longest, sure=SURE)
        keys = self._shared(place.heard for place in places if place.last <= place.first + 1)
        by_sound: dict[str, list[Place]] = defaultdict(list)
        for place in places:
            by_sound[place.heard].append(place)
        heard = list(by_sound)
        found = [
            candidate
            for one, other, likeness in similarities(heard, [self._keys[key] for key in keys], LEAST_ALIKE)
            for candidate in self._candidates(by_sound[heard[one]], keys[other], likeness, words)
        ]
        return _likest_places(found)

    def _shared(self, heard: Iterable[str]) -> list[int]:
        """The texts that share enough pairs of sounds with the utterance."""
        counts: Counter[int] = Counter()
        for pair in {pair for one in heard for pair in _pairs(one)}:
            counts.update(self._with_pair.get(pair, ()))
        return [number for number, count in counts.items() if count >= self._needed[number]]

    def _candidates(
        self, places: Sequence[Place], number: int, likeness: float, words: Sequence[Word]
    ) -> Iterator[Candidate]:
        key, text = self._keys[number], self._texts[number]
        brevity = brevity_of(key)
        if likeness < LEAST_ALIKE + (LEAST_ALIKE_SHORT - LEAST_ALIKE) * brevity:
            return
        for place in places:
            core = place.core(words, self._language)
            stands = not core.before.endswith("'") or bare(text)[0] in _VOWELS
            if stands and bare(core.text) != bare(text):
                yield Candidate(
                    term=text, first=place.first, last=place.last, core=core, likeness=likeness, brevity=brevity
                )


def _pairs(key: str) -> Iterator[str]:
    """Two sounds in a row."""
    width = 2 * LETTERS_PER_SOUND
    return (key[start : start + width] for start in range(0, len(key) - width + 1, LETTERS_PER_SOUND))


def _likest_places(found: Sequence[Candidate]) -> list[Candidate]:
    chosen: dict[str, list[Candidate]] = defaultdict(list)
    for one in sorted(found, key=lambda one: -one.likeness):
        if not any(one.overlaps(other) for other in chosen[one.term]):
            chosen[one.term].append(one)
    return sorted((one for several in chosen.values() for one in several), key=lambda one: -one.likeness)
