"""What is heard on the channels of one call: stretches of speech, and the passes of the speech engine over them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from qa_monitor.call.shared import Shared
from qa_monitor.shedding.levels import Shed
from streams.activity.channel_voice import ChannelVoice
from streams.activity.listener import ChannelListener, Noticed
from streams.activity.music import LineSound
from streams.activity.segmenter import PartialDue
from streams.clock.joining import joined
from streams.engine.passes import Passes
from streams.records import AudioFrame, CallEvent, CallStarted, ChannelActivity, Gap, LanguageChanged, Paused, Speaker
from streams.utterances.language import ChannelLanguage
from streams.utterances.transcriber import ChannelFacts, ChannelTranscriber, Transcribed
from streams.vocabulary.seeking import Seeker

UNNOTICED_S = 0.5
"""Speech that began this recently may not have been noticed yet."""

Heard = tuple[int, Noticed] | LanguageChanged
"""What was noticed on a channel, or that from here on another language is spoken."""


class CallEars:
    """One per call. `hear` and `finish` take time: run them off the event loop, one after the other; the rest not."""

    def __init__(
        self,
        call: CallStarted,
        shared: Shared,
        wake: Callable[[], None],
        passes: Callable[[int], Passes] | None = None,
    ) -> None:
        """`passes`: per channel, who is asked for its passes; none: the engine that all calls share."""
        self._call, self._languages, self._metrics = call, shared.languages, shared.metrics
        self._shared, self._wake = shared, wake
        self._passes = passes or (lambda channel: shared.engine)
        self._listeners: tuple[ChannelListener, ...] = ()
        self._transcribers: tuple[ChannelTranscriber, ...] = ()
        self._voices: tuple[ChannelVoice, ...] = ()
        self._known_s = [0.0] * len(call.channels)
        """Per channel, up to where all that was said is known from elsewhere."""
        self.start_over()

    def start_over(self) -> None:
        """Forget what is being said and what is waited for: nothing was heard of this call so far."""
        for transcriber in self._transcribers:
            transcriber.follows = False  # what the engine still holds of it is called off
        channels = range(len(self._call.channels))
        self._listeners = tuple(
            ChannelListener(self._shared.voice_activity, self._shared.segments, self._call.rate_hz) for _ in channels
        )
        self._transcribers = tuple(self._transcriber(channel) for channel in channels)
        self._voices = tuple(ChannelVoice(self._call, channel) for channel in channels)

    def leave(self) -> list[tuple[int, LineSound]]:
        """Nobody listens from now on, until sound comes again. Gives what music and tones come to that were heard."""
        sounds = self.sounds_over()
        self.start_over()
        return sounds

    def sounds_over(self) -> list[tuple[int, LineSound]]:
        """What music and tones come to that were heard, since nothing follows on what was heard last."""
        return [(channel, sound) for channel, one in enumerate(self._listeners) for sound in one.leave()]

    def skip(self, known_until_s: Sequence[float]) -> None:
        """Per channel, what comes for seconds before this is not listened to: what was said in it is known already."""
        self._known_s = list(known_until_s)

    def _transcriber(self, channel: int) -> ChannelTranscriber:
        shared, call, speaker = self._shared, self._call, self._call.channels[channel]
        facts = ChannelFacts(
            call_id=call.call_id,
            channel=channel,
            speaker=speaker,
            languages=shared.languages,
            wants_embedding=speaker is Speaker.CUSTOMER,
            vocabulary=shared.vocabularies.of_team(call.team),
        )
        announced = call.language if call.language in shared.languages else None
        language = ChannelLanguage(announced, shared.languages)
        language.attentive = True  # a caller who changes language is followed at once
        transcriber = ChannelTranscriber(facts, self._passes(channel), language, self._wake)
        transcriber.minds_voice = False  # until `mind_voice` allows it
        return transcriber

    @property
    def now_s(self) -> float:
        """How far the call's audio has come."""
        return max(listener.heard_s for listener in self._listeners)

    @property
    def pending_from_s(self) -> list[float]:
        """Where the earliest utterance begins whose final is not known yet, for each channel that has one."""
        return [one.pending_from_s for one in self._transcribers if one.pending_from_s is not None]

    @property
    def awaits_finals(self) -> bool:
        """Something was said whose final is not known yet."""
        return any(one.awaits_final for one in self._transcribers)

    @property
    def open_from_s(self) -> list[float]:
        """Where the earliest stretch begins that is not judged yet, for each channel that has one."""
        speaking = (listener.open_from_s for listener in self._listeners)
        return [*self.pending_from_s, *(second for second in speaking if second is not None)]

    def known_until_s(self) -> list[float]:
        """Per channel, the second before which every utterance that began has been judged."""
        known = []
        for listener, transcriber in zip(self._listeners, self._transcribers, strict=True):
            limits = (listener.heard_s - UNNOTICED_S, listener.open_from_s, transcriber.pending_from_s)
            known.append(min(limit for limit in limits if limit is not None))
        return known

    def care(self, *, company: bool, beam: int | None, twice: bool) -> None:
        """How thoroughly finals are transcribed from now on."""
        for transcriber in self._transcribers:
            transcriber.wants_company, transcriber.beam, transcriber.hears_twice = company, beam, twice

    def seek(self, seekers: Mapping[Speaker, Seeker]) -> None:
        """For each side, whose phrases the audio of its finals is asked about from now on; none: it is not asked."""
        for speaker, transcriber in zip(self._call.channels, self._transcribers, strict=True):
            transcriber.seeker = seekers.get(speaker)

    @property
    def hears_foreign(self) -> bool:
        """On one channel a language has been spoken for several utterances that this service is not set to."""
        return any(transcriber.language.foreign is not None for transcriber in self._transcribers)

    def handed(self) -> None:
        """The call goes on with another agent."""
        for speaker, transcriber in zip(self._call.channels, self._transcribers, strict=True):
            if speaker is not Speaker.CUSTOMER:
                transcriber.handed()

    def shed(self, *, wants_partials: bool, wants_times: bool, follows: bool) -> None:
        """What the engine is asked for from now on. Not `follows`: nothing; every utterance comes out as lost."""
        for transcriber in self._transcribers:
            transcriber.wants_partials, transcriber.wants_times = wants_partials, wants_times
            transcriber.follows = follows
            transcriber.language.attentive = wants_times  # both cost a little of every final

    def mind_voice(self, minds: bool) -> None:
        """Whether the states of the customer's voice may be asked for; at first they may not."""
        for transcriber in self._transcribers:
            transcriber.minds_voice = minds

    def hear(self, events: Iterable[CallEvent]) -> list[Heard]:
        """Listen to what came, in order. A pause and a change of language end what is being said on every channel."""
        return [heard for event in joined(events) for heard in self._heard(event)]

    def finish(self) -> list[Heard]:
        """The call has ended: what is still being said."""
        return [(channel, one) for channel, listener in enumerate(self._listeners) for one in listener.finish()]

    def notice(self, heard: Heard) -> ChannelActivity | None:
        """Have the engine look at it. Gives who begins to speak, or has spoken, if anybody does."""
        if isinstance(heard, LanguageChanged):
            for transcriber in self._transcribers:
                transcriber.language.change(heard.language)
            return None
        channel, noticed = heard
        self._transcribers[channel].notice(noticed)
        if isinstance(noticed.event, PartialDue) and not self._transcribers[channel].wants_partials:
            self._metrics.shed(Shed.PARTIALS)
        return self._voices[channel].told(noticed.event)

    def sounds(self) -> list[tuple[int, LineSound]]:
        """The music and tones noticed on each channel since the last time."""
        return [(channel, sound) for channel, one in enumerate(self._listeners) for sound in one.sounds()]

    def collect(self) -> Iterator[Transcribed]:
        """What has become known."""
        return chain.from_iterable(transcriber.collect() for transcriber in self._transcribers)

    def _heard(self, event: CallEvent) -> Iterator[Heard]:
        match event:
            case AudioFrame():
                frame = _from(event, self._known_s[event.channel])
                if frame is not None:
                    yield from ((frame.channel, one) for one in self._listeners[frame.channel].feed(frame))
            case Gap():
                yield from ((event.channel, one) for one in self._listeners[event.channel].gap(event))
            case Paused():
                yield from self._split()
            case LanguageChanged() if event.language in self._languages:
                yield from self._split()
                yield event
            case _:
                pass

    def _split(self) -> Iterator[Heard]:
        for channel, listener in enumerate(self._listeners):
            yield from ((channel, one) for one in listener.split())


def _from(frame: AudioFrame, known_s: float) -> AudioFrame | None:
    """What of a frame is not known yet; none where all of it is."""
    known = round((known_s - frame.start_s) * frame.rate_hz)
    if known <= 0:
        return frame
    if known >= len(frame.samples):
        return None
    return replace(frame, start_s=frame.start_s + known / frame.rate_hz, samples=frame.samples[known:])
