"""How the conversation of one call goes: who speaks when, and when the customer is on hold. Rules are told of holds."""

from collections.abc import Sequence

from alerts.engine import CallWatch
from qa_monitor.call.judging.holds import Holds
from qa_monitor.call.judging.speakers import Speakers
from qa_monitor.records.holds import OnHold
from sentiment.dynamics import Conversation
from sentiment.hold import HoldBegan, HoldWatch
from sentiment.records import Dynamics
from streams.activity.music import LineSound, ToneHeard
from streams.records import CallStarted, ChannelActivity, Gap, Paused, Resumed, Speaker, Utterance


class Flow:
    """What is remembered of one call to tell. Calls into it come one after the other."""

    def __init__(self, call: CallStarted, speakers: Speakers, watch: CallWatch) -> None:
        self._call_id, self._speakers, self._watch = call.call_id, speakers, watch
        self._conversation = Conversation(call)
        self._hold = HoldWatch(len(call.channels))
        self._holds = Holds(call.call_id)

    def at(self, now_s: float) -> Dynamics:
        """The dynamics so far."""
        return self._conversation.at(now_s, speakers_known=self._speakers.known)

    def said(self, utterance: Utterance, loud_db: float) -> None:
        """A final was heard, so loud."""
        self._conversation.said(self._speakers.attributed(utterance), loud_db)

    def activity(self, activity: ChannelActivity) -> None:
        """Someone speaks, or has spoken."""
        self._conversation.feed(self._speakers.attributed_activity(activity))
        self._hold.spoke(activity)

    def sounded(self, channel: int, sound: LineSound) -> None:
        """Music or a tone was heard on a channel."""
        self._hold.heard(channel, sound)
        if isinstance(sound, ToneHeard):
            self._conversation.toned(channel, sound)

    def signalled(self, event: Paused | Resumed) -> None:
        """The source stopped sending of its own accord, or sends again: the customer is on hold in between."""
        self._hold.signalled(event)

    def missing(self, gap: Gap) -> None:
        """Nobody knows what was said here: it is no silence of the speakers'. May be told again as it grows."""
        self._conversation.lost(gap.channel, gap.start_s, gap.start_s + gap.duration_s)

    def away(self, from_s: Sequence[float], until_s: float) -> None:
        """Per channel, what was said since then is not known yet."""
        self._conversation.cut(min(from_s))
        self._conversation.unheard()
        for channel, since_s in enumerate(from_s):
            self._spoke(channel, Speaker.UNKNOWN, min(since_s, until_s), until_s)

    def recall(self, utterance: Utterance) -> None:
        """It was said before."""
        attributed = self._speakers.attributed(utterance)
        self._conversation.said_elsewhere(attributed)
        self._spoke(utterance.channel, attributed.speaker, utterance.start_s, utterance.end_s)

    def recall_hold(self, hold: OnHold, now_s: float, *, began_here: bool) -> None:
        """They were on hold then, as is known already. `began_here`: it was told here too, at most without its end."""
        end_s = now_s if hold.end_s is None else hold.end_s
        if began_here:
            if hold.start_s == self._conversation.hold_since_s and hold.end_s is not None:
                self._hold.signalled(Resumed(call_id=hold.call_id, at_s=end_s))
                self.note_hold(end_s)
            return
        self._conversation.held_before(hold.start_s, max(hold.start_s, end_s))
        self._watch.on_hold(hold.start_s)
        self._watch.on_resume(end_s)

    def note_hold(self, now_s: float) -> None:
        """Who is on hold, and who no longer is, as far as is known by now."""
        for news in self._hold.at(now_s):
            self._conversation.held(news)
            self._holds.add(news, now_s)
            if isinstance(news, HoldBegan):
                self._watch.on_hold(news.at_s)
            else:
                self._watch.on_resume(news.at_s)

    def take_holds(self) -> tuple[OnHold, ...]:
        """When the customer was on hold, to be kept: what is new, or over, since the last time."""
        return self._holds.take()

    def _spoke(self, channel: int, speaker: Speaker, start_s: float, end_s: float) -> None:
        self._conversation.feed(
            ChannelActivity(
                call_id=self._call_id, channel=channel, speaker=speaker, start_s=start_s, end_s=end_s, open=False
            )
        )
