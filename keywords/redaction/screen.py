"""Everything said in one call on its way to be stored and shown: numbers and addresses out, with seconds to silence.

Pure. A number may be read out over several utterances, so those of a channel wait while it may still go on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from keywords.records import Redaction, RedactionKind, Screened
from keywords.redaction.answers import note_answers
from keywords.redaction.cue_words import Topic
from keywords.redaction.digits import Place
from keywords.redaction.doubts import awaited, first_word_s, misheard, note_misheard, unasked
from keywords.redaction.guesses import hidden
from keywords.redaction.line import Line
from keywords.redaction.masking import masked, spans_of
from keywords.redaction.sensitive import Heard, Passage, heard, sensitive_places
from keywords.redaction.suspicion import note_suspected
from keywords.redaction.talk import Talk
from keywords.redaction.waiting import Wait, waits_for
from streams.records import Utterance

HOLD_S = 10.0
"""Longest wait for more digits, in seconds of audio after the last digit."""
MAX_HELD = 20
"""Utterances of a channel that may wait: a card number read out digit by digit is nineteen at most."""
MARGIN_S = 0.4
"""Silenced before and after the words of a number: word times are estimates."""
ALL_KINDS = frozenset(RedactionKind)
NEVER_KEPT = frozenset({RedactionKind.CARD, RedactionKind.CVV})
"""No setting leaves these in."""


class RedactionScreen:
    """Everything that is said in one call passes here before it is stored. Not safe to share between calls."""

    def __init__(self, kinds: frozenset[RedactionKind] = ALL_KINDS) -> None:
        """`kinds`: what is masked. Raises `ValueError` where card numbers or security codes are not among them."""
        if not kinds >= NEVER_KEPT:
            raise ValueError("card numbers and security codes are always masked: leave them in `kinds`")
        self._kinds = kinds
        self._lines: dict[int, Line] = {}
        self._talk = Talk()

    @property
    def hold_from_s(self) -> float | None:
        """Where the earliest waiting utterance starts: audio from there on may not be written yet."""
        starts = [one.utterance.start_s for line in self._lines.values() for one in line.held]
        return max(0.0, min(starts) - MARGIN_S) if starts else None

    def held_from_s(self, channel: int) -> float | None:
        """Where the earliest waiting utterance of one channel starts."""
        line = self._lines.get(channel)
        return line.held[0].utterance.start_s if line is not None and line.held else None

    def forget_held(self) -> None:
        """What waits is given up here: somebody else will hear it again from its beginning."""
        self._lines.clear()

    def feed(self, utterance: Utterance) -> tuple[Screened, ...]:
        """Take a final in the order of arrival; give back what need not wait any more, in order per channel."""
        if not utterance.final:
            raise ValueError(f"utterance {utterance.utterance_id} is a partial: only finals are screened")
        line = self._lines.setdefault(utterance.channel, Line())
        released = self._release(line) if self._is_over(line, utterance.start_s) else ()
        self._talk.note(utterance)
        line.held.append(heard(utterance))
        note_suspected(line.pieces(self._talk), utterance, first_word_s(utterance), self._talk)
        full = len(line.held) >= MAX_HELD
        line.wait = (
            Wait.NONE if full else waits_for(line.pieces(self._talk), line.words(), self._talk, utterance.channel)
        )
        if line.held[-1].bears_digits or line.wait is Wait.ADDRESS:
            line.open_end_s = utterance.end_s
        return (*released, *self._release(line)) if line.wait is Wait.NONE else released

    def partial(self, guess: Utterance) -> Utterance:
        """A guess with everything hidden that may have to be, in the light of what was said before it."""
        line = self._lines.get(guess.channel, Line())
        before, waits = line.before(guess.start_s, self._talk), line.wait is Wait.DIGITS
        return hidden(guess, self._talk, self._kinds, before, waits=waits)

    def overhear(self, utterance: Utterance) -> None:
        """What was screened elsewhere: nothing comes of it, but its questions tell what digits are."""
        self._talk.note(utterance)

    def unheard(self, utterance: Utterance) -> tuple[Redaction, ...]:
        """Its text was dropped, or there will be none: what to silence of it all the same.

        Digits are heard badly as often as other words; where a card number, its code or its date was just asked for,
        the sound may hold it.
        """
        kind = awaited(utterance, self._talk)
        kind = None if kind is None else self._surely(kind, utterance.end_s)
        self._talk.note(replace(utterance, text="", words=()))  # guesses at it asked for nothing after all
        return () if kind not in self._kinds else (_redaction(kind, utterance.start_s, utterance.end_s),)

    def missed(self, utterance: Utterance) -> None:
        """It could not be transcribed: nobody knows what was asked for in it."""
        self.missed_until(utterance.channel, utterance.end_s)

    def missed_until(self, channel: int, end_s: float) -> None:
        """What was said on a channel up to this second is not known here."""
        self._talk.missed(channel, end_s)

    def advance(self, now_s: float, known_until_s: Sequence[float] = ()) -> tuple[Screened, ...]:
        """Release what has waited long enough. `now_s`: how far the call's audio has come.

        `known_until_s`: per channel, the second before which every utterance that began was fed: what is said but not
        transcribed yet is waited for.
        """
        known = dict(enumerate(known_until_s))
        all_known_s = min((now_s, *known_until_s))
        due = [
            line
            for channel, line in self._lines.items()
            if self._is_over(line, min(now_s, known.get(channel, now_s)))
            or (line.wait is Wait.QUESTION and all_known_s >= line.open_end_s)
        ]
        return tuple(screened for line in due for screened in self._release(line))

    def finish(self) -> tuple[Screened, ...]:
        """The call has ended: release everything."""
        return tuple(screened for line in self._lines.values() for screened in self._release(line))

    def _is_over(self, line: Line, now_s: float) -> bool:
        if not line.held:
            return False
        return now_s - line.open_end_s >= HOLD_S or self._talk.cues.is_asked_anew(line.open_end_s, now_s)

    def _release(self, line: Line) -> tuple[Screened, ...]:
        if not line.held:
            return ()
        pieces, channel = line.pieces(self._talk), line.held[0].utterance.channel
        passage = Passage(channel=channel, pieces=pieces, words=line.words())
        found = sensitive_places(passage, self._talk, self._kinds)
        note_answers(pieces, found, self._talk, channel)
        screened = tuple(self._screened(one, self._places(one, index, found)) for index, one in enumerate(line.held))
        line.let_go(pieces, found)
        return screened

    def _places(self, one: Heard, index: int, found: Mapping[Place, RedactionKind]) -> dict[int, RedactionKind]:
        """The words to mask of a held utterance, which is the one of this number."""
        doubted = misheard(one, self._talk)
        if doubted is not None and (kind := self._surely(doubted, one.utterance.end_s)) in self._kinds:
            note_misheard(one, self._talk)
            return dict.fromkeys(range(len(one.words)), kind)
        own = {
            word: self._surely(kind, one.words[word].start_s)
            for (number, word), kind in found.items()
            if number == index
        }
        return {**unasked(one, self._talk), **own}

    def _surely(self, kind: RedactionKind, at_s: float) -> RedactionKind:
        """What it is to be masked as: where it would be left in, but may be the code that was asked for, as that.

        Of the date and the code, asked for at once and said one after the other, nobody knows which is which.
        """
        if kind in self._kinds or not self._talk.questions.is_near(Topic.CVV, at_s):
            return kind
        return RedactionKind.CVV

    def _screened(self, one: Heard, found: Mapping[int, RedactionKind]) -> Screened:
        wanted: dict[int, RedactionKind | None] = {word: kind for word, kind in found.items() if kind in self._kinds}
        if not wanted:
            return Screened(utterance=one.utterance)
        spans = spans_of(wanted, one.pieces)
        redactions = tuple(
            _redaction(span.kind, one.words[span.first].start_s, one.words[span.last].end_s)
            for span in spans
            if span.kind is not None
        )
        return Screened(utterance=masked(one.utterance, one.words, spans), redactions=redactions)


def _redaction(kind: RedactionKind, start_s: float, end_s: float) -> Redaction:
    return Redaction(kind=kind, start_s=max(0.0, start_s - MARGIN_S), end_s=end_s + MARGIN_S)
