"""Finds the phrases that may be in an utterance, without trying them all. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, KeysView, Mapping
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

from keywords.forms.function_words import is_function_word
from keywords.phrases.lexicon import shared_lexicon
from keywords.phrases.words import Alternative, Phrase, PhraseWord
from streams.records import Language

Entry = TypeVar("Entry")
Numbers: TypeAlias = tuple[int, ...]
"""Words of one alternative, by their numbers in the lexicon."""
Choices: TypeAlias = Mapping[int, tuple[Numbers, ...]]
"""The alternatives of a part, by their first word."""
_FUNCTION_WORD = 10_000
"""A word found in every sentence tells less than one that many phrases share."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Indexed(Generic[Entry]):
    """A phrase with its words as numbers, and what it belongs to."""

    phrase: Phrase
    entry: Entry
    parts: tuple[tuple[Choices, bool, int], ...]
    """Alternatives, whether the part may be left unsaid, and within how many words it must come."""
    firsts: frozenset[int]
    required: tuple[KeysView[int], ...]
    """The first words of each part that must be said."""
    unless: tuple[Numbers, ...]


class PhraseIndex(Generic[Entry]):
    """Phrases by the words that tell most of them. Not changed after it is built: safe to share."""

    def __init__(self, entries: Iterable[tuple[Phrase, Entry]], language: Language) -> None:
        listed = list(entries)
        self.lexicon = shared_lexicon(_words(phrase for phrase, _ in listed), language)
        self._shared: dict[tuple[Numbers, ...], Choices] = {}
        self._indexed = [self._compiled(phrase, entry) for phrase, entry in listed]
        self._by_word: dict[int, list[int]] = defaultdict(list)
        cost = self._costs(language)
        for number, indexed in enumerate(self._indexed):
            for word in _anchors(indexed, cost):
                self._by_word[word].append(number)

    def _compiled(self, phrase: Phrase, entry: Entry) -> Indexed[Entry]:
        number_of = self.lexicon.numbers
        gaps = phrase.gaps or (0,) * len(phrase.parts)
        parts = tuple((self._choices(part), () in part, gap) for part, gap in zip(phrase.parts, gaps, strict=True))
        return Indexed(
            phrase=phrase,
            entry=entry,
            parts=parts,
            required=tuple(choices.keys() for choices, optional, _ in parts if not optional),
            firsts=frozenset(number_of[word] for word in phrase.first_words()),
            unless=tuple(tuple(number_of[word] for word in words) for words in phrase.unless),
        )

    def _choices(self, part: Iterable[Alternative]) -> Choices:
        number_of = self.lexicon.numbers
        numbers = tuple(tuple([number_of[word] for word in words]) for words in part if words)
        if numbers not in self._shared:
            choices: dict[int, tuple[Numbers, ...]] = {}
            for words in numbers:
                choices[words[0]] = (*choices.get(words[0], ()), words)
            self._shared[numbers] = choices
        return self._shared[numbers]

    def _costs(self, language: Language) -> Mapping[int, int]:
        cost = Counter(word for indexed in self._indexed for choices, _, _ in indexed.parts for word in choices)
        for word, number in self.lexicon.numbers.items():
            if is_function_word(word.form, language):
                cost[number] += _FUNCTION_WORD
        return cost

    def candidates(self, said: Mapping[int, object]) -> Iterator[Indexed[Entry]]:
        """The phrases of which every part may be among the words said, in the order given, each once."""
        numbers: set[int] = set()
        for word in said:
            if word in self._by_word:
                numbers.update(self._by_word[word])
        words = said.keys()
        for number in sorted(numbers):
            indexed = self._indexed[number]
            for needed in indexed.required:
                if needed.isdisjoint(words):
                    break
            else:
                yield indexed


def _anchors(indexed: Indexed[Entry], cost: Mapping[int, int]) -> Iterable[int]:
    """The words of the part that is rarest among all phrases: without any of them the phrase was not said."""
    return min(indexed.required, key=lambda words: sum(cost[word] for word in words))


def _words(phrases: Iterable[Phrase]) -> Iterator[PhraseWord]:
    for phrase in phrases:
        for alternatives in (*phrase.parts, phrase.unless):
            for words in alternatives:
                yield from words
