"""Words of an utterance to the phrases of rules. Pure, stateless, shared by all calls."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from keywords.index import FirstWords
from keywords.likeness import likeness
from keywords.negation import is_negated
from keywords.normal import Break, Token, spoken_words, tokens
from keywords.phrases import Alternative, Phrase, PhraseSet
from keywords.records import KeywordHit
from keywords.words import word_set
from streams.records import Language, Speaker, Utterance, Word

MAX_SKIPPED = 2
"""Words that carry no meaning, such as "vraiment" or "just", that may stand between two words of a phrase."""
UNLESS_WORDS = 4
"""How soon after a phrase a word counts that means it was not meant."""
CONTENT_LETTERS = 4
"""From this length on, how well a word was heard counts for the certainty of a hit."""

_SKIPPABLE: Mapping[Language, frozenset[str]] = MappingProxyType(
    {
        Language.FR: word_set(
            "vraiment juste donc bien tout du la alors simplement tres trop carrement franchement meme "
            "absolument totalement completement maintenant genre voila bon quand immediatement"
        ),
        Language.EN: word_set(
            "just really actually simply please like so very too that all at even well now basically literally "
            "bloody damn completely totally"
        ),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WordRule:
    """What the matcher needs of a rule."""

    rule_id: str
    rule_version: str
    speaker: Speaker | None
    """Whose words count; None: anyone's."""
    phrases: PhraseSet
    part: int = 0
    """Which word condition of the rule this is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    rule: WordRule
    order: int
    phrase: Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class _Match:
    entry: _Entry
    start: int
    """First token."""
    stop: int
    """Token after the last."""
    likeness: float


class Matcher:
    """Finds the phrases of many rules at once. Holds no state of a call: safe to share between threads."""

    def __init__(self, rules: Sequence[WordRule]) -> None:
        self._by_language = {language: FirstWords(_entries(rules, language)) for language in Language}

    def hits(self, utterance: Utterance) -> tuple[KeywordHit, ...]:
        """What was said and not negated, by time. One rule never has two hits on the same words."""
        words = spoken_words(utterance)
        language = utterance.language
        spoken = tokens([word.text for word in words], language)
        matches = [
            match
            for match in self._matches(spoken, utterance)
            if match.entry.phrase.negative or not is_negated(spoken, match.start, match.stop, language)
        ]
        chosen = sorted(_without_overlap(matches), key=lambda match: (match.start, match.entry.order))
        return tuple(_hit(match, spoken, words, language) for match in chosen)

    def _matches(self, spoken: Sequence[Token], utterance: Utterance) -> Iterator[_Match]:
        first_words = self._by_language[utterance.language]
        for start, token in enumerate(spoken):
            for entry in first_words.candidates(token):
                if entry.rule.speaker not in (None, utterance.speaker):
                    continue
                found = _Reader(spoken, entry.phrase, utterance.language).longest(start)
                if found is not None:
                    yield _Match(entry=entry, start=start, stop=found[0], likeness=found[1])


def _entries(rules: Sequence[WordRule], language: Language) -> Iterator[tuple[Phrase, _Entry]]:
    for order, rule in enumerate(rules):
        for phrase in rule.phrases.of(language):
            yield phrase, _Entry(rule=rule, order=order, phrase=phrase)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads one phrase off the tokens; the gaps it may step over never cross the end of a sentence."""

    spoken: Sequence[Token]
    phrase: Phrase
    language: Language

    def longest(self, start: int) -> tuple[int, float] | None:
        """Where the longest reading of the phrase from `start` stops, and how alike its worst word is."""
        readings = self._read(start, part=0, worst=1.0)
        return max((reading for reading in readings if not self._excluded(reading[0])), default=None)

    def _excluded(self, stop: int) -> bool:
        """Whether a word follows that means the phrase was not meant."""
        if not self.phrase.unless:
            return False
        last = stop
        while last < min(stop + UNLESS_WORDS, len(self.spoken)) and self.spoken[last - 1].after is not Break.SENTENCE:
            last += 1
        return any(
            len(wanted) <= last - at and all(likeness(word, self.spoken[at + n]) > 0 for n, word in enumerate(wanted))
            for at in range(stop, last)
            for wanted in self.phrase.unless
        )

    def _read(self, at: int, part: int, worst: float) -> Iterator[tuple[int, float]]:
        if part == len(self.phrase.parts):
            yield at, worst
            return
        for alternative in self.phrase.parts[part]:
            for stop, like in self._say(alternative, at, worst, begun=part > 0):
                yield from self._read(stop, part + 1, like)

    def _say(self, wanted: Alternative, at: int, worst: float, *, begun: bool) -> Iterator[tuple[int, float]]:
        if not wanted:
            yield at, worst
            return
        for position in self._reachable(at) if begun else (at,):
            like = likeness(wanted[0], self.spoken[position])
            if like > 0:
                yield from self._say(wanted[1:], position + 1, min(worst, like), begun=True)

    def _reachable(self, at: int) -> Iterator[int]:
        """The token at `at` and those behind a few words without meaning."""
        for position in range(at, min(at + MAX_SKIPPED + 1, len(self.spoken))):
            if self.spoken[position - 1].after is Break.SENTENCE:
                return
            yield position
            if not self._is_skippable(self.spoken[position]):
                return

    def _is_skippable(self, token: Token) -> bool:
        return token.form in _SKIPPABLE[self.language] or (self.phrase.negative and token.form == "ne")


def _without_overlap(matches: Sequence[_Match]) -> Iterator[_Match]:
    """Per rule, the longest and surest of the matches that share words."""
    taken: dict[int, set[int]] = {}
    for match in sorted(matches, key=lambda match: (match.start - match.stop, -match.likeness, match.start)):
        covered = range(match.start, match.stop)
        seen = taken.setdefault(match.entry.order, set())
        if seen.isdisjoint(covered):
            seen.update(covered)
            yield match


def _hit(match: _Match, spoken: Sequence[Token], words: Sequence[Word], language: Language) -> KeywordHit:
    matched = tuple(words[spoken[match.start].word : spoken[match.stop - 1].word + 1])
    return KeywordHit(
        rule_id=match.entry.rule.rule_id,
        rule_version=match.entry.rule.rule_version,
        phrase=match.entry.phrase.written,
        words=matched,
        start_s=matched[0].start_s,
        end_s=max(matched[0].start_s, matched[-1].end_s),
        certainty=_certainty(matched, match.likeness),
        language=language,
        part=match.entry.rule.part,
    )


def _certainty(matched: Sequence[Word], like: float) -> float:
    """The spelling gives it; words heard badly take away up to half."""
    content = [word for word in matched if len(word.text.strip()) >= CONTENT_LETTERS] or list(matched)
    heard = min(max(0.0, min(1.0, word.probability)) for word in content)
    return like * (0.5 + 0.5 * heard)
