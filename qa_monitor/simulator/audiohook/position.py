"""Where a session stands in its stream: sound that was sent, and sound that was skipped. Pure."""


class Position:
    """The position of one session; not shared. Two sides may pause: the source itself, and the service."""

    def __init__(self, *, counts_pauses: bool = True) -> None:
        self.seconds = 0.0
        """Sound sent so far, and what was skipped."""
        self.own_pause = False
        self.asked_pause = False
        self._counts = counts_pauses
        self._paused_at_s = 0.0

    @property
    def paused(self) -> bool:
        """Nothing is sent."""
        return self.own_pause or self.asked_pause

    def pause(self, *, own: bool) -> None:
        """Pause for one reason; another may hold already."""
        if not self.paused:
            self._paused_at_s = self.seconds
        self.own_pause |= own
        self.asked_pause |= not own

    def resume(self, *, own: bool) -> tuple[float, float] | None:
        """Take one reason back: where the pause began and what was discarded in it, or none while it goes on."""
        was_paused = self.paused
        self.own_pause &= not own
        self.asked_pause &= own
        if self.paused:
            return None
        return (self._paused_at_s, self.seconds - self._paused_at_s) if was_paused else (self.seconds, 0.0)

    def spoken(self, length_s: float) -> bool:
        """So much sound has been spoken: whether it is to be sent."""
        if not self.paused or self._counts:
            self.seconds += length_s
        return not self.paused

    def skip(self, length_s: float) -> tuple[float, float]:
        """Throw so much away: from where, and how much."""
        start_s = self.seconds
        self.seconds += length_s
        return start_s, length_s
