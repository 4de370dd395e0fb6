"""Which negation governs a stretch of speech: the walk that both languages share. Pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from keywords.normal import Break, Token

MAX_REACH = 14
"""Tokens before a hit that are looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """A negation and the words it governs, as forms."""

    before: tuple[str, ...]
    """The sentence up to the negation."""
    cue: str
    between: tuple[str, ...]
    """From the negation to the hit."""
    hit: tuple[str, ...]
    after: tuple[str, ...] = ()
    """The sentence behind the hit."""

    def verb(self) -> str:
        """The word right before the negation."""
        return self.before[-1] if self.before else ""


Forms = Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """What differs between the languages."""

    reach: Callable[[Forms, int, int], int]
    """For the token at an index and a hit from another: how far a negation reaches; 0 for any other word."""
    connectives: frozenset[str]
    """Words that begin another clause."""
    unfinished: frozenset[str]
    """Words a clause cannot end with: a comma behind one is a hesitation."""
    opens_clause: Callable[[Forms, int, int], bool]
    """Whether the token at an index is the subject of another clause."""
    reported: Callable[[Forms, int], bool]
    """Whether that clause is only what somebody does not think, say or want."""
    kills: tuple[Callable[[Scope], bool], ...]
    """Looked at first: the negation stands whatever the excuses."""
    excuses: tuple[Callable[[Scope], bool], ...]
    """Any one: the negation does not take back what the hit says."""
    follows: Callable[[Scope], bool]
    """Whether what stands behind the hit negates it."""
    denials: re.Pattern[str]
    """How a sentence ends that denies the clause about to come: "it is not that I", "ne croyez pas que je vais"."""


def negates(grammar: Grammar, spoken: Sequence[Token], start: int, stop: int) -> bool:
    """Whether the hit over tokens `start` to `stop` is negated."""
    forms = [token.form for token in spoken]
    hit = tuple(forms[start:stop])
    first = _sentence_start(spoken, start)
    after = () if spoken[stop - 1].after else tuple(forms[stop : stop + 5])
    if grammar.follows(Scope(before=tuple(forms[first:start]), cue="", between=(), hit=hit, after=after)):
        return not _denied(grammar, forms[first : start + 1])
    cue = _governing(grammar, spoken, forms, start)
    if cue is None or _denied(grammar, forms[first:cue]):
        return False
    scope = Scope(
        before=tuple(forms[first:cue]), cue=forms[cue], between=tuple(forms[cue + 1 : start]), hit=hit, after=after
    )
    return any(kill(scope) for kill in grammar.kills) or not any(excuse(scope) for excuse in grammar.excuses)


def denies(grammar: Grammar, spoken: Sequence[Token], start: int, stop: int) -> bool:
    """Whether the hit over tokens `start` to `stop`, a negation itself, is denied: "it's not that I'm not happy"."""
    first = _sentence_start(spoken, start)
    forms = [token.form for token in spoken[first:stop]]
    inner = next((at for at in range(start - first, len(forms)) if grammar.reach(forms, at, len(forms))), start - first)
    return _denied(grammar, forms[:inner])


def _denied(grammar: Grammar, before: Forms) -> bool:
    """Whether the sentence denies what comes next; two negations are none."""
    return grammar.denials.search(" ".join(before)) is not None


def _sentence_start(spoken: Sequence[Token], start: int) -> int:
    for index in range(start - 1, -1, -1):
        if spoken[index].after is Break.SENTENCE:
            return index + 1
    return 0


def _governing(grammar: Grammar, spoken: Sequence[Token], forms: Forms, start: int) -> int | None:
    """The nearest negation that no clause boundary separates from the hit."""
    for index in range(start, max(-1, start - MAX_REACH - 1), -1):
        if index < start:
            if _separates(spoken[index], grammar):
                return None
            if start - index <= grammar.reach(forms, index, start):
                return index
            if forms[index] in grammar.connectives:
                return None
        if grammar.opens_clause(forms, index, start) and not grammar.reported(forms, index):
            return None
    return None


def _separates(token: Token, grammar: Grammar) -> bool:
    if token.after is Break.PAUSE:
        return token.form not in grammar.unfinished
    return token.after is Break.SENTENCE


def has_run(forms: Forms, *run: str) -> bool:
    """Whether the words stand side by side in this order."""
    width = len(run)
    return any(tuple(forms[index : index + width]) == run for index in range(len(forms) - width + 1))


def starts_with_any(forms: Forms, stems: Mapping[str, object] | frozenset[str] | tuple[str, ...]) -> bool:
    """Whether a word begins with one of the stems."""
    return any(form.startswith(tuple(stems)) for form in forms)
