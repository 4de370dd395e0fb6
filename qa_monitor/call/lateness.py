"""One call's part in what is left out under load, and in how it is made up for."""

import asyncio
from collections.abc import Mapping

from alerts.late import LateWatch
from keywords.redaction.screen import HOLD_S
from keywords.sought.seeker import Seeker
from qa_monitor.call.judging.judged import Judged
from qa_monitor.call.listening import CallEars
from qa_monitor.call.missing import note_missing
from qa_monitor.call.shared import Shared
from qa_monitor.records.calls import BACKLOG, LATER
from qa_monitor.shedding.flac import compressed
from qa_monitor.shedding.late_call import LateCall
from qa_monitor.shedding.later import Piece
from qa_monitor.shedding.levels import Shed
from streams.records import CallStarted, Speaker, Utterance, UtteranceId
from streams.utterances.transcriber import Transcribed

UNTIMED_S = 12.0
"""Text this much younger than the last second without word times may have been asked for then: 8 s is its deadline."""
LONG_AGO_S = -1e9


class Lateness:
    """One per call."""

    def __init__(self, call: CallStarted, shared: Shared) -> None:
        self._call_id = call.call_id
        # what is transcribed afterwards is judged by the rules that were in force when the call began
        rules = shared.judges.rules.of(call.tenant, call.team)
        self._shared = shared
        self._late = LateCall(
            call,
            rules.matcher,
            LateWatch(call, rules.book, shared.judges.policy),
            shared.judges.redacted,
            rules.seekers,
        )
        self._languages = shared.languages
        self.follows = shared.unheard is None or shared.shedding.follow_new()
        """False: it is only recorded; it is listened to when there is room, its text comes later."""
        self.ended = False
        """Nothing more will be said in it."""
        self._put_off_s = self._untimed_s = LONG_AGO_S
        self._untimed: set[UtteranceId] = set()
        self._voices = 0
        if not self.follows:
            shared.metrics.shed(Shed.CALLS)

    @property
    def reason(self) -> str | None:
        """Why the call is blind by it; none when nothing of it is missing."""
        unheard = self._unheard
        if not self.follows or (self.ended and unheard):
            return LATER
        if self._late.lost:
            return BACKLOG
        if self.ended and self._late.waiting:
            return LATER
        return BACKLOG if self._late.waiting or unheard else None

    @property
    def besides(self) -> str | None:
        """Why it would be, whatever is still to be listened to."""
        return self._late.besides

    @property
    def _unheard(self) -> bool:
        """Some of it was only recorded."""
        return self._shared.unheard is not None and self._shared.unheard.has(self._call_id)

    def handed(self, call: CallStarted) -> None:
        """Another agent has it."""
        self._late.call = call

    def put_off(self, now_s: float) -> None:
        """It is only recorded from now on."""
        if self.follows and self._shared.unheard is not None:
            self.follows, self._put_off_s = False, now_s
            self._shared.metrics.shed(Shed.CALLS)

    def follow(self) -> None:
        """It is transcribed as it goes on again."""
        self.follows = self._late.interleaved = True

    def apply(self, ears: CallEars, now_s: float, *, card_open: bool) -> None:
        """Have the ears ask for what is wanted now. `card_open`: the seconds of its words decide what is silenced."""
        shedding = self._shared.shedding.now
        wants_times = shedding.wants_times or card_open
        if not wants_times:
            self._untimed_s = now_s
        self._late.now_s = now_s
        care = shedding.care
        ears.care(company=care.company, beam=care.beam, twice=care.twice)
        ears.seek(self._shared.asking(self._seekers, care))
        ears.shed(wants_partials=shedding.wants_partials, wants_times=wants_times, follows=self.follows)

    @property
    def _seekers(self) -> Mapping[Speaker, Seeker]:
        """By the rules of this moment."""
        call = self._late.call
        return self._shared.judges.rules.of(call.tenant, call.team).seekers

    def final_came(self, transcribed: Transcribed, now_s: float) -> bool:
        """Count what this final goes without. Gives whether its voice is scored."""
        utterance, metrics = transcribed.utterance, self._shared.metrics
        if now_s - self._untimed_s < UNTIMED_S:
            self._untimed.add(utterance.utterance_id)
            metrics.shed(Shed.TIMES)
        if utterance.embedding is None:
            return False
        self._voices += 1
        wanted = self._shared.shedding.now.wants_voice(utterance.end_s - utterance.start_s, self._voices)
        if not wanted:
            metrics.shed(Shed.PROSODY)
        return wanted

    def overheard(self, utterance: Utterance) -> None:
        """What was transcribed at its time: its questions tell what digits are that come late."""
        self._late.overhears(utterance)

    def silenced(self, one: Judged) -> tuple[tuple[float, float], ...]:
        """The seconds to silence for the numbers in it: all of it where nobody knows which words were when."""
        if one.redactions and one.utterance.utterance_id in self._untimed:
            segments = self._shared.segments
            return (
                (max(0.0, one.utterance.start_s - segments.pre_roll_s), one.utterance.end_s + segments.post_roll_s),
            )
        return tuple((redaction.start_s, redaction.end_s) for redaction in one.redactions)

    async def missed(self, transcribed: Transcribed, *, trusted: bool, attributed: bool) -> None:
        """Keep its audio until it can be transcribed, or count it as lost."""
        utterance, call = transcribed.utterance, self._late.call
        if not len(transcribed.audio):
            self.gone(utterance.end_s - utterance.start_s)
            return
        loop = asyncio.get_running_loop()
        flac = await loop.run_in_executor(self._shared.listening, compressed, transcribed.audio)
        near_live = self.follows or utterance.start_s - self._put_off_s < HOLD_S
        piece = Piece(
            late=self._late,
            utterance=utterance,
            flac=flac,
            language=call.language if call.language in self._languages else None,
            trusted=trusted,
            attributed=attributed,
            hides_numbers=near_live,
        )
        if not self._shared.later.add(piece):
            self.gone(piece.duration_s)
        await note_missing(self._shared, self._late)

    def gone(self, seconds: float) -> None:
        """So much speech will never be transcribed."""
        self._late.lost = True
        self._shared.metrics.lost()
        self._shared.metrics.later_lost(seconds)

    async def over(self, lasting: str | None) -> None:
        """The call has ended; `lasting`: why it is blind besides."""
        self._late.lasting = lasting
        unheard = await note_missing(self._shared, self._late)
        if self._late.touched or (self.reason is not None and not unheard):
            self._shared.later.over(self._late)
