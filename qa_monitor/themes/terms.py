"""What one call says: terms of one to three words, and reasons, each once with its first place. Pure.

Only what may be kept is taken: stored text is redacted, and names, addresses and numbers are left out besides. A word
that is left out also parts what stands before it from what comes after, so that no term reaches over it.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from keywords.marks import is_mark
from keywords.normal import Break, Token, plain, tokens
from qa_monitor.themes.family_names import FAMILY_NAMES, MORE_FIRST_NAMES, SPELLED_WITH
from qa_monitor.themes.records import Place, Said, Theme
from qa_monitor.themes.word_lists import ADDRESSES, FIRST_NAMES, HIDES_NEXT, NAMES_AND_WORDS, NEGATIONS, OWN_NAME, STOP
from streams.records import Language

MOST_WORDS = 200
"""Of the customer, from the start of the call: later words seldom say why they call, and the count stays bounded."""
LONGEST = 3
"""Words of a term, those that say nothing left out."""
MOST_BETWEEN = 3
"""Words that say nothing between two words of a term."""
SHORTEST = 3
"""Letters of a term of one word."""
LONGEST_FORM = 25
ACRONYM = 4
HIDDEN_AFTER_NAME = 3
ADDRESS_BEFORE = 3
"""Words before the sign of an address of mail that are of it."""
_NAMES = FIRST_NAMES | MORE_FIRST_NAMES | FAMILY_NAMES | SPELLED_WITH
_INNER = re.compile(r"['’ʼ-]")
_AT_SIGN = re.compile(r"[@_/\\]|www\.|https?")


@dataclass(frozen=True, slots=True)
class Piece:
    """One word of a term; none of its fields name a person."""

    key: str
    spelled: str
    first: int
    """Place among the tokens of the utterance."""
    negation: bool


def terms_of(said: Sequence[Said], most_words: int = MOST_WORDS) -> Mapping[Theme, Place]:
    """Every term of what the customer said, with the first place it was said."""
    found: dict[Theme, Place] = {}
    left = most_words
    for one in said:
        words = one.text.split()[: max(0, left)]
        left -= len(words)
        for theme, shown in _terms(" ".join(words), one.language):
            if theme not in found:
                found[theme] = Place(shown=shown, start_s=one.start_s, end_s=one.end_s)
    return found


def main_language(said: Sequence[Said]) -> Language | None:
    """The one that most words are in; none where nothing was said."""
    counts = Counter[Language]()
    for one in said:
        counts[one.language] += len(one.text.split())
    return max(counts, key=lambda language: (counts[language], language)) if counts else None


def theme_of_phrase(phrase: str, language: Language) -> Theme | None:
    """The term a phrase of the list of reasons is counted as; none where it is no term of one to three words."""
    every = tokens(phrase.split(), language)
    pieces = [
        Piece(key=token.key, spelled=token.written, first=place, negation=_denies(token, language))
        for place, token in enumerate(every)
        if _denies(token, language) or (token.form not in STOP[language] and not _is_number(token.form))
    ]
    if not 1 <= len(pieces) <= LONGEST or all(piece.negation for piece in pieces):
        return None
    return _theme(pieces, language)


@lru_cache(maxsize=4_096)
def _terms(text: str, language: Language) -> tuple[tuple[Theme, str], ...]:
    words = text.split()
    every = tokens(words, language)
    found: dict[Theme, str] = {}
    for run in _runs(words, every, language):
        for start in range(len(run)):
            for stop in range(start + 1, min(start + LONGEST, len(run)) + 1):
                pieces = run[start:stop]
                if _is_term(pieces):
                    found.setdefault(_theme(pieces, language), _shown(pieces, every))
    return tuple(found.items())


def _is_term(pieces: Sequence[Piece]) -> bool:
    if len(pieces) == 1:
        return not pieces[0].negation and len(pieces[0].spelled) >= SHORTEST
    return not all(piece.negation for piece in pieces)


def _theme(pieces: Sequence[Piece], language: Language) -> Theme:
    return Theme(f"{language}:{' '.join(piece.key for piece in pieces)}")


def _shown(pieces: Sequence[Piece], every: Sequence[Token]) -> str:
    return " ".join(token.written for token in every[pieces[0].first : pieces[-1].first + 1])


def _runs(words: Sequence[str], every: Sequence[Token], language: Language) -> Iterator[list[Piece]]:
    """Stretches in which words may be joined to terms."""
    run: list[Piece] = []
    hidden = 0
    for place, token in enumerate(every):
        before = every[place - 1] if place else None
        if before is not None and _parted(words, before, token):
            yield run
            run, hidden = [], 0 if before.after is Break.SENTENCE else hidden
        if run and place - run[-1].first > MOST_BETWEEN:
            yield run
            run = []
        kept, hidden = _judged(words, every, place, language, hidden)
        if kept is Kept.PIECE:
            run.append(Piece(token.key, token.written, place, _denies(token, language)))
        elif kept is Kept.GAP:
            yield run[:-ADDRESS_BEFORE] if token.form in ADDRESSES else run
            run = []
    yield run


class Kept(StrEnum):
    """What becomes of a word."""

    PIECE = "piece"
    NOTHING = "nothing"
    GAP = "gap"


def _judged(
    words: Sequence[str], every: Sequence[Token], place: int, language: Language, hidden: int
) -> tuple[Kept, int]:
    """What becomes of this word, and how many more are hidden because a name may follow."""
    token = every[place]
    before = every[place - 1].form if place else ""
    if hidden and place and every[place - 1].after is Break.PAUSE and _as_written(words[token.word], token).islower():
        hidden = 0  # "my name is Ann Bell, my line is down": names have capitals, the clause after them has none
    after = max(0, hidden - 1)
    if (before, token.form) in OWN_NAME[language]:
        after = max(after, HIDDEN_AFTER_NAME)
    if token.form in HIDES_NEXT[language]:
        return Kept.GAP, max(after, HIDES_NEXT[language][token.form])
    if _denies(token, language):
        return (Kept.PIECE if not hidden else Kept.GAP), after
    if token.form in STOP[language]:
        return Kept.NOTHING, max(after, hidden)  # "my name, then, is …": small words do not use it up
    if hidden or _may_name(words, every, place):
        return Kept.GAP, after
    return Kept.PIECE, after


def _denies(token: Token, language: Language) -> bool:
    return token.form in NEGATIONS[language]


def _is_number(form: str) -> bool:
    return any(char.isdigit() for char in form)


def _may_name(words: Sequence[str], every: Sequence[Token], place: int) -> bool:
    """Whether this word may be a name, a number, a letter that is spelled, or part of an address."""
    token = every[place]
    word = words[token.word]
    if (
        token.form in ADDRESSES
        or _is_number(word)
        or len(token.form) < 2
        or len(token.form) > LONGEST_FORM
        or _AT_SIGN.search(word)
    ):
        return True
    if token.form in _NAMES:
        return True
    first = place == 0 or every[place - 1].after is Break.SENTENCE
    written = _as_written(word, token)
    if not written[:1].isupper():
        return False
    if written.isupper() and 1 < len(written) <= ACRONYM:
        return token.form in NAMES_AND_WORDS
    # at the start of a sentence every word has a capital: there only known names are left out
    return not first or token.form in NAMES_AND_WORDS


def _as_written(word: str, token: Token) -> str:
    """The part of a word that a token came from, with its capitals: of "l'Internet", "Internet"."""
    for part in _INNER.split(word):
        bare = part.strip('.,;:?!…"«»()')
        if plain(bare) == token.form:
            return bare
    return word


def _parted(words: Sequence[str], before: Token, token: Token) -> bool:
    """Whether a sentence ends, or something masked stands, between two tokens."""
    if before.after is Break.SENTENCE:
        return True
    return any(is_mark(word) for word in words[before.word + 1 : token.word])
