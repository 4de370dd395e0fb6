"""Genesys AudioHook: the client opens and closes the session; we answer, ask and listen."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from streams.protocols.audiohook.asking import Asking
from streams.protocols.audiohook.ending import CODES, TOO_MANY, read_error, read_reason
from streams.protocols.audiohook.envelope import Envelope, Numbering, read_duration, read_envelope
from streams.protocols.audiohook.opening import LANGUAGES, Opening, language_of, read_call, read_opening, read_tag
from streams.protocols.audiohook.states import State
from streams.protocols.audiohook.stream import Stream
from streams.protocols.connection import TIMEOUT_S, Connection
from streams.protocols.fields import Fields
from streams.protocols.port import Admit, Downlink
from streams.protocols.route import Route
from streams.records import CallEvent, EndReason, GapReason
from streams.refusals import NORMAL, POLICY, BadField, Close, Refused

LINGER = timedelta(seconds=5)
"""A client that was told `disconnect` or `closed` has this long to act on it; then we close the socket."""
SOUNDLESS = timedelta(minutes=10)
"""A session in which nothing can be heard, because it is a probe or no medium was selected, lasts so long at most.

So long a paused one lasts whose client says nothing at all.
"""
FLUSH = timedelta(seconds=1.5)
"""The last finals have this long, then `closed` goes out without them."""
_MOVES = ("resumed", "discarded")
"""Messages that move our position to the client's."""


class AudioHook(Connection):
    """One AudioHook session: a call, a probe, or one without audio. Its identifiers are those of the upgrade's headers.

    `authorised` says whether the upgrade's signature was good. `partials`: tell unfinished utterances too.
    """

    def __init__(  # noqa: PLR0913 - what every dialect takes, the downlink, and what the upgrade request said
        self,
        *,
        opened_at: datetime,
        admit: Admit,
        route: Route,
        downlink: Downlink,
        session_id: str,
        organization_id: str,
        authorised: bool = True,
        partials: bool = False,
    ) -> None:
        super().__init__(opened_at, admit)
        self._route = route
        self._downlink = downlink
        self._session_id = session_id
        self._organization_id = organization_id
        self._authorised = authorised
        self._asking = Asking(
            downlink=downlink,
            session_id=session_id,
            transcripts=route.transcripts,
            partials=partials,
            hushed_until=opened_at,
        )
        self._numbers = Numbering(session_id)
        self._owed: list[str] = []
        self._state = State.OPENING
        self._opened = False
        self._probe = False
        self._stream: Stream | None = None
        self._tag: str | None = None
        self._last_at = opened_at
        self._deadline = opened_at
        self._parting = Close(code=NORMAL, reason="")
        self._acts: Mapping[str, Callable[[Fields, datetime], Sequence[CallEvent]]] = {
            "open": self._open,
            "ping": self._ping,
            "paused": self._pause,
            "resumed": self._resume,
            "discarded": self._discard,
            "update": self._update,
            "error": self._error,
            "close": self._end_session,
        }

    @property
    def state(self) -> State:
        """Where the session stands."""
        return self._state

    def replies(self) -> Sequence[str | bytes]:
        """What is owed to the client, in order."""
        owed, self._owed = self._owed, []
        return owed

    def tick(self, now: datetime) -> Sequence[CallEvent]:
        """Time has passed."""
        events = super().tick(now)
        return events if self._over else (*events, *self._say_due(now))

    @property
    def _started(self) -> bool:
        return self._opened or self._state in (State.CLOSING, State.CLOSED)

    def _take(self, message: str | bytes, now: datetime) -> Sequence[CallEvent]:
        self._last_at = now
        try:
            return self._audio(message, now) if isinstance(message, bytes) else self._text(message, now)
        except Refused as refused:
            return self._tell_error(refused, now)

    def _advance(self, now_s: float) -> Sequence[CallEvent]:
        return ()  # only the client's messages say what is missing

    def _flush(self, now_s: float) -> tuple[Sequence[CallEvent], float]:
        return ((), 0.0) if self._stream is None else self._stream.flush()

    def _give_up(self, why: str, now: datetime) -> Sequence[CallEvent]:
        return self._disconnect({"reason": "error", "info": why}, EndReason.TIMEOUT, now)

    def _text(self, message: str, now: datetime) -> Sequence[CallEvent]:
        if self._state is State.CLOSED:
            return self._ignored()
        envelope = read_envelope(message)
        if self._state is State.DISCONNECTING:
            self._numbers.follow(envelope)
        else:
            self._numbers.check(envelope)
        act = self._acts.get(envelope.type)
        if act is None:
            raise BadField("type", "another type", ", ".join(self._acts))
        self._compare(envelope)
        return act(envelope.parameters, now)

    def _compare(self, envelope: Envelope) -> None:
        """Count where the client counts otherwise than we do. In a pause some clients go on counting, some do not."""
        if self._stream is None or self._state is not State.ACTIVE or envelope.type in _MOVES:
            return
        if not self._stream.is_near(envelope.position_s):
            self._rejected["position"] += 1

    def _open(self, parameters: Fields, now: datetime) -> Sequence[CallEvent]:
        if self._state is not State.OPENING:
            return self._ignored()
        if not self._authorised:
            return self._refuse_authority(now)
        opening = read_opening(parameters)
        if opening.organization_id.lower() != self._organization_id.lower():
            return self._refuse_authority(now)
        events = self._listen(opening, now)
        self._opened = True
        self._state = State.ACTIVE
        answer: dict[str, object] = {"media": [] if opening.medium is None else [opening.medium.offer]}
        self._asking.paused = self._downlink.paused
        if self._asking.paused:
            answer["startPaused"] = True
        if opening.wants_languages:
            answer["supportedLanguages"] = LANGUAGES
        self._say("opened", answer)
        return events

    def _listen(self, opening: Opening, now: datetime) -> Sequence[CallEvent]:
        """Begin the call, unless nobody calls or nothing can be heard."""
        self._set_tag(opening.tag)
        self._probe = opening.probe
        if opening.probe or opening.medium is None:
            self._rejected["probe" if opening.probe else "no_medium"] += 1
            return ()
        call = self._begin(*read_call(opening, opening.medium, self._route, self._session_id, now))
        self._stream = Stream(call, opening.medium)
        return (call,)

    def _audio(self, data: bytes, now: datetime) -> Sequence[CallEvent]:
        if self._state.ending or self._probe:
            return self._ignored()
        if self._stream is None:
            raise Refused(POLICY, "audio though no medium was selected" if self._opened else "audio before opened")
        if self._state is State.PAUSED:
            self._rejected["late"] += 1
            self._stream.late(data)
            return ()
        self._heard(now)
        return self._stream.audio(data)

    def _ping(self, parameters: Fields, now: datetime) -> Sequence[CallEvent]:
        if parameters.get("rtt") is not None:
            read_duration(parameters, "rtt")
        self._say("pong")
        return ()

    def _pause(self, parameters: Fields, now: datetime) -> Sequence[CallEvent]:
        if self._state is not State.ACTIVE:
            return self._ignored()  # also the answer to our asking again
        self._state = State.PAUSED
        self._paused = True
        return () if self._stream is None else self._stream.pause()

    def _resume(self, parameters: Fields, now: datetime) -> Sequence[CallEvent]:
        end_s = _end_s(parameters)
        if self._state is not State.PAUSED:
            return self._ignored()
        self._state = State.ACTIVE
        self._paused = False
        self._asking.paused = False  # where a pause is still wished for, it is asked for again
        if self._stream is None:
            return ()
        self._heard(now)
        return self._stream.resume(self._believed(self._stream, end_s, now))

    def _discard(self, parameters: Fields, now: datetime) -> Sequence[CallEvent]:
        end_s = _end_s(parameters)
        if not self._state.live:
            return self._ignored()
        if self._stream is None:
            return ()
        return self._stream.skip_to(self._believed(self._stream, end_s, now), GapReason.DISCARDED)

    def _believed(self, stream: Stream, end_s: float, now: datetime) -> float:
        farthest_s = stream.farthest_s(self._elapsed_s(now))
        if end_s > farthest_s:
            self._rejected["skip"] += 1
        return min(end_s, farthest_s)

    def _update(self, parameters: Fields, now: datetime) -> Sequence[CallEvent]:
        tag = read_tag(parameters)
        if not self._state.live:
            return self._ignored()
        self._set_tag(tag)
        language = language_of(tag)
        return () if language is None or self._stream is None else self._stream.change(language)

    def _error(self, parameters: Fields, now: datetime) -> Sequence[CallEvent]:
        """The client complains; where it means to close, it says so next."""
        code, wait_s = read_error(parameters)
        self._rejected[f"client_error_{code}" if code in CODES else "client_error"] += 1
        if code == TOO_MANY:
            self._asking.hush(now, wait_s)
        return ()

    def _end_session(self, parameters: Fields, now: datetime) -> Sequence[CallEvent]:
        reason = read_reason(parameters)
        if self._state is State.CLOSING:
            return self._ignored()
        self._state = State.CLOSING
        self._paused = False
        self._deadline = now + FLUSH
        events = self._end(reason, now)
        if self._call is None or not self._route.transcripts:
            self._part(now)
        return events

    def _say_due(self, now: datetime) -> Sequence[CallEvent]:
        """Ask what is to be asked, tell what was heard, say `closed`; give up on a client that stays."""
        if self._state in (State.DISCONNECTING, State.CLOSED):
            return self._finish(EndReason.ERROR, self._parting, now) if now >= self._deadline else ()
        if self._state.live:
            self._owed += self._asking.wishes(self._numbers)
        if self._call is not None and (self._state.live or self._state is State.CLOSING):
            self._owed += self._asking.events(self._numbers, self._tag, now)
        if self._state is State.CLOSING and (self._downlink.flushed or now >= self._deadline):
            self._part(now)
        return self._give_up_idle(now) if self._state.live else ()

    def _give_up_idle(self, now: datetime) -> Sequence[CallEvent]:
        """Where the watchdog of audio does not look: without a call, and while it is paused."""
        unheard_s = (now - self._last_at).total_seconds()
        limit_s = TIMEOUT_S if self._call is None else SOUNDLESS.total_seconds()
        if (self._call is None or self._paused) and unheard_s >= limit_s:
            return self._give_up(f"nothing for {limit_s:g} s", now)
        if self._call is None and now - self._opened_at >= SOUNDLESS:
            return self._give_up(f"nothing to be heard for {SOUNDLESS.total_seconds():g} s", now)
        return ()

    def _part(self, now: datetime) -> None:
        """Say the last word."""
        self._say("closed")
        self._state = State.CLOSED
        self._deadline = now + LINGER
        self._parting = Close(code=NORMAL, reason="the session is closed")

    def _refuse_authority(self, now: datetime) -> Sequence[CallEvent]:
        """Without any detail."""
        self._rejected["unauthorised"] += 1
        self._parting = Close(code=POLICY, reason="not authorised")
        return self._disconnect({"reason": "unauthorized"}, EndReason.REFUSED, now)

    def _tell_error(self, refused: Refused, now: datetime) -> Sequence[CallEvent]:
        """Tell the first one; a client that was told, or is leaving anyway, is not told again."""
        self._count(refused)
        if self._state.ending:
            return ()
        self._parting = refused.close
        return self._disconnect({"reason": "error", "info": refused.reason}, EndReason.ERROR, now)

    def _disconnect(self, why: Mapping[str, object], reason: EndReason, now: datetime) -> Sequence[CallEvent]:
        """Ask the client to close. The call is over now: nothing that still comes is listened to."""
        self._state = State.DISCONNECTING
        self._deadline = now + LINGER
        self._say("disconnect", why)
        return self._end(reason, now)

    def _set_tag(self, tag: str | None) -> None:
        self._tag = tag
        if tag is not None and language_of(tag) is None:
            self._rejected["unknown_language"] += 1

    def _ignored(self) -> Sequence[CallEvent]:
        """Nothing wrong with the message, but in this state there is no use for it."""
        self._rejected["out_of_state"] += 1
        return ()

    def _say(self, type_: str, parameters: Mapping[str, object] | None = None) -> None:
        self._owed.append(self._numbers.write(type_, parameters))


def _end_s(parameters: Fields) -> float:
    """Where the stream goes on after a pause or a jump. Raises BadField."""
    return read_duration(parameters, "start") + read_duration(parameters, "discarded")
