"""One call's text that came too late: numbers out, then judged by the rules about words. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from alerts.late import LateWatch
from alerts.records import Decision, RedFlag
from keywords.matcher import Matcher
from keywords.records import KeywordHit, RedactionKind, Screened
from keywords.redaction.guesses import hide_numbers
from keywords.redaction.screen import ALL_KINDS, RedactionScreen
from qa_monitor.records.calls import BACKLOG
from streams.records import CallStarted, Speaker, Utterance, UtteranceId


class LateCall:
    """What is missing of one call. Lives on after its end, until everything is made up for."""

    def __init__(
        self,
        call: CallStarted,
        matcher: Matcher,
        watch: LateWatch,
        redacted: frozenset[RedactionKind] = ALL_KINDS,
    ) -> None:
        self.call = call
        """As it is now: it may have been handed to another agent."""
        self.waiting = 0
        """Utterances not transcribed yet."""
        self.touched = False
        """Some of it was missing at some time."""
        self.lost = False
        """Some speech will never be transcribed."""
        self.forgotten = False
        """The call is deleted: nothing more is made of it."""
        self.interleaved = False
        """It is followed again: what waits may stand beside what was transcribed at its time."""
        self.lasting: str | None = None
        """Why the call is blind besides, once it has ended."""
        self.now_s = 0.0
        """How far its audio came."""
        self._matcher, self._watch = matcher, watch
        self._screen = RedactionScreen(redacted)
        self._nobody: set[UtteranceId] = set()

    @property
    def besides(self) -> str | None:
        """Why the call cannot be judged if nothing more comes of what waits here."""
        missing = self.lost or self.waiting > 0 or self._screen.hold_from_s is not None
        return self.lasting or (BACKLOG if missing else None)

    def overhears(self, utterance: Utterance) -> None:
        """What was transcribed at its time and is masked already: the question to a late answer may be in it."""
        self._screen.overhear(utterance)

    def heard(self, utterance: Utterance, *, attributed: bool, hides_numbers: bool) -> tuple[Screened, ...]:
        """The next text of this call, in order; gives what may be stored now.

        `hides_numbers`: every number of four digits or more is taken out, since the rest of it may be elsewhere.
        """
        if not attributed:
            self._nobody.add(utterance.utterance_id)
        released = self._screen.feed(utterance)
        if not hides_numbers:
            return released
        released += self._screen.finish()
        return tuple(replace(one, utterance=hide_numbers(one.utterance)) for one in released)

    def finish(self) -> tuple[Screened, ...]:
        """Nothing more will come: what still waited for digits."""
        return self._screen.finish()

    def hits(self, utterance: Utterance) -> tuple[KeywordHit, ...]:
        """The rules' phrases in screened text."""
        return self._matcher.hits(self._attributed(utterance)) if utterance.trusted else ()

    def judge(
        self, utterance: Utterance, hits: Sequence[KeywordHit], told: Sequence[RedFlag], now_s: float
    ) -> Decision:
        """What the rules say of it; `told`: the flags of this call so far, of which none is told twice."""
        return self._watch.said(self._attributed(utterance), hits, told, now_s)

    def _attributed(self, utterance: Utterance) -> Utterance:
        known = utterance.utterance_id not in self._nobody
        return utterance if known else replace(utterance, speaker=Speaker.UNKNOWN)
