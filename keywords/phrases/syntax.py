"""How a phrase is written: from its text to parts. Raises `ValueError` saying what is wrong. Pure.

`word*` any ending, `=word` this form only, `(a|b)` one of, `[word]` may be missing, `a ~3 b` b among the 3 words behind
a, `{number>=3}` and `{amount}` numbers however said, `<name>` one of a list; at the end, `!(a|b)`: unless one of these
follows.
"""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product

from keywords.forms.numerals import may_count, numbers_in
from keywords.normal import tokens
from keywords.phrases.words import Alternative, NumberWanted, PhraseWord, WordLists
from streams.records import Language

MIN_STEM_LETTERS = 3
MAX_ALTERNATIVES = 2_000
MAX_GAP = 10
Part = tuple[Alternative, ...]

_TOKEN = re.compile(r"\(([^()\[\]]*)\)|\[([^()\[\]]*)\]|([^()\[\]]+)")
_SPECIAL = re.compile(r"\{[^{}]*\}|<[^<>]*>|(?<!\S)~\S*|(?<![^\s(\[|])=(?=\w)|(?<=[0-9])[.,](?=[0-9])")
_FORBIDDEN = re.compile(r"[^\w\s'’&.*|()\[\]€$£%-]|_")
_WORDS_ALONE = re.compile(r"\s*[^\W_][^\W_\s'’-]*(?:[\s'’-]+[^\W_]+)*\s*")
_BRACES = re.compile(r"\{[^{}]*\}")
_NUMBER = re.compile(r"\{(number|amount)(?:(>=|<=|>|<|=)([0-9]+(?:[.,][0-9]+)?))?\}")
_LIST = re.compile(r"<([A-Za-z0-9_-]+)>")
_GAP = re.compile(r"~([0-9]{1,3})")
_SHOWN_LISTS = 8


@dataclass(slots=True, kw_only=True)
class Parser:
    """Reads one phrase. Used once."""

    language: Language
    lists: WordLists
    parts: list[Part] = field(default_factory=list)
    gaps: list[int] = field(default_factory=list)
    _gap: int | None = None

    def read(self, written: str) -> None:
        """Fills `parts` and `gaps`."""
        if _WORDS_ALONE.fullmatch(written):
            self._plain(written)  # most phrases
            return
        text = _checked(written)
        position = 0
        for found in _TOKEN.finditer(text):
            if found.start() != position:
                break
            position = found.end()
            choice, optional, plain_text = found.groups()
            if plain_text is not None:
                self._plain(plain_text)
                continue
            _check_spaced(text, found)
            self._add(self.choices(choice if choice is not None else optional, optional=optional is not None))
        if position != len(text):
            raise ValueError(f"the bracket {text[position]!r} is not closed, or brackets stand inside brackets")
        if self._gap is not None:
            raise ValueError(f"~{self._gap} stands at the end; words must follow it")

    def choices(self, inside: str, *, optional: bool) -> Part:
        """The alternatives of a bracket."""
        found = [alternative for choice in inside.split("|") for alternative in self._alternatives(choice)]
        if () in found:
            raise ValueError(f"a choice in ({inside}) has no word; for a word that may be missing write [word]")
        if len(found) > MAX_ALTERNATIVES:
            raise ValueError(f"({inside[:20]}…) has {len(found)} choices, more than {MAX_ALTERNATIVES}")
        return (*found, ()) if optional else tuple(found)

    def _add(self, part: Part) -> None:
        self.parts.append(part)
        self.gaps.append(self._gap or 0)
        self._gap = None

    def _plain(self, text: str) -> None:
        if "|" in text:
            raise ValueError("'|' stands outside brackets; write (a|b)")
        for run in _runs(text.split()):
            if run[0].startswith("~"):
                self._gap = self._gap_of(run[0])
            elif run[0][0] in "{<":
                self._add(tuple(self._alternatives(run[0])))
            else:
                for part in _collapsed(self._words(run), self.language):
                    self._add(part)

    def _gap_of(self, piece: str) -> int:
        found = _GAP.fullmatch(piece)
        if found is None or not 1 <= int(found.group(1)) <= MAX_GAP:
            raise ValueError(f"{piece!r} has no meaning; a distance is written ~1 to ~{MAX_GAP}")
        if not self.parts or self._gap is not None:
            raise ValueError(f"{piece!r} must stand between words")
        return int(found.group(1))

    def _alternatives(self, choice: str) -> list[Alternative]:
        """One choice; more where it holds a list or a number in words."""
        pieces: list[Sequence[Alternative]] = []
        for run in _runs(choice.split()):
            if run[0].startswith("~"):
                raise ValueError(f"{run[0]!r} stands inside brackets; distances stand between words outside them")
            if run[0].startswith("{"):
                pieces.append([(_number(run[0]),)])
            elif run[0].startswith("<"):
                pieces.append(self._listed(run[0]))
            else:
                pieces.extend(_collapsed(self._words(run), self.language))
        many = math.prod(len(piece) for piece in pieces)
        if many > MAX_ALTERNATIVES:
            raise ValueError(f"({choice.strip()[:20]}…) stands for {many} choices, more than {MAX_ALTERNATIVES}")
        return [tuple(word for run in combined for word in run) for combined in product(*pieces)]

    def _listed(self, piece: str) -> list[Alternative]:
        found = _LIST.fullmatch(piece)
        if found is None or found.group(1) not in self.lists:
            known = sorted(self.lists)
            shown = ", ".join(known[:_SHOWN_LISTS]) + (", …" if len(known) > _SHOWN_LISTS else "")
            raise ValueError(f"there is no list {piece}; lists: {shown or 'none'}")
        entries = self.lists[found.group(1)].get(self.language, ())
        if not entries:
            raise ValueError(f"the list {piece} has nothing in this language")
        return [alternative for entry in entries for alternative in self._entry(piece, entry)]

    def _entry(self, piece: str, entry: str) -> list[Alternative]:
        if set(entry) & set("()[]{}<>|~!"):
            raise ValueError(f"{entry!r} in the list {piece} is more than words, * and =")
        _checked(entry)
        alternatives = self._alternatives(entry)
        if () in alternatives:
            raise ValueError(f"{entry!r} in the list {piece} has no word")
        return alternatives

    def _words(self, pieces: Sequence[str]) -> Alternative:
        for piece in pieces:
            _check_star(piece)
        found = tokens([piece.rstrip("*").lstrip("=") for piece in pieces], self.language)
        last = {token.word: number for number, token in enumerate(found)}
        return tuple(
            PhraseWord(
                form=token.form,
                key=token.key,
                open_ended=pieces[token.word].endswith("*") and last[token.word] == number,
                exact=pieces[token.word].startswith("="),
            )
            for number, token in enumerate(found)
        )


def _checked(written: str) -> str:
    if not written.strip():
        raise ValueError("it is empty")
    if strange := _FORBIDDEN.search(_SPECIAL.sub(" ", written)):
        raise ValueError(
            f"{strange.group()!r} has no meaning in a phrase; "
            "allowed are words, * = ( | ) [ ] ~3 {number} {amount} <list> and a last !( )"
        )
    return _BRACES.sub(lambda braces: re.sub(r"\s", "", braces.group()), written)


def _check_spaced(text: str, found: re.Match[str]) -> None:
    before, after = text[: found.start()][-1:], text[found.end() :][:1]
    if (before and before not in " '’") or (after and after != " "):
        raise ValueError(f"put a space before and after {found.group()!r}")


def _check_star(piece: str) -> None:
    if piece.isalnum():
        return
    if set(piece) & set("{}<>~") or "=" in piece[1:]:
        raise ValueError(f"put a space before and after what is not a word in {piece!r}")
    if "*" in piece[:-1]:
        raise ValueError(f"in {piece!r} the star must be the last character")
    if piece.endswith("*") and sum(char.isalnum() for char in piece) < MIN_STEM_LETTERS:
        raise ValueError(f"{piece!r} needs at least {MIN_STEM_LETTERS} letters before the star")


def _runs(pieces: Iterable[str]) -> Iterator[list[str]]:
    """Words side by side together, all else by itself."""
    run: list[str] = []
    for piece in pieces:
        if piece[0] in "{<~":
            if run:
                yield run
            yield [piece]
            run = []
        else:
            run.append(piece)
    if run:
        yield run


def _collapsed(words: Alternative, language: Language) -> Iterator[Part]:
    """A part for each word; a number in words may also be said in digits, and the other way round."""
    if not any(may_count(word.form, language) for word in words):
        for word in words:
            yield ((word,),)
        return
    spans = {found.start: found for found in numbers_in([word.form for word in words], language) if not found.money}
    at = 0
    while at < len(words):
        span = spans.get(at)
        stop = span.stop if span else at + 1
        said = words[at:stop]
        if span is None or any(word.open_ended or word.exact for word in said):
            for word in said:
                yield ((word,),)
        else:
            wanted = NumberWanted(least=span.value, most=span.value)
            yield (said, (PhraseWord(form=f"#{span.value:.12g}", key="", number=wanted),))
        at = stop


def _number(piece: str) -> PhraseWord:
    found = _NUMBER.fullmatch(piece)
    if found is None:
        raise ValueError(f"{piece} has no meaning; write {{number}}, {{number>=3}}, {{amount}} or {{amount>=100}}")
    kind, sign, digits = found.groups()
    least, most = -math.inf, math.inf
    if sign:
        value = float(digits.replace(",", "."))
        least, most = _range(sign, value)
    return PhraseWord(form=piece, key="", number=NumberWanted(money=kind == "amount", least=least, most=most))


def _range(sign: str, value: float) -> tuple[float, float]:
    match sign:
        case ">=":
            return value, math.inf
        case "<=":
            return -math.inf, value
        case ">":
            return math.nextafter(value, math.inf), math.inf
        case "<":
            return -math.inf, math.nextafter(value, -math.inf)
        case _:
            return value, value
