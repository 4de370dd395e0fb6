"""Names and products of a team, and where in recognised words they may have been meant. Pure.

A recogniser writes a name it never read as the words it knows. Here such places are only proposed, by sound; whether
the name was said is decided on the audio (`scoring.py`). A prompt of names would be simpler, but it invents
them in sentences that hold none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from streams.records import Language, Word
from streams.vocabulary.likeness import likest
from streams.vocabulary.sounds import LETTERS_PER_SOUND, sounds
from streams.vocabulary.spelling import Core, Span, bare, spans_of

MOST_TERMS = 500
"""Of one vocabulary. Every further term is one more chance to be wrong."""
MOST_CANDIDATES = 3
"""Per utterance: each is tried on the audio, which costs part of a pass of the decoder."""
FEWEST_SOUNDS = 4
"""A shorter term is found only as it is written: too many words sound like it."""
SURE = 0.9
"""Words of which the recogniser is surer than this are left as they are."""
UNSURE = 0.7
ALIKE = 0.6
"""How alike, 0 to 1, a long term and unsure words have to sound to be proposed."""
ALIKE_SHORT = 0.75
"""The same for a term of the fewest sounds; in between for those in between."""
LONG_SOUNDS = 8
VERY_ALIKE = 0.8
"""The same where the recogniser is neither sure nor unsure."""
_VOWELS = frozenset("aeiouyh")


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A name or a product, written as it shall be shown."""

    text: str
    language: Language | None = None
    """None: it is said in every language."""
    sounds: tuple[str, ...] = ()
    """What the recogniser writes instead, or how it is said, in ordinary spelling."""

    def __post_init__(self) -> None:
        for text in (self.text, *self.sounds):
            if not bare(text) or text != " ".join(text.split()):
                raise ValueError(f"letters or digits, single spaces between words; found {text!r}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """The words from `first` to `last`, both counted in, may have been meant as a term."""

    term: str
    first: int
    last: int
    core: Core
    """What stands there now."""
    likeness: float
    """0 to 1: how alike both sound; 1 also for a spelling that the operator listed."""
    brevity: float = 0.0
    """0 to 1: how short a term it is by its sounds, and so how easily like something by chance."""
    guessed: bool = False
    """The recogniser wrote it itself, in another guess or when it heard the utterance again."""

    @property
    def written(self) -> str:
        """What would stand there."""
        return self.core.before + self.term + self.core.after

    @property
    def only_spelling(self) -> bool:
        """The term is there already in other letters: there is nothing to decide."""
        return bare(self.core.text) == bare(self.term)

    def overlaps(self, other: "Candidate") -> bool:
        """Whether both take a word in."""
        return self.first <= other.last and other.first <= self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class _Forms:
    """The terms of one language, by how they are written and by how they sound."""

    spelt: Mapping[str, str]
    listed: Mapping[str, str]
    heard: Mapping[str, str]
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Terms, with their sounds worked out once. Safe to share between calls and threads."""

    terms: tuple[Term, ...]
    _forms: Mapping[Language, _Forms] = field(init=False, repr=False, compare=False)
    _most_words: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if len(self.terms) > MOST_TERMS:
            raise ValueError(f"at most {MOST_TERMS} terms, found {len(self.terms)}")
        forms = {language: _forms_of(self.terms, language) for language in Language}
        longest = max((len(form.split()) for term in self.terms for form in (term.text, *term.sounds)), default=0)
        object.__setattr__(self, "_forms", MappingProxyType(forms))
        object.__setattr__(self, "_most_words", longest + 2)

    def candidates(self, words: Sequence[Word], language: Language) -> tuple[Candidate, ...]:
        """First, in order, terms that stand there in another spelling; then at most three others, the likest first.

        Where a term stands already, nothing else is proposed.
        """
        forms = self._forms[language]
        spans = spans_of([word.text for word in words], language, self._most_words)
        same = [one for span in spans if (one := _same(span, forms)) is not None]
        there = apart(sorted(same, key=lambda one: one.first - one.last))  # the longest: "Veloria Plus", not "Veloria"
        taken = {index for one in there for index in range(one.first, one.last + 1)}
        free = [span for span in spans if taken.isdisjoint(range(span.first, span.last + 1))]
        meant = [one for span in free for one in _alike(span, words, language, forms)]
        meant = _likest_places(meant)
        changed = sorted((one for one in there if one.core.text != one.term), key=lambda one: one.first)
        return (*changed, *meant[:MOST_CANDIDATES])

    def only_as_written(self, language: Language) -> list[str]:
        """Terms too short to be found by their sounds."""
        return [term.text for term in _said(self.terms, language) if is_short(term.text, language)]

    def sounding_the_same(self, language: Language) -> list[tuple[str, ...]]:
        """Terms that cannot be told apart: only the first of each group is found by its sounds."""
        groups: dict[str, list[str]] = {}
        for term in _said(self.terms, language):
            groups.setdefault(sounds(term.text, language), []).append(term.text)
        return [tuple(group) for group in groups.values() if len(group) > 1]


def apart(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Those that take in no word of an earlier one."""
    chosen: list[Candidate] = []
    for one in candidates:
        if not any(one.overlaps(other) for other in chosen):
            chosen.append(one)
    return chosen


def _likest_places(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The likest first; of places of one term that share a word, only the likest."""
    chosen: list[Candidate] = []
    for one in sorted(candidates, key=lambda one: -one.likeness):
        if not any(one.term == other.term and one.overlaps(other) for other in chosen):
            chosen.append(one)
    return chosen


def is_short(text: str, language: Language) -> bool:
    """Whether a term makes too few sounds to be found by them."""
    return len(sounds(text, language)) < FEWEST_SOUNDS * LETTERS_PER_SOUND


def _same(span: Span, forms: _Forms) -> Candidate | None:
    term = forms.spelt.get(bare(span.core.text))
    return None if term is None else _candidate(span, term, 1.0)


def _alike(span: Span, words: Sequence[Word], language: Language, forms: _Forms) -> list[Candidate]:
    if span.has_number:  # digits may be of a card: they stay where the card screen looks for them
        return []
    listed = forms.listed.get(bare(span.core.text))
    if listed is not None:
        return [_candidate(span, listed, 1.0)]
    chance = min(word.probability for word in words[span.first : span.last + 1])
    if chance > SURE or is_short(span.core.text, language):
        return []
    least = ALIKE if chance < UNSURE else VERY_ALIKE
    found = likest(sounds(span.core.text, language), forms.keys, at_least=least, most=2)
    return [
        _candidate(span, forms.heard[one.key], one.likeness, brevity_of(one.key))
        for one in found
        if one.likeness >= ALIKE + (ALIKE_SHORT - ALIKE) * brevity_of(one.key) and _stands(span, forms.heard[one.key])
    ]


def brevity_of(key: str) -> float:
    """0 to 1: how short something is by its sounds, and so how easily like something by chance."""
    count = min(LONG_SOUNDS, len(key) // LETTERS_PER_SOUND)
    return (LONG_SOUNDS - count) / (LONG_SOUNDS - FEWEST_SOUNDS)


def _stands(span: Span, term: str) -> bool:
    """Whether the term can follow what stands before it: "d'" only before a vowel."""
    return not span.core.before.endswith("'") or bare(term)[0] in _VOWELS


def _candidate(span: Span, term: str, likeness: float, brevity: float = 0.0) -> Candidate:
    return Candidate(term=term, first=span.first, last=span.last, core=span.core, likeness=likeness, brevity=brevity)


def _forms_of(terms: Sequence[Term], language: Language) -> _Forms:
    """Of two terms that are written or sound the same, the earlier is found."""
    said = list(reversed(_said(terms, language)))
    every = [(form, term.text) for term in said for form in (*term.sounds, term.text)]
    heard = {sounds(form, language): text for form, text in every if not is_short(form, language)}
    return _Forms(
        spelt={bare(term.text): term.text for term in said},
        listed={bare(form): term.text for term in said for form in term.sounds},
        heard=heard,
        keys=tuple(heard),
    )


def _said(terms: Sequence[Term], language: Language) -> list[Term]:
    return [term for term in terms if term.language in (None, language)]
