"""The customer's voice over one call: whether it may be judged now, what is told and kept of it, what is forgotten."""

from time import monotonic

import structlog

from qa_monitor.call.judging.judge import CallJudge
from qa_monitor.call.listening import CallEars
from qa_monitor.call.shared import Shared
from qa_monitor.call.teller import FlagTeller
from qa_monitor.records.errors import StoreError
from qa_monitor.wire.course import course_json
from sentiment.records import Course
from streams.records import CallStarted, ConsentChanged

log = structlog.get_logger()
RETRY_S = 1.0
"""Wall seconds after which a write that failed is tried again: what is to be deleted must not stay."""


class VoiceKeeper:
    """One per call, used from its task."""

    def __init__(self, teller: FlagTeller, shared: Shared, judge: CallJudge, ears: CallEars) -> None:
        self._teller, self._shared, self._judge, self._ears = teller, shared, judge, ears
        self._call_id = teller.call.call_id
        self._forgot = False
        self._course: Course | None = None
        self._owed: list[tuple[ConsentChanged, CallStarted]] = []
        self._tried_s = 0.0

    async def mind(self, now_s: float, *, at_once: bool = False) -> None:
        """Ask for the states of a voice only where it may be judged; forget all of it where it is not sure whose it is.

        `at_once`: try what the store could not do again without waiting.
        """
        self._ears.mind_voice(self._judge.minds_voice)
        if not self._judge.speakers.known and not self._forgot:
            # whose voices the earlier scores were about is as unknown
            await self._teller.tell(self._judge.forget_voice(now_s), now_s)
            self._untold()
            await self._teller.keep(self._shared.store.forget_emotions(self._call_id))
            await self._teller.tell_call()
        self._forgot = not self._judge.speakers.known
        if self._owed and (at_once or monotonic() - self._tried_s >= RETRY_S):
            await self._settle()

    async def consented(self, change: ConsentChanged, call: CallStarted, now_s: float) -> None:
        """The customer was told or has answered; `call` has it in it. It holds from the moment it was said."""
        self._judge.consented(call, now_s if change.at_s is None else change.at_s)
        if not self._judge.minds_voice:
            await self._teller.tell(self._judge.forget_voice(now_s), now_s)
            self._untold()
        self._ears.mind_voice(self._judge.minds_voice)
        self._owed.append((change, call))
        await self._settle()

    async def judged(self) -> None:
        """Another voice was perhaps scored: tell how the customer is by now, and keep it where it has become news."""
        course, before = self._judge.course, self._course
        if course is None or course == before:
            return
        self._course = course
        self._shared.live.course(self._call_id, course_json(course))
        if before is None or _news(course) != _news(before):
            await self._teller.keep(self._shared.store.save_course(self._call_id, course))
            await self._teller.tell_call()

    async def ended(self, now_s: float) -> None:
        """The call is over: what is owed to the store is tried a last time, and the whole course is kept."""
        await self.mind(now_s, at_once=True)
        if self._course is not None:
            await self._teller.keep(self._shared.store.save_course(self._call_id, self._course))

    def _untold(self) -> None:
        self._course = None
        self._shared.live.forget_emotions(self._call_id)

    async def _settle(self) -> None:
        """Write what was said, in order. A store in trouble is asked again: a deletion is not lost."""
        self._tried_s = monotonic()
        while self._owed:
            change, call = self._owed[0]
            try:
                await self._shared.store.save_consent(change, call, self._shared.clock())
            except StoreError as error:
                self._shared.metrics.store_failed()
                log.warning("consent not saved yet", why=str(error))
                return
            self._owed.pop(0)
        await self._teller.tell_call()


def _news(course: Course) -> tuple[object, ...]:
    """What of a course is worth telling every console."""
    return (course.state, course.trend, course.recoveries, course.shifts)
