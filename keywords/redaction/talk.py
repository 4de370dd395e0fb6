"""What a call was about at each second, as far as it tells what digits are. Pure; one per call."""

from collections.abc import Sequence
from dataclasses import replace

from keywords.records import RedactionKind
from keywords.redaction.cue_log import CueLog
from keywords.redaction.cue_words import Strength, Topic
from keywords.redaction.cues import Cue, cues_of
from keywords.redaction.digits import Piece
from keywords.redaction.questions import ANSWERED_S, EXPECTED_S, Questions
from keywords.redaction.readings import usual_digits
from keywords.redaction.replies import Replies
from keywords.redaction.unclear import Unclear
from streams.records import Utterance

JUST_BEFORE_S = 0.05


class Talk:
    """What was asked for, answered, and hardly understood in a call so far."""

    def __init__(self) -> None:
        self.cues = CueLog()
        """What was asked for or spoken of; written by `note` and `found_card`."""
        self._replies = Replies()
        self.questions = Questions(self.cues, self._replies)
        """What digits may be an answer to."""
        self._unclear = Unclear()

    def note(self, utterance: Utterance) -> None:
        """Remember what is asked for here. A guess may be noted before its final, which takes its place."""
        cues = [self._of_card(cue) for cue in cues_of(utterance)]
        self.cues.note(utterance.channel, utterance.start_s, cues)
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
        return self.questions.is_code_due(at_s) and self._unclear.was_vague(channel, at_s, EXPECTED_S)

    def is_doubted(self, at_s: float) -> bool:
        """Whether something said just before was masked because it was hardly understood."""
        return self._unclear.was_doubted(at_s, ANSWERED_S)

    def found_card(self, at_s: float) -> None:
        """A card number was said here: what belongs to it may follow."""
        cue = Cue(topic=Topic.CARD, strength=Strength.FOUND, at_s=at_s, begins_s=at_s, ends_s=at_s)
        if cue not in self.cues:
            self.cues.add(cue)
            self.cues.read_again(self._of_card)

    def answered(self, topic: Topic, channel: int, at_s: float, pieces: Sequence[Piece]) -> None:
        """These digits answered it. Once they are all said, the question is over."""
        self._replies.note(topic, channel, at_s, usual_digits(pieces))

    def repeated(self, pieces: Sequence[Piece], at_s: float, *, bare: bool = False) -> Topic | None:
        """What was answered with these digits before, if anything. `bare`: nothing else is said with them."""
        return self._replies.repeated(usual_digits(pieces), at_s, bare=bare)

    def _of_card(self, cue: Cue) -> Cue:
        """ "And the code?" asks for that of the card whose number was just asked for or given."""
        if not cue.any_code or cue.topic is Topic.CVV or not self.questions.is_code_due(cue.at_s - JUST_BEFORE_S):
            return cue
        return replace(cue, topic=Topic.CVV, strength=Strength.ASKED)
