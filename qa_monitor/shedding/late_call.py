"""One call's text that came too late: numbers out, then judged by the rules about words. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from alerts.late import LateWatch
from alerts.records import Decision, RedFlag
from keywords.matcher import Matcher
from keywords.records import KeywordHit, RedactionKind, Screened
from keywords.redaction.guesses import hide_numbers
from keywords.redaction.screen import ALL_KINDS, RedactionScreen
from keywords.sought.seeker import Seeker
from keywords.sought.supposing import hits_with_sought, with_what_stands
from qa_monitor.records.calls import BACKLOG
from streams.records import CallStarted, Speaker, Utterance, UtteranceId

NOBODY_SEEKS: Mapping[Speaker, Seeker] = MappingProxyType({})


class LateCall:
    """What is missing of one call. Lives on after its end, until everything is made up for."""

    def __init__(
        self,
        call: CallStarted,
        matcher: Matcher,
        watch: LateWatch,
        redacted: frozenset[RedactionKind] = ALL_KINDS,
        seekers: Mapping[Speaker, Seeker] = NOBODY_SEEKS,
    ) -> None:
        self.call = call
        """As it is now: it may have been handed to another agent."""
        self.seekers = seekers
        """For each side, what has its audio asked about phrases: of the rules by which its late text is judged."""
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
        """The next text of this call, in order; gives what may be stored now: nothing is sought in masked words.

        `hides_numbers`: every number of four digits or more is taken out, since the rest of it may be elsewhere.
        """
        if not attributed:
            self._nobody.add(utterance.utterance_id)
        released = self._screen.feed(utterance)
        if hides_numbers:
            released += self._screen.finish()
            released = tuple(replace(one, utterance=hide_numbers(one.utterance)) for one in released)
        return _without_masked(released)

    def finish(self) -> tuple[Screened, ...]:
        """Nothing more will come: what still waited for digits."""
        return _without_masked(self._screen.finish())

    def hits(self, utterance: Utterance) -> tuple[KeywordHit, ...]:
        """The rules' phrases in screened text, and those that the audio says were spoken where it has other words."""
        return hits_with_sought(self._matcher, self._attributed(utterance)) if utterance.trusted else ()

    def judge(
        self, utterance: Utterance, hits: Sequence[KeywordHit], told: Sequence[RedFlag], now_s: float
    ) -> Decision:
        """What the rules say of it; `told`: the flags of this call so far, of which none is told twice."""
        return self._watch.said(self._attributed(utterance), hits, told, now_s)

    def _attributed(self, utterance: Utterance) -> Utterance:
        known = utterance.utterance_id not in self._nobody
        return utterance if known else replace(utterance, speaker=Speaker.UNKNOWN)


def _without_masked(screened: Iterable[Screened]) -> tuple[Screened, ...]:
    """What was sought in words that have been masked is forgotten."""
    return tuple(replace(one, utterance=with_what_stands(one.utterance)) for one in screened)
