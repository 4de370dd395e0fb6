"""The words of many phrases, and which of them a token may be. Pure; shared by all calls."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from weakref import WeakValueDictionary

from keywords.forms.function_words import is_function_word
from keywords.forms.inflection import MIN_LETTERS, has_forms, stem_of
from keywords.forms.numerals import may_count, numbers_in
from keywords.normal import Break, Token
from keywords.phrases.fits import JOINED, SAME_FORM, SAME_KEY, SAME_STEM, Fit
from keywords.phrases.misheard import Misheard
from keywords.phrases.words import PhraseWord
from keywords.records import HitReason
from streams.records import Language

MIN_JOINED = 6
"""Shorter words are not looked for in two halves."""
_REMEMBERED = 4_096

Fits = Mapping[int, Fit]
"""By number of the phrase's word."""


class Lexicon:
    """Not changed after it is built, but for what it remembers of recent words: safe to share."""

    def __init__(self, words: Iterable[PhraseWord], language: Language) -> None:
        self.numbers = {word: number for number, word in enumerate(dict.fromkeys(words))}
        """Each word's number."""
        self._language = language
        self._by_form: dict[str, list[int]] = defaultdict(list)
        self._by_key: dict[str, list[int]] = defaultdict(list)
        self._by_stem: dict[str, list[int]] = defaultdict(list)
        self._by_start: dict[str, list[int]] = defaultdict(list)
        self._by_half: dict[str, list[int]] = defaultdict(list)
        self._counts: list[tuple[int, PhraseWord]] = []
        for word, number in self.numbers.items():
            self._add(word, number)
        self._misheard = Misheard(self.numbers.items(), language)
        self._start_lengths = sorted({len(start) for start in self._by_start})
        self._of_word = lru_cache(maxsize=_REMEMBERED)(self._worked_out)

    def _add(self, word: PhraseWord, number: int) -> None:
        if word.number is not None:
            self._counts.append((number, word))
        elif word.open_ended:
            self._by_start[word.form].append(number)
        else:
            self._by_form[word.form].append(number)
            if not word.exact:
                self._add_tolerant(word, number)

    def _add_tolerant(self, word: PhraseWord, number: int) -> None:
        self._by_key[word.key].append(number)
        if has_forms(word.form, self._language):
            self._by_stem[stem_of(word.form, self._language)].append(number)
        if len(word.form) >= MIN_JOINED:
            for width in range(2, len(word.form) - 1):
                self._by_half[word.form[:width]].append(number)

    def fits(self, spoken: Sequence[Token]) -> list[Fits]:
        """For each token, the words that may begin there."""
        found = [self._of_word(token.form, token.key, token.written) for token in spoken]
        for at in range(len(spoken) - 1):
            joined = self._joined(spoken[at], spoken[at + 1])
            if joined:
                found[at] = {**joined, **found[at]}
        if self._counts and any(may_count(token.form, self._language) for token in spoken):
            self._add_counts(found, [token.form for token in spoken])
        return found

    def maybe(self, token: Token) -> set[int]:
        """Every word this token may be, or begin, whatever stands behind it."""
        found = set(self._of_word(token.form, token.key, token.written)) | set(self._by_half.get(token.form, ()))
        if may_count(token.form, self._language):
            found.update(number for number, _ in self._counts)
        return found

    def _worked_out(self, form: str, key: str, written: str) -> Fits:
        """What a token fits by itself, the plainest reason first."""
        telling = len(form) >= MIN_LETTERS and not is_function_word(form, self._language)
        found: dict[int, Fit] = {}
        for number in (*self._by_form.get(form, ()), *self._started(form)):
            found.setdefault(number, Fit(SAME_FORM, HitReason.EXACT, telling=telling))
        for number in self._by_key.get(key, ()):
            found.setdefault(number, Fit(SAME_KEY, HitReason.INFLECTED, telling=telling))
        if has_forms(form, self._language):
            for number in self._by_stem.get(stem_of(form, self._language), ()):
                found.setdefault(number, Fit(SAME_STEM, HitReason.INFLECTED, telling=telling))
        if telling:
            for number, fit in self._misheard.fits(form, written):
                if number not in found or (found[number].bold and found[number].like < fit.like):
                    found[number] = fit
        return found

    def _started(self, form: str) -> Iterator[int]:
        for length in self._start_lengths:
            if length > len(form):
                return
            yield from self._by_start.get(form[:length], ())

    def _joined(self, one: Token, other: Token) -> Fits:
        """Words that were written in two."""
        first, second = one.form, other.form
        if one.after is not Break.NONE or first not in self._by_half or len(second) < 2:
            return {}
        whole = first + second
        if not second.isalpha() or len(whole) < MIN_JOINED:
            return {}
        if is_function_word(first, self._language) and is_function_word(second, self._language):
            return {}
        numbers = (*self._by_form.get(whole, ()), *self._by_stem.get(stem_of(whole, self._language), ()))
        fit = Fit(JOINED, HitReason.SPELLING, width=2)
        return dict.fromkeys(numbers, fit)

    def _add_counts(self, found: list[Fits], forms: Sequence[str]) -> None:
        for spoken in numbers_in(forms, self._language):
            width = spoken.stop - spoken.start
            for number, word in self._counts:
                if word.number is not None and word.number.allows(spoken.value, money=spoken.money):
                    same = not word.form.startswith("#")
                    reason = HitReason.EXACT if same else HitReason.INFLECTED
                    fit = Fit(SAME_FORM if same else SAME_KEY, reason, width=width)
                    found[spoken.start] = {number: fit, **found[spoken.start]}


_in_use: "WeakValueDictionary[tuple[tuple[PhraseWord, ...], Language], Lexicon]" = WeakValueDictionary()


def shared_lexicon(words: Iterable[PhraseWord], language: Language) -> Lexicon:
    """The lexicon of these words: the one in use where there is one, for it is large, and takes longest of all.

    Rules are loaded again whenever a file changes, and are the same for many teams. One that nobody uses is let go.
    """
    key = tuple(dict.fromkeys(words)), language
    found = _in_use.get(key)
    if found is None:
        found = _in_use[key] = Lexicon(key[0], language)
    return found
