"""Phrases as a QA lead writes them, compiled for matching. Pure.

`word*` takes any ending, `(a|b)` is one of, `[word]` may be missing; at the end, `!(a|b)` means: unless one of these
follows within a few words. Everything else is taken as said.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from keywords.normal import tokens
from keywords.words import word_set
from streams.records import Language

NEGATORS = word_set("pas plus jamais rien aucun aucune sans ni not never no without nothing none neither nor")
"""Words by which a phrase carries its own negation."""
MAX_PARTS = 16
MIN_STEM_LETTERS = 3
_UNLESS = re.compile(r" !\(([^()\[\]]*)\)\s*$")
_TOKEN = re.compile(r"\(([^()\[\]]*)\)|\[([^()\[\]]*)\]|([^()\[\]]+)")
_FORBIDDEN = re.compile(r"[^\w\s'’&.*|()\[\]-]|_")


class PhraseError(ValueError):
    """A phrase cannot be used. Says which and why."""

    def __init__(self, *, language: Language, phrase: str, problem: str) -> None:
        self.language = language
        self.phrase = phrase
        self.problem = problem
        super().__init__(f"phrase {phrase!r} ({language}): {problem}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PhraseWord:
    """One word of a phrase."""

    form: str
    key: str
    open_ended: bool = False
    """Written with a star: any ending will do."""


Alternative = tuple[PhraseWord, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """One phrase: each part is said by one of its alternatives; an empty alternative may be left unsaid."""

    written: str
    parts: tuple[tuple[Alternative, ...], ...]
    unless: tuple[Alternative, ...] = ()
    """Any of these soon after it: it was not meant."""
    negative: bool
    """It holds its own negation ("not happy") and so matches as written."""

    def first_words(self) -> frozenset[PhraseWord]:
        """The words it may begin with."""
        firsts: set[PhraseWord] = set()
        for part in self.parts:
            firsts.update(alternative[0] for alternative in part if alternative)
            if () not in part:
                break
        return frozenset(firsts)


@dataclass(frozen=True, slots=True, kw_only=True)
class PhraseSet:
    """The compiled phrases of one rule. Safe to share."""

    by_language: Mapping[Language, tuple[Phrase, ...]]

    @classmethod
    def compile(cls, phrases: Mapping[Language, Sequence[str]]) -> "PhraseSet":
        """Compile phrases. Raises `PhraseError` on the first that cannot be used."""
        compiled = {
            language: tuple(compile_phrase(written, language) for written in listed)
            for language, listed in phrases.items()
        }
        return cls(by_language=MappingProxyType(compiled))

    def of(self, language: Language) -> tuple[Phrase, ...]:
        """The phrases of a language; none where it has no list."""
        return self.by_language.get(language, ())


def compile_phrase(written: str, language: Language) -> Phrase:
    """Compile one phrase. Raises `PhraseError`."""
    try:
        body, unless = _without_unless(written, language)
        parts = tuple(_parts(body, language))
        _check_parts(parts)
    except ValueError as error:
        raise PhraseError(language=language, phrase=written, problem=str(error)) from None
    words = [word for part in parts for alternative in part for word in alternative]
    negative = any(word.form in NEGATORS for word in words)
    if negative and language is Language.FR:
        parts = tuple(_without_ne(part) for part in parts)  # speech drops "ne"; the matcher steps over it where said
        parts = tuple(part for part in parts if part != ((),))
    return Phrase(written=written, parts=parts, unless=unless, negative=negative)


def _without_unless(written: str, language: Language) -> tuple[str, tuple[Alternative, ...]]:
    found = _UNLESS.search(written)
    if found is None:
        return written, ()
    return written[: found.start()], _choices(found.group(1), language, optional=False)


def _without_ne(part: tuple[Alternative, ...]) -> tuple[Alternative, ...]:
    return tuple(tuple(word for word in alternative if word.form != "ne") for alternative in part)


def _parts(written: str, language: Language) -> Iterator[tuple[Alternative, ...]]:
    _check_characters(written)
    position = 0
    for found in _TOKEN.finditer(written):
        if found.start() != position:
            break
        position = found.end()
        choice, optional, plain_text = found.groups()
        if plain_text is not None:
            yield from _plain_parts(plain_text, language)
            continue
        _check_spaced(written, found)
        yield _choices(choice if choice is not None else optional, language, optional=optional is not None)
    if position != len(written):
        raise ValueError(f"the bracket {written[position]!r} is not closed, or brackets stand inside brackets")


def _check_characters(written: str) -> None:
    if not written.strip():
        raise ValueError("it is empty")
    if strange := _FORBIDDEN.search(written):
        raise ValueError(
            f"{strange.group()!r} has no meaning in a phrase; allowed are words, * ( | ) [ ] and a last !( )"
        )


def _check_spaced(written: str, found: re.Match[str]) -> None:
    before, after = written[: found.start()][-1:], written[found.end() :][:1]
    if (before and before not in " '’") or (after and after != " "):
        raise ValueError(f"put a space before and after {found.group()!r}")


def _plain_parts(text: str, language: Language) -> Iterator[tuple[Alternative, ...]]:
    if "|" in text:
        raise ValueError("'|' stands outside brackets; write (a|b)")
    for word in _words(text, language):
        yield ((word,),)


def _choices(inside: str, language: Language, *, optional: bool) -> tuple[Alternative, ...]:
    alternatives = tuple(_words(choice, language) for choice in inside.split("|"))
    if () in alternatives:
        raise ValueError(f"a choice in ({inside}) has no word; for a word that may be missing write [word]")
    return (*alternatives, ()) if optional else alternatives


def _words(text: str, language: Language) -> Alternative:
    pieces = text.split()
    for piece in pieces:
        if "*" in piece[:-1]:
            raise ValueError(f"in {piece!r} the star must be the last character")
        if piece.endswith("*") and sum(char.isalnum() for char in piece) < MIN_STEM_LETTERS:
            raise ValueError(f"{piece!r} needs at least {MIN_STEM_LETTERS} letters before the star")
    found = tokens([piece.rstrip("*") for piece in pieces], language)
    last = {token.word: number for number, token in enumerate(found)}
    return tuple(
        PhraseWord(
            form=token.form,
            key=token.key,
            open_ended=pieces[token.word].endswith("*") and last[token.word] == number,
        )
        for number, token in enumerate(found)
    )


def _check_parts(parts: Sequence[tuple[Alternative, ...]]) -> None:
    if len(parts) > MAX_PARTS:
        raise ValueError(f"it has {len(parts)} words, more than {MAX_PARTS}")
    if all(() in part for part in parts):
        raise ValueError("it has no word that must be said")
    shortest = sum(min(sum(len(word.form) for word in alternative) for alternative in part) for part in parts)
    if shortest < 2:
        raise ValueError("it is shorter than two letters and would be found everywhere")
