"""Words of an utterance to the phrases of rules. Pure, shared by all calls."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from keywords.collecting import collecting_later
from keywords.negation.negated import HitKind, is_negated
from keywords.normal import Token, spoken_words, tokens
from keywords.phrases.index import PhraseIndex
from keywords.phrases.phrase import PhraseSet
from keywords.phrases.reader import Found, Reader
from keywords.phrases.words import Phrase
from keywords.records import CueKind, KeywordHit
from streams.records import Language, Speaker, Utterance, Word

CONTENT_LETTERS = 4
"""From this length on, how well a word was heard counts for the certainty of a hit."""
FLOOR = 0.5
"""Guesses less alike than this are no hits, unless a matcher is asked for them."""


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
    cue: CueKind | None = None
    """What its phrases tell of the customer; none where a rule wrote its own. The audio is never asked about cues."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    rule: WordRule
    order: int
    phrase: Phrase
    kind: HitKind


@dataclass(frozen=True, slots=True, kw_only=True)
class _Match:
    entry: _Entry
    found: Found

    @property
    def start(self) -> int:
        return self.found.start

    @property
    def stop(self) -> int:
        return self.found.stop


class Matcher:
    """Finds the phrases of many rules at once. Holds no state of a call: safe to share between threads.

    `floor`: how alike, 0 to 1, the words of a hit must be at least. Below the usual one come guesses that are worth
    asking the audio about, and nothing else.
    """

    def __init__(self, rules: Sequence[WordRule], *, floor: float = FLOOR) -> None:
        self._floor = floor
        with collecting_later():
            self._by_language = {language: PhraseIndex(_entries(rules, language), language) for language in Language}

    def hits(self, utterance: Utterance) -> tuple[KeywordHit, ...]:
        """What was said and not negated, by time. One rule never has two hits on the same words."""
        return self.hits_in(spoken_words(utterance), utterance.language, utterance.speaker)

    def hits_in(self, words: Sequence[Word], language: Language, speaker: Speaker) -> tuple[KeywordHit, ...]:
        """The same for the words of an utterance."""
        spoken = tokens([word.text for word in words], language)
        taken_back: dict[tuple[int, int, HitKind], bool] = {}
        matches = []
        for match in self._matches(spoken, language, speaker):
            span = match.start, match.stop, match.entry.kind
            if span not in taken_back:
                taken_back[span] = is_negated(spoken, match.start, match.stop, language, match.entry.kind)
            if not taken_back[span]:
                matches.append(match)
        chosen = sorted(_without_overlap(matches), key=lambda match: (match.start, match.entry.order))
        return tuple(_hit(match, spoken, words, language) for match in chosen)

    def _matches(self, spoken: Sequence[Token], language: Language, speaker: Speaker) -> Iterator[_Match]:
        index = self._by_language[language]
        reader = Reader(spoken, index.lexicon.fits(spoken), language)
        places = reader.places()
        for indexed in index.candidates(places):
            if indexed.entry.rule.speaker not in (None, speaker):
                continue
            for start in sorted({start for word in indexed.firsts & places.keys() for start in places[word]}):
                found = reader.longest(indexed, start)
                if found is not None and found.reading.like >= self._floor:
                    yield _Match(entry=indexed.entry, found=found)


def _entries(rules: Sequence[WordRule], language: Language) -> Iterator[tuple[Phrase, _Entry]]:
    for order, rule in enumerate(rules):
        for phrase in rule.phrases.of(language):
            kind = HitKind(
                own_negation=phrase.negative,
                even_reported=phrase.even_reported,
                of_agents=rule.speaker is Speaker.AGENT,
            )
            yield phrase, _Entry(rule=rule, order=order, phrase=phrase, kind=kind)


def _without_overlap(matches: Sequence[_Match]) -> Iterator[_Match]:
    """Per rule, of the matches that share words those that take no guess, then the longest, then the surest."""
    taken: dict[int, set[int]] = {}
    for match in sorted(matches, key=_preference):
        covered = range(match.start, match.stop)
        seen = taken.setdefault(match.entry.order, set())
        if seen.isdisjoint(covered):
            seen.update(covered)
            yield match


def _preference(match: _Match) -> tuple[int, int, float, int]:
    return -match.found.plain, match.start - match.stop, -match.found.reading.like, match.start


def _hit(match: _Match, spoken: Sequence[Token], words: Sequence[Word], language: Language) -> KeywordHit:
    matched = tuple(words[spoken[match.start].word : spoken[match.stop - 1].word + 1])
    guessed = {spoken[at].word - spoken[match.start].word for at in match.found.reading.guessed}
    return KeywordHit(
        rule_id=match.entry.rule.rule_id,
        rule_version=match.entry.rule.rule_version,
        phrase=match.entry.phrase.written,
        words=matched,
        start_s=matched[0].start_s,
        end_s=max(matched[0].start_s, matched[-1].end_s),
        certainty=_certainty(matched, guessed, match.found.reading.like),
        language=language,
        part=match.entry.rule.part,
        reason=match.found.reading.hit_reason,
        cue=match.entry.rule.cue,
    )


def _certainty(matched: Sequence[Word], guessed: set[int], like: float) -> float:
    """The words' likeness gives it; words heard badly take away up to half, guesses aside: heard badly, they fit."""
    certain = [word for number, word in enumerate(matched) if number not in guessed]
    content = [word for word in certain if len(word.text.strip()) >= CONTENT_LETTERS] or certain
    heard = min((max(0.0, min(1.0, word.probability)) for word in content), default=1.0)
    return like * (0.5 + 0.5 * heard)
