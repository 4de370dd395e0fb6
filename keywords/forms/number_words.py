"""The words that numbers are spoken with, in each language, and how they add up. Data."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from keywords.words import word_set
from streams.records import Language


def _counted(listed: str, first: int, step: int = 1) -> dict[str, int]:
    return {word: first + number * step for number, word in enumerate(listed.split())}


@dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    """The number words of one language, without accents, and what each is worth."""

    small: Mapping[str, int]
    """Up to nineteen."""
    tens: Mapping[str, int]
    hundred: frozenset[str]
    large: Mapping[str, int]
    joining: str
    """Stands between tens and one, or hundreds and the rest."""
    articles: frozenset[str]
    point: frozenset[str]


COUNTING: Mapping[Language, Counting] = MappingProxyType(
    {
        Language.FR: Counting(
            small=_counted(
                "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize", 1
            )
            | {"une": 1, "zero": 0},
            tens=_counted("vingt trente quarante cinquante soixante septante huitante nonante", 20, 10)
            | {"octante": 80, "vingts": 20},
            hundred=word_set("cent cents"),
            large={"mille": 1_000, "million": 1_000_000, "millions": 1_000_000},
            joining="et",
            articles=word_set("un une"),
            point=word_set("virgule"),
        ),
        Language.EN: Counting(
            small=_counted(
                "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
                "seventeen eighteen nineteen",
                0,
            )
            | {"a": 1},
            tens=_counted("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10),
            hundred=word_set("hundred hundreds"),
            large={"thousand": 1_000, "million": 1_000_000, "millions": 1_000_000},
            joining="and",
            articles=word_set("one a"),
            point=word_set("point"),
        ),
    }
)
NUMBER_WORDS: Mapping[Language, frozenset[str]] = MappingProxyType(
    {
        language: frozenset().union(counting.small, counting.tens, counting.hundred, counting.large)
        for language, counting in COUNTING.items()
    }
)
