"""Phrases of a rule file to phrases that can be matched. Pure.

The one place where lists, `negated` and `reported` are seen to.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from keywords.phrases.phrase import PhraseError, PhraseSet
from keywords.phrases.words import WordLists
from streams.records import Language

_NAME = re.compile(r"<([A-Za-z0-9_-]+)>")


def names_in(phrase: str) -> frozenset[str]:
    """The lists a phrase asks for."""
    return frozenset(_NAME.findall(phrase))


def compiled(
    phrases: Mapping[Language, Sequence[str]],
    lists: WordLists,
    *,
    count_negated: bool = False,
    count_reported: bool = False,
) -> PhraseSet:
    """Phrases ready for the matcher. Raises `PhraseError` on the first that cannot be used.

    `count_negated`: a phrase counts where it is negated, too, as one does that holds its own negation.
    `count_reported`: it counts where the speaker reports what others said, too.
    """
    found = PhraseSet.compile(phrases, lists)
    if not count_negated and not count_reported:
        return found
    as_said = {
        language: tuple(
            replace(phrase, negative=phrase.negative or count_negated, even_reported=count_reported)
            for phrase in found.of(language)
        )
        for language in phrases
    }
    return PhraseSet(by_language=MappingProxyType(as_said))


def wrong_phrases(
    phrases: Mapping[Language, Sequence[str]], lists: WordLists
) -> Iterator[tuple[Language, int, str, str]]:
    """Language, position, text and what is allowed, for each phrase that cannot be used."""
    for language, listed in phrases.items():
        for position, phrase in enumerate(listed):
            try:
                PhraseSet.compile({language: [phrase]}, lists)
            except PhraseError as error:
                yield language, position, phrase, f"a phrase that can be matched; {error.problem}"


def wrong_entry(entry: str, language: Language) -> str | None:
    """What is allowed instead of one entry of a list; None where it may stay."""
    try:
        PhraseSet.compile({language: ["<entry>"]}, {"entry": {language: [entry]}})
    except PhraseError as error:
        return f"words that can be matched; {error.problem}"
    return None
