"""The client's side of an AudioHook session: feed it messages, time and sound; send what it owes.

It answers a service that breaks the protocol as the documentation says it will be answered, and keeps the first breach.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum

from qa_monitor.simulator.audiohook.envelope import Envelopes, Received, Violation, duration, seconds_in
from qa_monitor.simulator.audiohook.opening import Continued, Medium, Opening
from qa_monitor.simulator.audiohook.pings import Pings
from qa_monitor.simulator.audiohook.position import Position
from qa_monitor.simulator.audiohook.transcripts import Transcript, transcripts_in

OPENED_WITHIN_S = 5.0
CLOSED_WITHIN_S = 10.0
_LANGUAGE = re.compile(r"[a-z]{2,3}-[A-Za-z]{2,3}")


class State(StrEnum):
    """How far a session is."""

    OPENING = "opening"
    OPEN = "open"
    CLOSING = "closing"
    OVER = "over"


class AudioHookClient:
    """One session; not shared. Times are seconds on a steady clock of the caller; sound is already encoded.

    After every call send all of `owed`, in order; once `state` is over, close the connection (at once where `drops`).
    """

    def __init__(self, opening: Opening, now_s: float, *, counts_pauses: bool = True) -> None:
        self._opening = opening
        self._envelopes = Envelopes(opening.session_id)
        self._owed: list[str | bytes] = []
        self._deadline_s = now_s + OPENED_WITHIN_S
        self._pings = Pings()
        self._was_opened = False
        self.position = Position(counts_pauses=counts_pauses)
        self.state = State.OPENING
        self.medium: Medium | None = None
        """What the service chose; none before `opened`, or when it wants no sound."""
        self.violation: Violation | None = None
        self.drops = False
        """The breach was fatal: the connection is broken off."""
        self.disconnected: str | None = None
        """Why the service asked for the end."""
        self.reconnects = False
        """The service asked for another session."""
        self.transcripts: list[Transcript] = []
        self._answers: Mapping[str, Callable[[Received, float], None]] = {
            "opened": self._opened,
            "pong": self._pong,
            "event": self._event,
            "pause": self._pause_asked,
            "resume": self._resume_asked,
            "updated": lambda *_: self._must_be_open("updated"),
            "reconnect": self._reconnect,
            "disconnect": self._disconnect,
            "closed": self._closed,
        }
        self._send("open", opening.parameters())

    @property
    def due_s(self) -> float:
        """When `tick` has something to do, at the latest."""
        waits = self.state in (State.OPENING, State.CLOSING)
        return self._deadline_s if waits or self._pings.due_s is None else self._pings.due_s

    @property
    def continued(self) -> Continued:
        """This session, for the one that carries it on."""
        numbers = self._envelopes
        return Continued(session_id=self._opening.session_id, serverseq=numbers.seen, clientseq=numbers.sent)

    def owed(self) -> Sequence[str | bytes]:
        """What is to be sent since the last time, in order."""
        owed, self._owed = self._owed, []
        return owed

    def receive(self, message: str | bytes, now_s: float) -> None:
        """Take one message of the service."""
        try:
            received = self._envelopes.read(message)
            if self.state is State.OVER:
                raise Violation(409, f"{received.type} after closed")
            answer = self._answers.get(received.type)
            if answer is None:
                raise Violation(405, f"a message of unknown type {received.type!r}")
            answer(received, now_s)
        except Violation as violation:
            self._punish(violation, now_s)

    def tick(self, now_s: float) -> None:
        """Time has passed."""
        try:
            if self.state is State.OPENING and now_s >= self._deadline_s:
                raise Violation(408, f"no opened within {OPENED_WITHIN_S:g} s", fatal=True)
            if self.state is State.CLOSING and now_s >= self._deadline_s:
                raise Violation(408, f"no closed within {CLOSED_WITHIN_S:g} s", fatal=True)
            if self.state is State.OPEN and self._pings.due_s is not None and now_s >= self._pings.due_s:
                self._pings.check()
                self._ping(now_s)
        except Violation as violation:
            self._punish(violation, now_s)

    def speak(self, data: bytes, length_s: float) -> None:
        """So much sound, encoded; thrown away while paused."""
        if self.state is State.OPEN and self.position.spoken(length_s):
            self._owed.append(data)

    def pause(self) -> None:
        """The source pauses by itself."""
        if self.state is State.OPEN:
            self.position.pause(own=True)
            self._send("paused", {})

    def resume(self) -> None:
        """The source goes on, unless the service has asked for a pause too."""
        if self.state is State.OPEN:
            self._tell_resumed(self.position.resume(own=True))

    def discard(self, length_s: float) -> None:
        """So much sound was thrown away."""
        if self.state is State.OPEN:
            start_s, skipped_s = self.position.skip(length_s)
            self._send("discarded", {"start": duration(start_s), "discarded": duration(skipped_s)})

    def update(self, language: str) -> None:
        """Another language from here on."""
        if self.state is State.OPEN:
            self._send("update", {"language": language})

    def finish(self, now_s: float, reason: str = "end") -> None:
        """Say that it is over; the service has ten seconds for its last words."""
        if self.state in (State.OPENING, State.OPEN):
            self.state = State.CLOSING
            self._pings.end()
            self._deadline_s = now_s + CLOSED_WITHIN_S
            self._send("close", {"reason": reason})

    def _send(self, kind: str, parameters: Mapping[str, object]) -> None:
        self._owed.append(self._envelopes.write(kind, self.position.seconds, parameters))

    def _ping(self, now_s: float) -> None:
        rtt_s = self._pings.rtt_s
        self._send("ping", {} if rtt_s is None else {"rtt": duration(rtt_s)})
        self._pings.sent(self._envelopes.sent, now_s)

    def _punish(self, violation: Violation, now_s: float) -> None:
        """An error message, then the end: politely, unless the breach is fatal or the end had begun."""
        if self.violation is None:
            self.violation = violation
        if self.state is State.OVER:
            return
        self._send("error", {"code": violation.code, "message": violation.text})
        if violation.fatal or self.state is State.CLOSING:
            self.state, self.drops = State.OVER, True
        else:
            self.finish(now_s, "error")

    def _must_be_open(self, kind: str) -> None:
        """Also while closing: the service may not have heard of it yet."""
        if not self._was_opened:
            raise Violation(409, f"{kind} before opened")

    def _opened(self, received: Received, now_s: float) -> None:
        if self._was_opened:
            raise Violation(409, "a second opened")
        media = received.parameters.get("media")
        if not isinstance(media, list) or len(media) > 1:
            raise Violation(400, "opened without a list of at most one medium")
        chosen = [medium for medium in self._opening.media if medium.as_json() in media]
        if len(chosen) != len(media):
            raise Violation(400, "opened with a medium that was not offered")
        self._check_languages(received.parameters.get("supportedLanguages"))
        self._was_opened = True
        if self.state is not State.OPENING:
            return  # the end was said already; `closed` follows
        self.state = State.OPEN
        self.medium = chosen[0] if chosen else None
        self._pings.begin(now_s)
        self._start_as_asked(received.parameters)

    def _check_languages(self, languages: object) -> None:
        if not self._opening.asks_languages:
            if languages is not None:
                raise Violation(400, "supportedLanguages that nobody asked for")
        elif not isinstance(languages, list) or not all(_is_language(tag) for tag in languages):
            raise Violation(400, "supportedLanguages is not a list of tags such as en-US")

    def _start_as_asked(self, parameters: Mapping[str, object]) -> None:
        if parameters.get("startPaused") is True:
            self.position.pause(own=False)
            self._send("paused", {})
        if "discardTo" in parameters:
            self.discard(max(0.0, seconds_in(parameters["discardTo"]) - self.position.seconds))

    def _pong(self, received: Received, now_s: float) -> None:
        self._pings.answered(received.clientseq, now_s)
        self.tick(now_s)

    def _event(self, received: Received, now_s: float) -> None:
        self._must_be_open("event")
        self.transcripts.extend(transcripts_in(received.parameters))

    def _pause_asked(self, received: Received, now_s: float) -> None:
        self._must_be_open("pause")
        if self.state is State.OPEN:
            self.position.pause(own=False)
            self._send("paused", {})

    def _resume_asked(self, received: Received, now_s: float) -> None:
        self._must_be_open("resume")
        if self.state is State.OPEN:
            self._tell_resumed(self.position.resume(own=False))

    def _tell_resumed(self, skipped: tuple[float, float] | None) -> None:
        if skipped is None:
            self._send("paused", {})
        else:
            self._send("resumed", {"start": duration(skipped[0]), "discarded": duration(skipped[1])})

    def _reconnect(self, received: Received, now_s: float) -> None:
        self._must_be_open("reconnect")
        if self.state is State.OPEN:
            self.reconnects = True
            self.finish(now_s, "reconnect")

    def _disconnect(self, received: Received, now_s: float) -> None:
        reason, info = received.parameters.get("reason"), received.parameters.get("info")
        if reason not in ("completed", "unauthorized", "error"):
            raise Violation(400, f"disconnect with reason {reason!r}")
        if self.disconnected is None and self.state is not State.CLOSING:
            self.disconnected = f"{reason}: {info}" if info else str(reason)
            self.finish(now_s, "disconnect")

    def _closed(self, received: Received, now_s: float) -> None:
        if self.state is not State.CLOSING:
            raise Violation(409, "closed without close")
        if received.clientseq != self._envelopes.sent:
            raise Violation(400, f"closed with clientseq {received.clientseq} where close was {self._envelopes.sent}")
        if self._pings.waiting:
            raise Violation(409, "closed before the pong that was owed")
        self.state = State.OVER


def _is_language(tag: object) -> bool:
    return isinstance(tag, str) and _LANGUAGE.fullmatch(tag) is not None
