"""Phrases as a QA lead writes them, compiled for matching. Pure.

How they are written is told in `keywords.phrases.syntax`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from keywords.phrases.syntax import Parser, Part
from keywords.phrases.words import Alternative, Phrase, PhraseWord, WordLists
from keywords.words import word_set
from streams.records import Language

__all__ = ["NEGATORS", "Alternative", "Phrase", "PhraseError", "PhraseSet", "PhraseWord", "WordLists", "compile_phrase"]

NEGATORS = word_set("pas plus jamais rien aucun aucune sans ni not never no without nothing none neither nor")
"""Words by which a phrase carries its own negation."""
MAX_PARTS = 16
_REMEMBERED = 32_768
_UNLESS = re.compile(r" !\(([^()\[\]]*)\)\s*$")
_NO_LISTS: WordLists = MappingProxyType({})


class PhraseError(ValueError):
    """A phrase cannot be used. Says which and why."""

    def __init__(self, *, language: Language, phrase: str, problem: str) -> None:
        self.language = language
        self.phrase = phrase
        self.problem = problem
        super().__init__(f"phrase {phrase!r} ({language}): {problem}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PhraseSet:
    """The compiled phrases of one rule. Safe to share."""

    by_language: Mapping[Language, tuple[Phrase, ...]]

    @classmethod
    def compile(cls, phrases: Mapping[Language, Sequence[str]], lists: WordLists = _NO_LISTS) -> "PhraseSet":
        """Compile phrases; `lists` holds what they may name as `<name>`. Raises `PhraseError` on the first bad one."""
        compiled = {
            language: tuple(compile_phrase(written, language, lists) for written in listed)
            for language, listed in phrases.items()
        }
        return cls(by_language=MappingProxyType(compiled))

    def of(self, language: Language) -> tuple[Phrase, ...]:
        """The phrases of a language; none where it has no list."""
        return self.by_language.get(language, ())


def compile_phrase(written: str, language: Language, lists: WordLists = _NO_LISTS) -> Phrase:
    """Compile one phrase. Raises `PhraseError`."""
    try:
        return (
            _compiled(written, Parser(language=language, lists=lists)) if lists else _compiled_alone(written, language)
        )
    except ValueError as error:
        raise PhraseError(language=language, phrase=written, problem=str(error)) from None


@lru_cache(maxsize=_REMEMBERED)
def _compiled_alone(written: str, language: Language) -> Phrase:
    """Rules are checked before they are loaded, and loaded again when one of them changes."""
    return _compiled(written, Parser(language=language, lists=_NO_LISTS))


def _compiled(written: str, parser: Parser) -> Phrase:
    body, unless = _without_unless(written, parser)
    parser.read(body)
    _check_parts(parser.parts)
    placed = list(zip(parser.parts, parser.gaps, strict=True))
    negative = any(word.form in NEGATORS for part in parser.parts for alternative in part for word in alternative)
    if negative and parser.language is Language.FR:
        # speech drops "ne"; the matcher steps over it where said
        placed = [(_without_ne(part), gap) for part, gap in placed]
        placed = [(part, gap) for part, gap in placed if part != ((),)]
    return Phrase(
        written=written,
        parts=tuple(part for part, _ in placed),
        gaps=tuple(gap for _, gap in placed),
        unless=unless,
        negative=negative,
    )


def _without_unless(written: str, parser: Parser) -> tuple[str, Part]:
    found = _UNLESS.search(written)
    if found is None:
        return written, ()
    return written[: found.start()], parser.choices(found.group(1), optional=False)


def _without_ne(part: Part) -> Part:
    return tuple(tuple(word for word in alternative if word.form != "ne") for alternative in part)


def _check_parts(parts: Sequence[Part]) -> None:
    if len(parts) > MAX_PARTS:
        raise ValueError(f"it has {len(parts)} words, more than {MAX_PARTS}")
    if all(() in part for part in parts):
        raise ValueError("it has no word that must be said")
    shortest = sum(min(sum(len(word.form) for word in alternative) for alternative in part) for part in parts)
    if shortest < 2:
        raise ValueError("it is shorter than two letters and would be found everywhere")
