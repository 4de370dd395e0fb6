"""What a phrase is made of once it is compiled. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from streams.records import Language

WordLists: TypeAlias = Mapping[str, Mapping[Language, Sequence[str]]]
"""Lists that phrases may name: by name, then by language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberWanted:
    """Which numbers will do."""

    money: bool = False
    """An amount of money rather than any number."""
    least: float = float("-inf")
    most: float = float("inf")

    def allows(self, value: float, *, money: bool) -> bool:
        """Whether a number will do."""
        return money is self.money and self.least <= value <= self.most


@dataclass(frozen=True, slots=True, kw_only=True)
class PhraseWord:
    """One word of a phrase, or one number."""

    form: str
    key: str
    open_ended: bool = False
    """Written with a star: any ending will do."""
    exact: bool = False
    """Written with "=": only this form will do."""
    number: NumberWanted | None = None
    """The word stands for a number, however it is said; `form` only names it then."""


Alternative: TypeAlias = tuple[PhraseWord, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """One phrase: each part is said by one of its alternatives; an empty alternative may be left unsaid."""

    written: str
    parts: tuple[tuple[Alternative, ...], ...]
    gaps: tuple[int, ...] = ()
    """Per part: it is among so many words behind what was said before it; 0, or none: right behind it."""
    unless: tuple[Alternative, ...] = ()
    """Any of these soon after it: it was not meant."""
    negative: bool
    """It holds its own negation ("not happy") and so matches as written."""
    even_reported: bool = False
    """It names a fact: it counts where the speaker tells what others said of it, too."""

    def first_words(self) -> frozenset[PhraseWord]:
        """The words it may begin with."""
        firsts: set[PhraseWord] = set()
        for part in self.parts:
            firsts.update(alternative[0] for alternative in part if alternative)
            if () not in part:
                break
        return frozenset(firsts)
