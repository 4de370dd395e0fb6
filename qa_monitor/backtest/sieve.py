"""Which utterances could hold a phrase at all, told from the words in their text: most calls need not be replayed.

Every part of a phrase that must be said is looked for, the rarest first; an utterance that lacks one cannot hold the
phrase. What may be taken for a word of a phrase is asked of the matcher's own lexicon. Pure.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise
from typing import TypeVar

from keywords.matcher import WordRule
from keywords.normal import tokens
from keywords.phrases.lexicon import Lexicon
from keywords.phrases.phrase import Phrase, PhraseWord
from streams.records import Language

Known = TypeVar("Known")

Said = frozenset[str]
"""Words as they stand in a text, punctuation and all; and two words with a space between, which may be one."""
Parts = Sequence[Said]
"""Of a phrase: for every part that must be said, what may be taken for it."""


class Sieve:
    """Made for some texts. An utterance it lets fall has no hit; one it keeps may have none either."""

    def __init__(self, rules: Sequence[WordRule], texts: Mapping[Language, Sequence[str]]) -> None:
        self._by_language = {language: _Telling(rules, language, said) for language, said in texts.items()}

    def keeps(self, text: str, language: Language) -> bool:
        """Whether a phrase could be in this text, which is one of those it was made for."""
        return self._by_language[language].keeps(text)


class _Telling:
    """The phrases of one language, by what tells of them."""

    def __init__(self, rules: Sequence[WordRule], language: Language, texts: Sequence[str]) -> None:
        phrases = {phrase.written: phrase for rule in rules for phrase in rule.phrases.of(language)}
        needed = [_needed(phrase) for phrase in phrases.values()]
        vocabulary = _Vocabulary(chain.from_iterable(chain.from_iterable(needed)), language)
        self._said = {text: vocabulary.said(text) for text in texts}
        counts = Counter(chain.from_iterable(self._said.values()))
        sayings = vocabulary.sayings(counts)
        self._everything = any(not parts for parts in needed)
        self._by_said: dict[str, list[Parts]] = defaultdict(list)
        for parts in needed:
            said = [frozenset(chain.from_iterable(sayings[word] for word in part)) for part in parts]
            said.sort(key=lambda found: sum(counts[one] for one in found))
            for one in said[0] if said else ():
                self._by_said[one].append(said[1:])

    def keeps(self, text: str) -> bool:
        """See `Sieve`."""
        said = self._said[text]
        return self._everything or any(
            all(not part.isdisjoint(said) for part in parts)
            for one in said
            if one in self._by_said
            for parts in self._by_said[one]
        )


class _Vocabulary:
    """What the words of texts may be taken for; remembers the words it has seen."""

    def __init__(self, wanted: Iterable[PhraseWord], language: Language) -> None:
        self._language = language
        self._lexicon = Lexicon(wanted, language)
        self._spoken = _Remembered(lambda word: tokens([word], language))
        self._may_begin = _Remembered(self._begins)

    def said(self, text: str) -> list[str]:
        """The words of a text, and after them the pairs that may be one word written in two."""
        words = text.split()
        if any(map(self._may_begin.__getitem__, words)):
            # what is no word to the matcher, such as "euh", does not part the two halves
            heard = [word for word in words if self._spoken[word]]
            words += [f"{first} {second}" for first, second in pairwise(heard) if self._may_begin[first]]
        return words

    def sayings(self, said: Iterable[str]) -> Mapping[PhraseWord, set[str]]:
        """Per word of a phrase, what may be taken for it."""
        words = {number: word for word, number in self._lexicon.numbers.items()}
        found: dict[PhraseWord, set[str]] = defaultdict(set)
        for one in said:
            for number in self._fitting(one):
                found[words[number]].add(one)
        return found

    def _fitting(self, said: str) -> Iterator[int]:
        for fits in self._lexicon.fits(tokens(said.split(), self._language)):
            yield from fits

    def _begins(self, word: str) -> bool:
        """Whether it may be the first half of a word."""
        spoken = self._spoken[word][-1:]
        return bool(spoken) and not self._lexicon.maybe(spoken[0]) <= self._lexicon.fits(spoken)[0].keys()


class _Remembered(dict[str, Known]):
    """What a function says of each word, asked once."""

    def __init__(self, ask: Callable[[str], Known]) -> None:
        super().__init__()
        self._ask = ask

    def __missing__(self, word: str) -> Known:
        self[word] = known = self._ask(word)
        return known


def _needed(phrase: Phrase) -> list[set[PhraseWord]]:
    """For each part that must be said, the words of which one must be; parts that may be a number tell nothing."""
    firsts = [{alternative[0] for alternative in part} for part in phrase.parts if () not in part]
    return [words for words in firsts if all(word.number is None for word in words)]
