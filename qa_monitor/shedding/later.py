"""Speech that was not transcribed while it was said: in memory only, since nobody has screened it. Bounded. Pure.

When it is full the newest is refused: what waits longest is next, and a call that is complete is worth more than two
with holes. Between calls the one that has waited longest goes first, within a call what was said first.
"""

from collections import deque
from dataclasses import dataclass

from qa_monitor.shedding.late_call import LateCall
from streams.records import CallId, Language, Utterance

NEARLY_FULL = 0.9
"""From this share on no further call is taken in: what those that go on have to say needs the rest."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Piece:
    """One utterance without its text, and its audio."""

    late: LateCall
    """The call it is of."""
    utterance: Utterance
    """Whose, and from when to when; its text is empty."""
    flac: bytes
    language: Language | None
    """As announced; none: to be detected."""
    trusted: bool
    """False where the sound was not what was announced: its text raises nothing."""
    attributed: bool
    """False where nobody could tell who speaks."""
    hides_numbers: bool
    """What was said just before or after was transcribed at its time: a number may be split between the two."""

    @property
    def duration_s(self) -> float:
        """Seconds of speech."""
        return self.utterance.end_s - self.utterance.start_s


class LaterSpeech:
    """What waits, of all calls. To be used from one event loop."""

    def __init__(self, limit_bytes: int) -> None:
        self._limit = limit_bytes
        self._held = 0
        self._waiting: dict[CallId, deque[Piece]] = {}
        self._over: list[LateCall] = []

    @property
    def waiting_s(self) -> float:
        """Seconds of speech that wait."""
        return sum(piece.duration_s for pieces in self._waiting.values() for piece in pieces)

    @property
    def held_bytes(self) -> int:
        """How much they take."""
        return self._held

    @property
    def nearly_full(self) -> bool:
        """Whether no further call should be counted on to fit."""
        return self._held >= NEARLY_FULL * self._limit

    @property
    def idle(self) -> bool:
        """Nothing waits, and every call that is over has been settled."""
        return not self._waiting and not self._over

    def add(self, piece: Piece) -> bool:
        """Keep it, unless there is no room."""
        if self._held + len(piece.flac) > self._limit:
            return False
        self._waiting.setdefault(piece.utterance.call_id, deque()).append(piece)
        self._held += len(piece.flac)
        piece.late.waiting += 1
        piece.late.touched = True
        return True

    def take(self) -> Piece | None:
        """The next one, or none. Its call counts it as waiting until it is told `heard` or `given_up`."""
        for call_id, pieces in self._waiting.items():
            piece = pieces.popleft()
            self._held -= len(piece.flac)
            if not pieces:
                del self._waiting[call_id]
            return piece
        return None

    def put_back(self, piece: Piece) -> None:
        """It was taken in vain: it is the first of its call again, and its call the next."""
        if piece.late.forgotten:
            return
        call_id = piece.utterance.call_id
        own = self._waiting.pop(call_id, deque())
        own.appendleft(piece)
        self._waiting = {call_id: own, **self._waiting}
        self._held += len(piece.flac)

    def unsettled(self, call_id: CallId) -> bool:
        """This call has ended, and some of it is still to be made up for here."""
        return any(late.call.call_id == call_id for late in self._over)

    def over(self, late: LateCall) -> None:
        """This call has ended: it is settled once nothing of it waits."""
        self._over.append(late)

    def forget(self, call_id: CallId) -> None:
        """This call, which has ended, is deleted: nothing of it waits any more, and it is never settled."""
        self._held -= sum(len(piece.flac) for piece in self._waiting.pop(call_id, ()))
        for late in self._over:
            late.forgotten = late.forgotten or late.call.call_id == call_id
        self._over = [late for late in self._over if not late.forgotten]

    def settled(self) -> list[LateCall]:
        """Calls that have ended and of which nothing waits any more; each once."""
        done = [late for late in self._over if not late.waiting]
        self._over = [late for late in self._over if late.waiting]
        return done
