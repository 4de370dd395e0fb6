"""What people type to search calls: `refund "speak to a manager" -invoice agent:sorry cancel*`. Pure; never an error.

A call is found when all words are said in it, by anyone and in any order. `"…"`: these words in a row. `-…`: calls
where it is not said. `…*`: words that begin so. `agent:…` or `customer:…`: said by that side; `speaker:agent` asks so
of all.
What makes no sense is read as words.
"""

import re
import unicodedata
from dataclasses import dataclass, replace

from streams.records import Speaker

MOST_TERMS = 20
"""Further terms of one search are left out."""
SIDES = {
    "agent": Speaker.AGENT,
    "conseiller": Speaker.AGENT,
    "customer": Speaker.CUSTOMER,
    "client": Speaker.CUSTOMER,
}
SPEAKER_NAMES = ("speaker", "locuteur")
WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
"""A word as the index of words sees it: letters and digits, of any script."""
_LAST_MARK = "\u036f"
_MARKS = re.compile(f"[\u0300-{_LAST_MARK}]+")
_QUOTES = str.maketrans("“”„«»", '"""""')
_TERM = re.compile(r'(?P<minus>-)?(?:(?P<name>[^\W\d_]+):)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """Words in a row, folded."""

    words: tuple[str, ...]
    prefix: bool = False
    """The last word may go on."""
    speaker: Speaker | None = None
    """Who says it; none: anyone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextQuery:
    """What must be said in a call, and what must not."""

    wanted: tuple[Term, ...] = ()
    unwanted: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.wanted or self.unwanted)


def parse_text(written: str) -> TextQuery:
    """The search somebody typed."""
    wanted: list[Term] = []
    unwanted: list[Term] = []
    everybody: Speaker | None = None
    for match in _TERM.finditer(written.translate(_QUOTES)):
        name, text = (match["name"] or "").lower(), match["phrase"] or match["word"] or ""
        if name in SPEAKER_NAMES and text.lower() in SIDES:
            everybody = SIDES[text.lower()]
            continue
        if name and name not in SIDES:
            text = f"{match['name']}:{text}"
        words = words_of(text)
        if not words or len(wanted) + len(unwanted) >= MOST_TERMS:
            continue
        prefix = match["phrase"] is None and text.endswith("*")
        term = Term(words=words, prefix=prefix, speaker=SIDES.get(name))
        (unwanted if match["minus"] else wanted).append(term)
    return TextQuery(wanted=_said_by(everybody, wanted), unwanted=_said_by(everybody, unwanted))


def _said_by(speaker: Speaker | None, terms: list[Term]) -> tuple[Term, ...]:
    return tuple(term if term.speaker is not None else replace(term, speaker=speaker) for term in terms)


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, folded."""
    return tuple(fold(match.group()) for match in WORD.finditer(text))


def fold(word: str) -> str:
    """A word as it is compared: small letters without accents, ligatures taken apart."""
    lower = word.lower()
    if lower.isascii():
        return lower
    bare = _MARKS.sub("", unicodedata.normalize("NFD", lower))
    if max(bare, default="") > _LAST_MARK:
        # scripts with marks of their own
        bare = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return bare.replace("œ", "oe").replace("æ", "ae")
