"""Events of one session, put where they belong in the call it is part of. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from streams.records import (
    AgentChanged,
    AudioFrame,
    CallEnded,
    CallEvent,
    CallId,
    CallStarted,
    ConsentChanged,
    Dtmf,
    Gap,
    LanguageChanged,
    Paused,
    Resumed,
    Speaker,
    Utterance,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the events of a session go: into which call, from which second of its clock on, into which channels."""

    call_id: CallId
    from_s: float = 0.0
    channels: tuple[int, ...]
    """Per channel of the session, the one of the call."""

    def put(self, event: CallEvent) -> CallEvent:
        """The event as the call knows it."""
        match event:
            case AudioFrame() | Gap():
                channel, start_s = self.channels[event.channel], event.start_s + self.from_s
                if (event.call_id, event.channel, event.start_s) == (self.call_id, channel, start_s):
                    return event
                return replace(event, call_id=self.call_id, channel=channel, start_s=start_s)
            case Dtmf():
                at = None if event.channel is None else self.channels[event.channel]
                return replace(event, call_id=self.call_id, channel=at, at_s=event.at_s + self.from_s)
            case Paused() | Resumed() | LanguageChanged() | AgentChanged():
                return replace(event, call_id=self.call_id, at_s=event.at_s + self.from_s)
            case CallEnded():
                return replace(event, call_id=self.call_id, end_s=event.end_s + self.from_s)
            case CallStarted() | ConsentChanged():
                return event  # what a customer answered is said of the call, by nobody's session

    def back(self, utterance: Utterance) -> Utterance | None:
        """An utterance as the session knows it; none where it began before the session did."""
        if utterance.start_s < self.from_s:
            return None
        return replace(
            utterance,
            channel=self.channels.index(utterance.channel),
            start_s=utterance.start_s - self.from_s,
            end_s=utterance.end_s - self.from_s,
            words=tuple(
                replace(word, start_s=word.start_s - self.from_s, end_s=word.end_s - self.from_s)
                for word in utterance.words
            ),
        )


def same_channels(of_call: Sequence[Speaker], of_session: Sequence[Speaker]) -> tuple[int, ...] | None:
    """Per channel of a session, the channel of the call that carries the same speaker; none where they do not fit."""
    if sorted(of_call) != sorted(of_session):
        return None
    if len(set(of_call)) < len(of_call):
        return tuple(range(len(of_call)))  # nobody can be told apart: in the order given
    return tuple(list(of_call).index(speaker) for speaker in of_session)
