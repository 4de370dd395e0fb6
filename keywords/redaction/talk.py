"""What a call was about at each second, as far as it tells what digits are. Pure; one per call."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from keywords.records import RedactionKind
from keywords.redaction.cues import Cue, Strength, Topic, cues_of
from keywords.redaction.digits import Piece
from keywords.redaction.readings import usual_digits
from keywords.redaction.replies import Replies
from keywords.redaction.unclear import Unclear
from streams.records import Utterance

NEAR_S = 45.0
"""Seconds around talk of a card or an account in which a long number is taken for it."""
CONTEXT_S = 120.0
"""So long after talk of a card an expiry date may be a card's."""
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
JUST_BEFORE_S = 0.05
MAX_CUES = 200
SAID_AGAIN_S = 20.0
"""So long after a whole answer another long number is taken for the same, misheard."""
_ASKED_S: Mapping[Topic, float] = MappingProxyType({Topic.IBAN: 60.0, Topic.OTHER: 30.0})
_CARD_FAMILY = frozenset({Topic.CARD, Topic.CVV})
OF_A_CARD = frozenset({Topic.CARD, Topic.CVV, Topic.EXPIRY})


def is_other_matter(cue: Cue) -> bool:
    """Whether it surely leads away from a card: something else is asked for, or plainly named."""
    plainly = cue.topic is Topic.OTHER and cue.sure
    return cue.topic not in OF_A_CARD and (cue.strength is Strength.ASKED or plainly)


class Talk:
    """The cues of a call so far."""

    def __init__(self) -> None:
        self._cues: list[Cue] = []
        self._replies = Replies()
        self._unclear = Unclear()

    def note(self, utterance: Utterance) -> None:
        """Remember what is asked for here. A guess may be noted before its final, which takes its place."""
        before = (utterance.channel, utterance.start_s)
        kept = [cue for cue in self._cues if (cue.channel, cue.begins_s) != before]
        cues = [self._of_card(cue) for cue in cues_of(utterance)]
        self._cues = sorted((*kept, *cues), key=lambda cue: cue.at_s)[-MAX_CUES:]
        self._unclear.note(utterance, told=any(cue.strength is Strength.ASKED for cue in cues))

    def missed(self, channel: int, end_s: float) -> None:
        """Something that ended here could not be transcribed: it may have been a question."""
        self._unclear.missed(channel, end_s)

    def may_have_missed(self, channel: int, at_s: float) -> bool:
        """Whether the other side may have asked for anything just before."""
        return self._unclear.was_missed(channel, at_s, EXPECTED_S)

    def was_vague(self, channel: int, at_s: float) -> bool:
        """Whether what the other side said last was not clearly understood: it may have asked for anything."""
        return self._unclear.was_vague(channel, at_s, EXPECTED_S)

    def doubted(self, utterance: Utterance, kind: RedactionKind | None) -> None:
        """It was hardly understood and masked: as an answer of this kind, or because of the digits in it."""
        self._unclear.doubted(utterance.end_s)
        if kind in (RedactionKind.CARD, None):
            self.found_card(utterance.end_s)
        if kind is None:
            self._unclear.asks_nothing(utterance)
        else:
            self._unclear.answered(utterance, kind)

    def may_repeat(self, channel: int, at_s: float) -> RedactionKind | None:
        """What the other side answered just before, hardly understood, and may hear again here."""
        return self._unclear.repeated(channel, at_s, ANSWERED_S)

    def may_ask_code(self, channel: int, at_s: float) -> bool:
        """Whether what the other side said just before, hardly understood, may have asked for the code of a card.

        That is where a card number was asked for or given, no code was, and nothing else is talked of.
        """
        return self._is_code_due(at_s) and self._unclear.was_vague(channel, at_s, EXPECTED_S)

    def is_doubted(self, at_s: float) -> bool:
        """Whether something said just before was masked because it was hardly understood."""
        return self._unclear.was_doubted(at_s, ANSWERED_S)

    def guarded(self, at_s: float) -> Topic | None:
        """What of a card was asked for or begun before and is not whole yet, until something else is talked of."""
        for cue in reversed([cue for cue in self._cues if 0 <= at_s - cue.at_s <= NEAR_S]):
            if cue.topic in OF_A_CARD and cue.strength is not Strength.NAMED:
                since_s = cue.at_s - SAID_AGAIN_S if cue.strength is Strength.FOUND else cue.at_s
                return cue.topic if (self._replies.whole_s(cue.topic, since_s) or at_s) >= at_s else None
            if is_other_matter(cue):
                return None
        return None

    def found_card(self, at_s: float) -> None:
        """A card number was said here: what belongs to it may follow."""
        cue = Cue(topic=Topic.CARD, strength=Strength.FOUND, at_s=at_s, begins_s=at_s, ends_s=at_s)
        if cue not in self._cues:
            self._cues = sorted((*self._cues, cue), key=lambda cue: cue.at_s)[-MAX_CUES:]
            self._cues = [self._of_card(cue) for cue in self._cues]

    def answered(self, topic: Topic, channel: int, at_s: float, pieces: Sequence[Piece]) -> None:
        """These digits answered it. Once they are all said, the question is over."""
        self._replies.note(topic, channel, at_s, usual_digits(pieces))

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
        if Topic.EXPIRY in asked and not self._card_in_context(at_s):
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

    def is_about_other(self, at_s: float) -> bool:
        """Whether the last thing asked for or named before is nothing to mask."""
        before = [cue for cue in self._cues if cue.at_s <= at_s + 0.01 and at_s - cue.at_s <= _ASKED_S[Topic.OTHER]]
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

    def is_asked_within(self, topic: Topic, at_s: float) -> bool:
        """Whether the sentence said now asks for it or announces it itself."""
        return any(
            cue.topic is topic and cue.strength is Strength.ASKED and cue.begins_s <= at_s <= cue.ends_s
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

    def repeated(self, pieces: Sequence[Piece], at_s: float, *, bare: bool = False) -> Topic | None:
        """What was answered with these digits before, if anything. `bare`: nothing else is said with them."""
        return self._replies.repeated(usual_digits(pieces), at_s, bare=bare)

    def is_near(self, topic: Topic, at_s: float) -> bool:
        """Whether somebody asks for this or speaks of it, just now or before, and has not got it long since."""
        return any(
            cue.topic is topic
            and cue.begins_s - 0.01 <= at_s <= cue.at_s + NEAR_S
            and at_s <= (self._replies.whole_s(topic, cue.at_s) or at_s) + SAID_AGAIN_S
            for cue in self._cues
        )

    def _of_card(self, cue: Cue) -> Cue:
        """ "And the code?" asks for that of the card whose number was just asked for or given."""
        if not cue.any_code or cue.topic is Topic.CVV or not self._is_code_due(cue.at_s - JUST_BEFORE_S):
            return cue
        return replace(cue, topic=Topic.CVV, strength=Strength.ASKED)

    def _is_code_due(self, at_s: float) -> bool:
        """Whether a card number was asked for or given, its code was not, and nothing else is talked of."""
        cards = [
            cue.at_s
            for cue in self._cues
            if cue.topic is Topic.CARD and cue.strength is not Strength.NAMED and 0 <= at_s - cue.at_s <= CODE_DUE_S
        ]
        return bool(cards) and self._replies.whole_s(Topic.CVV, cards[0]) is None and not self.is_about_other(at_s)

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
        if cue.strength is Strength.NAMED or at_s - cue.at_s > _ASKED_S[Topic.OTHER]:
            return False
        return not any(
            other.ends_s == cue.ends_s and other.topic is not Topic.OTHER and other.strength is Strength.ASKED
            for other in self._cues
        )

    def _announced(self, until_s: float) -> set[Topic]:
        """Said right behind the digits, in the same breath: "123 is the security code"."""
        behind = [cue for cue in self._cues if until_s < cue.at_s <= until_s + ANNOUNCED_S and cue.begins_s <= until_s]
        return {behind[0].topic} - {Topic.OTHER} if behind and behind[0].strength is Strength.ASKED else set()

    def _card_in_context(self, at_s: float) -> bool:
        return any(cue.topic in _CARD_FAMILY and abs(cue.at_s - at_s) <= CONTEXT_S for cue in self._cues)
