"""Reads phrases off one utterance. Pure."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from keywords.normal import Break, Token
from keywords.phrases.fits import REASONS, SAME_FORM, Fit
from keywords.phrases.index import Choices, Indexed, Numbers
from keywords.phrases.lexicon import Fits
from keywords.records import HitReason
from keywords.words import word_set
from streams.records import Language

MAX_SKIPPED = 2
"""Words that carry no meaning, such as "vraiment" or "just", that may stand between two words of a phrase."""
UNLESS_WORDS = 4
"""How soon after a phrase a word counts that means it was not meant."""
Entry = TypeVar("Entry")

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


class Reading(NamedTuple):
    """How a phrase was read so far. Of two that end at the same word the greater is the better."""

    plain: int = 0
    """Less the words that are guesses."""
    like: float = SAME_FORM
    """Of the word least like its own."""
    support: int = 0
    """Words with a meaning of their own that were said as written or inflected."""
    leaning: int = 0
    """Less the guesses that are not sure enough by themselves."""
    reason: int = 0
    """The boldest one, as its place among the reasons."""
    guessed: tuple[int, ...] = ()
    """The tokens that are guesses."""

    def with_fit(self, fit: Fit, at: int) -> "Reading":
        """With one more word."""
        bold = fit.bold
        return Reading(
            self.plain - bold,
            min(self.like, fit.like),
            self.support + fit.telling,
            self.leaning - (not fit.alone),
            max(self.reason, REASONS.index(fit.reason)),
            (*self.guessed, at) if bold else self.guessed,
        )

    @property
    def stands(self) -> bool:
        """Whether enough words stand as written for those that are guesses."""
        return self.support + self.leaning >= 0 and self.support + self.plain >= -1

    @property
    def hit_reason(self) -> HitReason:
        """The boldest step it took."""
        return REASONS[self.reason]


NOTHING_YET = Reading()


class Found(NamedTuple):
    """A phrase was read over tokens `start` to `stop` (exclusive)."""

    plain: int
    stop: int
    reading: Reading
    start: int


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads phrases off the tokens; the gaps it may step over never cross the end of a sentence."""

    spoken: Sequence[Token]
    fits: Sequence[Fits]
    language: Language

    def places(self) -> Mapping[int, Sequence[int]]:
        """Where each word of a phrase may have been said."""
        places: dict[int, list[int]] = defaultdict(list)
        for at, fits in enumerate(self.fits):
            for number in fits:
                places[number].append(at)
        return places

    def longest(self, indexed: Indexed[Entry], start: int) -> Found | None:
        """The plainest reading of the phrase from `start`, of several such the longest."""
        ends = {start: NOTHING_YET}
        for choices, optional, gap in indexed.parts:
            reached = dict(ends) if optional else {}
            for at, reading in ends.items():
                for stop, further in self._said(choices, at, reading, gap, negative=indexed.phrase.negative):
                    if stop not in reached or reached[stop] < further:
                        reached[stop] = further
            if not reached:
                return None
            ends = reached
        return max(
            (
                Found(reading.plain, stop, reading, start)
                for stop, reading in ends.items()
                if reading.stands and not self._excluded(indexed.unless, stop)
            ),
            default=None,
        )

    def _said(
        self, choices: Choices, at: int, reading: Reading, gap: int, *, negative: bool
    ) -> Iterator[tuple[int, Reading]]:
        """Where the alternatives of a part stop that begin at `at` or within reach of it."""
        for position in self._reachable(at, gap, negative=negative) if reading is not NOTHING_YET else (at,):
            fits = self.fits[position]
            for first in choices if len(choices) < len(fits) else fits:
                if first in choices and first in fits:
                    further = reading.with_fit(fits[first], position)
                    stop = position + fits[first].width
                    for numbers in choices[first]:
                        yield from self._rest(numbers[1:], stop, further, negative=negative)

    def _rest(self, numbers: Numbers, at: int, reading: Reading, *, negative: bool) -> Iterator[tuple[int, Reading]]:
        if not numbers:
            yield at, reading
            return
        for position in self._reachable(at, 0, negative=negative):
            fit = self.fits[position].get(numbers[0])
            if fit is not None:
                further = reading.with_fit(fit, position)
                yield from self._rest(numbers[1:], position + fit.width, further, negative=negative)

    def _reachable(self, at: int, gap: int, *, negative: bool) -> Iterator[int]:
        """The token at `at`, those behind a few words without meaning, and all within the gap."""
        open_road = True
        for position in range(at, min(at + max(MAX_SKIPPED + 1, gap), len(self.spoken))):
            if self.spoken[position - 1].after is Break.SENTENCE:
                return
            if open_road and position <= at + MAX_SKIPPED or position < at + gap:
                yield position
            form = self.spoken[position].form
            open_road = open_road and (form in _SKIPPABLE[self.language] or (negative and form == "ne"))
            if not open_road and position + 1 >= at + gap:
                return

    def _excluded(self, unless: Sequence[Numbers], stop: int) -> bool:
        """Whether a word follows that means the phrase was not meant."""
        if not unless:
            return False
        last = stop
        while last < min(stop + UNLESS_WORDS, len(self.spoken)) and self.spoken[last - 1].after is not Break.SENTENCE:
            last += 1
        return any(self._stands_at(numbers, at, last) for at in range(stop, last) for numbers in unless)

    def _stands_at(self, numbers: Numbers, at: int, last: int) -> bool:
        for number in numbers:
            fit = self.fits[at].get(number) if at < last else None
            if fit is None or not fit.alone:
                return False
            at += fit.width
        return True
