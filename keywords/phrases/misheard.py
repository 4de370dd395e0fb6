"""Words of phrases by how they are spelt and how they sound, to find those a recogniser may have missed. Pure.

Two strings no more than n letters apart share a string that both give with n letters dropped, so a table of those finds
them without comparing each with each. How bold a guess may be is limited by the length of the word; whether it needs
the word beside it, also by whether the word said is a real one.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from keywords.forms.function_words import is_function_word
from keywords.forms.known_words import is_known_word
from keywords.phrases.fits import KNOWN_LOSS, ONE_LETTER_OFF, TWO_LETTERS_OFF, Fit, alike_by_sound
from keywords.phrases.likeness import letters_off, similarity, with_drops
from keywords.phrases.words import PhraseWord
from keywords.records import HitReason
from streams.records import Language
from streams.vocabulary.sounds import LETTERS_PER_SOUND, sounds

MIN_SPELT = 7
"""Shorter words one letter apart are other words: "port" and "part"."""
MIN_SPELT_TWO_OFF = 11
MIN_LETTERS = 5
"""Shorter words are not looked for by sound."""
MIN_SOUNDS = 3
ALONE_SOUNDS = 7
"""A word of fewer sounds is misheard for another too easily to count without the words beside it."""
LEAST_SIMILAR = 0.6
ALONE_SIMILAR = 0.8
_ONE_OFF_SOUNDS = 5
_TWO_OFF_SOUNDS = 8
_FAINT = frozenset("tdpsz")
_REMEMBERED = 8_192


class Misheard:
    """Not changed after it is built: safe to share."""

    def __init__(self, words: Iterable[tuple[PhraseWord, int]], language: Language) -> None:
        self._language = language
        self._spelt: dict[str, list[tuple[str, int]]] = defaultdict(list)
        self._sounding: dict[str, list[tuple[str, int]]] = defaultdict(list)
        self._starting: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for word, number in words:
            if not word.exact and word.number is None and word.form.isalpha():
                self._add(word, number)
        if self._spelt or self._sounding or self._starting:
            is_known_word("a", language)  # reads the dictionary now and not in the middle of a call

    def _add(self, word: PhraseWord, number: int) -> None:
        if len(word.form) >= MIN_SPELT and not word.open_ended:
            for dropped in set(with_drops(word.form, _letters_allowed(word.form))):
                self._spelt[dropped].append((word.form, number))
        if len(word.form) < MIN_LETTERS or is_function_word(word.form, self._language):
            return
        heard = _sounds(_with_accent(word), self._language)
        if len(heard) < MIN_SOUNDS * LETTERS_PER_SOUND:
            return
        for dropped in set(with_drops(_places(heard), _sounds_allowed(heard))):
            (self._starting if word.open_ended else self._sounding)[dropped].append((heard, number))

    def fits(self, form: str, written: str) -> Iterator[tuple[int, Fit]]:
        """Words that this one may have been; one may come more than once."""
        if not form.isalpha():
            return
        found = list(self._found(form, written))
        if found and is_known_word(written, self._language):
            found = [(number, fit._replace(like=fit.like - KNOWN_LOSS, alone=False)) for number, fit in found]
        yield from found

    def _found(self, form: str, written: str) -> Iterator[tuple[int, Fit]]:
        for number, like in self._by_spelling(form):
            yield number, Fit(like, HitReason.SPELLING)
        heard = _sounds(written, self._language)
        for number, similar, long in (*self._by_sound(heard), *self._by_start(heard)):
            yield number, Fit(alike_by_sound(similar), HitReason.SOUND, alone=long and similar >= ALONE_SIMILAR)

    def _by_spelling(self, form: str) -> Iterator[tuple[int, float]]:
        if len(form) < MIN_SPELT:
            return
        most = _letters_allowed(form)
        for wanted, number in _met(self._spelt, with_drops(form, most)):
            if wanted[0] == form[0]:
                off = letters_off(wanted, form, most)
                if off <= min(most, _letters_allowed(wanted)):
                    yield number, ONE_LETTER_OFF if off <= 1 else TWO_LETTERS_OFF

    def _by_sound(self, heard: str) -> Iterator[tuple[int, float, bool]]:
        if len(heard) < MIN_SOUNDS * LETTERS_PER_SOUND:
            return
        for wanted, number in _met(self._sounding, with_drops(_places(heard), _sounds_allowed(heard))):
            similar = similarity(wanted, heard)
            if similar >= LEAST_SIMILAR:
                yield number, similar, _is_long(wanted)

    def _by_start(self, heard: str) -> Iterator[tuple[int, float, bool]]:
        if not self._starting:
            return
        for length in range(MIN_SOUNDS, len(heard) // LETTERS_PER_SOUND + 1):
            start = heard[: length * LETTERS_PER_SOUND]
            for wanted, number in _met(self._starting, with_drops(_places(start), 1)):
                similar = similarity(wanted, start)
                if similar >= ALONE_SIMILAR:
                    yield number, similar, _is_long(wanted)


def _met(table: dict[str, list[tuple[str, int]]], dropped: Iterable[str]) -> set[tuple[str, int]]:
    met: set[tuple[str, int]] = set()
    for key in dropped:
        if (found := table.get(key)) is not None:
            met.update(found)
    return met


def _with_accent(word: PhraseWord) -> str:
    """What is heard of the word: of its accents only the last one tells, and the key has it."""
    return word.key if word.key.endswith("é") else word.form


@lru_cache(maxsize=_REMEMBERED)
def _sounds(written: str, language: Language) -> str:
    """Those a recogniser hears: on a line the last one of "plainte" is lost."""
    heard = sounds(written, language)
    long = len(heard) > MIN_SOUNDS * LETTERS_PER_SOUND
    faint = long and language is Language.FR and heard[-1] in _FAINT
    return heard[:-LETTERS_PER_SOUND] if faint else heard


def _places(heard: str) -> str:
    """Where each sound is made: one letter for sounds that are easily taken for one another."""
    return heard[::LETTERS_PER_SOUND]


def _letters_allowed(form: str) -> int:
    return 2 if len(form) >= MIN_SPELT_TWO_OFF else 1


def _sounds_allowed(heard: str) -> int:
    many = len(heard) // LETTERS_PER_SOUND
    return (many >= _ONE_OFF_SOUNDS) + (many >= _TWO_OFF_SOUNDS)


def _is_long(wanted: str) -> bool:
    return len(wanted) >= ALONE_SOUNDS * LETTERS_PER_SOUND
