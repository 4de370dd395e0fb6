"""How words run together in speech are taken apart: "j'ai" is "je ai", "don't" is "do not". Pure."""

from collections.abc import Mapping
from types import MappingProxyType

from keywords.words import word_set
from streams.records import Language

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
        "aint": ("is", "not"),
        "wont": ("will", "not"),
        "gonna": ("going", "to"),
        "wanna": ("want", "to"),
        "gotta": ("got", "to"),
    }
)
_BARE_NEGATIVES = word_set("dont cant didnt doesnt isnt wasnt arent werent havent hasnt hadnt couldnt wouldnt shouldnt")
_IS_HOSTS = word_set("it that what there here he she who where how this")


def opened(piece: str, language: Language) -> tuple[str, ...]:
    """The words in a piece of text, in small letters and with straight apostrophes."""
    return _french(piece) if language is Language.FR else _english(piece)


def _french(piece: str) -> tuple[str, ...]:
    if piece == "aujourd'hui":
        return ("aujourdhui",)
    *heads, last = piece.split("'")
    parts = [_ELIDED.get(head, head) for head in heads]
    return tuple(part for part in (*parts, last) if part)


def _english(piece: str) -> tuple[str, ...]:
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
