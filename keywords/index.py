"""Finds the phrases that may begin with a given word, without trying them all. Pure."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Generic, TypeVar

from keywords.likeness import MIN_LETTERS, likeness
from keywords.normal import Token
from keywords.phrases import Phrase, PhraseWord

Entry = TypeVar("Entry")


class FirstWords(Generic[Entry]):
    """Entries by the words their phrase may begin with. Not changed after it is built: safe to share."""

    def __init__(self, entries: Iterable[tuple[Phrase, Entry]]) -> None:
        self._by_key: dict[str, list[int]] = defaultdict(list)
        self._by_stem: dict[str, list[int]] = defaultdict(list)
        self._long: dict[str, list[tuple[PhraseWord, int]]] = defaultdict(list)
        self._entries: list[Entry] = []
        for number, (phrase, entry) in enumerate(entries):
            self._entries.append(entry)
            for word in phrase.first_words():
                self._add(word, number)
        self._stem_lengths = sorted({len(stem) for stem in self._by_stem})

    def _add(self, word: PhraseWord, number: int) -> None:
        if word.open_ended:
            self._by_stem[word.form].append(number)
        else:
            for key in {word.key, word.form}:
                self._by_key[key].append(number)
        if len(word.form) >= MIN_LETTERS:
            self._long[word.form[0]].append((word, number))

    def candidates(self, token: Token) -> list[Entry]:
        """Entries whose phrase may begin with this token, in the order given, each once."""
        numbers = set(self._by_key.get(token.key, ())) | set(self._by_key.get(token.form, ()))
        for length in self._stem_lengths:
            numbers.update(self._by_stem.get(token.form[:length], ()))
        if len(token.form) >= MIN_LETTERS:
            numbers.update(number for word, number in self._long.get(token.form[0], ()) if likeness(word, token) > 0)
        return [self._entries[number] for number in sorted(numbers)]
