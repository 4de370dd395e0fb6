"""The cues of a call so far, in order: what was asked for or spoken of, and when. Pure; one per call."""

from collections.abc import Callable, Iterator, Sequence

from keywords.redaction.cue_words import Strength, Topic
from keywords.redaction.cues import Cue

CONTEXT_S = 120.0
"""So long after talk of a card an expiry date may be a card's."""
OTHER_S = 30.0
"""So long after a question for something else digits are its answer."""
MAX_CUES = 200
OF_A_CARD = frozenset({Topic.CARD, Topic.CVV, Topic.EXPIRY})
_CARD_FAMILY = frozenset({Topic.CARD, Topic.CVV})


def is_other_matter(cue: Cue) -> bool:
    """Whether it surely leads away from a card: something else is asked for, or plainly named."""
    plainly = cue.topic is Topic.OTHER and cue.sure
    return cue.topic not in OF_A_CARD and (cue.strength is Strength.ASKED or plainly)


class CueLog:
    """The latest cues of a call, by when the words that give them end."""

    def __init__(self) -> None:
        self._cues: list[Cue] = []

    def __iter__(self) -> Iterator[Cue]:
        return iter(self._cues)

    def note(self, channel: int, begins_s: float, cues: Sequence[Cue]) -> None:
        """The cues of one utterance, in place of those of a guess at it."""
        kept = [cue for cue in self._cues if (cue.channel, cue.begins_s) != (channel, begins_s)]
        self._cues = sorted((*kept, *cues), key=lambda cue: cue.at_s)[-MAX_CUES:]

    def add(self, cue: Cue) -> None:
        """One more, found in digits."""
        self._cues = sorted((*self._cues, cue), key=lambda cue: cue.at_s)[-MAX_CUES:]

    def read_again(self, read: Callable[[Cue], Cue]) -> None:
        """Each in the light of what is known now."""
        self._cues = [read(cue) for cue in self._cues]

    def is_about_other(self, at_s: float) -> bool:
        """Whether the last thing asked for or named before is nothing to mask."""
        before = [cue for cue in self._cues if cue.at_s <= at_s + 0.01 and at_s - cue.at_s <= OTHER_S]
        surely = [cue for cue in before if cue.topic is not Topic.OTHER or cue.strength is Strength.ASKED or cue.sure]
        return bool(surely) and surely[-1].topic is Topic.OTHER

    def asked_anew_s(self, at_s: float) -> float:
        """When, before this second, something was last asked for: digits said before are another number."""
        return max((cue.at_s for cue in self._cues if cue.strength is Strength.ASKED and cue.at_s <= at_s), default=0.0)

    def is_asked_anew(self, before_s: float, at_s: float) -> bool:
        """Whether, between these seconds, the question became another one."""
        cues = [cue for cue in self._cues if cue.at_s <= at_s and cue.strength is not Strength.FOUND]
        before = [cue.topic for cue in cues if cue.at_s <= before_s and cue.strength is Strength.ASKED]
        last = before[-1] if before else None
        return any(
            (cue.topic is not last or last is Topic.OTHER)
            and (cue.strength is Strength.ASKED or last in (None, Topic.OTHER))
            for cue in cues
            if cue.begins_s > before_s
        )

    def is_asked_within(self, topic: Topic, at_s: float) -> bool:
        """Whether the sentence said now asks for it or announces it itself."""
        return any(
            cue.topic is topic and cue.strength is Strength.ASKED and cue.begins_s <= at_s <= cue.ends_s
            for cue in self._cues
        )

    def is_card_near(self, at_s: float) -> bool:
        """Whether a card is talked of within two minutes, before or after."""
        return any(cue.topic in _CARD_FAMILY and abs(cue.at_s - at_s) <= CONTEXT_S for cue in self._cues)
