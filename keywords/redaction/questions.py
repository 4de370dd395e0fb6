"""What digits may be an answer to, at each second of a call, and for how long. Pure; one per call."""

from collections.abc import Mapping
from types import MappingProxyType

from keywords.redaction.cue_log import OF_A_CARD, OTHER_S, CueLog, is_other_matter
from keywords.redaction.cue_words import Strength, Topic
from keywords.redaction.cues import Cue
from keywords.redaction.replies import Replies

NEAR_S = 45.0
"""Seconds around talk of a card or an account in which a long number is taken for it."""
EXPECTED_S = 15.0
"""So soon after a question its answer is said."""
FOUND_S = 6.0
"""So long after a card number its date and code may follow without a question."""
NAMED_S = 12.0
"""So long after talk of a card its number may begin."""
ANSWERED_S = 10.0
"""So long after an answer it may be repeated, or go on."""
ANNOUNCED_S = 3.0
"""So soon behind digits words may tell what they were."""
CODE_DUE_S = 60.0
"""So long after a card number was asked for or given its code may be asked for."""
SAID_AGAIN_S = 20.0
"""So long after a whole answer another long number is taken for the same, misheard."""
_ASKED_S: Mapping[Topic, float] = MappingProxyType({Topic.IBAN: 60.0, Topic.OTHER: OTHER_S})


class Questions:
    """Read off the cues of a call and the answers given so far."""

    def __init__(self, cues: CueLog, replies: Replies) -> None:
        self._cues = cues
        self._replies = replies

    def asked_at(self, at_s: float, until_s: float | None = None, *, again: bool = False) -> frozenset[Topic]:
        """What digits said from `at_s` to `until_s` may be an answer to; empty when nothing to mask was asked for.

        `again`: also what was just answered, for a correction.

        A question for something else ends those before it, unless it stands in the same sentence as one of them.
        """
        asked: set[Topic] = set()
        for cue in self._cues:
            if cue.at_s > at_s + 0.01:
                break
            if self._ends_others(cue, at_s):
                asked.clear()
            elif cue.topic is Topic.OTHER:
                asked = {topic for topic in asked if (self._replies.last_s(topic) or cue.at_s) >= cue.at_s}
            elif self._asks(cue) and at_s <= self._until_s(cue, again=again):
                asked.add(cue.topic)
        asked |= self._announced(at_s if until_s is None else until_s)
        if Topic.EXPIRY in asked and not self._cues.is_card_near(at_s):
            asked.discard(Topic.EXPIRY)
        return frozenset(asked)

    def last_asked_at(self, at_s: float) -> Topic | None:
        """The last thing that was asked for before, while its answer may still be going on."""
        before = [cue for cue in self._cues if cue.strength is not Strength.FOUND and cue.at_s <= at_s + 0.01]
        asked = [cue for cue in before if cue.strength is Strength.ASKED][-1:]
        named = [cue for cue in before if cue.strength is Strength.NAMED and self._asks(cue)][-1:]
        live = [cue for cue in (*asked, *named) if at_s <= self._until_s(cue)]
        if len(live) > 1 and live[0].topic is Topic.OTHER and live[1].at_s > live[0].at_s:
            return live[1].topic
        return live[0].topic if live else None

    def guarded(self, at_s: float) -> Topic | None:
        """What of a card was asked for or begun before and is not whole yet, until something else is talked of."""
        for cue in reversed([cue for cue in self._cues if 0 <= at_s - cue.at_s <= NEAR_S]):
            if cue.topic in OF_A_CARD and cue.strength is not Strength.NAMED:
                since_s = cue.at_s - SAID_AGAIN_S if cue.strength is Strength.FOUND else cue.at_s
                return cue.topic if (self._replies.whole_s(cue.topic, since_s) or at_s) >= at_s else None
            if is_other_matter(cue):
                return None
        return None

    def is_unanswered(self, topic: Topic, at_s: float) -> bool:
        """Whether it was asked for and no digits have followed yet."""
        answered_s = self._replies.last_s(topic, at_s) or -1.0
        return any(
            cue.topic is topic and cue.strength is Strength.ASKED and answered_s < cue.at_s <= at_s + ANNOUNCED_S
            for cue in self._cues
        )

    def is_open(self, topic: Topic, at_s: float) -> bool:
        """Whether it was asked for or spoken of lately, and nothing was given for it since."""
        answered_s = self._replies.last_s(topic, at_s) or -1.0
        return any(
            cue.topic is topic and max(answered_s, at_s - NEAR_S) < cue.at_s <= at_s + ANNOUNCED_S for cue in self._cues
        )

    def is_due(self, topic: Topic, at_s: float, channel: int) -> bool:
        """Whether the other side asked for it so lately that the answer begins now, or these words announce it."""
        answered_s = self._replies.last_s(topic, at_s) or -1.0
        return any(
            cue.topic is topic
            and cue.strength is Strength.ASKED
            and answered_s < cue.at_s
            and (
                -ANNOUNCED_S <= at_s - cue.at_s <= EXPECTED_S
                if cue.channel != channel
                else cue.begins_s - 0.01 <= at_s <= cue.at_s
            )
            for cue in self._cues
        )

    def is_expected(self, topic: Topic, at_s: float, channel: int) -> bool:
        """Whether the other side asked for it a moment ago and its answer is not whole yet."""
        return any(
            cue.topic is topic
            and cue.strength is Strength.ASKED
            and cue.channel != channel
            and 0 <= at_s - cue.at_s <= EXPECTED_S
            and (self._replies.whole_s(topic, cue.at_s) or at_s) >= at_s
            for cue in self._cues
        )

    def is_near(self, topic: Topic, at_s: float) -> bool:
        """Whether somebody asks for this or speaks of it, just now or before, and has not got it long since."""
        return any(
            cue.topic is topic
            and cue.begins_s - 0.01 <= at_s <= cue.at_s + NEAR_S
            and at_s <= (self._replies.whole_s(topic, cue.at_s) or at_s) + SAID_AGAIN_S
            for cue in self._cues
        )

    def is_card_begun(self, channel: int, at_s: float, missing: int) -> bool:
        """Whether this channel gave part of a card number, so many digits are missing, and nothing else was asked."""
        begun_s = self._replies.begun_s(channel, missing)
        if begun_s is None or not 0 < at_s - begun_s <= NEAR_S:
            return False
        since = [cue for cue in self._cues if begun_s < cue.at_s <= at_s]
        return not any(
            is_other_matter(cue) or (cue.strength is Strength.ASKED and cue.topic is not Topic.CARD) for cue in since
        )

    def is_code_due(self, at_s: float) -> bool:
        """Whether a card number was asked for or given, its code was not, and nothing else is talked of."""
        cards = [
            cue.at_s
            for cue in self._cues
            if cue.topic is Topic.CARD and cue.strength is not Strength.NAMED and 0 <= at_s - cue.at_s <= CODE_DUE_S
        ]
        return (
            bool(cards) and self._replies.whole_s(Topic.CVV, cards[0]) is None and not self._cues.is_about_other(at_s)
        )

    @staticmethod
    def _asks(cue: Cue) -> bool:
        """Whether digits may follow: whoever says "my card" may go on with its number."""
        return cue.strength is not Strength.NAMED or cue.topic is Topic.CARD

    def _until_s(self, cue: Cue, *, again: bool = False) -> float:
        """How long digits may be an answer to it."""
        if cue.strength is Strength.FOUND:
            return cue.at_s + FOUND_S
        whole_s = self._replies.whole_s(cue.topic, cue.at_s)
        if whole_s is not None:
            return whole_s + (ANSWERED_S if again else 0.0)
        until_s = cue.at_s + (NAMED_S if cue.strength is Strength.NAMED else _ASKED_S.get(cue.topic, NEAR_S))
        answered_s = self._replies.last_s(cue.topic)
        return until_s if answered_s is None or answered_s < cue.at_s else answered_s + ANSWERED_S

    def _ends_others(self, cue: Cue, at_s: float) -> bool:
        if cue.topic is not Topic.OTHER:
            return False
        if at_s <= cue.ends_s + 0.01:
            return True
        if cue.strength is Strength.NAMED or at_s - cue.at_s > OTHER_S:
            return False
        return not any(
            other.ends_s == cue.ends_s and other.topic is not Topic.OTHER and other.strength is Strength.ASKED
            for other in self._cues
        )

    def _announced(self, until_s: float) -> set[Topic]:
        """Said right behind the digits, in the same breath: "123 is the security code"."""
        behind = [cue for cue in self._cues if until_s < cue.at_s <= until_s + ANNOUNCED_S and cue.begins_s <= until_s]
        return {behind[0].topic} - {Topic.OTHER} if behind and behind[0].strength is Strength.ASKED else set()
