"""Recognised or written text to comparable tokens that still know which word they came from. Pure."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from types import MappingProxyType

from keywords.words import word_set
from streams.records import Language, Utterance, Word

_PIECE = re.compile(r"[^\W_]+(?:'[^\W_]+)*'?")
_APOSTROPHES = str.maketrans("’ʼ`´‘", "'" * 5)
_PLAIN = str.maketrans({"œ": "oe", "æ": "ae"})
_SENTENCE_ENDS = frozenset(".?!;:")
_PAUSES = frozenset(",–—()")

_FILLERS: Mapping[Language, frozenset[str]] = MappingProxyType(
    {
        Language.FR: word_set("euh heu euhm hum hm hmm mmh mh ben bah beh hein ah oh eh pff"),
        Language.EN: word_set("uh uhm um umm er erm hm hmm mm mmm ah oh eh huh"),
    }
)
_ELIDED: Mapping[str, str] = MappingProxyType(
    {
        short: short + "e"
        for short in ("j", "n", "d", "l", "c", "s", "m", "t", "qu", "jusqu", "lorsqu", "puisqu", "quelqu")
    }
)
_ENDINGS: Mapping[str, str] = MappingProxyType({"m": "am", "re": "are", "ve": "have", "ll": "will", "d": "would"})
_SHORT: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "cannot": ("can", "not"),
        "can't": ("can", "not"),
        "won't": ("will", "not"),
        "shan't": ("shall", "not"),
        "ain't": ("is", "not"),
        "gonna": ("going", "to"),
        "wanna": ("want", "to"),
        "gotta": ("got", "to"),
    }
)
_BARE_NEGATIVES = word_set("dont cant didnt doesnt isnt wasnt arent werent havent hasnt hadnt couldnt wouldnt shouldnt")
_IS_HOSTS = word_set("it that what there here he she who where how this")
_SAME_WORD: Mapping[str, str] = MappingProxyType({"la": "le", "les": "le", "une": "un"})
_SOUNDS_LIKE_ER = re.compile(r"(?:ées|ée|és|é|ers|er|ez)$")


class Break(IntEnum):
    """What the punctuation after a token separates it from."""

    NONE = 0
    PAUSE = 1
    SENTENCE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One spoken word, or one half of a contraction ("don't" gives "do" and "not")."""

    form: str
    """Lower case without accents."""
    key: str
    """What inflected and alike-sounding forms share."""
    word: int
    """Index of the word it came from."""
    after: Break = Break.NONE


def plain(text: str) -> str:
    """Lower case, without accents or ligatures."""
    folded = unicodedata.normalize("NFKD", text.casefold().translate(_PLAIN))
    return "".join(char for char in folded if not unicodedata.combining(char))


def tokens(words: Sequence[str], language: Language) -> tuple[Token, ...]:
    """The tokens of words as written, fillers and stammered repeats left out."""
    found: list[Token] = []
    for index, word in enumerate(words):
        text = unicodedata.normalize("NFC", word).translate(_APOSTROPHES).casefold()
        pieces = list(_PIECE.finditer(text))
        if not pieces:
            _note_break(found, _break_of(text))
        for number, piece in enumerate(pieces):
            stop = pieces[number + 1].start() if number + 1 < len(pieces) else len(text)
            _add(found, _parts(piece.group(), language), index, _break_of(text[piece.end() : stop]), language)
    return tuple(found)


def _add(found: list[Token], parts: Sequence[str], word: int, after: Break, language: Language) -> None:
    if len(parts) == 1 and parts[0] in _FILLERS[language]:
        if found and found[-1].after is Break.PAUSE:
            found[-1] = replace(found[-1], after=Break.NONE)  # "pas, euh, résilier": a hesitation, not a new clause
        if after is Break.SENTENCE:
            _note_break(found, after)
        return
    for part in parts:
        form = plain(part)
        repeated = found and found[-1].form == form and found[-1].after is not Break.SENTENCE
        if repeated:
            found.pop()
        found.append(Token(form=form, key=key_of(part, language), word=word))
    _note_break(found, after)


def _note_break(found: list[Token], after: Break) -> None:
    if found and after > found[-1].after:
        found[-1] = replace(found[-1], after=after)


def _break_of(text: str) -> Break:
    if "..." in text or "…" in text:
        return Break.NONE  # the speaker hesitates in the middle of a sentence
    if any(char in _SENTENCE_ENDS for char in text):
        return Break.SENTENCE
    if any(char in _PAUSES for char in text):
        return Break.PAUSE
    return Break.NONE


def _parts(piece: str, language: Language) -> tuple[str, ...]:
    if language is Language.FR:
        return _french_parts(piece)
    return _english_parts(piece)


def _french_parts(piece: str) -> tuple[str, ...]:
    if piece == "aujourd'hui":
        return ("aujourdhui",)
    *heads, last = piece.split("'")
    parts = [_ELIDED.get(head, head) for head in heads]
    return tuple(part for part in (*parts, last) if part)


def _english_parts(piece: str) -> tuple[str, ...]:
    if piece in _SHORT:
        return _SHORT[piece]
    if piece in _BARE_NEGATIVES:
        return (piece[:-2] if piece != "cant" else "can", "not")
    if piece.endswith("n't"):
        return (piece[:-3], "not")
    host, apostrophe, ending = piece.rpartition("'")
    if not apostrophe:
        return (piece,)
    if ending == "s":
        return (host, "is") if host in _IS_HOSTS else (host, "s")
    return tuple(part for part in (host.replace("'", ""), _ENDINGS.get(ending, ending)) if part)


def key_of(word: str, language: Language) -> str:
    """What inflected forms of a word share: plural, feminine, and the French endings that sound like "-er"."""
    return _french_key(word) if language is Language.FR else _english_key(plain(word))


def _french_key(word: str) -> str:
    if len(word) >= 5 and (ending := _SOUNDS_LIKE_ER.search(word)):
        return plain(word[: ending.start()]) + "é"
    form = plain(word)
    if form in _SAME_WORD:
        return _SAME_WORD[form]
    if len(form) >= 4 and form[-1] in "sx" and form[-2] != "s":
        form = form[:-1]
    if len(form) >= 5 and form[-1] == "e":
        form = form[:-1]
        if form[-1] == form[-2]:
            form = form[:-1]  # nulle, conne, bonne
    return form


def _english_key(form: str) -> str:
    if len(form) >= 6 and form.endswith("ies"):
        return form[:-3] + "y"
    if len(form) >= 4 and form[-1] == "s" and form[-2] not in "siu":
        return form[:-1]
    return form


def spoken_words(utterance: Utterance) -> tuple[Word, ...]:
    """The utterance's words where they spell its text, else the words of the text with times spread evenly."""
    if _letters(" ".join(word.text for word in utterance.words)) == _letters(utterance.text):
        return utterance.words
    pieces = utterance.text.split()
    step = (utterance.end_s - utterance.start_s) / max(1, len(pieces))
    return tuple(
        Word(
            text=piece,
            start_s=utterance.start_s + number * step,
            end_s=utterance.start_s + (number + 1) * step,
            probability=utterance.confidence,
        )
        for number, piece in enumerate(pieces)
    )


def _letters(text: str) -> str:
    return "".join(char for char in plain(text) if char.isalnum())
