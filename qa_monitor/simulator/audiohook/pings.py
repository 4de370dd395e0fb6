"""When an AudioHook client pings, and whether the pongs are right. Pure."""

from qa_monitor.simulator.audiohook.envelope import Violation

FIRST_AFTER_S = 1.0
"""After `opened`. The second ping follows the first pong at once."""
EVERY_S = 5.0


class Pings:
    """The pings of one session; not shared. Times are seconds on the client's own clock."""

    def __init__(self) -> None:
        self.due_s: float | None = None
        """When the next ping leaves; none while the session is not open."""
        self.rtt_s: float | None = None
        """How long the last pong took."""
        self._waiting_for: tuple[int, float] | None = None
        self._answered = 0

    @property
    def waiting(self) -> bool:
        """A pong is owed."""
        return self._waiting_for is not None

    def begin(self, now_s: float) -> None:
        """The session is open."""
        self.due_s = now_s + FIRST_AFTER_S

    def end(self) -> None:
        """No more pings; a pong that is owed may still come."""
        self.due_s = None

    def check(self) -> None:
        """Before the next ping leaves. Raises Violation where the last one was not answered."""
        if self._waiting_for is not None:
            raise Violation(408, "no pong before the next ping was due")

    def sent(self, seq: int, now_s: float) -> None:
        """A ping left with this number."""
        self._waiting_for = (seq, now_s)
        self.due_s = now_s + EVERY_S

    def answered(self, clientseq: int, now_s: float) -> None:
        """A pong came. Raises Violation."""
        if self._waiting_for is None:
            raise Violation(409, "a pong nobody asked for")
        seq, sent_s = self._waiting_for
        if clientseq != seq:
            raise Violation(400, f"a pong with clientseq {clientseq} where the ping was {seq}")
        self._waiting_for = None
        self.rtt_s = now_s - sent_s
        self._answered += 1
        if self._answered == 1 and self.due_s is not None:
            self.due_s = now_s
