"""The places of an utterance in which a phrase may have been said, with how each sounds. Pure.

The sounds of a word are worked out once and put together for every place that holds it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from streams.records import Language, Word
from streams.vocabulary.sounds import LETTERS_PER_SOUND, sounds
from streams.vocabulary.spelling import Core, cores_of, ends_sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Words from `first` to `last`, both counted in."""

    first: int
    last: int
    variant: int
    """Which core of them: 0 with all its letters, 1 without a French elision in front."""
    heard: str
    """How they sound."""

    def core(self, words: Sequence[Word], language: Language) -> Core:
        """What stands there."""
        return cores_of(" ".join(word.text for word in words[self.first : self.last + 1]), language)[self.variant]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heard:
    """One word."""

    sounds: tuple[str, ...]
    """Of each of its cores."""
    sure: bool
    has_number: bool
    ends_sentence: bool


def places_of(words: Sequence[Word], language: Language, *, longest: int, sure: float) -> list[Place]:
    """Places of at most `longest` letters of sounds in one sentence without a number.

    `sure`: places in which the recogniser is surer than this of every word are left out.
    """
    heard = [_heard(word, language, sure) for word in words]
    return [place for first in range(len(words)) for place in _from(first, heard, longest)]


def _heard(word: Word, language: Language, sure: float) -> _Heard:
    cores = cores_of(word.text, language)
    return _Heard(
        sounds=tuple(sounds(core.text, language) for core in (cores if language is Language.FR else cores[:1])),
        sure=word.probability > sure,
        has_number=any(letter.isdigit() for letter in word.text),
        ends_sentence=ends_sentence(word.text),
    )


def _from(first: int, heard: Sequence[_Heard], longest: int) -> Iterator[Place]:
    for variant, start in enumerate(heard[first].sounds):
        so_far, sure = "", True
        for last in range(first, len(heard)):
            word = heard[last]
            so_far, sure = joined(so_far, word.sounds[0] if last > first else start), sure and word.sure
            if word.has_number or len(so_far) > longest:
                break
            if so_far and not sure:
                yield Place(first=first, last=last, variant=variant, heard=so_far)
            if word.ends_sentence:
                break


def joined(one: str, other: str) -> str:
    """Sounds one after the other; the same one twice is heard once."""
    again = one and one[-LETTERS_PER_SOUND:] == other[:LETTERS_PER_SOUND]
    return one + (other[LETTERS_PER_SOUND:] if again else other)
