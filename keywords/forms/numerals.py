"""Numbers in a stretch of speech, in words or in digits: "soixante", "twenty five", "60 €". Pure.

"un", "une", "one" and "a" are articles, and no numbers, unless a multiplier or a currency follows.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from keywords.forms.number_words import COUNTING, NUMBER_WORDS, Counting
from keywords.words import word_set
from streams.records import Language

Forms = Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenNumber:
    """A number over words `start` to `stop` (exclusive)."""

    start: int
    stop: int
    value: float
    money: bool = False
    """With its currency, and what follows it: "cinq euros cinquante"."""


_WHOLE_COINS = word_set("euro euros dollar dollars buck bucks pound pounds quid livre livres piastre piastres balles")
_SMALL_COINS = word_set("centime centimes cent cents pence penny sou sous")
_THREE_DIGITS = re.compile(r"[0-9]{3}(?:\.[0-9]+)?")
_ANDS = word_set("et and")
_LEAST_BARE_CENTS = 10
"""A smaller number behind an amount counts something else."""


def numbers_in(forms: Forms, language: Language) -> tuple[SpokenNumber, ...]:
    """Every number of plain forms in order, the longest at each place; where a currency follows, once more with it."""
    return tuple(_found(forms, COUNTING[language]))


def may_count(form: str, language: Language) -> bool:
    """Whether a word may be part of a number."""
    return form in NUMBER_WORDS[language] or form[:1].isdecimal()


def _found(forms: Forms, counting: Counting) -> Iterator[SpokenNumber]:
    at = 0
    while at < len(forms):
        read = _digits(forms, at, counting) or _worded(forms, at, counting)
        if read is None:
            at += 1
            continue
        value, stop = read
        amount = _with_currency(forms, value, stop, counting)
        if amount is not None or stop > at + 1 or forms[at] not in counting.articles:
            yield SpokenNumber(start=at, stop=stop, value=value)
        if amount is not None:
            yield SpokenNumber(start=at, stop=amount[1], value=amount[0], money=True)
            stop = amount[1]
        at = stop


def _digits(forms: Forms, at: int, counting: Counting) -> tuple[float, int] | None:
    form = forms[at]
    if not form[0].isdecimal() or not form.isascii():
        return None
    thousands = form.endswith("k")
    try:
        value = float(form.removesuffix("k"))
    except ValueError:
        return None  # "14h30", "2nd"
    value, stop = value * 1_000 if thousands else value, at + 1
    while len(form) <= 3 and stop < len(forms) and _THREE_DIGITS.fullmatch(forms[stop]):
        value, stop = value * 1_000 + float(forms[stop]), stop + 1  # "1 250"
    return _times(forms, value, stop, counting)


def _times(forms: Forms, value: float, stop: int, counting: Counting) -> tuple[float, int]:
    """The number with a large word behind it: "3 mille"."""
    if stop < len(forms) and forms[stop] in counting.large:
        return value * counting.large[forms[stop]], stop + 1
    return value, stop


def _worded(forms: Forms, at: int, counting: Counting) -> tuple[float, int] | None:
    if at >= 2 and forms[at - 1] == "pour" and forms[at] == "cent" and forms[at - 2][0].isdecimal():
        return None  # "50 pour cent"
    total, last = 0.0, float("inf")
    stop = at
    while stop < len(forms):
        joined = stop > at and counting.joining == "and" and _stands(forms, stop, _ANDS)
        read = _below_a_thousand(forms, stop + joined, counting)
        value, after = read or (1, stop)
        size = counting.large.get(forms[after], 1) if after < len(forms) else 1
        if (read is None and (size == 1 or stop > at)) or size >= last:
            break
        total, last = total + value * size, size
        stop = after + (size > 1)
        if size == 1:
            break
    if stop == at:
        return None
    return _with_decimals(forms, total, stop, counting)


def _with_decimals(forms: Forms, value: float, stop: int, counting: Counting) -> tuple[float, int]:
    """ "trois virgule cinq" """
    if stop + 1 < len(forms) and forms[stop] in counting.point:
        decimals = _below_a_hundred(forms, stop + 1, counting)
        if decimals is not None:
            return value + float(f"0.{decimals[0]}"), decimals[1]
    return value, stop


def _below_a_thousand(forms: Forms, at: int, counting: Counting) -> tuple[int, int] | None:
    read = _below_a_hundred(forms, at, counting)
    value, stop = read or (1, at)
    if stop >= len(forms) or forms[stop] not in counting.hundred or value > (9 if counting.joining == "et" else 99):
        return read
    stop += 1
    rest_at = stop + (counting.joining == "and" and _stands(forms, stop, _ANDS))
    rest = _below_a_hundred(forms, rest_at, counting)
    if rest is None or forms[rest_at] == "a":
        return value * 100, stop
    return value * 100 + rest[0], rest[1]


def _below_a_hundred(forms: Forms, at: int, counting: Counting) -> tuple[int, int] | None:
    if at >= len(forms):
        return None
    form, following = forms[at], forms[at + 1] if at + 1 < len(forms) else ""
    if form == "quatre" and following in ("vingt", "vingts"):
        return _after_tens(forms, 80, at + 2, counting)
    if form in counting.tens:
        return _after_tens(forms, counting.tens[form], at + 1, counting)
    if form == "dix" and following in ("sept", "huit", "neuf"):
        return 10 + counting.small[following], at + 2
    return (counting.small[form], at + 1) if form in counting.small else None


def _after_tens(forms: Forms, value: int, at: int, counting: Counting) -> tuple[int, int]:
    french = counting.joining == "et"
    joined = french and at + 1 < len(forms) and forms[at] == "et" and forms[at + 1] in ("un", "une", "onze")
    rest = _below_a_hundred(forms, at + joined, counting)
    most = 19 if french and value in (60, 80) else 9
    if rest is None or not 1 <= rest[0] <= most or forms[at + joined] == "a":
        return value, at
    return value + rest[0], rest[1]


def _with_currency(forms: Forms, value: float, stop: int, counting: Counting) -> tuple[float, int] | None:
    """The amount and where it ends: "50 centimes", "cinq euros et vingt centimes", "five pounds fifty"."""
    if _stands(forms, stop, _SMALL_COINS):
        return value / 100, stop + 1
    if not _stands(forms, stop, _WHOLE_COINS):
        return None
    stop += 1
    joined = _stands(forms, stop, _ANDS)
    cents = _cents(forms, stop + joined, counting)
    if cents is None:
        return value, stop
    coins = _stands(forms, cents[1], _SMALL_COINS)
    if not coins and (joined or cents[0] < _LEAST_BARE_CENTS):
        return value, stop  # "cent euros et deux mois", "sixty dollars two times"
    return value + cents[0] / 100, cents[1] + coins


def _cents(forms: Forms, at: int, counting: Counting) -> tuple[int, int] | None:
    if at < len(forms) and forms[at].isdecimal() and len(forms[at]) <= 2:
        return int(forms[at]), at + 1
    return _below_a_hundred(forms, at, counting)


def _stands(forms: Forms, at: int, among: frozenset[str]) -> bool:
    return at < len(forms) and forms[at] in among
