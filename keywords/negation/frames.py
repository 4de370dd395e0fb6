"""Words that are not the speaker's own wish of now: quoted, thought up, given up, or somebody else's doing. Pure.

A frame opens somewhere before a hit in the same sentence ("they told me", "suppose", "je voulais") and governs the hit
if what stands between the two does not end it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from keywords.normal import Break, Token
from keywords.words import word_set

LOOKED_BACK = 40
"""Tokens before a hit that are read."""
LOOKED_AHEAD = 30
"""Tokens behind a hit that are read."""
DIRECT = re.compile("")
"""Nothing stands between the opener and the hit."""
ANYWHERE = re.compile("")
"""No opener is needed."""
NEVER = re.compile("(?!)")
NEAR = 80
"""Letters before and behind a hit in which a wish for it stands."""
_LEADING = word_set(
    "i we want wanted wants like need needs going decided trying tried prefer calling have to will would can am are "
    "je on nous veux voudrais demande exige aimerais vais"
)
_NEXT_CLAUSE = "et mais parce donc puis but because"
_MARKS = {Break.NONE: " ", Break.PAUSE: " , ", Break.SENTENCE: " . "}


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """A hit and what is said around it, as forms: each with a space behind, a comma for a pause, a dot for an end."""

    before: str
    """The sentence up to the hit, with the words the hit itself begins with before it names its matter ("want to")."""
    hit: str
    after: str
    """The sentence behind the hit and what follows it."""
    wishes: re.Pattern[str] = NEVER
    """How the language leads up to what is wanted, with bars around the hit: "je veux | résilier |"."""

    def wanted(self) -> bool:
        """Whether the speaker plainly wants it, asks for it or orders it, right where they name it."""
        near = self.before[-NEAR:].partition(" ")[2] if len(self.before) > NEAR else self.before
        return self.wishes.search(f"{near}| {self.hit}| {self.after[:NEAR]}") is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A way to say something without meaning it as one's own."""

    opener: re.Pattern[str]
    gap: re.Pattern[str] = DIRECT
    """All that stands between the opener and the hit."""
    hit: re.Pattern[str] | None = None
    """What the hit must hold."""
    after: re.Pattern[str] | None = None
    """What must follow the hit."""
    unless: re.Pattern[str] | None = None
    """What must neither stand in between, nor in the hit, nor follow."""
    only_named: bool = False
    """Only where the hit is named without being plainly wanted: what is said around it then counts for more."""

    def governs(self, said: Surroundings) -> bool:
        """Whether the hit stands in this frame."""
        if self.hit is not None and not self.hit.search(said.hit):
            return False
        if self.after is not None and not self.after.search(said.after):
            return False
        return self._opens(said) and not (self.only_named and said.wanted())

    def _opens(self, said: Surroundings) -> bool:
        if self.opener is ANYWHERE and self.gap is DIRECT:
            return self._reaches(said, "")
        return any(self._reaches(said, said.before[opened.end() :]) for opened in self.opener.finditer(said.before))

    def _reaches(self, said: Surroundings, gap: str) -> bool:
        if not self.gap.fullmatch(gap):
            return False
        return self.unless is None or not self.unless.search(gap + said.hit + said.after)


def framed(frames: Iterable[Frame], said: Surroundings) -> bool:
    """Whether any of the frames governs the hit."""
    return any(frame.governs(said) for frame in frames)


def surroundings(spoken: Sequence[Token], start: int, stop: int, wishes: re.Pattern[str] = NEVER) -> Surroundings:
    """The hit over tokens `start` to `stop` (exclusive) in its sentence.

    `wishes`: how a language leads up to what is wanted, with bars around the hit: "je veux | résilier |".
    """
    first = next((at + 1 for at in range(start - 1, -1, -1) if spoken[at].after is Break.SENTENCE), 0)
    begin = next((at for at in range(start, stop) if spoken[at].form not in _LEADING), start)
    before = _text(spoken[first:begin])
    hit = "".join(token.form + " " for token in spoken[begin:stop])
    after = _MARKS[spoken[stop - 1].after].lstrip() + _text(spoken[stop:])
    return Surroundings(
        before=before,
        hit=hit,
        wishes=wishes,
        after=after,
    )


def _text(spoken: Sequence[Token]) -> str:
    return "".join(token.form + _MARKS[token.after] for token in spoken)


def any_of(listed: str) -> str:
    """One of the words of a list written with spaces between them, as part of a pattern."""
    return "(?:" + "|".join(listed.split()) + ")"


def opens(*patterns: str) -> re.Pattern[str]:
    """One of several patterns, where a word begins."""
    return re.compile(r"\b(?:" + "|".join(patterns) + ")")


def up_to(count: int, without: str) -> re.Pattern[str]:
    """At most so many words of the same clause, no pause among them and none of the words it must do without."""
    return re.compile(rf"(?:(?!{any_of(f'{without} {_NEXT_CLAUSE}')} )\w+ ){{0,{count}}}")


def until(ends: str, *, after: str = "") -> re.Pattern[str]:
    """Anything in which nothing ends the frame; but `after` may stand at its start, whatever it is."""
    return re.compile(rf"{after}(?:(?!{ends}).)*")
