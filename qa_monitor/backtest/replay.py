"""One call that is over, judged once more: its finals in the order they came, through the matcher and the watch of
live calls. Pure: nothing here reads a clock or a file.
"""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from alerts.engine import CallWatch
from alerts.records import Decision, ScoredUtterance
from keywords.matcher import Matcher
from keywords.openings import Openings, opening_matcher
from keywords.records import KeywordHit
from keywords.sought.supposing import hits_with_sought
from qa_monitor.backtest.books import Trial
from qa_monitor.backtest.findings import Findings
from qa_monitor.backtest.records import CallOutcome
from qa_monitor.records.holds import OnHold
from qa_monitor.records.past import PastRecord
from qa_monitor.records.utterances import StoredUtterance
from sentiment.course import CourseWatch
from sentiment.dynamics import Conversation
from sentiment.hold import HoldBegan, HoldEnded, HoldNews
from streams.records import ChannelActivity, Direction, Gap, Speaker, Utterance

TICK_S = 0.5
"""Live calls are looked at this often, in seconds of audio."""
FINAL_AFTER_S = 0.7
"""How long after its last word a final came, where that was not kept."""
IDENTICAL = "identical_channels"
Openers = Mapping[Direction, Matcher]


def openers() -> Openers:
    """How agents open calls; safe to share."""
    return {direction: opening_matcher(direction) for direction in Direction}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Final:
    """A final and when it came, on the audio clock."""

    came_s: float
    said: StoredUtterance


class Listener(Protocol):
    """Who is told what the rules make of a call."""

    def hit(self, hits: Sequence[KeywordHit]) -> None:
        """Phrases found in a final."""

    def decided(self, decision: Decision) -> None:
        """What follows from it."""


class Replay:
    """Plays one call to one set of rules. `could_hit`: tells of texts that cannot hold a phrase that they cannot."""

    def __init__(
        self, record: PastRecord, trial: Trial, openers: Openers, could_hit: Callable[[Utterance], bool]
    ) -> None:
        call = record.call.call
        self._record, self._trial, self._could_hit = record, trial, could_hit
        self._watch = CallWatch(call, trial.rules.book, trial.policy)
        self._conversation = Conversation(call)
        self._openings = Openings(call, openers[call.direction])
        self._course = CourseWatch()
        self._identical = record.call.blind == IDENTICAL
        self._findings = Findings(call.call_id, trial.tested, trial.rules.book.rules)
        self._listener: Listener = self._findings
        finals = [_Final(came_s=_came_s(said), said=said) for said in record.utterances]
        self._finals = deque(sorted(finals, key=lambda final: (final.came_s, final.said.utterance.utterance_id)))
        """Those still to come."""
        self._holds = deque(_hold_news(record.holds))
        self._end_s = max([record.call.duration_s or 0.0, *(final.came_s for final in finals)])

    def outcome(self) -> CallOutcome:
        """What the rules would have told. To be asked once, and not beside `play`."""
        self._play()
        return self._findings.outcome()

    def play(self, listener: Listener) -> None:
        """Tell somebody else everything in the order of the call, once."""
        self._listener = listener
        self._play()

    def _play(self) -> None:
        if self._trial.only_words:
            while self._finals:
                self._final(self._finals.popleft())
        else:
            self._with_time()
        self._found(self._watch.on_end(self._end_s))

    def _with_time(self) -> None:
        """As live: what is heard, what was said, then the passing of time, every half second."""
        beginning = iter(self._activities())
        activity = next(beginning, None)
        for now_s in _ticks(self._end_s):
            while activity is not None and activity.start_s <= now_s:
                known = self._knows_speakers
                self._conversation.feed(activity if known else replace(activity, speaker=Speaker.UNKNOWN))
                activity = next(beginning, None)
            while self._finals and self._finals[0].came_s <= now_s:
                self._hold(self._finals[0].came_s)
                self._final(self._finals.popleft())
            self._hold(now_s)
            self._found(self._watch.on_dynamics(self._conversation.at(now_s)))
            self._found(self._watch.on_time(now_s, self._known_until_s(now_s)))

    def _hold(self, now_s: float) -> None:
        """What was known by now of the customer waiting."""
        while self._holds and self._holds[0][0] <= now_s:
            news = self._holds.popleft()[1]
            self._conversation.held(news)
            if isinstance(news, HoldBegan):
                self._watch.on_hold(news.at_s)
            else:
                self._watch.on_resume(news.at_s)

    def _final(self, final: _Final) -> None:
        self._openings.final(final.said.utterance)
        utterance = self._attributed(final.said.utterance)
        hits: tuple[KeywordHit, ...] = ()
        if utterance.trusted and self._could_hit(utterance):
            hits = hits_with_sought(self._trial.rules.matcher, utterance)
        self._listener.hit(hits)
        emotion = final.said.emotion if utterance.speaker is Speaker.CUSTOMER else None
        scored = ScoredUtterance(
            utterance=replace(utterance, sought=()),
            hits=hits,
            emotion=emotion,
            course=self._course.heard(utterance, emotion),
            dynamics=None if self._trial.only_words else self._conversation.at(max(final.came_s, utterance.end_s)),
        )
        self._found(self._watch.on_final(scored, final.came_s))

    def _found(self, decision: Decision) -> None:
        self._listener.decided(decision)

    @property
    def _knows_speakers(self) -> bool:
        return not (self._identical or self._openings.swapped)

    def _attributed(self, utterance: Utterance) -> Utterance:
        """Spoken by nobody in particular where nobody could tell."""
        return utterance if self._knows_speakers else replace(utterance, speaker=Speaker.UNKNOWN)

    def _activities(self) -> list[ChannelActivity]:
        """Who spoke when; where audio is missing, somebody may have."""
        spoken = [_spoken(said.utterance) for said in self._record.utterances]
        missing = [_missing(gap) for gap in self._record.gaps if gap.channel < len(self._record.call.call.channels)]
        return sorted([*spoken, *missing], key=lambda activity: (activity.start_s, activity.channel))

    def _known_until_s(self, now_s: float) -> Mapping[Speaker, float]:
        """Per speaker, the second before which every utterance that began has come."""
        known = dict.fromkeys(self._record.call.call.channels, now_s)
        for final in self._finals:
            utterance = final.said.utterance
            if utterance.start_s < known.get(utterance.speaker, now_s):
                known[utterance.speaker] = utterance.start_s
        return known


def _ticks(end_s: float) -> Iterator[float]:
    yield from (number * TICK_S for number in range(1, int(end_s / TICK_S) + 1))
    yield end_s


def _hold_news(holds: Sequence[OnHold]) -> list[tuple[float, HoldNews]]:
    """What was told of holds, and when."""
    told: list[tuple[float, HoldNews]] = []
    for hold in holds:
        told.append((hold.told_s, HoldBegan(at_s=hold.start_s, cause=hold.cause, channel=hold.channel)))
        if hold.end_s is not None and hold.end_told_s is not None:
            told.append((hold.end_told_s, HoldEnded(at_s=hold.end_s)))
    return sorted(told, key=lambda one: one[0])


def _came_s(said: StoredUtterance) -> float:
    timing, end_s = said.utterance.timing, said.utterance.end_s
    return end_s + (FINAL_AFTER_S if timing is None else timing.endpoint_s + timing.queued_s + timing.speech_s)


def _spoken(utterance: Utterance) -> ChannelActivity:
    return ChannelActivity(
        call_id=utterance.call_id,
        channel=utterance.channel,
        speaker=utterance.speaker,
        start_s=utterance.start_s,
        end_s=utterance.end_s,
        open=False,
    )


def _missing(gap: Gap) -> ChannelActivity:
    return ChannelActivity(
        call_id=gap.call_id,
        channel=gap.channel,
        speaker=Speaker.UNKNOWN,
        start_s=gap.start_s,
        end_s=gap.start_s + gap.duration_s,
        open=False,
    )
