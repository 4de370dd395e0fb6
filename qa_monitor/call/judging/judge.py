"""What an utterance means: numbers and addresses out, words to hits, voice to emotion, then the rules. One per call."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from alerts.engine import CallWatch
from alerts.records import Decision, ScoredUtterance
from keywords.agreement import believed
from keywords.records import KeywordHit, Redaction
from keywords.redaction.screen import RedactionScreen
from keywords.sought.supposing import hits_with_sought, still_standing
from qa_monitor.call.judging.customer import CustomerOfCall
from qa_monitor.call.judging.flow import Flow
from qa_monitor.call.judging.judged import Judged
from qa_monitor.call.judging.judges import Judges
from qa_monitor.call.judging.speakers import Speakers
from qa_monitor.records.utterances import StoredUtterance
from qa_monitor.rules.ruleset import RuleSet
from sentiment.records import Course, Dynamics
from streams.records import (
    CallStarted,
    Speaker,
    Utterance,
    UtteranceId,
)
from streams.samples.loudness import level_db
from streams.utterances.transcriber import Transcribed


class CallJudge:
    """All that is remembered of one call to judge it. Calls into it come one after the other."""

    def __init__(self, call: CallStarted, judges: Judges) -> None:
        self._call, self._judges = call, judges
        self._rules = judges.rules.of(call.tenant, call.team)
        self._watch = CallWatch(call, self._rules.book, judges.policy)
        self._screen = RedactionScreen(judges.redacted)
        self.speakers = Speakers(call, judges.openings[call.direction])
        """Who speaks, and whether that is sure."""
        self.flow = Flow(call, self.speakers, self._watch)
        """Who speaks when, and who is on hold."""
        self._customer = CustomerOfCall(call, judges.voice, judges.profile)
        self._guesses: dict[UtteranceId, tuple[KeywordHit, ...]] = {}

    def handed(self, call: CallStarted) -> None:
        """Another agent has it, perhaps of another team: from now on that team's rules hold."""
        self._call = call
        self._watch.on_team(call.team)

    @property
    def minds_voice(self) -> bool:
        """Whether the customer's voice may be judged now: lawfully, and while it is sure which voice is theirs."""
        return self._customer.allowed and self.speakers.known

    @property
    def course(self) -> Course | None:
        """How the customer has been so far; none before anything was judged."""
        return self._customer.course

    def hush(self) -> None:
        """Judge no voice from this moment on; safe from any thread."""
        self._customer.hush()

    def consented(self, call: CallStarted, from_s: float) -> None:
        """The customer was told or has answered: it holds for what is said from this second on."""
        self._call = call
        self._customer.consented(call, from_s)

    def forget_voice(self, now_s: float) -> Decision:
        """Nothing is left of what was made of a voice; flags that rest on it are over."""
        self._customer.forget()
        return self._watch.forget_voice(now_s)

    @property
    def hold_from_s(self) -> float | None:
        """Audio from here on may hold a number to mask that is not complete yet."""
        return self._screen.hold_from_s

    def partial(self, guess: Utterance, now_s: float) -> tuple[Utterance, Decision]:
        """A guess with numbers hidden, and what follows from the phrases of it that may be believed."""
        shown = self._screen.partial(guess)
        attributed = self.speakers.attributed(shown)
        hits = self._current().matcher.hits(attributed) if shown.trusted else ()
        sound = believed(self._guesses.get(shown.utterance_id, ()), hits, shown)
        self._guesses[shown.utterance_id] = hits
        return shown, self._watch.on_partial(attributed, sound, now_s)

    def final(self, transcribed: Transcribed, now_s: float) -> Iterator[Judged]:
        """A final, and those that waited for it to tell whether a number to mask was being read out."""
        utterance = transcribed.utterance
        self._guesses.pop(utterance.utterance_id, None)
        self.flow.said(utterance, level_db(transcribed.audio))
        self._customer.heard(utterance, transcribed.audio)
        for screened in self._screen.feed(utterance):
            yield self._judged(screened.utterance, screened.redactions, now_s)

    def dropped(self, utterance: Utterance) -> tuple[Redaction, ...]:
        """Its text is not believed: what of its sound must be silenced all the same."""
        return self._screen.unheard(utterance)

    def missed(self, utterance: Utterance) -> None:
        """It could not be transcribed: it may have been a question for a number."""
        self._screen.missed(utterance)

    def unheard(self, utterance: Utterance, now_s: float) -> Decision:
        """Nothing was said after all: what its partials raised is withdrawn."""
        self._guesses.pop(utterance.utterance_id, None)
        nothing = replace(utterance, text="", words=(), trusted=False, embedding=None)
        return self._watch.on_final(ScoredUtterance(utterance=nothing), now_s)

    def unconfirmed(self, now_s: float) -> Decision:
        """The call is about to be put off: flags that waited for a final are withdrawn; holds end, as far as known."""
        self.flow.note_hold(now_s)
        return self._watch.put_off(now_s)

    def put_off(self, known_until_s: Sequence[float]) -> tuple[float, ...]:
        """The call is only recorded from now on. Gives, per channel, up to where all that was said is judged.

        `known_until_s`: as for `time`. What waits for more digits is given up: it will be heard again as a whole.
        """
        held = [self._screen.held_from_s(channel) for channel in range(len(known_until_s))]
        self._screen.forget_held()
        self._guesses.clear()
        return tuple(
            max(0.0, until_s if from_s is None else min(until_s, from_s))
            for until_s, from_s in zip(known_until_s, held, strict=True)
        )

    def away(self, from_s: Sequence[float], until_s: float) -> None:
        """The call is followed again: per channel, what was said since then is not known yet."""
        self.flow.away(from_s, until_s)
        for channel in range(len(from_s)):
            self._screen.missed_until(channel, until_s)

    def recall(self, kept: StoredUtterance, now_s: float) -> None:
        """It was said, masked and judged before: only what comes later is judged in its light, and told."""
        utterance = kept.utterance
        self._screen.overhear(utterance)
        self.speakers.heard(utterance)
        attributed = self.speakers.attributed(utterance)
        self.flow.recall(utterance)
        if kept.emotion is not None:
            self._customer.recall(utterance, kept.emotion)
        hits = hits_with_sought(self._current().matcher, attributed) if utterance.trusted else ()
        self._watch.on_final(ScoredUtterance(utterance=attributed, hits=hits, emotion=kept.emotion), now_s)

    def usual_voices(self) -> Iterator[tuple[int, bytes]]:
        """Per channel, what is usual for the customer's voice, where it may be judged: for `recall_voice` elsewhere."""
        return self._customer.usual()

    def recall_voice(self, channel: int, usual: bytes) -> None:
        """The voice goes on here. Raises ValueError where `usual` cannot be read."""
        self._customer.recall_usual(channel, usual)

    def waited(self, now_s: float, known_until_s: Sequence[float] = ()) -> Iterator[Judged]:
        """Finals that have waited long enough for more digits. `known_until_s`: as for `time`."""
        for screened in self._screen.advance(now_s, known_until_s):
            yield self._judged(screened.utterance, screened.redactions, now_s)

    def time(
        self, now_s: float, known_until_s: Sequence[float], *, trusted: bool = True
    ) -> tuple[Dynamics, Sequence[Decision]]:
        """The audio has come to `now_s`: dead air, talk-over, phrases that stayed out.

        `known_until_s`: per channel, the second before which every utterance that began has been judged. Not `trusted`:
        the sound is not what was announced, and nothing follows from what is not heard in it.
        """
        self.flow.note_hold(now_s)
        dynamics = self.flow.at(now_s)
        if not trusted:
            return dynamics, ()
        self._current()
        held_from_s = now_s if self.hold_from_s is None else self.hold_from_s
        known: dict[Speaker, float] = {}
        for speaker, until_s in zip(self._call.channels, known_until_s, strict=True):
            known[speaker] = min(known.get(speaker, until_s), until_s, held_from_s)
        return dynamics, (self._watch.on_dynamics(dynamics), self._watch.on_time(now_s, known))

    def finish(self, now_s: float) -> Iterator[Judged]:
        """The call has ended: nothing waits any longer."""
        for screened in self._screen.finish():
            yield self._judged(screened.utterance, screened.redactions, now_s)

    def end(self, now_s: float, *, trusted: bool = True) -> tuple[Dynamics, Decision]:
        """After the last final: what the rules say of the whole. Not `trusted`: see `time`."""
        self.flow.note_hold(now_s)
        dynamics = self.flow.at(now_s)
        return dynamics, self._watch.on_end(now_s) if trusted else Decision()

    def _judged(self, utterance: Utterance, redactions: tuple[Redaction, ...], now_s: float) -> Judged:
        # first of all: this very sentence may tell that it is not the customer who speaks
        self.speakers.heard(utterance)
        attributed = self.speakers.attributed(utterance)
        rules = self._current()
        hits = hits_with_sought(rules.matcher, attributed) if utterance.trusted else ()
        emotion = self._customer.score(attributed)
        plain = replace(utterance, embedding=None, sought=())
        scored = ScoredUtterance(
            utterance=replace(attributed, embedding=None, sought=()),
            hits=hits,
            emotion=emotion,
            course=self._customer.course,
            dynamics=self.flow.at(max(now_s, utterance.end_s)),
        )
        return Judged(
            utterance=plain,
            emotion=emotion,
            decision=self._watch.on_final(scored, now_s),
            redactions=redactions,
            sought=still_standing(utterance),
        )

    def _current(self) -> RuleSet:
        """The rules of this moment; the call goes on by them."""
        rules = self._judges.rules.of(self._call.tenant, self._call.team)
        if rules is not self._rules:
            self._rules = rules
            self._watch.adopt(rules.book)
        return rules
